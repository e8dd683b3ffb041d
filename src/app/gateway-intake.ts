/**
 * The gateway's intake: ledger every value of a reading, takes its gauges and samples, and says whether anything in it is
 * for the core to judge. It must count exactly what `step` will make facts of, which is why both ask `classify`.
 */
import { classify, isRepeat } from '../core/condition/classify.ts';
import { lookup } from '../core/site/lookup.ts';
import type { Input, Live, Sample, Site, State, Time } from '../core/types.ts';
import type { Series } from '../store/store-types.ts';
import { Gauges } from './gauges.ts';
import type { ConservationLedger } from './ledger.ts';

type Reading = Extract<Input, { kind: 'reading' }>;

export class Intake {
  readonly #ledger: ConservationLedger;
  readonly #series: Series;
  readonly #gauges = new Gauges();

  constructor(ledger: ConservationLedger, series: Series) {
    this.#ledger = ledger;
    this.#series = series;
  }

  get live(): Live {
    return this.#gauges.live;
  }

  /** Books a reading; true when something in it is for `step` to judge. `elapsed` is monotonic, for telling silence. */
  take(site: Site, state: State, input: Reading, line: string, now: Time, elapsed: number): boolean {
    const ledger = this.#ledger;
    const device = lookup(site.devices, input.device);
    if (!device) {
      ledger.drop(line, 'unknown-device', input.values.length);
      return false;
    }
    this.live.heard.set(device.id, elapsed);
    if (isRepeat(state, device.id, input.id)) {
      ledger.drop(line, 'duplicate', input.values.length);
      return false;
    }
    const known = state.devices.get(device.id);
    let worth = known?.up !== true;
    let samples: Sample[] | undefined;
    for (const [key, value] of input.values) {
      const point = lookup(device.points, key);
      const klass = classify(point, known, value, input.initial);
      if (!point || klass === 'unknown-point') ledger.drop(line, 'unknown-point', 1);
      else if (klass === 'wrong-type') ledger.drop(line, 'wrong-type', 1);
      else if (klass === 'same') ledger.judge(line, 1);
      else if (klass === 'fact') {
        ledger.store(line, 1);
        worth = true;
      } else {
        worth ||= point.alarm !== undefined;
        const at = Math.min(input.sourceTime ?? now, now);
        if (!this.#gauges.take(device.id, point, value as number, at)) ledger.judge(line, 1);
        else {
          samples ??= [];
          samples.push({ device: device.id, point: key, value, at });
        }
      }
    }
    if (samples) this.#keep(samples, line);
    return worth;
  }

  #keep(samples: readonly Sample[], line: string): void {
    const refused = this.#series.write(samples);
    this.#ledger.store(line, samples.length - refused);
    if (refused > 0) this.#ledger.drop(line, 'series-full', refused);
  }
}
