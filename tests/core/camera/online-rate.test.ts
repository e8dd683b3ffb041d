/** The online rate as sums of time: what was seen, what was not, what nobody knows and what is outside the hours add up to all there was. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { OnlineTally, silenceMs } from '../../../src/core/report/online-rate.ts';
import type { Event, Fact, SeenReason, Site } from '../../../src/core/types.ts';
import { canteenOf } from './canteen.ts';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
/** A Monday, 00:00 in Shanghai. */
const monday = Date.parse('2026-11-30T00:00:00+08:00');
const at = (hour: number) => monday + hour * hourMs;
const site = canteenOf(['k1', 'k2'], [{ days: [1, 2, 3, 4, 5], from: 360, to: 1080 }]);

type Dated = readonly [at: number, fact: Fact];
function tally(facts: readonly Dated[], from: number, to: number, place: Site = site) {
  const book = new OnlineTally(place, { from, to });
  for (const [index, [time, fact]] of facts.entries()) book.take({ ...fact, at: time, seq: index + 1 } as Event);
  return book.result('day');
}
const watched = (unseen: Readonly<Record<string, SeenReason>> = {}): Fact => ({
  kind: 'cameras-watched',
  seen: ['k1', 'k2'].filter((id) => !(id in unseen)),
  unseen,
});
const seen = (camera: string, why: SeenReason): Fact => ({ kind: 'camera-seen', camera, seen: why === 'fresh', why });
/** The gateway says every ten minutes that all is seen. */
const calm = (from: number, to: number): Dated[] => {
  const facts: Dated[] = [];
  for (let time = from; time <= to; time += 10 * minuteMs) facts.push([time, watched()]);
  return facts;
};
const started: Fact = { kind: 'started', version: '1', config: 'x', utcOffsetMin: 480 };
const ordered = (facts: readonly Dated[]) => [...facts].sort(([a], [b]) => a - b);

describe('the online rate', () => {
  test('counts the hours in which something must be seen, and no other', () => {
    const { cameras, school } = tally(calm(at(0), at(24)), at(0), at(24));
    expect(cameras[0]?.whole).toEqual({
      ...{ seenMs: 12 * hourMs, unseenMs: 0, unknownMs: 0, outsideMs: 12 * hourMs },
      ...{ unseen: {}, rate: 1 },
    });
    expect(school.whole.seenMs).toBe(24 * hourMs);
  });

  test('takes from it the time in which a camera could not be seen, and says why', () => {
    const hidden: Dated[] = [
      [at(8), seen('k1', 'covered')],
      [at(9), seen('k1', 'fresh')],
    ];
    const before = calm(at(0), at(8));
    const under: Dated[] = [10, 20, 30, 40, 50].map((m) => [at(8) + m * minuteMs, watched({ k1: 'covered' })]);
    const [first, second] = tally(
      [...before, ...hidden.slice(0, 1), ...under, ...hidden.slice(1), ...calm(at(9), at(24))],
      at(0),
      at(24),
    ).cameras;
    expect(first?.whole).toMatchObject({ unseenMs: hourMs, unseen: { covered: hourMs }, rate: 11 / 12 });
    expect(second?.whole.rate).toBe(1);
  });

  test('calls the time unknown in which the gateway was away, and not seen', () => {
    const facts = ordered([
      ...calm(at(6), at(8)),
      [at(10), started],
      [at(10) + minuteMs, seen('k1', 'fresh')],
      ...calm(at(10) + 2 * minuteMs, at(18)),
    ]);
    const [first, second] = tally(facts, at(6), at(18)).cameras;
    expect(first?.whole).toMatchObject({ unknownMs: 2 * hourMs + minuteMs, unseenMs: 0, rate: 1 });
    expect(second?.whole.unknownMs).toBe(2 * hourMs + 2 * minuteMs);
  });

  test('calls the time unknown in which nothing was said for longer than the gateway is ever silent', () => {
    const [first] = tally([...calm(at(6), at(7)), ...calm(at(9), at(18))], at(6), at(18)).cameras;
    expect(first?.whole).toMatchObject({ unknownMs: 2 * hourMs, seenMs: 10 * hourMs });
    expect(tally(calm(at(6), at(7)), at(6), at(18)).cameras[0]?.whole.unknownMs).toBe(11 * hourMs);
  });

  test('counts no moment twice when the clock is set back, and none as seen that nobody lived', () => {
    const back: Dated[] = [
      ...calm(at(6), at(9)),
      [at(8), { kind: 'clock-stepped', from: at(9), to: at(8) }],
      ...calm(at(8), at(18)),
    ];
    expect(tally(back, at(6), at(18)).cameras[0]?.whole).toMatchObject({ seenMs: 12 * hourMs, unknownMs: 0 });
    const forth: Dated[] = [
      ...calm(at(6), at(8)),
      [at(11), { kind: 'clock-stepped', from: at(8), to: at(11) }],
      ...calm(at(11), at(18)),
    ];
    expect(tally(forth, at(6), at(18)).cameras[0]?.whole).toMatchObject({ seenMs: 9 * hourMs, unknownMs: 3 * hourMs });
  });

  test('counts nothing on a holiday', () => {
    const day = Math.floor((monday + 8 * hourMs) / 86_400_000);
    const free = {
      ...site,
      calendar: { ...site.calendar, exceptions: [{ day, as: 'holiday' as const, title: { zh: '假', en: 'off' } }] },
    };
    expect(tally(calm(at(0), at(24)), at(0), at(24), free).cameras[0]?.whole).toMatchObject({
      outsideMs: 24 * hourMs,
      rate: null,
    });
  });

  test('puts days into weeks from Monday and into months', () => {
    const book = new OnlineTally(site, { from: at(-48), to: at(48) });
    for (const [index, [time, fact]] of calm(at(-48), at(48)).entries())
      book.take({ ...fact, at: time, seq: index + 1 } as Event);
    const days = (step: 'week' | 'month') =>
      book.result(step).school.parts.map(({ day }) => new Date(day * 86_400_000).toISOString().slice(0, 10));
    expect(days('week')).toEqual(['2026-11-23', '2026-11-30']);
    expect(days('month')).toEqual(['2026-11-01', '2026-12-01']);
  });
});

