/**
 * Holds what a device's clock shows against ours, at each beat that tells it. A clock that is off makes a round late or early on
 * paper, so it is a trouble with its length; no time of a touch is shifted for it. What waited in a device and comes in one rush
 * tells old times and is no clock that is off. It must never judge a touch.
 */
import type { Time } from '../../core/types.ts';
import { roughly } from '../../words/camera-words.ts';
import { readerClockOff } from '../../words/mqtt-words.ts';
import type { Notices } from './mqtt-notice.ts';

/** As far as a clock ahead of ours is believed in a touch. */
const offMs = 30_000;
/** Two beats whose clock went on by about as much as ours between them were each told when they were made. Ours. */
const paceMs = 5_000;

export class DeviceClocks {
  readonly #say: Notices;
  readonly #last = new Map<string, { readonly shown: Time; readonly at: Time }>();

  constructor(say: Notices) {
    this.#say = say;
  }

  /** A beat of a configured device says what its clock shows. */
  heard(device: string, shown: Time, at: Time): void {
    const about = `clock ${device}`;
    const before = this.#last.get(device);
    this.#last.set(device, { shown, at });
    const off = shown - at;
    if (Math.abs(off) < offMs) this.#say.fine(about);
    else if (before && Math.abs(shown - before.shown - (at - before.at)) < paceMs)
      this.#say.trouble(about, readerClockOff(device, off > 0, roughly(Math.abs(off))));
  }
}
