/**
 * The line of the day: what stands in which lane, and that nothing is drawn outside of the day or twice.
 */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { AlarmRecord, ArmMode } from '../../src/core/types.ts';
import { type ArmedThen, dayLine } from '../../src/core/view/day-line.ts';

const from = 1_000_000_000;
const day = 86_400_000;
const hour = 3_600_000;

const alarm = (over: Partial<AlarmRecord>): AlarmRecord => ({
  ...{ id: 1, key: 'z1/climb', kind: 'climb', priority: 1, device: 'host-1', causes: [], count: 1 },
  ...{ raisedAt: from + hour, lastAt: from + hour },
  ...over,
});
const made = (over: Partial<Parameters<typeof dayLine>[0]>) =>
  dayLine({ from, to: from + day, now: from + 12 * hour, alarms: [], armings: [], zones: {}, rounds: [], ...over });

describe('the day of the wall', () => {
  test('an alarm stands in the line of its kind from when it was raised to when it was over', () => {
    const { lanes, counts } = made({
      alarms: [
        alarm({ returnedAt: from + 2 * hour }),
        alarm({ id: 2, kind: 'hygiene', priority: 3, closedAt: from + 3 * hour }),
        alarm({ id: 3, kind: 'comms', priority: 2 }),
      ],
    });
    expect(lanes.alarms).toEqual([{ from: from + hour, to: from + 2 * hour, part: 1, priority: 1 }]);
    expect(lanes.kitchen).toEqual([{ from: from + hour, to: from + 3 * hour, part: 1, priority: 3 }]);
    expect(lanes.faults).toEqual([{ from: from + hour, part: 1, priority: 2 }]);
    expect(counts).toMatchObject({ alarms: 1, kitchen: 1, faults: 1 });
  });

  test('a maintenance note is no news of the day', () => {
    expect(made({ alarms: [alarm({ priority: 4 })] }).lanes.alarms).toEqual([]);
  });

  test('what began yesterday and lasts is drawn from midnight, and not counted as of today', () => {
    const { lanes, counts } = made({ alarms: [alarm({ raisedAt: from - hour })] });
    expect(lanes.alarms).toEqual([{ from, part: 1, priority: 1 }]);
    expect(counts.alarms).toBe(0);
  });

  test('watch is the share of zones that were armed, step by step', () => {
    const armings: ArmedThen[] = [
      { zone: 'a', mode: 'armed', at: from - 2 * hour, seq: 1 },
      { zone: 'a', mode: 'disarmed', at: from + 6 * hour, seq: 2 },
    ];
    const { lanes, counts } = made({ armings, zones: { a: 'disarmed', b: 'armed' } });
    expect(lanes.watch).toEqual([
      { from, to: from + 6 * hour, part: 1 },
      { from: from + 6 * hour, to: from + 12 * hour, part: 0.5 },
    ]);
    expect(counts.watch).toBe(50);
  });

  test('a zone that was bypassed and armed in one millisecond is armed, in whichever order the facts are read', () => {
    const at = from + hour;
    const blink: ArmedThen[] = [
      { zone: 'a', mode: 'inhibited', at, seq: 5 },
      { zone: 'a', mode: 'armed', at, seq: 6 },
    ];
    const whole = [{ from: at, to: from + 12 * hour, part: 1 }];
    for (const armings of [blink, blink.toReversed()])
      expect(made({ armings, zones: { a: 'armed' } }).lanes.watch).toEqual(whole);
  });

  test('of a zone whose first fact is of today nothing is claimed before it', () => {
    const { lanes } = made({ armings: [{ zone: 'a', mode: 'armed', at: from + hour, seq: 1 }], zones: { a: 'armed' } });
    expect(lanes.watch).toEqual([{ from: from + hour, to: from + 12 * hour, part: 1 }]);
  });

  test('whatever was armed and disarmed, steps follow each other within the day and never lie in the future', () => {
    const zones = ['a', 'b', 'c'] as const;
    const arming = fc.record({
      zone: fc.constantFrom(...zones),
      mode: fc.constantFrom<ArmMode>('armed', 'disarmed', 'inhibited', 'out-of-service'),
      at: fc.integer({ min: from - day, max: from + 2 * day }),
      seq: fc.integer({ min: 1, max: 1_000 }),
    });
    const property = fc.property(fc.array(arming), fc.integer({ min: 0, max: day }), (armings, ms) => {
      const now = from + ms;
      const { lanes } = made({ armings, now, zones: { a: 'armed', b: 'disarmed', c: 'armed' } });
      let end = from;
      for (const { from: begin, to = now, part } of lanes.watch) {
        expect(begin).toBeGreaterThanOrEqual(end);
        expect(to).toBeGreaterThan(begin);
        expect(to).toBeLessThanOrEqual(now);
        expect(part).toBeGreaterThan(0);
        end = to;
      }
    });
    fc.assert(property);
  });
});
