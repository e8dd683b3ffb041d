/**
 * What the parts about whom messages go to say about each other: persons, groups and channels that are named, ladders that lead
 * somewhere, channels that take over without a circle. It must never change anything, nor show an address.
 */
import { lookup } from '../core/site/lookup.ts';
import { ownThings } from '../words/site/config-part-words.ts';
import { foundExpected } from '../words/site/config-shape-words.ts';
import {
  anotherChannel,
  bothCallbackKeys,
  channelNamesNobody,
  dutyWithoutRoster,
  groupIdTaken,
  groupTwice,
  groupWouldLearn,
  noChannel,
  personHasNo,
  rungNeedsWay,
  sameChatId,
  sameNumber,
  takesOverOnlyNamed,
  targetExpected,
  twoNeedTwo,
} from '../words/site/config-tell-words.ts';
import { checkCanary } from './canary/check-canary.ts';
import { dutyName } from './parts/compile-tell.ts';
import { type Contact, plainNumber, wayNames } from './parts/schema-person.ts';
import { byId, type ConfigCheck, entries, hint, mustDiffer, mustExist, type Partly } from './references.ts';
import { type ChannelNature, natures } from './schema-channel.ts';
import type { SiteFile } from './site-schema.ts';
import type { Path } from './yaml-text.ts';

type StepPart = NonNullable<SiteFile['escalation']['p1']>['steps'][number];

/** Reports in which whoever is told, and by what, is not there. */
export function checkTelling(check: ConfigCheck): void {
  const { groups, rules, ladder, instead, testTo } = check.file.tell ?? {};
  const seen = new Map<string, Path>();
  for (const [i, group] of (groups ?? []).entries()) {
    const path: Path = ['tell', 'groups', i];
    if (group?.id === dutyName || byId(check, 'people', group?.id)) {
      check.source.refuse([...path, 'id'], groupIdTaken(check.source.found([...path, 'id']), group?.id === dutyName));
    }
    if (group?.id !== undefined && seen.has(group.id))
      check.source.refuse([...path, 'id'], groupTwice(check.source.found([...path, 'id'])));
    else if (group?.id !== undefined) seen.set(group.id, path);
    for (const [n, person] of (group?.people ?? []).entries())
      mustExist(check, [...path, 'people', n], person, 'people');
  }
  for (const [i, rule] of (rules ?? []).entries()) checkRule(check, ['tell', 'rules', i], rule);
  checkLadder(check, ['tell', 'ladder'], ladder);
  checkPeople(check);
  checkAnswering(check);
  checkCallbacks(check);
  checkInstead(check, instead ?? {});
  for (const [channel, person] of Object.entries(testTo ?? {})) checkTest(check, channel, person);
  checkQuiet(check);
  checkCanary(check, { byId, entries, mustExist, natureOf });
}

function checkRule(check: ConfigCheck, path: Path, rule: Partly<SiteFile['tell']['rules'][number]> | undefined): void {
  for (const [n, zone] of (rule?.zones ?? []).entries()) mustExist(check, [...path, 'zones', n], zone, 'zones');
  for (const [n, area] of (rule?.areas ?? []).entries()) mustExist(check, [...path, 'areas', n], area, 'areas');
}

/** A group would learn of a silent call for help: whoever stands beside reads it. */
function checkQuiet(check: ConfigCheck): void {
  for (const [n, step] of (check.file.escalation?.quiet?.steps ?? []).entries())
    for (const [c, channel] of (step?.channels ?? []).entries()) {
      if (natureOf(byId(check, 'channels', channel))?.core.names === undefined) continue;
      const path: Path = ['escalation', 'quiet', 'steps', n, 'channels', c];
      check.source.refuse(path, groupWouldLearn(check.source.found(path)));
    }
}

/** The persons a step goes to by name. */
export function checkTargets(check: ConfigCheck, path: Path, step: Partly<StepPart> | undefined): void {
  const groups = (check.file.tell?.groups ?? []).flatMap((group) => group?.id ?? []);
  const people = (check.file.people ?? []).flatMap((person) => person?.id ?? []);
  const known = [dutyName, ...groups, ...people];
  for (const [n, name] of (step?.to ?? []).entries()) {
    if (name === undefined || known.includes(name)) continue;
    const at: Path = [...path, 'to', n];
    const expected = targetExpected(dutyName, hint(check, at, name, known));
    check.source.refuse(at, foundExpected(check.source.found(at), expected));
  }
  checkNeeds(check, path, step);
  if (step?.to?.includes(dutyName) && !check.file.roster)
    check.source.refuse([...path, 'to', step.to.indexOf(dutyName)], dutyWithoutRoster(dutyName));
}

/** Where one person alone is named, a second can never answer. */
function checkNeeds(check: ConfigCheck, path: Path, step: Partly<StepPart> | undefined): void {
  const { needs, to = [], roles = [], channels = [] } = step ?? {};
  if (needs === undefined || roles.length + channels.length > 0 || to.includes(dutyName)) return;
  const groups = check.file.tell?.groups ?? [];
  const people = new Set(to.flatMap((name) => groups.find((group) => group?.id === name)?.people ?? [name]));
  if (people.size > 1) return;
  const at: Path = [...path, 'needs'];
  check.source.refuse(at, twoNeedTwo);
}

