/**
 * Who would be told of an alarm, and who was: the same functions that tell, asked for a moment that is not now or for an alarm that is
 * open. It must never decide anything of its own; a preview that reckons otherwise than the night would be worse than none.
 */
import { lostAfterMs } from '../alarm/evolve-alarm.ts';
import { isGivenUp } from '../alarm/outbox.ts';
import { emptiness, lastResortOf } from '../alarm/reach.ts';
import { lookup } from '../site/lookup.ts';
import { personOf } from '../site/naming.ts';
import { chainFor, type Named, namedBy, ruleOf } from '../tell/chains.ts';
import { channelsBeside, rests, tellingsOf } from '../tell/ladders.ts';
import type {
  Alarm,
  AlarmKind,
  LadderTelling,
  NobodyReason,
  Notice,
  Priority,
  ReadOnly,
  Site,
  State,
  Time,
  Words,
} from '../types.ts';

/** What is supposed to happen. */
export interface SupposedAlarm {
  readonly priority: Priority;
  readonly kind: AlarmKind;
  readonly zone?: string;
  readonly covert?: true;
}

/** One step of the chain, as it would be taken if nobody answered. */
export interface SupposedStep extends Named {
  /** Counted from 1; 0 for the last resort. */
  readonly level: number;
  readonly afterMs: number;
  /** Messages to persons. */
  readonly tell: readonly LadderTelling[];
  /** Persons it names who get none: they rest, or there is no way to them alone that may carry it. */
  readonly untold: readonly { readonly person: string; readonly why: 'rests' | 'no-way' }[];
  /** So many persons must answer from here on; one without it. */
  readonly needs?: 2;
  /** It reaches nobody, as far as accounts and channels tell just now; it is passed at once then. */
  readonly nobody?: NobodyReason;
}

export interface SupposedTelling {
  /** The school's own rule whose chain it is; without one, the chain of the priority. */
  readonly rule?: string;
  readonly steps: readonly SupposedStep[];
  readonly repeatMs: number;
  readonly lastResort: SupposedStep;
}

/** Who would be told, step by step, of an alarm that came up at `at` and nobody acknowledged. Undefined: nobody, it is maintenance. */
export function wouldTell(
  site: Site,
  state: ReadOnly<State>,
  supposed: SupposedAlarm,
  at: Time,
): SupposedTelling | undefined {
  const alarm = { ...supposed, waitingSince: at };
  const chain = chainFor(site, alarm);
  if (!chain) return undefined;
  const rule = ruleOf(site, alarm);
  const shown = (level: number, afterMs: number, named: Named, needs?: 2): SupposedStep => {
    const nobody = emptiness(site, state, named);
    const { priority, covert } = supposed;
    const tell = tellingsOf(site, named.people, { priority, at: at + afterMs, covert, books: state.replyBooks });
    const told = new Set(tell.flatMap(({ people }) => people));
    const untold = named.people.flatMap((person): SupposedStep['untold'] => {
      const known = lookup(site.people, person);
      if (told.has(person)) return [];
      return [{ person, why: known && rests(site, known, priority, at + afterMs) ? 'rests' : 'no-way' }];
    });
    return {
      level,
      afterMs,
      ...named,
      channels: channelsBeside(named.channels, tell),
      tell,
      untold,
      ...(needs && { needs }),
      ...(nobody && { nobody }),
    };
  };
  return {
    ...(rule && { rule: rule.id }),
    steps: chain.steps.map((step, i) =>
      shown(i + 1, step.afterMs, namedBy(site, state, step, at + step.afterMs), step.needs),
    ),
    repeatMs: chain.repeatMs,
    lastResort: shown(0, chain.steps.at(-1)?.afterMs ?? 0, lastResortOf(site, supposed.covert === true)),
  };
}

/** How far a message is: waiting for its time, on its way, taken by the channel, refused so far, in doubt, given up. */
export type NoticePhase = 'waiting' | 'sending' | 'accepted' | 'failed' | 'unknown' | 'given-up';

/** A message about an alarm, for people. */
export interface ShownNotice extends Notice {
  readonly phase: NoticePhase;
  /** The channel that carries it, where another took over. */
  readonly via: string;
  readonly tries: number;
  /** Why the last try came to nothing. */
  readonly why?: Words;
}

/** Who was told of an alarm, by what, and how far it got; in the order in which they are told. */
export function noticesOf(site: Site, state: ReadOnly<State>, alarm: Alarm): readonly ShownNotice[] {
  return alarm.notices.map((notice) => {
    const { tries = 0, why } = state.duties.get(notice.id) ?? {};
    const lost = notice.tryAt !== undefined && state.at >= notice.tryAt + lostAfterMs;
    const phase = phaseOf(notice, tries, { lost, givenUp: isGivenUp(site, alarm, notice, tries) });
    return { ...notice, phase, via: notice.by ?? notice.channel, tries, ...(why && { why }) };
  });
}

/** `lost`: it left, and nobody has heard of it for longer than any try lasts. */
function phaseOf(
  { sentAt, tryAt, doubt }: Notice,
  tries: number,
  { lost, givenUp }: { readonly lost: boolean; readonly givenUp: boolean },
): NoticePhase {
  if (sentAt !== undefined) return 'accepted';
  if (tryAt !== undefined) return lost ? 'unknown' : 'sending';
  if (doubt) return 'unknown';
  if (givenUp) return 'given-up';
  return tries > 0 ? 'failed' : 'waiting';
}

/** A person whom a message about an alarm went to by name, and whether he has answered. */
export interface ToldPerson {
  readonly person: string;
  /** When the first of them was taken by its channel. */
  readonly at: Time;
  readonly answered?: { readonly at: Time; readonly how: 'acknowledged' | 'accepted' | 'arrived' };
}

/** Who was told by name, and what he answered; who was told first stands first. */
export function toldPeople(site: Site, { notices, ...alarm }: Alarm): readonly ToldPerson[] {
  const first = new Map<string, Time>();
  for (const { sentAt, people = [], taken } of notices)
    for (const person of people)
      if (sentAt !== undefined && !taken && sentAt < (first.get(person) ?? Number.POSITIVE_INFINITY))
        first.set(person, sentAt);
  const answers = [
    { said: alarm.arrived, how: 'arrived' },
    { said: alarm.accepted, how: 'accepted' },
    { said: alarm.acked, how: 'acknowledged' },
    { said: alarm.firstAcked, how: 'acknowledged' },
    ...(alarm.parts ?? []).map((said) => ({ said, how: 'acknowledged' as const })),
  ] as const;
  return [...first]
    .sort(([, a], [, b]) => a - b)
    .map(([person, at]) => {
      const answer = answers.find(({ said }) => said && personOf(site, { name: said.by })?.id === person);
      return { person, at, ...(answer?.said && { answered: { at: answer.said.at, how: answer.how } }) };
    });
}
