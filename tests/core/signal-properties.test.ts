/**
 * What holds of the detector for any readings whatever: it never throws, its signs take turns, the same readings say the same,
 * and a restart hides nobody for long.
 */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { emptySenses, remember, sense } from '../../src/core/fence/signal.ts';
import { rehearse } from '../../src/core/fence/signal-rehearse.ts';
import { defaultLimits, type Finding } from '../../src/core/fence/signal-types.ts';
import { Loom, minute, second } from './wires.ts';

/** Tensions as they come, and everything a wire never shows. */
const value = fc.oneof(
  { weight: 8, arbitrary: fc.double({ min: 0, max: 200, noNaN: true }) },
  { weight: 2, arbitrary: fc.constantFrom(0, 9, 99, 150, 196) },
  { weight: 1, arbitrary: fc.constant(undefined) },
  { weight: 1, arbitrary: fc.double() },
);
const ms = fc.oneof(
  { weight: 8, arbitrary: fc.integer({ min: 1, max: 2_000 }) },
  { weight: 1, arbitrary: fc.integer({ min: -5_000, max: 1_000_000 }) },
  { weight: 1, arbitrary: fc.constantFrom(Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 1e18) },
);
/** The same wires for a while, so that conditions do last, then others. */
const readings = fc
  .array(fc.record({ ms, wires: fc.array(value, { maxLength: 7 }), times: fc.integer({ min: 1, max: 80 }) }), {
    maxLength: 25,
  })
  .map((some) => some.flatMap(({ times, ...one }) => Array.from({ length: times }, () => one)));

interface Said {
  readonly zone: string;
  readonly finding: Finding;
}

function run(all: readonly { ms: number; wires: readonly (number | undefined)[] }[], from = 0) {
  const senses = emptySenses();
  const said: Said[] = [];
  let at = from;
  for (const [index, one] of all.entries()) {
    if (Number.isFinite(at + one.ms) && Math.abs(one.ms) < 1e12) at += one.ms;
    const id = index % 3 === 0 ? 'a' : 'b';
    const time = Number.isFinite(one.ms) && Math.abs(one.ms) < 1e12 ? at : one.ms;
    for (const finding of sense(senses, { id, side: 'north', limits: defaultLimits }, one.wires, time)) {
      said.push({ zone: id, finding });
    }
  }
  return { senses, said };
}

describe('whatever is read', () => {
  test('nothing is thrown, the signs of a wire take turns, and every figure told is a number', () => {
    let signs = 0;
    fc.assert(
      fc.property(readings, (all) => {
        const { said } = run(all);
        const held = new Set<string>();
        for (const { zone, finding } of said) {
          if (finding.kind === 'learned') {
            expect(finding.basesN.every(Number.isFinite)).toBe(true);
            continue;
          }
          signs += 1;
          const key = `${zone}/${finding.detection}/${finding.wire}`;
          expect(finding.active).toBe(!held.has(key));
          held[finding.active ? 'add' : 'delete'](key);
          for (const figure of [finding.valueN, finding.limitN, finding.sinceMs]) {
            if (figure !== undefined) expect(figure).toSatisfy(Number.isFinite);
          }
          if (finding.sinceMs !== undefined) expect(finding.sinceMs).toBeGreaterThanOrEqual(0);
        }
      }),
      { numRuns: 200 },
    );
    // Readings that lead to no sign would prove nothing.
    expect(signs).toBeGreaterThan(200);
  });

  test('the same readings say the same, and it does not matter when the clock was started', () => {
    fc.assert(
      fc.property(readings, (all) => {
        const usual = all.filter(({ ms }) => Math.abs(ms) < 1e12);
        expect(run(usual).said).toEqual(run(usual).said);
        expect(run(usual, 2 ** 30).said).toEqual(run(usual).said);
      }),
      { numRuns: 40 },
    );
  });

  test('what is kept in mind does not grow', () => {
    fc.assert(
      fc.property(readings, (all) => {
        const { senses } = run(all);
        expect(senses.zones.size).toBeLessThanOrEqual(2);
        expect(JSON.stringify([...senses.zones.values()]).length).toBeLessThan(2 * 7 * 2_000 + 2_000);
      }),
      { numRuns: 40 },
    );
  });

  test('limits are rehearsed to an end, and every sign of a rehearsal has its beginning before its end', () => {
    fc.assert(
      fc.property(readings, (all) => {
        let at = 0;
        const samples = all.map(({ ms, wires }) => {
          if (Number.isFinite(ms) && Math.abs(ms) < 1e7) at += ms;
          return { at: Math.abs(ms) < 1e7 ? at : ms, wires };
        });
        for (const one of rehearse({ id: 'a', limits: defaultLimits }, samples)) {
          expect(one.to).toBeGreaterThanOrEqual(one.from);
        }
      }),
      { numRuns: 40 },
    );
  });
});

