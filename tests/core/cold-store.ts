/** A canteen for tests of the core: a freezer with limits by time of day, a gas detector, a fire panel, and the small school around. */
import type { Device, Point, PointLimit, Site } from '../../src/core/types.ts';
import { minute, school } from './school.ts';

const words = (zh: string) => ({ zh, en: zh });

const daily = [0, 1, 2, 3, 4, 5, 6];
/** While the store is loaded, 06:00 to 07:30, it may be warmer and for longer. */
const loading: PointLimit = {
  ...{ bound: 'above', limit: -12, clear: -13, dwellMs: 45 * minute, priority: 2 },
  window: { days: daily, from: 360, to: 450 },
};
const usual: PointLimit = { bound: 'above', limit: -15, clear: -16, dwellMs: 30 * minute, priority: 2 };
const spoiled: PointLimit = { bound: 'above', limit: -8, clear: -9, dwellMs: 10 * minute, priority: 1 };

function device(id: string, family: Device['family'], points: readonly Point[]): Device {
  return {
    ...{ id, title: words(id), family, profile: 'test', line: 'bus', staleMs: 15_000, commsPriority: 2 as const },
    ...{ points: Object.fromEntries(points.map((point) => [point.key, point])), zones: [] },
  };
}

const gauge = (key: string, more: Partial<Point>): Point => ({
  ...{ key, title: words(key), keep: 'gauge', type: 'number', unit: '°C' },
  ...more,
});
const contact = (key: string, alarm: NonNullable<Point['alarm']>): Point => ({
  ...{ key, title: words(key), keep: 'state', type: 'boolean', alarm },
});

export const canteen: Site = {
  ...school,
  devices: {
    ...school.devices,
    store: device('store', 'sensor', [
      gauge('temperature', {
        ...{ quantity: 'temperature', range: [-60, 85], deadband: 0.1, stuckMs: 6 * 60 * minute },
        limits: [loading, usual, spoiled],
      }),
    ]),
    gas: device('gas', 'sensor', [
      gauge('level', {
        ...{ unit: '%LEL', quantity: 'gas', range: [-5, 100], deadband: 1 },
        alarm: { kind: 'gas', priority: 2, when: { above: 10, clear: 7 }, always: true },
      }),
      contact('high', { kind: 'gas', priority: 1, when: { is: true }, always: true }),
    ]),
    panel: device('panel', 'panel', [
      contact('fire', { kind: 'fire', priority: 1, when: { is: true }, always: true }),
      contact('disabled', { kind: 'fault', priority: 3, when: { is: true }, always: true }),
    ]),
  },
};
