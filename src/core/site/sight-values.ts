/**
 * Which values of points may be shown to somebody who sees no person's name and nothing that was typed: whatever a card
 * reader read and whatever a person can write as a text is withheld, however it comes back. It decides by the site alone. Parts of State that
 * name people stand here, too.
 */

import { untranslated } from '../../words/words.ts';
import type {
  By,
  ChangedRound,
  ChannelTest,
  CheckpointCheck,
  GuardNear,
  HeldTrigger,
  Pruned,
  Round,
  RoundChange,
  SentByPhone,
  Site,
  StepAnswer,
  Value,
  Words,
  Wrote,
} from '../types.ts';
import { lookup } from './lookup.ts';
import { pageNames, wallView } from './pages.ts';
import { type FieldTable, nameless, show, withheld } from './sight.ts';

/** A value that a person gave: a text is withheld, a number or a flag is set-up. */
export const typedValue = (value: Value): Value => (typeof value === 'string' ? withheld : value);

/** A value of a point: the text of a card, of a point a person can write, or of a point nobody knows is withheld. */
export function pointValue(site: Site, device: string, key: string, value: Value): Value {
  if (typeof value !== 'string') return value;
  const point = lookup(lookup(site.devices, device)?.points ?? {}, key);
  return point && !point.scan && !point.writable ? value : withheld;
}

/** The value an alarm was raised with: a text is withheld where the device has a point whose text is. */
export function alarmValue(value: Value, { device }: { readonly device: string }, site: Site): Value {
  if (typeof value !== 'string') return value;
  const points = Object.values(lookup(site.devices, device)?.points ?? {});
  return points.length > 0 && !points.some(({ scan, writable }) => scan || writable) ? value : withheld;
}

/** Why an alarm is: of what has to be put right it names who was to do it, and a place that somebody typed. */
export const alarmWhy = (why: Words, { key }: { readonly key: string }): Words =>
  key.startsWith('rectification/') ? untranslated(withheld) : why;

/** Who and when, without who. */
export const namelessBy = ({ by, at }: By): By => ({ by: nameless(by), at });

type Keyed<T> = readonly (readonly [string, T])[];
/** The key of a test, or the duty that sends it: `sms/li`, `test/sms/li`. Whose way it tried is withheld. */
const withoutWhom = (parts: readonly string[], channel: number): string =>
  [...parts.slice(0, channel + 1), ...(parts.length > channel + 1 ? [withheld] : [])].join('/');

/** Tests of channels; of those that were for single persons the newest of each channel, whose it was withheld. */
export function namelessTests(tests: Keyed<ChannelTest>): Keyed<ChannelTest> {
  const shown = new Map<string, ChannelTest>();
  for (const [key, { by: _by, confirmed, ...test }] of tests) {
    const nameless = withoutWhom(key.split('/'), 0);
    if ((shown.get(nameless)?.at ?? 0) > test.at) continue;
    shown.set(nameless, { ...test, ...(confirmed && { confirmed: namelessBy(confirmed) }) });
  }
  return [...shown];
}

/** A duty, without the person a test message is for. */
export const shownDuty = (duty: string): string => (duty.startsWith('test/') ? withoutWhom(duty.split('/'), 1) : duty);

const guards: FieldTable<GuardNear> = {
  round: 'shown',
  checkpoint: 'shown',
  person: 'left-out',
  at: 'shown',
  scanned: 'shown',
};
/** A guard near an alarm: that there was one, not who. */
export const namelessGuard = (guard: GuardNear, _whole: unknown, site: Site): GuardNear => show(guards, guard, site);

const held: FieldTable<HeldTrigger> = {
  key: 'shown',
  alarm: 'shown',
  priority: 'shown',
  device: 'shown',
  cause: 'shown',
  active: 'shown',
  zone: 'shown',
  value: alarmValue,
  sourceTime: 'shown',
};
/** What waits for an entry delay. */
export const shownHeld = (trigger: HeldTrigger, site: Site): HeldTrigger => show(held, trigger, site);

/** What was cut names nobody. */
export const shownCut: FieldTable<Pruned> = {
  ...{ class: 'shown', day: 'shown', days: 'shown', from: 'shown', to: 'shown', lines: 'shown' },
  ...{ digest: 'shown', base: 'shown', state: 'shown' },
};

/** A value that a device took. */
export const shownWrote = (wrote: Wrote): Wrote => ({ ...wrote, value: typedValue(wrote.value) });

const answers: FieldTable<StepAnswer> = { by: 'name', at: 'shown', step: 'shown', value: typedValue, skip: 'text' };
/** An answer of a procedure: a text in it is the name of a person, and why a step was passed over was typed. */
export const shownAnswer = (answer: StepAnswer, site: Site): StepAnswer => show(answers, answer, site);

/** The name of a page that said it has shown an alarm; older journals hold whatever a page said. */
export const shownPage = (page: string): string => (pageNames.has(page) || page === wallView ? page : withheld);

/** Why a duty failed; of a write only its outcome, for a driver may repeat what it was told to write. */
export const dutyWhy = (why: Words, { duty }: { readonly duty: string }): Words =>
  duty.startsWith('write/') ? untranslated('') : why;

const checks: FieldTable<CheckpointCheck> = {
  verdict: 'shown',
  sourceTime: 'shown',
  card: 'left-out',
  person: 'left-out',
  offMs: 'shown',
  uploaded: 'shown',
  source: 'shown',
  planned: 'left-out',
};
const roundChange: FieldTable<RoundChange> = {
  ...{ by: 'name', at: 'shown' },
  how: 'shown',
  reason: 'text',
  minutes: 'shown',
  person: 'left-out',
  of: 'left-out',
  review: 'shown',
};
/** What people did to rounds, without who and why. */
export const shownChanges: FieldTable<ChangedRound> = {
  route: 'shown',
  start: 'shown',
  changes: (all, _whole, site) => all.map((change) => show(roundChange, change, site)),
};
/** Rounds, without the names of those who walk. */
export const shownRounds: FieldTable<Round> = {
  id: 'shown',
  route: 'shown',
  start: 'shown',
  person: 'left-out',
  second: 'left-out',
  seen: 'left-out',
  checks: (made, _whole, site) =>
    Object.fromEntries(Object.entries(made).map(([id, check]) => [id, show(checks, check, site)])),
  counts: 'shown',
  brokenAt: 'shown',
  items: 'shown',
};

const sent: FieldTable<SentByPhone> = {
  ...{ by: 'name', at: 'shown', act: 'shown', madeAt: 'shown', doubt: 'shown' },
  ...{ picture: 'left-out', sha256: 'left-out' },
};
/** What phones said of an alarm, without who and without photographs, which may show people. */
export const shownSent = (all: readonly SentByPhone[], _whole: unknown, site: Site): readonly SentByPhone[] =>
  all.map((one) => show(sent, one, site));
