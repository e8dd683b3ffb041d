/**
 * A line's configured devices, made ready for polling: their requests planned, their readers built, their options checked.
 * Everything that can be worked out once is worked out here; it must never touch the wire.
 */

import type { PointSpec } from '../../core/types.ts';
import type { Register } from '../../profile/profile.ts';
import { notModbus, wrongUnit } from '../../words/modbus-words.ts';
import { WordedError } from '../../words/worded-error.ts';
import type { ModbusUnit } from '../connection-options.ts';
import type { LineDevice } from '../line.ts';
import { bytesOf, type Pair, type Reader, reader } from './modbus-decode.ts';
import { plan, type ReadRequest } from './modbus-plan.ts';
import type { PollScheduler, PollTurn, UnitTurns } from './modbus-scheduler.ts';

/** One planned request with what is needed to believe and report its answer. */
export interface Poll {
  readonly device: Unit;
  readonly request: ReadRequest;
  readonly bytes: number;
  readonly readers: readonly Reader[];
  /** Points whose last raw value meant "no measurement". */
  readonly faulty: Set<string>;
  /** The sentence about this request is standing. */
  troubled: boolean;
}

export interface Unit {
  readonly id: string;
  readonly unit: number;
  readonly points: ReadonlyMap<string, PointSpec>;
  readonly registers: Readonly<Record<string, Register>>;
  readonly polls: readonly Poll[];
  readonly turns: UnitTurns;
  /** undefined: nothing said yet. */
  up: boolean | undefined;
}

/** Plans a device and enters it in the scheduler. Throws a sentence when it cannot be polled as configured. */
export function unitOf(device: LineDevice<ModbusUnit>, scheduler: PollScheduler, now: number): Unit {
  const { wire, points } = device.profile;
  if (wire.protocol !== 'modbus') throw new WordedError(notModbus(device.id, device.profile.id));
  const { unit } = device.options;
  if (!Number.isInteger(unit) || unit < 0 || unit > 255) throw new WordedError(wrongUnit(device.id, unit));
  const specs = new Map(points.map((point) => [point.key, point]));
  const requests = plan(wire, points);
  const turns = scheduler.add(
    requests.map(({ periodMs, points: keys }) => ({
      periodMs,
      vital: keys.some((key) => specs.get(key)?.alarm !== undefined),
    })),
    now,
  );
  const polls: Poll[] = [];
  const made: Unit = { id: device.id, unit, points: specs, registers: wire.registers, polls, turns, up: undefined };
  for (const request of requests)
    polls.push({
      device: made,
      request,
      bytes: bytesOf(request),
      readers: request.points.map((key) => reader(specs.get(key)!, wire.registers[key]!, request)),
      faulty: new Set(),
      troubled: false,
    });
  return made;
}

/** Which poll each turn of the scheduler stands for. */
export function pollsByTurn(units: readonly Unit[]): ReadonlyMap<PollTurn, Poll> {
  return new Map(units.flatMap((unit) => unit.turns.turns.map((turn, i) => [turn, unit.polls[i]!] as const)));
}

/** What an answer says. Points without a measurement are left out; `changed` when the set of those is a new one. */
export function decode(poll: Poll, bytes: Buffer): { readonly values: Pair[]; readonly changed: boolean } {
  const values: Pair[] = [];
  let changed = false;
  for (const [i, read] of poll.readers.entries()) {
    const pair = read(bytes);
    const key = poll.request.points[i]!;
    if (pair !== undefined) {
      values.push(pair);
      if (poll.faulty.size > 0 && poll.faulty.delete(key)) changed = true;
    } else if (!poll.faulty.has(key)) {
      poll.faulty.add(key);
      changed = true;
    }
  }
  return { values, changed };
}
