/**
 * The rules of patrol exceptions: each finds its plain case, and lets the honest thing that looks most like it be.
 */
import { describe, expect, test } from 'vitest';
import { usualLimits } from '../../src/core/exception/exception-limits.ts';
import type { WatchedRound, WatchedSpan, WatchedTouch } from '../../src/core/exception/exception-types.ts';
import { exceptionsOf } from '../../src/core/exception/exceptions.ts';
import type { ExceptionRule } from '../../src/core/types.ts';

const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;
/** Monday 2026-11-23, 22:00 in China. */
const evening = Date.parse('2026-11-23T22:00:00+08:00');

/** Eight points on a line, 80 units apart, five minutes' walk each. */
const points = Array.from({ length: 8 }, (_, n) => ({
  reader: `r${n}`,
  afterMs: n * 5 * minute,
  at: [n * 80, 0] as const,
}));
const round = (start = evening, people: readonly string[] = ['li']): WatchedRound => ({
  ...{ id: `night@${start}`, route: 'night', from: start - 10 * minute, to: start + 55 * minute, points, people },
});
const duty = [{ person: 'li', from: evening - hour, to: evening + 9 * hour }];

type Made = Omit<WatchedTouch, 'id'>;
const touch = (reader: string, taken: number, more: Partial<Made> = {}): Made => ({
  ...{ reader, taken, at: taken + second, card: 'C-li', person: 'li', source: 'online' },
  ...more,
});
/** A walk along the points with these legs, s. */
function walk(start: number, legs: readonly number[], more: Partial<Made> = {}): Made[] {
  let taken = start;
  return [0, ...legs].map((leg, n) => {
    taken += leg * second;
    return touch(`r${n}`, taken, more);
  });
}
const steady = [280, 310, 265, 330, 290, 345, 270];
const wang = { card: 'C-wang', person: 'wang' };

function found(touches: readonly Made[], more: Partial<WatchedSpan> = {}) {
  const all = [...touches].sort((a, b) => a.at - b.at).map((one, n) => ({ ...one, id: `t${n}` }));
  return exceptionsOf({ touches: all, rounds: [round()], duty, outages: [], utcOffsetMin: 480, ...more }, usualLimits);
}
const rules = (touches: readonly Made[], more: Partial<WatchedSpan> = {}): ExceptionRule[] =>
  found(touches, more).map(({ rule }) => rule);

test('a round walked as usual is no exception', () => {
  expect(found(walk(evening, steady))).toEqual([]);
});

describe('too fast between points', () => {
  test('finds three legs in a row that nobody walks, and says how long they took and could least take', () => {
    const [one] = found(walk(evening, [280, 40, 45, 38, 290, 345, 270]));
    expect(one).toMatchObject({ rule: 'too-fast', person: 'li', value: 123 * second, limit: 189 * second });
    expect(one!.touches).toHaveLength(4);
  });
  test('lets a single leg that was run be, and a guard who hurries all the way', () => {
    expect(rules(walk(evening, [280, 40, 265, 330, 290, 345, 270]))).toEqual([]);
    expect(
      rules(
        walk(
          evening,
          steady.map((leg) => leg / 3),
        ),
      ),
    ).toEqual([]);
  });
  test('goes by the least time that the plan names', () => {
    const named = { ...round(), points: points.map((point) => ({ ...point, leastMs: 100 * second })) };
    expect(rules(walk(evening, [280, 90, 95, 80, 290, 345, 270]), { rounds: [named] })).toEqual(['too-fast']);
  });
});

describe('the same point again', () => {
  test('finds points that were touched for a second visit which was none', () => {
    const made = walk(evening, steady);
    const again = made.slice(0, 4).map((one) => touch(one.reader, one.taken + 40 * second));
    expect(rules([...made, ...again])).toEqual(['same-point']);
  });
  test('lets a beep that was not heard be, and one point touched again to be sure', () => {
    const made = walk(evening, steady);
    const bounced = made.map((one) => touch(one.reader, one.taken + 4 * second));
    expect(rules([...made, ...bounced, touch('r3', made[3]!.taken + 45 * second)])).toEqual([]);
  });
});

