/**
 * Two small device models for the tests of the configuration, so that these do not hang on the shipped ones.
 */
import canary from '../../devices/canary-mqtt.ts';
import type { Profile } from '../../src/profile/profile.ts';

const shared = { vendor: 'Test', model: 'Test', source: 'For tests only.', staleMs: 5000, commsPriority: 2 } as const;
const words = (text: string) => ({ zh: text, en: text });

/** Two zones A and B, a wire tension and a siren. */
export const fence: Profile = {
  ...shared,
  id: 'fence-modbus',
  family: 'fence',
  title: words('Fence'),
  points: [
    {
      key: 'a_climb',
      title: words('A climb'),
      keep: 'state',
      type: 'boolean',
      channel: 'A',
      alarm: { kind: 'climb', priority: 1, when: { is: true } },
    },
    {
      key: 'b_climb',
      title: words('B climb'),
      keep: 'state',
      type: 'boolean',
      channel: 'B',
      alarm: { kind: 'climb', priority: 1, when: { is: true } },
    },
    {
      key: 'a_wire',
      title: words('A wire'),
      keep: 'gauge',
      quantity: 'tension',
      type: 'number',
      unit: 'N',
      channel: 'A',
    },
    { key: 'siren', title: words('Siren'), keep: 'state', type: 'boolean', writable: true },
  ],
  wire: {
    protocol: 'modbus',
    registers: {
      a_climb: { table: 'input', address: 0, bit: 0 },
      b_climb: { table: 'input', address: 0, bit: 1 },
      a_wire: { table: 'input', address: 1 },
      siren: { table: 'coil', address: 0 },
    },
  },
};

export const reader: Profile = {
  ...shared,
  id: 'reader-mqtt',
  family: 'reader',
  title: words('Reader'),
  points: [{ key: 'card', title: words('Card'), keep: 'pulse', type: 'string', scan: true }],
  wire: { protocol: 'mqtt', topics: [{ name: 'scan', points: { card: { field: 'card' } } }] },
};

export const camera: Profile = {
  ...shared,
  id: 'camera-onvif',
  family: 'camera',
  title: words('Camera'),
  points: [
    {
      key: 'masked',
      title: words('Masked'),
      keep: 'state',
      type: 'boolean',
      alarm: { kind: 'masked', priority: 2, when: { is: true } },
    },
  ],
  wire: { protocol: 'onvif', events: [{ topic: 'VideoSource/Tampering', item: 'State', point: 'masked' }] },
};

export const models: ReadonlyMap<string, Profile> = new Map<string, Profile>(
  [fence, reader, camera, canary].map((model) => [model.id, model]),
);
