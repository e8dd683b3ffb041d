/**
 * A cold store held to its limits: what a door may do, what half an hour is after a restart, a set clock and a silence, and what a
 * report can list afterwards.
 */
import { describe, expect, test } from 'vitest';
import { evolve } from '../../src/core/evolve.ts';
import { emptyState } from '../../src/core/state.ts';
import { canteen } from './cold-store.ts';
import { minute, monday, Story } from './school.ts';

const noon = monday + 12 * 60 * minute;
const down = { zh: '无应答', en: 'no answer' };

class Store extends Story {
  constructor(now = noon) {
    super(now);
    this.site = canteen;
  }

  /** A temperature each minute for so long, and a tick each minute. */
  stands(celsius: number, minutes: number, everyMin = 1): void {
    for (let i = 0; i < minutes; i++) {
      if (i % everyMin === 0) this.reads('store', { temperature: celsius });
      this.now += minute;
      this.tell({ kind: 'tick' });
    }
  }

  raised() {
    return this.only('raised').filter(({ alarm }) => alarm === 'temperature');
  }
}

describe('a freezer', () => {
  test('whose door stands open for ten minutes is no alarm, and the excursion is listed as too short', () => {
    const store = new Store();
    store.stands(-18, 5);
    store.stands(-11, 10);
    store.stands(-18, 60);
    expect(store.raised()).toEqual([]);
    expect(store.only('excursion-ended')).toMatchObject([
      { device: 'store', point: 'temperature', extreme: -11, lastedMs: 10 * minute, alarmed: false, why: 'within' },
    ]);
  });

  test('that is too warm for half an hour is an alarm, with how warm it was and for how long', () => {
    const store = new Store();
    store.stands(-13, 10);
    store.stands(-11, 19);
    expect(store.raised()).toEqual([]);
    store.stands(-13, 1);
    expect(store.raised()).toMatchObject([
      { alarm: 'temperature', priority: 2, value: -11, cause: 'store/temperature' },
    ]);
    expect(store.raised()[0]?.why?.en).toBe('temperature up to −11.0 °C, at most −15.0 °C, for 30 min');
    store.stands(-13, 20);
    expect(store.raised()).toHaveLength(1);
    store.stands(-17, 2);
    expect(store.only('excursion-ended')).toMatchObject([{ alarmed: true, extreme: -11, lastedMs: 50 * minute }]);
    expect(store.only('returned-to-normal')).toMatchObject([{ cause: 'store/temperature' }]);
  });

  test('is back only at its clear level', () => {
    const store = new Store();
    store.stands(-14, 1);
    store.stands(-15.5, 40);
    expect(store.raised()).toHaveLength(1);
    expect(store.only('excursion-began')).toHaveLength(1);
    store.stands(-16, 1);
    expect(store.state.excursions.size).toBe(0);
  });

  test('that grows warm enough to spoil becomes urgent under the same alarm, which is over when both limits are kept', () => {
    const store = new Store();
    store.stands(-10, 31);
    store.stands(-5, 11);
    expect(store.raised()).toHaveLength(1);
    expect([...store.state.alarms.values()]).toMatchObject([{ priority: 1, causes: ['store/temperature'] }]);
    store.stands(-10, 1);
    expect(store.only('returned-to-normal')).toEqual([]);
    store.stands(-18, 1);
    expect([...store.state.alarms.values()]).toMatchObject([{ causes: [] }]);
  });

  test('may be warmer while it is loaded in the morning, and not a minute longer', () => {
    const store = new Store(monday + 6 * 60 * minute);
    store.stands(-13, 90);
    expect(store.only('excursion-began')).toEqual([]);
    store.stands(-13, 31);
    expect(store.raised()).toHaveLength(1);
    expect(store.only('excursion-began')).toMatchObject([{ at: monday + 450 * minute, limit: -15 }]);
  });

  test('is an alarm with the school disarmed, and under a walk test', () => {
    const store = new Store(noon);
    expect(store.state.zones.get('z1')?.mode).not.toBe('out-of-service');
    store.stands(-5, 11);
    expect(store.raised()).toMatchObject([{ priority: 1 }]);
  });
});