describe('whatever happens', () => {
  const why = fc.constantFrom<SeenReason>('fresh', 'covered', 'no-link', 'no-still', 'frozen');
  const said = fc.oneof(
    fc.constant(started),
    why.map((reason) => seen('k1', reason)),
    why.map((reason) => seen('k2', reason)),
    fc.constant(watched()),
    fc.constant(watched({ k2: 'dark' })),
  );
  /** Gaps between facts, and now and then a clock that is set. */
  const course = fc.array(
    fc.record({
      gapMs: fc.integer({ min: 0, max: 3 * silenceMs }),
      fact: said,
      jumpMs: fc.option(fc.integer({ min: -5 * hourMs, max: 5 * hourMs }), { freq: 9 }),
    }),
    { maxLength: 120 },
  );
  const lay = (
    steps: readonly { readonly gapMs: number; readonly fact: Fact; readonly jumpMs: number | null }[],
  ): Dated[] => {
    let now = at(5);
    return steps.flatMap(({ gapMs, fact, jumpMs }): Dated[] => {
      now += gapMs;
      if (jumpMs === null) return [[now, fact]];
      const from = now;
      now += jumpMs;
      return [
        [now, { kind: 'clock-stepped', from, to: now }],
        [now, fact],
      ];
    });
  };

  test('seen, unseen, unknown and outside are all of the time, for every camera, part and sum', () => {
    fc.assert(
      fc.property(course, fc.integer({ min: 0, max: 40 }), fc.integer({ min: 1, max: 60 }), (steps, first, hours) => {
        const [from, to] = [at(first), at(first + hours)];
        const { cameras, school } = tally(lay(steps), from, to);
        for (const { whole, parts } of cameras) {
          expect(whole.seenMs + whole.unseenMs + whole.unknownMs + whole.outsideMs).toBe(to - from);
          expect(Object.values(whole.unseen).reduce((sum, ms) => sum + ms, 0)).toBe(whole.unseenMs);
          expect(
            parts.reduce((sum, part) => sum + part.seenMs + part.unseenMs + part.unknownMs + part.outsideMs, 0),
          ).toBe(to - from);
          expect(Math.min(whole.seenMs, whole.unseenMs, whole.unknownMs, whole.outsideMs)).toBeGreaterThanOrEqual(0);
        }
        expect(school.whole.seenMs).toBe(cameras.reduce((sum, { whole }) => sum + whole.seenMs, 0));
      }),
    );
  });

  test('nothing is seen in the time of a gateway that says nothing', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 30 }), (hours) => {
        expect(tally([], at(0), at(hours)).cameras[0]?.whole).toMatchObject({ seenMs: 0, unseenMs: 0, rate: null });
      }),
    );
  });
});
