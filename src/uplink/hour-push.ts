/**
 * Brings the district the hourly figures of the gauges: those of hours that are over, in order, and once more what changed afterwards because samples
 * came late. An hour that was sent twice is written over itself, so nothing is remembered but how far it has come. It must never hold up lines or orders.
 */
import { join } from 'node:path';
import type { Time } from '../core/types.ts';
import { loadCursor, saveCursor } from '../store/cursor.ts';
import type { DistrictExchange } from './district-exchange.ts';
import { HOURS_MAX, type HoursRequest, hoursAnswer, hoursRequest } from './protocol.ts';
import type { UplinkSource } from './uplink-source.ts';

const hourMs = 3_600_000;
/** Samples are stored within a second; an hour is made so long after its end, ms. Ours. */
const graceMs = 180_000;
/** Hours of one step: what is read of them is held in memory. */
const stepHours = 6;
/** Samples that come later than that change no hour any more, ms. Ours. */
const lateMs = 48 * hourMs;
/** A school that joins brings so much of what it has, ms. Ours. */
const firstMs = 30 * 24 * hourMs;
const limitMs = 30_000;

type HourSent = HoursRequest['hours'][number];

export interface HourPushParts {
  readonly source: Pick<UplinkSource, 'hours' | 'now'>;
  readonly exchange: DistrictExchange;
  readonly school: string;
  /** Where it goes: of another district nothing is told yet. */
  readonly target: string;
  /** The data folder. */
  readonly dir: string;
}

const hourOf = (at: Time): Time => Math.floor(at / hourMs) * hourMs;
const keyOf = ({ device, point, hour }: HourSent): string => `${hour} ${device} ${point}`;
const figuresOf = ({ mean, min, max, count }: HourSent): string => [mean, min, max, count].join(' ');

export class HourPush {
  readonly #parts: HourPushParts;
  readonly #file: string;
  /** Hours before this are told; undefined: not known yet. */
  #until: Time | undefined;
  /** HourSent as they were told last, of the hours that may still change. */
  #told = new Map<string, string>();
  /** The hour at which it was last looked for late samples. */
  #lookedAt: Time | undefined;

  constructor(parts: HourPushParts) {
    this.#parts = parts;
    this.#file = join(parts.dir, 'district.hours.json');
  }

  /** Sends what comes next; true when there is more. Rejects with words. */
  async step(signal: AbortSignal): Promise<boolean> {
    const { source } = this.#parts;
    if (!source.hours) return false;
    const complete = hourOf(source.now() - graceMs);
    const until = Math.min(complete, this.#until ?? (await this.#begin(complete)));
    if (until < complete) {
      const to = Math.min(complete, until + stepHours * hourMs);
      const { rows } = await source.hours({ from: until, to });
      if (!(await this.#send(rows, signal))) return false;
      this.#until = to;
      await saveCursor(this.#file, { target: this.#parts.target, until: to });
      return to < complete;
    }
    if (this.#lookedAt !== complete) await this.#sendLate(complete, signal);
    return false;
  }

  /** What changed of hours that were told, in steps as well. */
  async #sendLate(complete: Time, signal: AbortSignal): Promise<void> {
    const { source } = this.#parts;
    for (let from = complete - lateMs; from < complete; from += stepHours * hourMs) {
      const stored = await source.hours?.({ from, to: Math.min(complete, from + stepHours * hourMs) });
      const changed = (stored?.rows ?? []).filter((row) => this.#told.get(keyOf(row)) !== figuresOf(row));
      if (!(await this.#send(changed, signal))) return;
    }
    for (const key of this.#told.keys()) if (Number.parseInt(key, 10) < complete - lateMs) this.#told.delete(key);
    this.#lookedAt = complete;
  }

  async #begin(complete: Time): Promise<Time> {
    const kept = loadCursor(this.#file) as { readonly target: string; readonly until: number } | null | undefined;
    if (kept?.target === this.#parts.target && Number.isSafeInteger(kept.until)) return hourOf(kept.until);
    const stored = await this.#parts.source.hours?.({ from: complete, to: complete });
    return Math.max(complete - firstMs, hourOf(stored?.oldest ?? complete));
  }

  /** False where the district has no place for them now. */
  async #send(rows: readonly HourSent[], signal: AbortSignal): Promise<boolean> {
    const { exchange, school } = this.#parts;
    const fit = rows.filter((row) => hoursRequest.shape.hours.element.safeParse(row).success);
    for (let i = 0; i < fit.length; i += HOURS_MAX) {
      const hours = fit.slice(i, i + HOURS_MAX);
      const { kept } = await exchange.ask({
        ...{ method: 'PUT', path: '/hours', body: JSON.stringify({ school, hours } satisfies HoursRequest) },
        ...{ answer: hoursAnswer, timeoutMs: limitMs, signal },
      });
      if (!kept) return false;
      for (const row of hours) this.#told.set(keyOf(row), figuresOf(row));
    }
    return true;
  }
}
