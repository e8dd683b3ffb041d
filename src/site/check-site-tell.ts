/**
 * What the parts about whom messages go to say about each other: persons, groups and channels that are named, ladders that lead
 * somewhere, channels that take over without a circle. It must never change anything, nor show an address.
 */
import { lookup } from '../core/site/lookup.ts';
import { dutyName } from './parts/compile-tell.ts';
import { type Contact, wayNames } from './parts/schema-person.ts';
import {
  byId,
  type ConfigCheck,
  entries,
  hint,
  type ListEntry,
  mustDiffer,
  mustExist,
  type Partly,
} from './references.ts';
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
      const why = group?.id === dutyName ? 'whoever is on duty is called so' : 'a person is called so';
      check.source.refuse([...path, 'id'], `found ${check.source.found([...path, 'id'])}, expected another id: ${why}`);
    }
    if (group?.id !== undefined && seen.has(group.id))
      check.source.refuse(
        [...path, 'id'],
        `the id ${check.source.found([...path, 'id'])} is taken already, by a group`,
      );
    else if (group?.id !== undefined) seen.set(group.id, path);
    for (const [n, person] of (group?.people ?? []).entries())
      mustExist(check, [...path, 'people', n], person, 'people');
  }
  for (const [i, rule] of (rules ?? []).entries()) checkRule(check, ['tell', 'rules', i], rule);
  checkLadder(check, ['tell', 'ladder'], ladder);
  checkPeople(check);
  checkInstead(check, instead ?? {});
  for (const [channel, person] of Object.entries(testTo ?? {})) checkTest(check, channel, person);
  checkQuiet(check);
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
      const instead = 'expected a channel to single persons, or persons under to';
      check.source.refuse(
        path,
        `${check.source.found(path)} is a group, which would learn of a silent call for help; ${instead}`,
      );
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
    const expected = `expected ${dutyName}, or the id of a person or group${hint(check, at, name, known)}`;
    check.source.refuse(at, `found ${check.source.found(at)}, ${expected}`);
  }
  if (step?.to?.includes(dutyName) && !check.file.roster)
    check.source.refuse(
      [...path, 'to', step.to.indexOf(dutyName)],
      `${dutyName} means nobody without a roster; add one, or name persons`,
    );
}

type LadderPart = Partly<SiteFile['people'][number]['ladder']>;

function checkLadder(check: ConfigCheck, path: Path, ladder: LadderPart): void {
  for (const [n, rung] of (ladder ?? []).entries())
    mustExist(check, [...path, n, 'channel'], rung?.channel, 'channels');
}

const natureOf = (channel: ListEntry<'channels'> | undefined): ChannelNature | undefined =>
  channel?.protocol && lookup<ChannelNature>(natures, channel.protocol);

function checkPeople(check: ConfigCheck): void {
  const accounts = new Map<string, Path>();
  for (const [i, person] of entries(check, 'people')) {
    const path: Path = ['people', i];
    mustDiffer(check, accounts, [...path, 'account'], person.account, 'the account');
    checkLadder(check, [...path, 'ladder'], person.ladder);
    for (const [n, rung] of (person.ladder ?? []).entries()) {
      const each = natureOf(byId(check, 'channels', rung?.channel))?.core.each;
      if (each === undefined || (person as Contact)[each] !== undefined) continue;
      const at: Path = [...path, 'ladder', n, 'channel'];
      check.source.refuse(
        at,
        `${check.source.found(at)} needs the ${each} of this person; add ${each}, or leave the rung out`,
      );
    }
  }
}

/** A channel that fails gives way to another; in a circle nobody would be left. */
function checkInstead(check: ConfigCheck, instead: Readonly<Record<string, string | undefined>>): void {
  for (const [channel, other] of Object.entries(instead)) {
    const path: Path = ['tell', 'instead', channel];
    if (!byId(check, 'channels', channel)) {
      const known = [...entries(check, 'channels')].flatMap(([, { id }]) => id ?? []);
      check.source.refuse(path, `${channel} is no channel${hint(check, path, channel, known)}`, 'key');
      continue;
    }
    if (!mustExist(check, path, other, 'channels')) continue;
    if (other === channel) check.source.refuse(path, `found ${check.source.found(path)}, expected another channel`);
    const [from, to] = [channel, other].map((id) => natureOf(byId(check, 'channels', id))?.core);
    if (to?.each !== undefined && from?.each === undefined && from?.names === undefined)
      check.source.warn(
        path,
        `${other} sends to single persons, and messages by ${channel} name none: it takes over only where a step names persons`,
      );
  }
}

function checkTest(check: ConfigCheck, channel: string, person: string | undefined): void {
  const path: Path = ['tell', 'testTo', channel];
  const each = natureOf(byId(check, 'channels', channel))?.core.each;
  if (!byId(check, 'channels', channel)) {
    check.source.refuse(path, `${channel} is no channel`, 'key');
    return;
  }
  if (each === undefined) {
    check.source.refuse(
      path,
      `${channel} goes to whoever reads it; a person is named only where each gets his own`,
      'key',
    );
    return;
  }
  if (!mustExist(check, path, person, 'people')) return;
  const known = byId(check, 'people', person) as Contact | undefined;
  if (wayNames.includes(each) && known?.[each] === undefined)
    check.source.refuse(path, `${check.source.found(path)} has no ${each}; add it under people, or name another`);
}
