/**
 * The gateway's intake: books every value of a reading, takes its gauges and samples, and says whether anything in it is
 * for the core to judge. It must count exactly what `step` will make facts of, which is why both ask `classify`.
 */
import { classify, isRepeat } from '../core/condition/classify.ts';
import { own } from '../core/site/lookup.ts';
import type { Input, Live, Sample, Site, State, Time } from '../core/types.ts';
import type { Series } from '../store/store-types.ts';
import { Gauges } from './gauges.ts';
import type { Books } from './ledger.ts';

type Reading = Extract<Input, { kind: 'reading' }>;

export class Intake {
  readonly #books: Books;
  readonly #series: Series;
  readonly #gauges = new Gauges();

  constructor(books: Books, series: Series) {
    this.#books = books;
    this.#series = series;
  }

  get live(): Live {
    return this.#gauges.live;
  }

  /** Books a reading; true when something in it is for `step` to judge. `elapsed` is monotonic, for telling silence. */
  take(site: Site, state: State, input: Reading, line: string, now: Time, elapsed: number): boolean {
    const books = this.#books;
    const device = own(site.devices, input.device);
    if (!device) {
      books.drop(line, 'unknown-device', input.values.length);
      return false;
    }
    this.live.heard.set(device.id, elapsed);
    if (isRepeat(state, device.id, input.id)) {
      books.drop(line, 'duplicate', input.values.length);
      return false;
    }
    const known = state.devices.get(device.id);
    let worth = known?.up !== true;
    let samples: Sample[] | undefined;
    for (const [key, value] of input.values) {
      const point = own(device.points, key);
      const klass = classify(point, known, value, input.initial);
      if (!point || klass === 'unknown-point') books.drop(line, 'unknown-point', 1);
      else if (klass === 'wrong-type') books.drop(line, 'wrong-type', 1);
      else if (klass === 'same') books.judge(line, 1);
      else if (klass === 'fact') {
        books.store(line, 1);
        worth = true;
      } else {
        worth ||= point.alarm !== undefined;
        const at = Math.min(input.taken ?? now, now);
        if (!this.#gauges.take(device.id, point, value as number, at)) books.judge(line, 1);
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
    this.#books.store(line, samples.length - refused);
    if (refused > 0) this.#books.drop(line, 'series-full', refused);
  }
}
