/**
 * The plan of read requests, held to its laws on any register map, and to the fewest requests by an exhaustive search.
 * Maps are made at random; no device model is judged here but the tension host.
 */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import tensionHost from '../../devices/tension-host-modbus.ts';
import type { PointSpec } from '../../src/core/types.ts';
import { plan, type ReadRequest, width } from '../../src/drivers/modbus/modbus-plan.ts';
import type { ModbusWire, Register } from '../../src/profile/profile.ts';

function specs(wire: ModbusWire, alarmed: readonly string[] = []): PointSpec[] {
  return Object.keys(wire.registers).map((key) => ({
    key,
    title: { zh: key, en: key },
    keep: 'state',
    type: 'number',
    ...(alarmed.includes(key) ? { alarm: { kind: 'fault', priority: 2, when: { above: 1 } } as const } : {}),
  }));
}
const short = (requests: readonly ReadRequest[]) =>
  requests.map(({ table, periodMs, address, count }) => ({ table, periodMs, address, count }));

test('neighbouring registers are one request, and every table and period has its own', () => {
  const wire: ModbusWire = {
    protocol: 'modbus',
    registers: {
      a: { table: 'input', address: 1 },
      b: { table: 'input', address: 0 },
      c: { table: 'holding', address: 2 },
      d: { table: 'input', address: 2, pollMs: 250 },
      e: { table: 'input', address: 3, type: 'u32' },
      f: { table: 'coil', address: 9, pollMs: 0 },
    },
  };
  expect(short(plan(wire, specs(wire)))).toEqual([
    { table: 'input', periodMs: 1000, address: 0, count: 2 },
    { table: 'input', periodMs: 1000, address: 3, count: 2 },
    { table: 'holding', periodMs: 1000, address: 2, count: 1 },
    { table: 'input', periodMs: 250, address: 2, count: 1 },
  ]);
});

test('a point with an alarm is read four times a second unless its profile says otherwise', () => {
  const wire: ModbusWire = { protocol: 'modbus', registers: { a: { table: 'discrete', address: 0 } } };
  expect(plan(wire, specs(wire, ['a']))[0]?.periodMs).toBe(250);
  expect(plan(wire, specs(wire))[0]?.periodMs).toBe(1000);
});

test('gaps are read along only as far as the device allows', () => {
  const registers = { a: { table: 'input', address: 0 }, b: { table: 'input', address: 4 } } as const;
  const counts = [2, 3].map((maxGap) => {
    const wire: ModbusWire = { protocol: 'modbus', registers, maxGap };
    return plan(wire, specs(wire)).map(({ count }) => count);
  });
  expect(counts).toEqual([[1, 1], [5]]);
});

test('no request is longer than the protocol allows, whatever the profile claims', () => {
  const registers = Object.fromEntries(
    Array.from({ length: 300 }, (_, address) => [`p${address}`, { table: 'holding', address } as const]),
  );
  const wire: ModbusWire = { protocol: 'modbus', registers, maxRegisters: 1000 };
  expect(plan(wire, specs(wire)).map(({ count }) => count)).toEqual([125, 125, 50]);
});

test.each([
  ['a register without a point', { a: { table: 'input', address: 0 } }, [], /no point "a"/],
  ['an address beyond the table', { a: { table: 'input', address: 65535, type: 'u32' } }, ['a'], /65535.*0–65535/],
  ['an address below it', { a: { table: 'input', address: -1 } }, ['a'], /0–65535/],
] as const)('%s is refused with a sentence', (_, registers, keys, sentence) => {
  const wire: ModbusWire = { protocol: 'modbus', registers };
  expect(() =>
    plan(
      wire,
      specs(wire).filter(({ key }) => (keys as readonly string[]).includes(key)),
    ),
  ).toThrow(sentence);
});

test('the alarm word of the tension host is read in one request, and the host in six', () => {
  if (tensionHost.wire.protocol !== 'modbus') throw new Error('not Modbus');
  const requests = plan(tensionHost.wire, tensionHost.points);
  expect(short(requests)).toContainEqual({ table: 'input', periodMs: 250, address: 40, count: 2 });
  expect(requests).toHaveLength(6);
});

