/** A water-leak controller with a sensing cable: a contact for water, one for a broken cable. A broken cable hears no water. */
import { profile } from '../src/profile/profile.ts';

export default profile({
  id: 'leak-modbus',
  vendor: 'Generic',
  model: 'water leak controller, contacts',
  family: 'sensor',
  title: { zh: '漏水检测控制器（Modbus）', en: 'Water leak controller (Modbus)' },
  source:
    'Generic: discrete inputs 0 (water) and 1 (cable broken) of a dry-contact module. The use of each input is Gatehouse’s own suggestion.',
  staleMs: 10_000,
  commsPriority: 2,
  points: [
    {
      key: 'leak',
      title: { zh: '漏水', en: 'Water leak' },
      keep: 'state',
      type: 'boolean',
      alarm: { kind: 'water', priority: 2, when: { is: true }, always: true },
    },
    {
      key: 'cable_broken',
      title: { zh: '感应线断线', en: 'Sensing cable broken' },
      keep: 'state',
      type: 'boolean',
      alarm: { kind: 'fault', priority: 3, when: { is: true }, always: true },
    },
  ],
  wire: {
    protocol: 'modbus',
    registers: {
      leak: { table: 'discrete', address: 0, pollMs: 1000 },
      cable_broken: { table: 'discrete', address: 1, pollMs: 1000 },
    },
  },
});
