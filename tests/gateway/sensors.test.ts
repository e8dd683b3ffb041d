/** The gateway's watch over sensors: gauges that give nothing, gauges that stand still, and what it does not call a fault. */
import { describe, expect, test } from 'vitest';
import { SensorWatch } from '../../src/core/sensor/sensor-watch.ts';
import { canteen } from '../core/cold-store.ts';
import { minute, Story } from '../core/school.ts';

/** A gateway's core with its watch, on a clock of its own. */
class Watch {
  readonly story = new Story();
  watch = new SensorWatch();
  elapsed = 0;

  constructor() {
    this.story.site = canteen;
    this.up('store', true);
    this.up('gas', true);
  }

  up(device: string, up: boolean): void {
    this.story.tell({ kind: 'link', device, up, why: { zh: '', en: '' } });
  }

  reads(device: string, key: string, value: number, initial = false): void {
    const input = { kind: 'reading', device, values: [[key, value]], ...(initial && { initial }) } as const;
    this.story.tell(input);
    for (const found of this.watch.take(canteen, this.story.state, input, this.elapsed)) this.story.tell(found);
  }

  /** Time passes, with a look each second. */
  pass(ms: number): void {
    for (let left = ms; left > 0; left -= 1000) {
      this.elapsed += 1000;
      for (const found of this.watch.doubts(canteen, this.story.state, this.elapsed, 0)) this.story.tell(found);
    }
  }

  get doubts() {
    return this.story.only('sensor-doubted').map(({ point, fault, active }) => [point, fault, active]);
  }
}

describe('a gauge with limits', () => {
  test('that was never heard though its device is there is in doubt after the silence its device may have', () => {
    const watch = new Watch();
    watch.pass(15_000);
    expect(watch.doubts.filter(([point]) => point === 'temperature')).toEqual([]);
    watch.pass(2_000);
    expect(watch.doubts).toContainEqual(['temperature', 'no-reading', true]);
  });

  test('that gives only what it cannot measure is in doubt, and is not once it measures', () => {
    const watch = new Watch();
    watch.reads('store', 'temperature', -18);
    for (let i = 0; i < 20; i++) {
      watch.pass(1000);
      watch.reads('store', 'temperature', -3276.8);
      watch.reads('gas', 'level', 0);
    }
    expect(watch.doubts).toEqual([['temperature', 'no-reading', true]]);
    watch.reads('store', 'temperature', -17.9);
    expect(watch.doubts.at(-1)).toEqual(['temperature', 'no-reading', false]);
  });

  test('is not proved by what a broker had kept', () => {
    const watch = new Watch();
    for (let i = 0; i < 20; i++) {
      watch.pass(1000);
      watch.reads('store', 'temperature', -18, true);
    }
    expect(watch.doubts).toContainEqual(['temperature', 'no-reading', true]);
  });

  test('that gives the very same value for six hours is stuck until it gives another', () => {
    const watch = new Watch();
    for (let i = 0; i < 361; i++) {
      for (let n = 0; n < 12; n++) {
        watch.pass(5_000);
        watch.reads('store', 'temperature', -18);
        watch.reads('gas', 'level', 0);
      }
    }
    expect(watch.doubts).toEqual([['temperature', 'stuck', true]]);
    watch.reads('store', 'temperature', -18);
    expect(watch.doubts).toHaveLength(1);
    watch.reads('store', 'temperature', -18.1);
    expect(watch.doubts.at(-1)).toEqual(['temperature', 'stuck', false]);
  });

  test('of a device that is down is the device’s matter', () => {
    const watch = new Watch();
    watch.reads('store', 'temperature', -18);
    watch.up('store', false);
    watch.up('gas', false);
    watch.pass(10 * minute);
    expect(watch.doubts).toEqual([]);
  });
});

test('a fault that is looked for no more, after another configuration, is over and its alarm returns to normal', () => {
  const watch = new Watch();
  watch.reads('gas', 'level', 0);
  watch.pass(17_000);
  expect(watch.doubts).toContainEqual(['temperature', 'no-reading', true]);
  const { store } = canteen.devices;
  const { limits: _limits, stuckMs: _stuck, alarm: _alarm, ...bare } = store!.points.temperature!;
  const points = { ...store!.points, temperature: bare };
  watch.story.site = { ...canteen, devices: { ...canteen.devices, store: { ...store!, points } } };
  watch.story.tell({ kind: 'configured', config: 'b' } as never);
  expect(watch.doubts.at(-1)).toEqual(['temperature', 'no-reading', false]);
});
