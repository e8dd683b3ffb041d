/**
 * How the channels beyond the screens stand, what came of their tests, and who can be reached by which of them. Pages ask it; it decides
 * nothing, and never says more of a test than that the other side has taken it: that it arrived only a person can say.
 */
import { testKey } from '../alarm/evolve-message.ts';
import { takes } from '../alarm/reach.ts';
import { localDay, timeOf } from '../site/calendar.ts';
import { lookup } from '../site/lookup.ts';
import { ladderOf } from '../tell/ladders.ts';
import { isOff } from '../tell/reply-book.ts';
import type { ChannelName, ChannelTest, Person, ReadOnly, Rung, Site, State, Time } from '../types.ts';

/** No try lasts longer; a test nobody has heard of after this long came to nothing. */
const unheardAfterMs = 60_000;
/** What the tests of the day may take before one is missed. */
const testsWithinMs = 5 * 60_000;

/** How far a test is: on its way, taken by the channel, said to have arrived, failed, or never heard of again. */
export type TestPhase = 'running' | 'taken' | 'confirmed' | 'failed' | 'unheard';

/** A test as screens show it. */
export interface ShownTest extends ChannelTest {
  /** Whom it was for; without it, whoever reads the channel. */
  readonly person?: string;
  readonly phase: TestPhase;
  /** It was made on the school's day of today. */
  readonly today: boolean;
}

/** When a channel is tried by itself: at the hour of the day, never (by hand alone), for want of a person, or the school wants none. */
export type DailyTest = 'daily' | 'by-hand' | 'nobody' | 'off';

/** A channel and how it stands. */
export interface ChannelRow {
  readonly channel: ChannelName;
  readonly works: boolean;
  /** Messages in a row that it did not take, and since when. */
  readonly fails: number;
  readonly failsSince?: Time;
  /** The other side said that this was too much: nothing that can wait goes out before then. */
  readonly pausedUntil?: Time;
  /** The newest test, whoever it was for. */
  readonly test?: ShownTest;
  readonly daily: DailyTest;
  /** Who gets the test of the day, where each gets his own. */
  readonly testTo?: string;
  /** Something it was tried with was taken since the last test of the day was due; undefined where none is. */
  readonly tested?: boolean;
}

function phaseOf({ at, sentAt, failedAt, confirmed }: ChannelTest, now: Time): TestPhase {
  if (confirmed) return 'confirmed';
  if (sentAt !== undefined) return 'taken';
  if (failedAt !== undefined) return 'failed';
  return now < at + unheardAfterMs ? 'running' : 'unheard';
}

type Tests = Pick<ReadOnly<State>, 'channelTests'>;

/** The tests of a channel, whoever they were for. */
function testsOf(site: Site, { channelTests }: Tests, channel: string, now: Time): ShownTest[] {
  const today = localDay(now, site.utcOffsetMin);
  return [...channelTests].flatMap(([key, test]): ShownTest[] => {
    const [of, person] = key.split('/', 2);
    if (of !== channel) return [];
    const shown = { phase: phaseOf(test, now), today: localDay(test.at, site.utcOffsetMin) === today };
    return [{ ...test, ...shown, ...(person !== undefined && { person }) }];
  });
}

function dailyOf({ channelTests }: Site, { id, each, alarmsOnly }: ChannelName): DailyTest {
  if (alarmsOnly) return 'by-hand';
  if (!channelTests) return 'off';
  return each !== undefined && lookup(channelTests.to, id) === undefined ? 'nobody' : 'daily';
}

/** When the last tests of the day ought to have been over; undefined where the school wants none. */
function testedBy({ channelTests, utcOffsetMin }: Site, now: Time): Time | undefined {
  if (!channelTests) return undefined;
  const day = localDay(now, utcOffsetMin);
  const due = timeOf(day, channelTests.minute, utcOffsetMin);
  return now < due + testsWithinMs ? timeOf(day - 1, channelTests.minute, utcOffsetMin) : due;
}

const newest = (tests: readonly ShownTest[]): ShownTest | undefined =>
  tests.reduce<ShownTest | undefined>((last, test) => (last && last.at >= test.at ? last : test), undefined);

function channelRow(site: Site, state: ReadOnly<State>, channel: ChannelName, now: Time): ChannelRow {
  const { id } = channel;
  const failed = state.channelFails.get(id);
  const until = state.channelLoads.get(id)?.until;
  const tests = testsOf(site, state, id, now);
  const [test, daily, due] = [newest(tests), dailyOf(site, channel), testedBy(site, now)];
  const to = lookup(site.channelTests?.to ?? {}, id);
  return {
    ...{ channel, works: takes(site, state, id), fails: failed?.fails ?? 0, daily },
    ...(failed && { failsSince: failed.since }),
    ...(until !== undefined && until > now && { pausedUntil: until }),
    ...(test && { test }),
    ...(to !== undefined && { testTo: to }),
    ...(daily === 'daily' &&
      due !== undefined && { tested: tests.some(({ at, sentAt }) => at >= due && sentAt !== undefined) }),
  };
}

/** Every channel and how it stands, in the order of the configuration. */
export function channelRows(site: Site, state: ReadOnly<State>, now: Time): readonly ChannelRow[] {
  return Object.values(site.channels).map((channel) => channelRow(site, state, channel, now));
}

/** How many channels there are, do not take messages, and were not tested as they ought to have been. */
export interface ChannelCount {
  readonly total: number;
  readonly down: number;
  readonly untested: number;
}

export function channelCount(site: Site, state: ReadOnly<State>, now: Time): ChannelCount {
  const rows = channelRows(site, state, now);
  return {
    total: rows.length,
    down: rows.filter(({ works }) => !works).length,
    untested: rows.filter(({ works, tested }) => works && tested === false).length,
  };
}

/** One person and one channel that knows persons. */
export interface ReachCell {
  readonly channel: string;
  /** He has the address that it needs. */
  readonly has: boolean;
  /** He has answered that he wants no more messages by it. */
  readonly off?: true;
  readonly test?: ShownTest;
}

/** A person, and by what he is reached beyond the screens. */
export interface ReachRow {
  readonly person: Person;
  /** How he is told, soonest first; empty: only on the screens. */
  readonly ladder: readonly Rung[];
  readonly cells: readonly ReachCell[];
  /** Some test is said to have arrived with him. */
  readonly proven: boolean;
}

/** Every person and by what he is reached, in the order of the configuration. */
export function reachRows(site: Site, state: ReadOnly<State>, now: Time): readonly ReachRow[] {
  const known = Object.values(site.channels).filter(({ each, names }) => (each ?? names) !== undefined);
  return Object.values(site.people).map((person) => {
    const cells = known.map(({ id, each, names }): ReachCell => {
      const way = each ?? names;
      const key = testKey(id, person.id);
      const test = state.channelTests.has(key)
        ? testsOf(site, state, id, now).find((one) => one.person === person.id)
        : undefined;
      return {
        channel: id,
        has: way !== undefined && (person.ways?.includes(way) ?? false),
        ...(isOff(state.replyBooks, id, person.id) && { off: true }),
        ...(test && { test }),
      };
    });
    const proven = cells.some(({ test }) => test?.phase === 'confirmed');
    return { person, ladder: ladderOf(site, person.id, state.replyBooks), cells, proven };
  });
}
