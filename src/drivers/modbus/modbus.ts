/**
 * The Modbus driver: polls the devices of one line, one request in flight, and writes what it is asked to write.
 * It runs until it is stopped or its line breaks, and then throws; the supervisor starts it again. One device that fails
 * never takes the others with it: it is asked less often, its link is said to be down, the rest goes on.
 */

import * as words from '../../words/modbus-words.ts';
import { WordedError } from '../../words/worded-error.ts';
import type { ModbusOptions, ModbusUnit } from '../connection-options.ts';
import type { Driver, Line, Report } from '../line.ts';
import { type Connection, connect, ModbusFailure, placeOf } from './modbus-connection.ts';
import { PollScheduler, type PollTurn } from './modbus-scheduler.ts';
import { decode, type Poll, pollsByTurn, type Unit, unitOf } from './modbus-units.ts';
import { perform, type Write, Writes } from './modbus-writes.ts';

const TIMEOUT_MS = 500;
/** Reports on their way into the journal; more than this and polling waits, for a while, then a reading is dropped. */
const REPORTS_MAX = 8;
const REPORT_WAIT_MS = 1000;
/** Connections in a row that were closed on us without one answer. */
const CUTS_MAX = 3;
/** Exceptions of a gateway that stand for a silent unit: no path to it, no answer from it. */
const GATEWAY_SILENCE = [10, 11];

/** Polls and writes over one connection. Throws when the connection cannot be opened or is always cut. */
export const modbus: Driver<ModbusOptions, ModbusUnit> = async (line) => {
  const run = new Run(line);
  try {
    while (!line.signal.aborted) await run.turn();
  } catch (error) {
    if (!line.signal.aborted) throw error;
  } finally {
    await run.end();
  }
};

/** What a sentence about one request is filed under. */
function about({ device, request }: Poll): string {
  return `${device.id}/${request.table}-${request.address}`;
}

/** Whether the true answer may still be under way. */
function mayComeLate({ kind }: ModbusFailure): boolean {
  return kind === 'silence' || kind === 'nonsense';
}

class Run {
  readonly #line: Line<ModbusOptions, ModbusUnit>;
  readonly #timeoutMs: number;
  readonly #scheduler: PollScheduler;
  readonly #polls: ReadonlyMap<PollTurn, Poll>;
  readonly #writes: Writes;
  #connection: Connection | undefined;
  #cuts = 0;
  /** Ends the present idle. */
  #wake: () => void = () => undefined;
  #reports = 0;
  #reportDone: () => void = () => undefined;
  #unkept = false;

  constructor(line: Line<ModbusOptions, ModbusUnit>) {
    this.#line = line;
    this.#timeoutMs = line.options.timeoutMs ?? TIMEOUT_MS;
    this.#scheduler = new PollScheduler(this.#timeoutMs);
    const units = line.devices.map((device) => unitOf(device, this.#scheduler, line.world.elapsed()));
    this.#polls = pollsByTurn(units);
    this.#writes = new Writes(line.id, units);
    line.signal.addEventListener('abort', this.#stop, { once: true });
    line.offer({
      write: (device, point, value) => {
        const asked = this.#writes.ask(device, point, value, line.world.elapsed());
        this.#wake();
        return asked;
      },
    });
  }

  readonly #stop = (): void => {
    this.#wake();
    this.#reportDone();
    this.#connection?.close().catch((error: unknown) => this.#line.world.log.warn(String(error)));
  };

  async end(): Promise<void> {
    this.#line.signal.removeEventListener('abort', this.#stop);
    this.#writes.end();
    for (const poll of this.#polls.values()) {
      this.#trouble(poll, undefined);
      if (poll.faulty.size > 0) this.#line.trouble(`${about(poll)}/measurement`, undefined);
    }
    await this.#connection?.close();
  }

  /** One write, one poll, or a idle until there is something to do. */
  async turn(): Promise<void> {
    const now = this.#line.world.elapsed();
    const write = this.#writes.take(now);
    if (write !== undefined) return this.#write(write);
    const next = this.#scheduler.next();
    if (next !== undefined && next.at <= now) return this.#poll(next.turn, this.#polls.get(next.turn)!);
    return this.#idle(Math.min(next?.at ?? Number.POSITIVE_INFINITY, this.#writes.nextAt()) - now);
  }

  async #idle(ms: number): Promise<void> {
    const idle = new AbortController();
    this.#wake = () => idle.abort();
    // A line with nothing to read still wakes now and then; ending a idle early is not an error.
    await this.#line.world.sleep(Math.min(Math.max(ms, 1), 60_000), idle.signal).catch(() => undefined);
    this.#wake = () => undefined;
  }

  /** The connection, opened anew after any doubt. */
  async #connected(): Promise<Connection> {
    if (this.#connection?.usable) return this.#connection;
    await this.#connection?.close();
    this.#connection = undefined;
    const connection = await connect(this.#line.options, this.#line.signal);
    this.#connection = connection;
    this.#line.signal.throwIfAborted();
    return connection;
  }

  async #poll(turn: PollTurn, poll: Poll): Promise<void> {
    const connection = await this.#connected();
    const { world } = this.#line;
    const { request, device } = poll;
    const began = world.elapsed();
    const limit = this.#scheduler.responseTimeoutMs(turn.unit, began);
    try {
      const bytes = await connection.read(request.table, device.unit, request.address, request.count, limit);
      if (bytes.length !== poll.bytes) throw await this.#tooShort(device, bytes.length, poll.bytes);
      const now = world.elapsed();
      this.#cuts = 0;
      this.#scheduler.answered(turn, now, now - began);
      this.#settle(turn, poll, now);
      await this.#deliver(poll, bytes);
    } catch (error) {
      if (!(error instanceof ModbusFailure)) throw error;
      this.#failed(error, turn, poll, began);
    }
  }

  /** An answer that is right in everything but its own length byte: after it, the stream cannot be trusted. */
  async #tooShort(device: Unit, came: number, due: number): Promise<ModbusFailure> {
    await this.#connection?.close();
    return new ModbusFailure('nonsense', words.nonsense(device.unit, `${came} of ${due} bytes`));
  }

