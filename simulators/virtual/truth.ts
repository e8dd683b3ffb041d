/**
 * What was really so at the school, written down as it happens: conditions that held, devices that could not be heard,
 * cards that touched readers. What the gateway told is held against this; it must never be made from what was told.
 */
import type { Time, Value, Words } from '../../src/core/types.ts';
import type { Act } from '../fence/fence.ts';

/** A sensor's point is in alarm. Times are true time, ms since the epoch; without `to` it lasts. */
export interface Condition {
  readonly device: string;
  readonly point: string;
  /** What the sensor says meanwhile. */
  readonly value: Value;
  readonly from: Time;
  to?: Time;
}

/** Why a device cannot be heard: without power, without a way, not answering any more, or answering and saying nothing. */
export type Mute = 'off' | 'cut' | 'hung' | 'deaf';

export interface Outage {
  readonly device: string;
  readonly how: Mute;
  readonly from: Time;
  to?: Time;
}

/** Something bore on the wires of a zone, or loosened one. */
export interface Bearing {
  readonly zone: string;
  readonly device: string;
  readonly act: Act;
  readonly from: Time;
  to?: Time;
}

/** A fence host told the same readings for ever, whatever its wires did. */
export interface Deceit {
  readonly device: string;
  readonly from: Time;
  to?: Time;
}

/** A card was held to a reader. */
export interface Touch {
  readonly reader: string;
  readonly card: string;
  readonly at: Time;
}

export class Truth {
  readonly conditions: Condition[] = [];
  readonly outages: Outage[] = [];
  readonly bearings: Bearing[] = [];
  readonly deceits: Deceit[] = [];
  readonly touches: Touch[] = [];
  readonly #now: () => Time;
  readonly #told: (words: Words) => void;

  /** `told` hears each sentence of what happens, for the log book. */
  constructor(now: () => Time, told: (words: Words) => void) {
    this.#now = now;
    this.#told = told;
  }

  say(zh: string, en: string): void {
    this.#told({ zh, en });
  }

  begin(device: string, point: string, value: Value): void {
    if (this.holds(device, point)) return;
    this.conditions.push({ device, point, value, from: this.#now() });
  }

  end(device: string, point: string): void {
    const condition = this.holds(device, point);
    if (condition) condition.to = this.#now();
  }

  /** The condition of a point that lasts now. */
  holds(device: string, point: string): Condition | undefined {
    return this.conditions.findLast((one) => one.device === device && one.point === point && one.to === undefined);
  }

  lose(device: string, how: Mute): Outage {
    const outage: Outage = { device, how, from: this.#now() };
    this.outages.push(outage);
    return outage;
  }

  regain(outage: Outage): void {
    outage.to = this.#now();
  }

  deceive(device: string): void {
    if (this.deceits.some((one) => one.device === device && one.to === undefined)) return;
    this.deceits.push({ device, from: this.#now() });
  }

  undeceive(device: string): void {
    for (const one of this.deceits) if (one.device === device) one.to ??= this.#now();
  }

  bear(zone: string, device: string, act: Act, ms: number | undefined): void {
    const from = this.#now();
    this.bearings.push({ zone, device, act, from, ...(ms !== undefined && { to: from + ms }) });
  }

  /** The fence of a zone is mended: nothing is loose any more, and nothing bears on it. */
  mend(zone: string): void {
    const at = this.#now();
    for (const one of this.bearings) if (one.zone === zone && (one.to === undefined || one.to > at)) one.to = at;
  }

  touch(reader: string, card: string): void {
    this.touches.push({ reader, card, at: this.#now() });
  }
}
