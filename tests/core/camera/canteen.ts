/** A school with cameras and little else, for tests of what their pictures show. */
import type { Device, Site, Window } from '../../../src/core/types.ts';
import { school } from '../school.ts';

const camera = (id: string): Device => ({
  id,
  title: { zh: `后厨 ${id}`, en: `kitchen ${id}` },
  family: 'camera',
  profile: 'test',
  line: id,
  staleMs: 60_000,
  commsPriority: 3,
  points: {
    masked: {
      key: 'masked',
      title: { zh: '遮挡', en: 'masked' },
      keep: 'state',
      type: 'boolean',
      alarm: { kind: 'masked', priority: 2, when: { is: true }, always: true },
    },
  },
  zones: [],
});

/** These cameras, to be seen in these hours. */
export const canteenOf = (ids: readonly string[], hours: readonly Window[]): Site => ({
  ...school,
  devices: { ...school.devices, ...Object.fromEntries(ids.map((id) => [id, camera(id)])) },
  cameras: {
    hours,
    off: Object.values(school.devices).flatMap(({ id, family }) => (family === 'camera' ? [id] : [])),
    areas: [{ id: 'kitchen', title: { zh: '后厨', en: 'kitchen' }, cameras: [...ids] }],
  },
});