test('the control pole of the tension host is a climb in each of its zones, and only where one is armed', () => {
  const points: readonly PointSpec[] = tensionHost.points;
  const poles = points.filter(({ key }) => key.endsWith('_pole'));
  expect(poles.map(({ channel, alarm }) => [channel, alarm?.kind, alarm?.priority, alarm?.always])).toEqual([
    ['A', 'climb', 1, undefined],
    ['B', 'climb', 1, undefined],
  ]);
});

const register: fc.Arbitrary<Register> = fc.record(
  {
    table: fc.constantFrom<Register['table']>('coil', 'discrete', 'input', 'holding'),
    address: fc.integer({ min: 0, max: 30 }),
    type: fc.constantFrom<NonNullable<Register['type']>>('u16', 'i16', 'u32', 'i32', 'f32'),
    pollMs: fc.constantFrom(0, 250, 1000),
  },
  { requiredKeys: ['table', 'address'] },
);
const wires: fc.Arbitrary<ModbusWire> = fc
  .record({
    list: fc.array(register, { maxLength: 12 }),
    maxRegisters: fc.integer({ min: 2, max: 12 }),
    maxBits: fc.integer({ min: 1, max: 12 }),
    maxGap: fc.integer({ min: 0, max: 4 }),
  })
  .map(({ list, ...limits }) => ({
    protocol: 'modbus',
    registers: Object.fromEntries(list.map((entry, i) => [`p${i}`, entry])),
    ...limits,
  }));

test('on any map, every polled point lies whole in exactly one request of its table and period, within all limits', () => {
  fc.assert(
    fc.property(wires, (wire) => {
      const requests = plan(wire, specs(wire));
      const planned = requests.flatMap(({ points }) => points);
      const polled = Object.entries(wire.registers).filter(([, { pollMs }]) => pollMs !== 0);
      expect([...planned].sort()).toEqual(polled.map(([key]) => key).sort());
      for (const request of requests) {
        const bits = request.table === 'coil' || request.table === 'discrete';
        expect(request.count).toBeLessThanOrEqual((bits ? wire.maxBits : wire.maxRegisters)!);
        const used = new Set<number>();
        for (const key of request.points) {
          const entry = wire.registers[key]!;
          expect([entry.table, entry.pollMs ?? 1000]).toEqual([request.table, request.periodMs]);
          for (let i = 0; i < width(entry); i += 1) used.add(entry.address + i);
        }
        expect(Math.min(...used)).toBe(request.address);
        expect(Math.max(...used)).toBe(request.address + request.count - 1);
        let gap = 0;
        for (let at = request.address; at < request.address + request.count; at += 1) {
          gap = used.has(at) ? 0 : gap + 1;
          expect(gap).toBeLessThanOrEqual(wire.maxGap!);
        }
      }
    }),
  );
});

/** The fewest requests for spans sorted by address: try every way to split the sorted row. */
function fewest(spans: readonly (readonly [number, number])[], max: number, maxGap: number): number {
  const best = [0];
  for (let end = 1; end <= spans.length; end += 1) {
    best[end] = Number.POSITIVE_INFINITY;
    for (let start = 0; start < end; start += 1) {
      const part = spans.slice(start, end);
      let reach = part[0]![1];
      const whole = part.every(([from, to]) => {
        const joined = from - reach <= maxGap;
        reach = Math.max(reach, to);
        return joined;
      });
      if (whole && reach - part[0]![0] <= max) best[end] = Math.min(best[end]!, best[start]! + 1);
    }
  }
  return best[spans.length]!;
}

test('on any map, no other split needs fewer requests', () => {
  fc.assert(
    fc.property(wires, (wire) => {
      const groups = new Map<string, (readonly [number, number])[]>();
      for (const entry of Object.values(wire.registers)) {
        if (entry.pollMs === 0) continue;
        const name = `${entry.table}/${entry.pollMs ?? 1000}`;
        groups.set(name, [...(groups.get(name) ?? []), [entry.address, entry.address + width(entry)]]);
      }
      const requests = plan(wire, specs(wire));
      for (const [name, spans] of groups) {
        const bits = name.startsWith('coil') || name.startsWith('discrete');
        spans.sort((a, b) => a[0] - b[0] || a[1] - b[1]);
        const needed = fewest(spans, (bits ? wire.maxBits : wire.maxRegisters)!, wire.maxGap!);
        expect(requests.filter(({ table, periodMs }) => `${table}/${periodMs}` === name)).toHaveLength(needed);
      }
    }),
  );
});
