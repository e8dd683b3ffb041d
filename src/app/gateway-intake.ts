/**
 * The gateway's intake: classifies every value of a reading, books it in the ledger, takes its gauges and samples, and hands
 * on what is for the core to judge, with the classes it booked by. It must never classify a value that the core would
 * classify again: the ledger and the journal agree because there is one answer.
 */
import { type Class, type ClassifiedReading, classifyValues, type Reading } from '../core/condition/classify.ts';
import type { Live, Sample, Site, State, Time } from '../core/types.ts';
import type { Series } from '../store/store-types.ts';
import { Gauges } from './gauges.ts';
import type { ConservationLedger } from './ledger.ts';

export class Intake {
  readonly #ledger: ConservationLedger;
  readonly #series: Series;
  readonly #gauges = new Gauges();
  /** Of the reading in hand: one list for all readings, because thousands of values come in a second. */
  readonly #classes: Class[] = [];

  constructor(ledger: ConservationLedger, series: Series) {
    this.#ledger = ledger;
    this.#series = series;
  }

  get live(): Live {
    return this.#gauges.live;
  }

  /**
   * Books a reading; gives it classified when something in it is for `step` to judge, which must be done before the next
   * reading is taken. `elapsed` is monotonic, for telling silence.
   */
  take(
    site: Site,
    state: State,
    reading: Reading,
    line: string,
    now: Time,
    elapsed: number,
  ): ClassifiedReading | undefined {
    const ledger = this.#ledger;
    const classes = this.#classes;
    const device = classifyValues(site, state, reading, classes);
    if (device === 'unknown-device') {
      ledger.drop(line, device, reading.values.length);
      return undefined;
    }
    this.live.heard.set(reading.device, elapsed);
    if (device === 'duplicate') {
      ledger.drop(line, device, reading.values.length);
      return undefined;
    }
    let worth = state.devices.get(device.id)?.up !== true;
    let samples: Sample[] | undefined;
    let index = 0;
    for (const [key, value] of reading.values) {
      const klass = classes[index++];
      if (klass === 'unknown-point' || klass === 'wrong-type' || klass === 'out-of-range') ledger.drop(line, klass, 1);
      else if (klass === 'same') ledger.judge(line, 1);
      else if (klass === 'fact') {
        ledger.store(line, 1);
        worth = true;
      } else {
        // A sample is of a point the device has: no stranger's name comes here.
        const point = device.points[key]!;
        worth ||= point.alarm !== undefined || point.limits !== undefined;
        const at = Math.min(reading.sourceTime ?? now, now);
        if (!this.#gauges.take(device.id, point, value as number, at)) ledger.judge(line, 1);
        else {
          samples ??= [];
          samples.push({ device: device.id, point: key, value, at });
        }
      }
    }
    if (samples) this.#keep(samples, line);
    return worth ? { kind: 'classified', reading, device, classes } : undefined;
  }

  #keep(samples: readonly Sample[], line: string): void {
    const refused = this.#series.write(samples);
    this.#ledger.store(line, samples.length - refused);
    if (refused > 0) this.#ledger.drop(line, 'series-full', refused);
  }
}