describe('one card in two places', () => {
  test('finds a card that is at both ends of the school in turn', () => {
    const made = walk(evening, steady).slice(0, 3);
    const elsewhere = made.map((one, n) => touch(`r${n + 5}`, one.taken + 60 * second));
    expect(rules([...made, ...elsewhere])).toEqual(['two-places']);
  });
  test('lets somebody be who was called away once and ran', () => {
    const [first, second_, third] = walk(evening, steady);
    expect(
      rules([
        first!,
        second_!,
        touch('r5', second_!.taken + 200 * second),
        { ...third!, taken: third!.taken + hour, at: third!.at + hour },
      ]),
    ).toEqual([]);
  });
});

describe('two cards together', () => {
  const both = [round(evening, ['li', 'wang'])];
  const onDuty = [...duty, { ...duty[0]!, person: 'wang' }];
  const behind = (made: readonly Made[], gaps: readonly number[]) =>
    made.map((one, n) => touch(one.reader, one.taken + gaps[n % gaps.length]! * second, wang));

  test('finds two cards that are always in one hand', () => {
    const made = walk(evening, steady);
    expect(rules([...made, ...behind(made, [2, 1, 3])], { duty: onDuty })).toEqual(['together']);
    // Two cards of one person are one person on paper as well.
    const both = behind(made, [2, 1, 3]).map((one) => ({ ...one, person: 'li' }));
    expect(rules([...made, ...both], { duty: onDuty })).not.toContain('together');
  });
  test('lets two be who meet and go part of the way', () => {
    const made = walk(evening, steady);
    expect(rules([...made, ...behind(made.slice(2, 6), [2, 1, 3])], { duty: onDuty })).toEqual([]);
  });
  test('lets a planned pair be on its first round, however quick it is, and one that is now quick and now slow for ever', () => {
    const quick = walk(evening, steady);
    expect(rules([...quick, ...behind(quick, [2])], { rounds: both, duty: onDuty })).toEqual([]);
    const starts = [0, 1, 2, 3].map((n) => evening + n * hour);
    const walks = starts.flatMap((start) =>
      walk(
        start,
        steady.map((leg, n) => leg + ((start / hour + n) % 5) * 9),
      ),
    );
    const rounds = starts.map((start) => round(start, ['li', 'wang']));
    expect(rules([...walks, ...behind(walks, [2, 7, 4])], { rounds, duty: onDuty })).toEqual([]);
    expect(rules([...walks, ...behind(walks, [2, 3])], { rounds, duty: onDuty })).toEqual(['together']);
  });
});

describe('the same pattern', () => {
  const starts = Array.from({ length: 5 }, (_, n) => evening + n * 90 * minute);
  const rounds = starts.map((start) => round(start));
  test('finds five rounds that are alike to the second', () => {
    const made = starts.flatMap((start, n) => walk(start + n * 7 * second, steady));
    expect(rules(made, { rounds })).toEqual(['same-pattern']);
  });
  test('lets whoever waits for the planned minute be, and records that hold no seconds', () => {
    const late = [3, 14, 0, 9, 22, 6, 17];
    const waits = starts.flatMap((start, n) =>
      points.map(({ reader, afterMs }, m) => touch(reader, start + afterMs + late[(n * 3 + m) % 7]! * second)),
    );
    expect(rules(waits, { rounds })).toEqual([]);
    const minutes = starts.flatMap((start) => points.map(({ reader, afterMs }) => touch(reader, start + afterMs)));
    expect(rules(minutes, { rounds })).toEqual([]);
  });
});

describe('not on duty', () => {
  const nights = [0, 1, 2].map((n) => evening + n * day);
  const rounds = nights.map((start) => round(start));
  const onDuty = nights.map((start) => ({ person: 'li', from: start - hour, to: start + 9 * hour }));
  const wangs = { rounds, duty: [...onDuty, { person: 'wang', from: evening - 10 * hour, to: evening - 2 * hour }] };
  test('finds a card that is used on two nights by somebody at home', () => {
    const made = nights.slice(0, 2).flatMap((start) => walk(start, steady, wang));
    expect(rules(made, wangs)).toEqual(['off-duty']);
  });
  test('lets a card be that was lent for one night, and somebody who came early or stayed on', () => {
    expect(rules(walk(evening, steady, wang), wangs)).toEqual([]);
    const early = { ...wangs, duty: onDuty.map((one) => ({ ...one, from: one.from + 90 * minute })) };
    expect(
      rules(
        nights.flatMap((start) => walk(start, steady)),
        early,
      ),
    ).not.toContain('off-duty');
  });
  test('accuses nobody where nobody is planned by name', () => {
    expect(
      rules(
        nights.flatMap((start) => walk(start, steady, wang)),
        { rounds, duty: [] },
      ),
    ).not.toContain('off-duty');
  });
});

