/**
 * Writes that a person or a duty asked for, waiting for their turn on a Modbus line ahead of the polls.
 * A write that waited too long is refused rather than done late: nobody expects a siren or a disarming minutes after.
 * A write is tried once; when its answer is lost it is said that its effect is not known.
 */
import type { Value, Words } from '../../core/types.ts';
import * as words from '../../words/modbus-words.ts';
import { WordedError } from '../../words/worded-error.ts';
import { type Connection, ModbusFailure } from './modbus-connection.ts';
import { wordsOf } from './modbus-decode.ts';
import type { Unit } from './modbus-units.ts';

const WAITING_MAX = 32;
const WAIT_MS = 5000;

export interface Write {
  readonly unit: Unit;
  readonly point: string;
  readonly value: Value;
  /** Not done after this, on the monotonic clock. */
  readonly until: number;
  readonly resolve: () => void;
  readonly reject: (why: Words) => void;
}

export class Writes {
  readonly #line: string;
  readonly #units: ReadonlyMap<string, Unit>;
  readonly #waiting: Write[] = [];
  #ended = false;

  constructor(line: string, units: readonly Unit[]) {
    this.#line = line;
    this.#units = new Map(units.map((unit) => [unit.id, unit]));
  }

  /** Resolves when the device confirmed; rejects with a sentence. */
  ask(device: string, point: string, value: Value, now: number): Promise<void> {
    return new Promise((resolve, fail) => {
      const reject = (why: Words): void => fail(new WordedError(why));
      const unit = this.#units.get(device);
      const register = unit?.registers[point];
      const writable = register?.table === 'coil' || register?.table === 'holding';
      if (unit === undefined || !unit.points.get(point)?.writable || !writable)
        reject(words.writes.unknown(device, point));
      else if (!fits(unit, point, value)) reject(words.writes.unfit(device, point, value));
      else if (this.#ended) reject(words.writes.ended(device, point));
      else if (this.#waiting.length >= WAITING_MAX) reject(words.writes.full(this.#line, WAITING_MAX));
      else this.#waiting.push({ unit, point, value, until: now + WAIT_MS, resolve, reject });
    });
  }

  /** The next write whose unit is not in its quiet time after a silence; those that waited too long are refused. */
  take(now: number): Write | undefined {
    for (let i = 0; i < this.#waiting.length; ) {
      const write = this.#waiting[i]!;
      const { unit, point, until } = write;
      if (until < now) {
        this.#waiting.splice(i, 1);
        write.reject(words.writes.old(unit.id, point, WAIT_MS / 1000));
      } else if (unit.turns.misses === 0 || unit.turns.retryAt <= now || unit.turns.retryAt > until) {
        return this.#waiting.splice(i, 1)[0];
      } else i += 1;
    }
    return undefined;
  }

  /** When a waiting write wants attention next. */
  nextAt(): number {
    return this.#waiting.reduce(
      (at, { unit, until }) => Math.min(at, until, unit.turns.misses === 0 ? 0 : unit.turns.retryAt),
      Number.POSITIVE_INFINITY,
    );
  }

  /** The line is over: nobody is left waiting. */
  end(): void {
    this.#ended = true;
    for (const { unit, point, reject } of this.#waiting.splice(0)) reject(words.writes.ended(unit.id, point));
  }
}

function fits(unit: Unit, point: string, value: Value): boolean {
  const register = unit.registers[point]!;
  if (typeof value !== unit.points.get(point)?.type) return false;
  if (register.table === 'coil' || register.bit !== undefined) return typeof value === 'boolean';
  return wordsOf(value, register) !== undefined;
}

/** Puts one write on the wire. Throws ModbusFailure when the unit did not confirm it. */
export async function perform(write: Write, connection: Connection, limitMs: number): Promise<void> {
  const { unit, point, value } = write;
  const register = unit.registers[point]!;
  if (register.table === 'coil') return connection.writeCoil(unit.unit, register.address, value === true, limitMs);
  if (register.bit === undefined)
    return connection.writeRegisters(unit.unit, register.address, wordsOf(value, register)!, limitMs);
  const bytes = await connection.read('holding', unit.unit, register.address, 1, limitMs);
  if (bytes.length !== 2) throw new ModbusFailure('nonsense', words.nonsense(unit.unit, `${bytes.length} of 2 bytes`));
  const mask = 1 << register.bit;
  const word = bytes.readUInt16BE(0);
  return connection.writeRegisters(unit.unit, register.address, [value === true ? word | mask : word & ~mask], limitMs);
}
