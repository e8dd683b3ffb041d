/**
 * A generic module of eight dry-contact inputs and four relays on Modbus, as sold under many names.
 * Which wire goes to which terminal is Gatehouse's own suggestion; a school that wires it otherwise copies this file.
 */
import { profile } from '../src/profile/profile.ts';

export default profile({
  id: 'dry-contact-modbus',
  vendor: 'Generic',
  model: '8 inputs, 4 relays',
  family: 'input',
  title: { zh: '8路干接点输入4路继电器模块（Modbus）', en: 'Dry-contact module, 8 inputs and 4 relays (Modbus)' },
  source:
    'Generic: discrete inputs 0–7 and coils 0–3 are what most such modules use, but no maker stands behind it. The use ' +
    'of each input is Gatehouse’s own suggestion.',
  staleMs: 5000,
  commsPriority: 2,
  points: [
    {
      key: 'sos',
      title: { zh: '求助按钮', en: 'SOS button' },
      keep: 'state',
      type: 'boolean',
      alarm: { kind: 'sos', priority: 1, when: { is: true }, always: true },
    },
    {
      key: 'fence',
      title: { zh: '围栏报警输出', en: 'Fence alarm output' },
      keep: 'state',
      type: 'boolean',
      channel: 'fence',
      // Fence hosts give a normally closed contact: open is alarm, and so is a cut cable.
      alarm: { kind: 'intrusion', priority: 1, when: { is: false } },
    },
    {
      key: 'beam',
      title: { zh: '红外对射', en: 'Infrared beam' },
      keep: 'state',
      type: 'boolean',
      channel: 'beam',
      alarm: { kind: 'intrusion', priority: 1, when: { is: true } },
    },
    {
      key: 'door',
      title: { zh: '门磁', en: 'Door contact' },
      keep: 'state',
      type: 'boolean',
      channel: 'door',
      alarm: { kind: 'intrusion', priority: 2, when: { is: true } },
    },
    {
      key: 'tamper',
      title: { zh: '箱体防拆', en: 'Cabinet opened' },
      keep: 'state',
      type: 'boolean',
      alarm: { kind: 'tamper', priority: 2, when: { is: true }, always: true },
    },
    {
      key: 'mains_lost',
      title: { zh: '市电中断', en: 'Mains lost' },
      keep: 'state',
      type: 'boolean',
      alarm: { kind: 'power', priority: 2, when: { is: true }, always: true },
    },
    {
      key: 'battery_low',
      title: { zh: '后备电池不足', en: 'Battery low' },
      keep: 'state',
      type: 'boolean',
      alarm: { kind: 'fault', priority: 3, when: { is: true }, always: true },
    },
    { key: 'spare', title: { zh: '备用输入', en: 'Spare input' }, keep: 'state', type: 'boolean' },
    { key: 'siren', title: { zh: '警号继电器', en: 'Siren relay' }, keep: 'state', type: 'boolean', writable: true },
    { key: 'lamp', title: { zh: '照明继电器', en: 'Lamp relay' }, keep: 'state', type: 'boolean', writable: true },
    { key: 'relay_3', title: { zh: '继电器3', en: 'Relay 3' }, keep: 'state', type: 'boolean', writable: true },
    { key: 'relay_4', title: { zh: '继电器4', en: 'Relay 4' }, keep: 'state', type: 'boolean', writable: true },
  ],
  wire: {
    protocol: 'modbus',
    registers: {
      sos: { table: 'discrete', address: 0, pollMs: 250 },
      fence: { table: 'discrete', address: 1, pollMs: 250 },
      beam: { table: 'discrete', address: 2, pollMs: 250 },
      door: { table: 'discrete', address: 3, pollMs: 250 },
      tamper: { table: 'discrete', address: 4, pollMs: 250 },
      mains_lost: { table: 'discrete', address: 5, pollMs: 250 },
      battery_low: { table: 'discrete', address: 6, pollMs: 250 },
      spare: { table: 'discrete', address: 7, pollMs: 250 },
      siren: { table: 'coil', address: 0 },
      lamp: { table: 'coil', address: 1 },
      relay_3: { table: 'coil', address: 2 },
      relay_4: { table: 'coil', address: 3 },
    },
  },
});
