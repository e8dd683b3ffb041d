/**
 * Which Modbus requests read a device: register map and poll periods in, the fewest read requests out.
 * It is pure, so that a device's map can be planned and proved without a wire; it must never read or keep anything.
 */
import type { PointSpec } from '../../core/types.ts';
import type { ModbusWire, Register } from '../../profile/profile.ts';

export type RegisterTable = Register['table'];

/** One read of neighbouring registers (or bits) of one table. */
export interface ReadRequest {
  readonly table: RegisterTable;
  /** How often it is asked, ms. */
  readonly periodMs: number;
  /** First zero-based address. */
  readonly address: number;
  /** Registers or bits, at least one. */
  readonly count: number;
  /** Keys of the points that lie in it, by address. */
  readonly points: readonly string[];
}

/** Modbus application protocol 1.1b3, 6.1–6.4. */
const REGISTERS_MAX = 125;
const BITS_MAX = 2000;
const ADDRESSES = 65536;
/** Alarm bits are asked four times a second, everything else once. */
const ALARM_POLL_MS = 250;
const POLL_MS = 1000;

/** How many addresses of its table a point takes. */
export function width(register: Register): number {
  if (register.table === 'coil' || register.table === 'discrete') return 1;
  return register.type === 'u32' || register.type === 'i32' || register.type === 'f32' ? 2 : 1;
}

/** How often a point is asked, ms; 0 means never. */
export function periodOf(point: PointSpec, register: Register): number {
  return register.pollMs ?? (point.alarm === undefined ? POLL_MS : ALARM_POLL_MS);
}

interface RegisterSpan {
  readonly point: string;
  readonly from: number;
  /** One past the last address. */
  readonly to: number;
}

/**
 * The fewest requests that read every polled point, one set for each table and period. A request never holds more than
 * the device's limits, never reads along more than `maxGap` unused addresses in a row, and never splits a point.
 * Throws on a map that cannot be read: a register without a point, an address out of range, a point wider than a request.
 */
export function plan(wire: ModbusWire, points: readonly PointSpec[]): readonly ReadRequest[] {
  const specs = new Map(points.map((point) => [point.key, point]));
  const groups = new Map<string, { table: RegisterTable; periodMs: number; spans: RegisterSpan[] }>();
  for (const [key, register] of Object.entries(wire.registers)) {
    const spec = specs.get(key);
    if (spec === undefined) throw new Error(`Register map: there is no point "${key}".`);
    const span = { point: key, from: register.address, to: register.address + width(register) };
    if (!Number.isInteger(span.from) || span.from < 0 || span.to > ADDRESSES)
      throw new Error(`Register map: address ${register.address} of "${key}" is not within 0–65535.`);
    const periodMs = periodOf(spec, register);
    if (periodMs <= 0) continue;
    const name = `${register.table}/${periodMs}`;
    const group = groups.get(name) ?? { table: register.table, periodMs, spans: [] };
    group.spans.push(span);
    groups.set(name, group);
  }
  return [...groups.values()].flatMap(({ table, periodMs, spans }) =>
    cover(spans, limitOf(wire, table), wire.maxGap ?? 0).map((part) => ({ table, periodMs, ...part })),
  );
}

function limitOf(wire: ModbusWire, table: RegisterTable): number {
  return table === 'coil' || table === 'discrete'
    ? Math.min(wire.maxBits ?? BITS_MAX, BITS_MAX)
    : Math.min(wire.maxRegisters ?? REGISTERS_MAX, REGISTERS_MAX);
}

/** Extending the leftmost request as far as it goes is optimal: starting a new one earlier never reaches further. */
function cover(
  spans: readonly RegisterSpan[],
  max: number,
  maxGap: number,
): Pick<ReadRequest, 'address' | 'count' | 'points'>[] {
  const sorted = [...spans].sort((a, b) => a.from - b.from || a.to - b.to);
  const parts: { from: number; to: number; points: string[] }[] = [];
  for (const span of sorted) {
    if (span.to - span.from > max)
      throw new Error(
        `Register map: "${span.point}" takes ${span.to - span.from} registers, the device allows ${max}.`,
      );
    const part = parts.at(-1);
    if (part !== undefined && span.from - part.to <= maxGap && span.to - part.from <= max) {
      part.to = Math.max(part.to, span.to);
      part.points.push(span.point);
    } else parts.push({ from: span.from, to: span.to, points: [span.point] });
  }
  return parts.map(({ from, to, points }) => ({ address: from, count: to - from, points }));
}