type LadderPart = Partly<SiteFile['people'][number]['ladder']>;

function checkLadder(check: ConfigCheck, path: Path, ladder: LadderPart): void {
  for (const [n, rung] of (ladder ?? []).entries())
    mustExist(check, [...path, n, 'channel'], rung?.channel, 'channels');
}

const natureOf = (channel: { readonly protocol?: string | undefined } | undefined): ChannelNature | undefined =>
  channel?.protocol === undefined ? undefined : lookup<ChannelNature>(natures, channel.protocol);

function checkPeople(check: ConfigCheck): void {
  const accounts = new Map<string, Path>();
  for (const [i, person] of entries(check, 'people')) {
    const path: Path = ['people', i];
    mustDiffer(check, accounts, [...path, 'account'], person.account, ownThings.account);
    checkLadder(check, [...path, 'ladder'], person.ladder);
    for (const [n, rung] of (person.ladder ?? []).entries()) {
      const each = natureOf(byId(check, 'channels', rung?.channel))?.core.each;
      if (each === undefined || (person as Contact)[each] !== undefined) continue;
      const at: Path = [...path, 'ladder', n, 'channel'];
      check.source.refuse(at, rungNeedsWay(check.source.found(at), each));
    }
  }
}

/** Where people answer by SMS, the number says who it was: one that two persons have would let one answer as the other. */
function checkAnswering(check: ConfigCheck): void {
  const answers = [...entries(check, 'channels')].some(
    ([, one]) => one.protocol === 'sms-modem' && one.replies === true,
  );
  if (!answers) return;
  const known = new Map<string, string>();
  for (const [i, { id, phone }] of entries(check, 'people')) {
    if (phone === undefined) continue;
    const other = known.get(plainNumber(phone));
    if (other === undefined) known.set(plainNumber(phone), id ?? '');
    else check.source.refuse(['people', i, 'phone'], sameNumber(other));
  }
}

/** A chat that calls back is believed by both of its keys; with one of them nothing could be opened. Who answers is known by his id there. */
function checkCallbacks(check: ConfigCheck): void {
  const answering = new Set<'wecom' | 'dingtalk'>();
  for (const [i, one] of entries(check, 'channels')) {
    if (one.protocol === 'dingtalk-app' && one.replies === true) answering.add('dingtalk');
    if (one.protocol !== 'wecom-app') continue;
    const has = [one.callbackToken, one.callbackKey].filter((key) => key !== undefined).length;
    if (has === 1) check.source.refuse(['channels', i], bothCallbackKeys, 'key');
    if (has > 0) answering.add('wecom');
  }
  for (const way of answering) {
    const ids = new Map<string, string>();
    for (const [n, { id, [way]: own }] of entries(check, 'people')) {
      const known = own?.toLowerCase();
      const other = known === undefined ? undefined : ids.get(known);
      if (other !== undefined) check.source.refuse(['people', n, way], sameChatId(other));
      else if (known !== undefined) ids.set(known, id ?? '');
    }
  }
}

/** A channel that fails gives way to another; in a circle nobody would be left. */
function checkInstead(check: ConfigCheck, instead: Readonly<Record<string, string | undefined>>): void {
  for (const [channel, other] of Object.entries(instead)) {
    const path: Path = ['tell', 'instead', channel];
    if (!byId(check, 'channels', channel)) {
      const known = [...entries(check, 'channels')].flatMap(([, { id }]) => id ?? []);
      check.source.refuse(path, noChannel(channel, hint(check, path, channel, known)), 'key');
      continue;
    }
    if (!mustExist(check, path, other, 'channels')) continue;
    if (other === channel) check.source.refuse(path, foundExpected(check.source.found(path), anotherChannel));
    const [from, to] = [channel, other].map((id) => natureOf(byId(check, 'channels', id))?.core);
    if (to?.each !== undefined && from?.each === undefined && from?.names === undefined)
      check.source.warn(path, takesOverOnlyNamed(channel, other ?? ''));
  }
}

function checkTest(check: ConfigCheck, channel: string, person: string | undefined): void {
  const path: Path = ['tell', 'testTo', channel];
  const each = natureOf(byId(check, 'channels', channel))?.core.each;
  if (!byId(check, 'channels', channel)) {
    check.source.refuse(path, noChannel(channel), 'key');
    return;
  }
  if (each === undefined) {
    check.source.refuse(path, channelNamesNobody(channel), 'key');
    return;
  }
  if (!mustExist(check, path, person, 'people')) return;
  const known = byId(check, 'people', person) as Contact | undefined;
  if (wayNames.includes(each) && known?.[each] === undefined)
    check.source.refuse(path, personHasNo(check.source.found(path), each));
}