describe('a clock that jumps', () => {
  const baton = { source: 'import', batch: 'file', at: evening + 10 * hour } as const;
  test('finds the time running back in a baton, and names the reader and nobody', () => {
    const made = walk(evening, steady, baton);
    const back = made.map((one, n) => (n < 4 ? one : { ...one, taken: one.taken - 40 * minute }));
    expect(found(back)).toMatchObject([{ rule: 'clock-jump', cards: [], value: 40 * minute - 330 * second }]);
    expect(found(back)[0]!.person).toBeUndefined();
  });
  test('lets a clock be that was set right by seconds, and a memory that is told newest first', () => {
    const made = walk(evening, steady, baton);
    expect(rules(made.map((one, n) => (n < 4 ? one : { ...one, taken: one.taken - 320 * second })))).toEqual([]);
    expect(rules([...made].reverse())).toEqual([]);
  });
});

describe('told late', () => {
  const late = { source: 'upload', at: evening + 3 * hour } as const;
  test('finds records of a reader that was there all the time', () => {
    expect(rules([touch('r0', evening, late)])).toEqual(['late-batch']);
  });
  test('lets a reader be that was away, and one that was a quarter of an hour late', () => {
    const outages = [{ reader: 'r0', from: evening + 2 * minute, to: evening + 3 * hour }];
    expect(rules([touch('r0', evening, late)], { outages })).toEqual([]);
    expect(rules([touch('r0', evening, { source: 'upload', at: evening + 15 * minute })])).toEqual([]);
  });
  test('says nothing of a baton, which is always read out later', () => {
    expect(rules([touch('r0', evening, { source: 'import', batch: 'file', at: evening + 3 * hour })])).toEqual([]);
  });
});

describe('written by hand', () => {
  const hands = (...days: number[]) =>
    days.map((n) => touch('r0', evening + n * day, { source: 'hand', at: evening + n * day + hour }));
  test('finds a third within seven days, over the end of a week too', () => {
    expect(rules(hands(4, 7, 10))).toEqual(['by-hand']);
  });
  test('lets two a week be', () => {
    expect(rules(hands(0, 3, 8, 11))).toEqual([]);
  });
});

describe('all tags in one place', () => {
  test('finds points touched within seconds of each other, and asks for that alone', () => {
    expect(rules(walk(evening, [4, 6, 3, 9, 5, 4, 6]))).toEqual(['one-place']);
  });
  test('lets two readers beside each other be', () => {
    expect(rules(walk(evening, [280, 310, 12, 330, 290, 345, 270]))).toEqual([]);
  });
});

describe('several readers from one address', () => {
  const from = (made: readonly Made[], address: (n: number) => string) =>
    made.map((one, n) => ({ ...one, address: address(n) }));
  const usual = (address: (n: number) => string) =>
    [1, 2].flatMap((n) =>
      from(
        walk(
          evening - n * day,
          steady.map((leg, m) => leg + n * m * 5),
        ),
        address,
      ),
    );
  const burst = walk(evening, [20, 25, 18, 20, 22, 19, 24]).map((one, n) => ({ ...one, card: `C${n}` }));
  test('finds readers that speak from an address that is not theirs', () => {
    const own = (n: number) => `10.0.0.${n}`;
    expect(rules([...usual(own), ...from(burst, () => '10.9.9.9')], { duty: [] })).toEqual(['one-address']);
  });
  test('lets readers behind one radio be, which share its address every day', () => {
    const shared = () => '10.0.0.1';
    expect(rules([...usual(shared), ...from(burst, shared)], { duty: [] })).toEqual([]);
  });
});

test('a rule without limits is off', () => {
  const touches = walk(evening, [4, 6, 3, 9, 5, 4, 6]).map((one, n) => ({ ...one, id: `t${n}` }));
  const span = { touches, rounds: [round()], duty, outages: [], utcOffsetMin: 480 };
  expect(exceptionsOf(span, {})).toEqual([]);
});

test('the same touches looked at again, and with more beside them, give the same keys', () => {
  const made = walk(evening, [4, 6, 3, 9, 5, 4, 6]);
  const keys = (touches: readonly Made[]) => found(touches).map(({ key }) => key);
  expect(keys([...made, ...walk(evening + 2 * hour, steady)])).toEqual(keys(made));
});