const act = fc.record({
  wire: fc.integer({ min: 0, max: 5 }),
  newton: fc.oneof(fc.double({ min: 6, max: 45, noNaN: true }), fc.double({ min: -140, max: -20, noNaN: true })),
  seed: fc.integer({ min: 1, max: 1_000 }),
});

describe('an act on one wire', () => {
  test('is found after a restart as soon as without one, or within a dwell of the first reading after it', () => {
    fc.assert(
      fc.property(act, fc.integer({ min: -10, max: 20 }), ({ wire, newton, seed }, beforeS) => {
        const play = (restarts: boolean) => {
          const zone = new Loom({ seed, limits: { fullScaleN: 1_000 } }).play(2 * minute);
          const from = zone.at + 30 * second;
          const doing = (other: number) => (other === wire && zone.at > from ? newton : 0);
          zone.play(30 * second - beforeS * second, doing);
          const cut = zone.at;
          if (restarts) zone.restart();
          zone.play(40 * second, doing);
          const found = zone.told.find(({ active, at }) => active && at > (restarts ? cut : 0))!;
          expect(found).toMatchObject({ wire });
          return { found: found.at, cut };
        };
        const without = play(false);
        const { found, cut } = play(true);
        expect(found).toBeLessThanOrEqual(Math.max(without.found, cut + defaultLimits.dwellMs) + 500);
      }),
      { numRuns: 30 },
    );
  });

  test('does not move the base for as long as its sign holds', () => {
    fc.assert(
      fc.property(act, fc.integer({ min: 1, max: 10 }), ({ wire, newton, seed }, minutes) => {
        const zone = new Loom({ seed, limits: { fullScaleN: 1_000 } }).play(2 * minute);
        // A rise that stays where it is and is no greater than a settling may be taken for one after a minute.
        const firm = newton > 0 && newton < defaultLimits.patientN + 3 ? newton + 10 : newton;
        const doing = (other: number) => (other === wire ? firm : 0);
        zone.play(10 * second, doing);
        const sign = zone.holding();
        const before = zone.base(wire);
        zone.play(minutes * minute, doing);
        expect(zone.holding()).toEqual(expect.arrayContaining(sign));
        expect(sign.length).toBeGreaterThan(0);
        // The others tremble, and with them what all wires do together.
        expect(Math.abs(zone.base(wire) - before)).toBeLessThan(0.5);
      }),
      { numRuns: 20 },
    );
  });
});

test('bases of any kind may be remembered', () => {
  fc.assert(
    fc.property(fc.array(fc.double(), { maxLength: 80 }), (bases) => {
      const senses = emptySenses();
      remember(senses, 'z1', bases);
      const zone = new Loom({ senses }).play(30 * second);
      zone.play(minute);
      for (const { valueN } of zone.told) expect(valueN).toSatisfy(Number.isFinite);
    }),
    { numRuns: 40 },
  );
});
