/**
 * What the parts about handling alarms say about each other: channels that are named, steps in their order, procedures that
 * come to an end, one for each kind. It must never change anything, nor show a secret.
 */
import { lookup } from '../core/site/lookup.ts';
import { handlers } from '../core/site/rights.ts';
import { ownThings } from '../words/site/config-part-words.ts';
import {
  branchNoMeaning,
  channelNeedsPassword,
  lastResortMissing,
  lastResortOnScreens,
  lastResortReachesNobody,
  leadsForward,
  rolesMayNotAct,
  stepAfterBefore,
  stepsReachNobody,
  stepUnreached,
  usualProcedure,
} from '../words/site/config-tell-words.ts';
import { passwordRemedy } from '../words/site/config-text-words.ts';
import { checkTargets, checkTelling } from './check-site-tell.ts';
import { usualIds } from './default-procedures.ts';
import { checkProxies } from './parts/check-proxy.ts';
import { type ConfigCheck, entries, type ListEntry, mustDiffer, mustExist, type Partly } from './references.ts';
import { type ChannelNature, natures } from './schema-channel.ts';
import type { SiteFile } from './site-schema.ts';
import type { Path } from './yaml-text.ts';

type ChainStep = NonNullable<SiteFile['escalation']['p1']>['steps'][number];

/** Reports in which channels, escalation and procedures disagree. */
export function checkHandling(check: ConfigCheck): void {
  checkChannels(check);
  checkProxies(check);
  checkTelling(check);
  checkEscalation(check);
  checkProcedures(check);
}

function checkChannels(check: ConfigCheck): void {
  for (const [i, part] of entries(check, 'channels')) {
    const path: Path = ['channels', i];
    const { protocol } = part;
    const { secret }: ChannelNature = (protocol && lookup<ChannelNature>(natures, protocol)) || { core: {} };
    // Whoever logs in needs it, too.
    if (!secret?.must && !(secret && 'user' in part && part.user !== undefined)) continue;
    if (['password', 'passwordFile'].some((key) => check.source.has([...path, key]))) continue;
    check.source.refuse([...path, 'password'], channelNeedsPassword(secret.use, passwordRemedy));
  }
}

function checkEscalation(check: ConfigCheck): void {
  const { lastResort, ...chains } = check.file.escalation ?? {};
  checkLastResort(check, lastResort);
  for (const [name, chain] of Object.entries(chains)) checkChain(check, ['escalation', name], chain);
  for (const [i, rule] of (check.file.tell?.rules ?? []).entries()) checkChain(check, ['tell', 'rules', i], rule);
}

interface ChainOfFile {
  readonly steps?: readonly (Partly<ChainStep> | undefined)[] | undefined;
}

function checkChain(check: ConfigCheck, path: Path, chain: ChainOfFile | undefined): void {
  let before = 0;
  reachesSomebody(check, [...path, 'steps'], chain?.steps ?? []);
  for (const [n, step] of (chain?.steps ?? []).entries()) {
    const at: Path = [...path, 'steps', n];
    checkStep(check, at, step);
    const { afterSec = before } = step ?? {};
    if (afterSec < before) {
      const time: Path = [...at, 'afterSec'];
      check.source.refuse(time, stepAfterBefore(check.source.found(time), before));
    }
    before = Math.max(before, afterSec);
  }
}

function checkStep(check: ConfigCheck, path: Path, step: Partly<ChainStep> | undefined): void {
  checkTargets(check, path, step);
  for (const [c, channel] of (step?.channels ?? []).entries())
    mustExist(check, [...path, 'channels', c], channel, 'channels');
  const { roles, channels, to } = step ?? {};
  if (!roles?.length || channels?.length || to?.length) return;
  if (roles.some((role) => role === undefined || answering.has(role))) return;
  check.source.warn([...path, 'roles'], rolesMayNotAct(handlers));
}

/** Those who may acknowledge an alarm; to tell others alone helps nobody. */
const answering: ReadonlySet<unknown> = new Set(handlers);

/** A chain that tells nobody who may act, by no channel, would go up its steps in front of empty chairs. */
function reachesSomebody(check: ConfigCheck, path: Path, steps: readonly (Partly<ChainStep> | undefined)[]): void {
  // What has a wrong shape was refused already, and may have meant somebody.
  const wrong = (n: number) => check.source.has([...path, n, 'roles']) || check.source.has([...path, n, 'to']);
  const said = steps.every((step, n) => (step?.roles ? !step.roles.includes(undefined) : step && !wrong(n)));
  if (!said || steps.length === 0) return;
  const told = (step: Partly<ChainStep> | undefined) => step?.channels?.length || step?.to?.length;
  if (steps.some((step) => told(step) || step?.roles?.some((role) => answering.has(role)))) return;
  check.source.refuse(path, stepsReachNobody(handlers), 'key');
}

/** Where all steps of a chain reach nobody, somebody is left; by channel, because a screen needs somebody before it. */
function checkLastResort(check: ConfigCheck, lastResort: Partly<SiteFile['escalation']['lastResort']>): void {
  const path: Path = ['escalation', 'lastResort'];
  if (!lastResort) {
    if (check.source.has(path)) return;
    check.source.warn(path, lastResortMissing(handlers));
    return;
  }
  const { roles = [], channels = [] } = lastResort;
  for (const [c, channel] of channels.entries()) mustExist(check, [...path, 'channels', c], channel, 'channels');
  if (channels.length > 0 || roles.some((role) => role === undefined)) return;
  if (!roles.some((role) => answering.has(role))) {
    check.source.refuse(path, lastResortReachesNobody(handlers), 'key');
    return;
  }
  check.source.warn(path, lastResortOnScreens);
}

function checkProcedures(check: ConfigCheck): void {
  const holders = new Map<string, Path>();
  for (const [i, procedure] of entries(check, 'procedures')) {
    const path: Path = ['procedures', i];
    if (usualIds.has(procedure.id ?? '')) {
      check.source.refuse([...path, 'id'], usualProcedure(check.source.found([...path, 'id'])));
    }
    for (const [n, kind] of (procedure.kinds ?? []).entries()) {
      const what = procedure.family ? ownThings.kindOfFamily : ownThings.kind;
      const known = kind && `${kind} ${procedure.family ?? ''}`;
      mustDiffer(check, holders, [...path, 'kinds', n], known, what);
    }
    checkSteps(check, path, procedure);
  }
}

/** Branches lead forward to a step that is there, so that no answer leads in a circle; every step can be reached. */
function checkSteps(check: ConfigCheck, path: Path, { steps = [] }: ListEntry<'procedures'>): void {
  const reached = new Set([1]);
  let complete = true;
  for (const [n, step] of steps.entries()) {
    const number = n + 1;
    const targets: (number | 'end')[] = [];
    for (const branch of ['yes', 'no'] as const) {
      const at: Path = [...path, 'steps', n, branch];
      const target = step?.[branch];
      targets.push(target ?? number + 1);
      if (target === undefined) continue;
      if (step?.answer !== undefined && step.answer !== 'yes-no') {
        check.source.refuse(at, branchNoMeaning(branch, step.answer), 'key');
      } else if (target !== 'end' && (target <= number || target > steps.length)) {
        check.source.refuse(at, leadsForward(check.source.found(at), number, steps.length));
        complete = false;
      }
    }
    if (reached.has(number)) for (const target of targets) if (target !== 'end') reached.add(target);
  }
  for (const n of steps.keys()) {
    if (!complete || reached.has(n + 1)) continue;
    check.source.refuse([...path, 'steps', n], stepUnreached(n + 1));
  }
}