  #failed(failure: ModbusFailure, turn: PollTurn, poll: Poll, began: number): void {
    if (this.#line.signal.aborted) return;
    const now = this.#line.world.elapsed();
    const { device } = poll;
    this.#count(failure, device);
    if (failure.kind === 'exception' && !GATEWAY_SILENCE.includes(failure.code!)) {
      this.#cuts = 0;
      this.#scheduler.refused(turn, now, now - began);
    } else this.#scheduler.missed(turn, now, now - began, mayComeLate(failure));
    this.#settle(turn, poll, now, failure);
  }

  /** What came and was not believed is counted; repeated cuts end the line. */
  #count(failure: ModbusFailure, device: Unit): void {
    if (failure.kind === 'nonsense') this.#line.drop('bad-payload', { device: device.id, why: failure.why });
    if (failure.kind !== 'cut') return;
    this.#cuts += 1;
    if (this.#cuts >= CUTS_MAX) throw new WordedError(words.alwaysCut(placeOf(this.#line.options)));
  }

  /** Says what changed: the device's link, and a request that fails while the device answers others. */
  #settle(turn: PollTurn, poll: Poll, now: number, failure?: ModbusFailure): void {
    const { device } = poll;
    const answers = turn.unit.misses === 0;
    if (failure === undefined) this.#trouble(poll, undefined);
    else if (answers) this.#trouble(poll, failure);
    const up = this.#scheduler.reachable(turn.unit, now);
    // A first silence says nothing yet, neither up nor down.
    if (device.up === up || (up && !answers) || (!up && failure === undefined)) return;
    device.up = up;
    this.#line.link(device.id, up, failure === undefined || up ? words.answering() : failure.why);
  }

  #trouble(poll: Poll, failure: ModbusFailure | undefined): void {
    const { device, request } = poll;
    if (poll.troubled === (failure !== undefined)) return;
    poll.troubled = failure !== undefined;
    const where = words.range(request.table, request.address, request.count);
    this.#line.trouble(about(poll), failure && words.unread(device.id, where, failure.why));
  }

  async #deliver(poll: Poll, bytes: Buffer): Promise<void> {
    const { values, changed } = decode(poll, bytes);
    const { device } = poll;
    if (changed)
      this.#line.trouble(
        `${about(poll)}/measurement`,
        poll.faulty.size > 0 ? words.noMeasurement(device.id, [...poll.faulty]) : undefined,
      );
    if (values.length === 0) return;
    if (this.#reports >= REPORTS_MAX) await this.#roomToReport();
    if (this.#reports >= REPORTS_MAX) {
      this.#line.drop('inbox-full', { device: device.id, why: words.tooSlow });
      return;
    }
    this.#reports += 1;
    this.#report({ device: device.id, values });
  }

  #report(report: Report): void {
    const done = (kept: boolean, why?: unknown): void => {
      this.#reports -= 1;
      this.#reportDone();
      if (kept !== this.#unkept) return;
      this.#unkept = !kept;
      if (!kept)
        this.#line.world.log.warn('readings of a line are not kept', { line: this.#line.id, why: String(why) });
    };
    this.#line.report(report).then(
      () => done(true),
      (error: unknown) => done(false, error),
    );
  }

  async #roomToReport(): Promise<void> {
    const idle = new AbortController();
    this.#reportDone = () => idle.abort();
    await this.#line.world.sleep(REPORT_WAIT_MS, idle.signal).catch(() => undefined);
    this.#reportDone = () => undefined;
  }

  async #write(write: Write): Promise<void> {
    const { unit, point } = write;
    const began = this.#line.world.elapsed();
    try {
      await perform(write, await this.#connected(), this.#timeoutMs);
      const now = this.#line.world.elapsed();
      this.#cuts = 0;
      this.#scheduler.heard(unit.turns, now, now - began);
      this.#readBack(unit, point, now);
      write.resolve();
    } catch (error) {
      if (!(error instanceof ModbusFailure)) {
        write.reject(words.writes.ended(unit.id, point));
        throw error;
      }
      const refused = error.kind === 'exception';
      write.reject(words.writes[refused ? 'refused' : 'unsure'](unit.id, point, error.why));
      const now = this.#line.world.elapsed();
      if (refused) this.#scheduler.heard(unit.turns, now, now - began);
      else this.#scheduler.silence(unit.turns, now, now - began, mayComeLate(error));
      this.#count(error, unit);
    }
  }

  /** What was written is read again at once, so that the screen shows what the device says and not what we wished. */
  #readBack(unit: Unit, point: string, now: number): void {
    for (const [i, poll] of unit.polls.entries())
      if (poll.request.points.includes(point)) {
        const turn = unit.turns.turns[i]!;
        turn.dueAt = Math.min(turn.dueAt, now);
      }
  }
}
