/**
 * Bytes to values and values to words, by the numbers of the protocol and against the simulator's own encoder.
 * It must stay free of sockets.
 */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Registers } from '../../simulators/modbus/modbus-registers.ts';
import type { PointSpec, Value } from '../../src/core/types.ts';
import { bytesOf, reader, wordsOf } from '../../src/drivers/modbus/modbus-decode.ts';
import { plan, type ReadRequest } from '../../src/drivers/modbus/modbus-plan.ts';
import type { Profile, Register } from '../../src/profile/profile.ts';
import { smallProfile } from './modbus-line.ts';

function read(register: Register, type: PointSpec['type'], words: readonly number[]): Value | undefined {
  const bytes = Buffer.alloc(words.length * 2);
  for (const [i, word] of words.entries()) bytes.writeUInt16BE(word, i * 2);
  const request: ReadRequest = { table: register.table, periodMs: 1, address: 0, count: words.length, points: ['p'] };
  return reader({ key: 'p', title: { zh: '', en: '' }, keep: 'state', type }, register, request)(bytes)?.[1];
}
const input = { table: 'input', address: 0 } as const;

test.each([
  [{ ...input }, [0xfffe], 65534],
  [{ ...input, type: 'i16' }, [0xfffe], -2],
  [{ ...input, type: 'u32' }, [0x8000, 1], 0x80000001],
  [{ ...input, type: 'u32', swap: true }, [1, 0x8000], 0x80000001],
  [{ ...input, type: 'i32' }, [0xffff, 0xfffe], -2],
  [{ ...input, type: 'f32' }, [0x4248, 0], 50],
  [{ ...input, type: 'f32', swap: true }, [0, 0x4248], 50],
  [{ ...input, address: 1, scale: 10 }, [0, 7], 70],
] as const)('%o of words %o reads %d', (register, words, value) => {
  expect(read(register, 'number', words)).toBe(value);
});

test('a bit of a word is a truth value, least significant first', () => {
  expect([0, 3, 15].map((bit) => read({ ...input, bit }, 'boolean', [0x8008]))).toEqual([false, true, true]);
});

test('the raw value that means "no measurement" is no value, and neither is a number that is none', () => {
  expect(read({ ...input, fault: 65535, scale: 0.1 }, 'number', [65535])).toBeUndefined();
  expect(read({ ...input, fault: 65535, scale: 0.1 }, 'number', [65534])).toBeCloseTo(6553.4);
  expect(read({ ...input, type: 'f32' }, 'number', [0x7fc0, 0])).toBeUndefined();
  expect(read({ ...input, type: 'f32' }, 'number', [0x7f80, 0])).toBeUndefined();
});

test('a value that a register cannot hold is not written', () => {
  const holding = { table: 'holding', address: 0 } as const;
  expect(wordsOf(65536, holding)).toBeUndefined();
  expect(wordsOf(-1, holding)).toBeUndefined();
  expect(wordsOf('12', holding)).toBeUndefined();
  expect(wordsOf(Number.NaN, holding)).toBeUndefined();
  expect(wordsOf(-2, { ...holding, type: 'i16' })).toEqual([0xfffe]);
  expect(wordsOf(0x80000001, { ...holding, type: 'u32', swap: true })).toEqual([1, 0x8000]);
});

test('whatever a simulated device holds is what the driver reads from its answer', () => {
  const types = fc.constantFrom<NonNullable<Register['type']>>('u16', 'i16', 'u32', 'i32', 'f32');
  const tables = fc.constantFrom<Register['table']>('coil', 'discrete', 'input', 'holding');
  fc.assert(
    fc.property(types, tables, fc.boolean(), fc.integer({ min: 0, max: 32767 }), (type, table, swap, number) => {
      const profile: Profile = smallProfile({ p: { table, address: 40, type, swap } });
      if (profile.wire.protocol !== 'modbus') throw new Error('not Modbus');
      const registers = new Registers(profile, () => undefined);
      const spec = profile.points.find(({ key }) => key === 'p')!;
      const value = spec.type === 'boolean' ? number % 2 === 1 : number;
      registers.set('p', value);
      const request = plan(profile.wire, profile.points).find(({ points }) => points.includes('p'))!;
      const code = { coil: 1, discrete: 2, holding: 3, input: 4 }[table];
      const answer = registers.answer(Buffer.from([code, 0, request.address, 0, request.count]));
      const bytes = answer.subarray(2);
      expect(bytes).toHaveLength(bytesOf(request));
      expect(reader(spec, profile.wire.registers.p!, request)(bytes)).toEqual(['p', value]);
    }),
  );
});
