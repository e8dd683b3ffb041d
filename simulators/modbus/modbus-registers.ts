/**
 * The registers of one simulated Modbus device, made from its profile alone: point values go in, requests are answered.
 * It encodes what the driver decodes and shares no code with it; it must never know a device model by name.
 */
import type { PointSpec, Value } from '../../src/core/types.ts';
import type { ModbusWire, Profile, Register } from '../../src/profile/profile.ts';

type Table = Register['table'];

const READS: Readonly<Record<number, Table>> = { 1: 'coil', 2: 'discrete', 3: 'holding', 4: 'input' };
const ILLEGAL_FUNCTION = 1;
const ILLEGAL_ADDRESS = 2;
const ILLEGAL_VALUE = 3;

export class Registers {
  readonly #wire: ModbusWire;
  readonly #points: ReadonlyMap<string, PointSpec>;
  /** Words (or bits) by address; an address that is absent answers with an exception. */
  readonly #tables: Readonly<Record<Table, Map<number, number>>>;
  readonly #written: (point: string, value: Value) => void;

  /** `written` is told every point that a master wrote, whether it changed or not. */
  constructor(profile: Profile, written: (point: string, value: Value) => void) {
    if (profile.wire.protocol !== 'modbus') throw new Error(`${profile.id} does not speak Modbus`);
    this.#wire = profile.wire;
    this.#points = new Map(profile.points.map((point) => [point.key, point]));
    this.#written = written;
    this.#tables = { coil: new Map(), discrete: new Map(), input: new Map(), holding: new Map() };
    for (const register of Object.values(this.#wire.registers))
      for (let i = 0; i < words(register); i += 1) this.#tables[register.table].set(register.address + i, 0);
    for (const table of Object.values(this.#tables)) fillGaps(table, this.#wire.maxGap ?? 0);
    // A device at rest raises no alarm: a normally closed contact starts closed.
    for (const { key, alarm } of profile.points)
      if (alarm && 'is' in alarm.when && alarm.when.is === false && this.#wire.registers[key]) this.set(key, true);
  }

  #register(point: string): Register {
    const register = this.#wire.registers[point];
    if (register === undefined) throw new Error(`no register for point ${point}`);
    return register;
  }

  set(point: string, value: Value): void {
    const register = this.#register(point);
    const table = this.#tables[register.table];
    const { address, bit } = register;
    if (bit !== undefined) {
      const word = table.get(address)!;
      table.set(address, value ? word | (1 << bit) : word & ~(1 << bit));
    } else if (register.table === 'coil' || register.table === 'discrete') table.set(address, value ? 1 : 0);
    else for (const [i, word] of encode(Number(value), register).entries()) table.set(address + i, word);
  }

  get(point: string): Value {
    const register = this.#register(point);
    const table = this.#tables[register.table];
    const word = table.get(register.address)!;
    const boolean = this.#points.get(point)?.type === 'boolean';
    if (register.bit !== undefined) return boolean ? (word & (1 << register.bit)) !== 0 : (word >> register.bit) & 1;
    if (boolean) return word !== 0;
    return decode([word, table.get(register.address + 1) ?? 0], register);
  }

  /** A raw word, for values that no point has (65535 for "no sensor"). */
  setRaw(table: Table, address: number, word: number): void {
    this.#tables[table].set(address, word);
  }

  /** The answer to a request, function code first; an exception where a device would give one. */
  answer(pdu: Buffer): Buffer {
    const code = pdu.readUInt8(0);
    const outcome = pdu.length < 5 ? ILLEGAL_VALUE : this.#serve(code, pdu);
    return typeof outcome === 'number' ? Buffer.from([code | 0x80, outcome]) : outcome;
  }

  #serve(code: number, pdu: Buffer): Buffer | number {
    const address = pdu.readUInt16BE(1);
    const argument = pdu.readUInt16BE(3);
    const read = READS[code];
    if (read !== undefined) return this.#read(code, read, address, argument);
    if (code === 5) {
      if (argument !== 0 && argument !== 0xff00) return ILLEGAL_VALUE;
      return this.#write('coil', address, [argument === 0 ? 0 : 1], pdu);
    }
    if (code === 6) return this.#write('holding', address, [argument], pdu);
    const data = pdu.subarray(6);
    if (code === 15) {
      const bits = Array.from({ length: argument }, (_, i) => ((data[i >> 3] ?? 0) >> (i & 7)) & 1);
      return this.#write('coil', address, bits, pdu.subarray(0, 5));
    }
    if (code === 16 && data.length === argument * 2) {
      const values = Array.from({ length: argument }, (_, i) => data.readUInt16BE(i * 2));
      return this.#write('holding', address, values, pdu.subarray(0, 5));
    }
    return ILLEGAL_FUNCTION;
  }

  #read(code: number, name: Table, address: number, count: number): Buffer | number {
    const bits = name === 'coil' || name === 'discrete';
    const most = bits ? (this.#wire.maxBits ?? 2000) : (this.#wire.maxRegisters ?? 125);
    if (count < 1 || count > most) return ILLEGAL_VALUE;
    const data = Buffer.alloc(bits ? Math.ceil(count / 8) : count * 2);
    for (let i = 0; i < count; i += 1) {
      const word = this.#tables[name].get(address + i);
      if (word === undefined) return ILLEGAL_ADDRESS;
      if (!bits) data.writeUInt16BE(word, i * 2);
      else if (word) data[i >> 3]! |= 1 << (i & 7);
    }
    return Buffer.concat([Buffer.from([code, data.length]), data]);
  }

  #write(name: Table, address: number, values: readonly number[], echo: Buffer): Buffer | number {
    const table = this.#tables[name];
    if (values.some((_, i) => !table.has(address + i))) return ILLEGAL_ADDRESS;
    for (const [i, word] of values.entries()) table.set(address + i, word);
    const end = address + values.length;
    for (const [point, register] of Object.entries(this.#wire.registers))
      if (register.table === name && register.address >= address && register.address < end)
        this.#written(point, this.get(point));
    return Buffer.from(echo);
  }
}

function words({ table, type }: Register): number {
  if (table === 'coil' || table === 'discrete') return 1;
  return type === 'u32' || type === 'i32' || type === 'f32' ? 2 : 1;
}

/** Unused addresses that a master may read along are there, and zero. */
function fillGaps(table: Map<number, number>, maxGap: number): void {
  const addresses = [...table.keys()].sort((a, b) => a - b);
  for (const [i, address] of addresses.entries()) {
    const next = addresses[i + 1];
    if (next !== undefined && next - address - 1 <= maxGap)
      for (let gap = address + 1; gap < next; gap += 1) table.set(gap, 0);
  }
}

function encode(value: number, { type = 'u16', scale = 1, swap }: Register): number[] {
  const view = new DataView(new ArrayBuffer(4));
  const raw = value / scale;
  if (type === 'u16' || type === 'i16') {
    view.setInt16(0, Math.round(raw));
    return [view.getUint16(0)];
  }
  if (type === 'f32') view.setFloat32(0, raw);
  else view.setInt32(0, Math.round(raw));
  const pair = [view.getUint16(0), view.getUint16(2)];
  return swap ? pair.reverse() : pair;
}

function decode(pair: number[], { type = 'u16', scale = 1, swap }: Register): number {
  const view = new DataView(new ArrayBuffer(4));
  for (const [i, word] of (swap && words({ table: 'input', address: 0, type }) === 2 ? pair.reverse() : pair).entries())
    view.setUint16(i * 2, word);
  const raw = {
    u16: () => view.getUint16(0),
    i16: () => view.getInt16(0),
    u32: () => view.getUint32(0),
    i32: () => view.getInt32(0),
    f32: () => view.getFloat32(0),
  }[type]();
  return raw * scale;
}