describe('half an hour of warmth', () => {
  test('goes on through a restart, for when it began is a fact', () => {
    const store = new Store();
    store.stands(-11, 20);
    store.tell({ kind: 'started', version: '1', config: 'x' });
    store.now += minute;
    store.stands(-11, 9);
    expect(store.raised()).toHaveLength(1);
    const again = emptyState();
    for (const event of store.events) evolve(again, event);
    expect(again.excursions).toEqual(store.state.excursions);
  });

  test.each([3_600_000, -3_600_000])('lasts as long though the clock is set by %i ms', (ms) => {
    const store = new Store();
    store.stands(-11, 20);
    store.setsClock(ms);
    store.stands(-11, 9);
    expect(store.raised()).toEqual([]);
    store.stands(-11, 2);
    expect(store.raised()).toHaveLength(1);
  });

  test('does not run out while nobody hears the store, and has when it is heard and still warm', () => {
    const store = new Store();
    store.stands(-11, 20);
    store.tell({ kind: 'link', device: 'store', up: false, why: down });
    store.now += 60 * minute;
    store.tell({ kind: 'tick' });
    expect(store.raised()).toEqual([]);
    expect(store.only('raised')).toMatchObject([{ alarm: 'comms', device: 'store' }]);
    store.reads('store', { temperature: -11 });
    expect(store.raised()).toHaveLength(1);
    store.stands(-18, 1);
    expect(store.only('excursion-ended')).toMatchObject([{ unheard: true, alarmed: true }]);
  });

  test('is told of a sensor that speaks every ten minutes, no later than by its next word', () => {
    const store = new Store();
    store.stands(-11, 31, 10);
    expect(store.raised()).toHaveLength(1);
  });

  test('is not ended by a word that a broker had kept', () => {
    const store = new Store();
    store.stands(-11, 5);
    store.reads('store', { temperature: -18 }, { initial: true });
    expect(store.state.excursions.size).toBe(1);
  });
});

describe('a sensor that is not well', () => {
  test.each([-3276.8, 6553.5])('gives %f, which is no temperature and changes nothing', (value) => {
    const store = new Store();
    store.stands(-11, 5);
    store.reads('store', { temperature: value });
    expect(store.only('excursion-ended')).toEqual([]);
    expect(store.only('excursion-deepened')).toEqual([]);
  });

  test('is a fault of its own, whatever the temperature last was, and over when it reads again', () => {
    const store = new Store();
    const doubt = { kind: 'sensor', device: 'store', point: 'temperature', fault: 'no-reading' } as const;
    store.tell({ ...doubt, active: true });
    store.tell({ ...doubt, active: true });
    expect(store.only('raised')).toMatchObject([
      { alarm: 'fault', priority: 2, cause: 'store/temperature/no-reading' },
    ]);
    expect(store.state.doubted.size).toBe(1);
    store.tell({ kind: 'started', version: '1', config: 'x' });
    expect(store.only('returned-to-normal')).toEqual([]);
    store.tell({ ...doubt, active: false });
    expect(store.only('returned-to-normal')).toHaveLength(1);
    expect(store.state.doubted.size).toBe(0);
  });
});

test('limits that the configuration no longer has end their excursions and the alarm', () => {
  const store = new Store();
  store.stands(-5, 11);
  const { limits: _, ...bare } = canteen.devices.store!.points.temperature!;
  store.site = {
    ...canteen,
    devices: { ...canteen.devices, store: { ...canteen.devices.store!, points: { temperature: bare } } },
  };
  store.tell({ kind: 'configured', config: 'y', by: 'chen' });
  expect(store.state.excursions.size).toBe(0);
  expect([...store.state.alarms.values()]).toMatchObject([{ causes: [] }]);
});
