/**
 * Bytes of a Modbus answer into values, and a value into the words of a write.
 * A reader is made once for each point of each request, so that a poll neither looks anything up nor builds a value that
 * it built before. It is pure and must never guess: what is no measurement is undefined, what does not fit is refused.
 */
import type { PointSpec, Value } from '../../core/types.ts';
import type { Register } from '../../profile/profile.ts';
import type { ReadRequest } from './modbus-plan.ts';

/** A reported pair, shared between reports for as long as the value stays the same. */
export type Pair = readonly [point: string, value: Value];

/** Reads one point from the data bytes of its request's answer; undefined when the device says "no measurement". */
export type Reader = (bytes: Buffer) => Pair | undefined;

/** Bytes of data that an answer to this request must have. */
export function bytesOf(request: ReadRequest): number {
  return isBits(request.table) ? Math.ceil(request.count / 8) : request.count * 2;
}

function isBits(table: Register['table']): boolean {
  return table === 'coil' || table === 'discrete';
}

/** A reader for one point of a request. Throws when the point's type cannot be read from a register. */
export function reader(spec: PointSpec, register: Register, request: ReadRequest): Reader {
  if (spec.type === 'string') throw new Error(`Register map: "${spec.key}" is text, which a register cannot hold.`);
  const raw = rawReader(register, register.address - request.address);
  const fault = register.fault;
  const scale = register.scale ?? 1;
  const truth = spec.type === 'boolean';
  let last: Pair | undefined;
  return (bytes) => {
    const number = raw(bytes);
    if (number === fault || !Number.isFinite(number)) return undefined;
    const value = truth ? number !== 0 : number * scale;
    if (last === undefined || last[1] !== value) last = [spec.key, value];
    return last;
  };
}

/** The raw number of a register. `fault` is compared with it, so a signed register's fault is written signed. */
function rawReader(register: Register, offset: number): (bytes: Buffer) => number {
  if (isBits(register.table)) {
    const byte = offset >> 3;
    const mask = 1 << (offset & 7);
    return (bytes) => (bytes[byte]! & mask ? 1 : 0);
  }
  const at = offset * 2;
  if (register.bit !== undefined) {
    const mask = 1 << register.bit;
    return (bytes) => (bytes.readUInt16BE(at) & mask ? 1 : 0);
  }
  const high = register.swap ? at + 2 : at;
  const low = register.swap ? at : at + 2;
  switch (register.type ?? 'u16') {
    case 'u16':
      return (bytes) => bytes.readUInt16BE(at);
    case 'i16':
      return (bytes) => bytes.readInt16BE(at);
    case 'u32':
      return (bytes) => bytes.readUInt16BE(high) * 65536 + bytes.readUInt16BE(low);
    case 'i32':
      return (bytes) => bytes.readInt16BE(high) * 65536 + bytes.readUInt16BE(low);
    case 'f32': {
      const words = Buffer.alloc(4);
      return (bytes) => {
        words.writeUInt16BE(bytes.readUInt16BE(high), 0);
        words.writeUInt16BE(bytes.readUInt16BE(low), 2);
        return words.readFloatBE(0);
      };
    }
  }
}

/** The words to write for a value, or undefined when the register cannot hold it (wrong type, out of range). */
export function wordsOf(value: Value, register: Register): readonly number[] | undefined {
  const given = typeof value === 'boolean' ? Number(value) : value;
  if (typeof given !== 'number' || !Number.isFinite(given)) return undefined;
  const type = register.type ?? 'u16';
  const words = Buffer.alloc(4);
  const raw = given / (register.scale ?? 1);
  if (type === 'f32') words.writeFloatBE(raw, 0);
  else {
    const whole = Math.round(raw);
    const [least, most] = RANGE[type];
    if (whole < least || whole > most) return undefined;
    if (type === 'u16' || type === 'i16') return [whole & 0xffff];
    words.writeUInt32BE(whole >>> 0, 0);
  }
  const pair = [words.readUInt16BE(0), words.readUInt16BE(2)];
  return register.swap ? pair.reverse() : pair;
}

const RANGE = {
  u16: [0, 0xffff],
  i16: [-0x8000, 0x7fff],
  u32: [0, 0xffffffff],
  i32: [-0x80000000, 0x7fffffff],
} as const;
