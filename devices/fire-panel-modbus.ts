/**
 * The common contacts of a fire panel (火灾报警控制器): fire, fault, disabled, mains. The panel is certified equipment with duties of
 * its own: it is heard here, beside its own sounders and its own staff, and nothing is ever written to it.
 */
import { profile } from '../src/profile/profile.ts';

export default profile({
  id: 'fire-panel-modbus',
  vendor: 'Generic',
  model: 'common contacts of a fire panel',
  family: 'panel',
  title: { zh: '火灾报警控制器公共触点（Modbus）', en: 'Common contacts of a fire panel (Modbus)' },
  source:
    'Generic: volt-free common contacts that fire panels give, on discrete inputs 0–4 of an input module without relays. The use of ' +
    'each input is Gatehouse’s own suggestion; the panel itself is not asked and not written.',
  staleMs: 5000,
  commsPriority: 1,
  points: [
    {
      key: 'fire',
      title: { zh: '火警', en: 'Fire' },
      keep: 'state',
      type: 'boolean',
      alarm: { kind: 'fire', priority: 1, when: { is: true }, always: true },
    },
    {
      key: 'panel_fault',
      title: { zh: '故障', en: 'Panel fault' },
      keep: 'state',
      type: 'boolean',
      alarm: { kind: 'fault', priority: 2, when: { is: true }, always: true },
    },
    {
      key: 'supervisory',
      title: { zh: '监管', en: 'Supervisory' },
      keep: 'state',
      type: 'boolean',
      alarm: { kind: 'fault', priority: 3, when: { is: true }, always: true },
    },
    {
      key: 'disabled',
      title: { zh: '屏蔽', en: 'Part disabled' },
      keep: 'state',
      type: 'boolean',
      // Somewhere in the school a fire would not be told.
      alarm: { kind: 'fault', priority: 3, when: { is: true }, always: true },
    },
    {
      key: 'mains_lost',
      title: { zh: '主电故障', en: 'Mains of the panel lost' },
      keep: 'state',
      type: 'boolean',
      alarm: { kind: 'power', priority: 2, when: { is: true }, always: true },
    },
  ],
  wire: {
    protocol: 'modbus',
    registers: {
      fire: { table: 'discrete', address: 0, pollMs: 250 },
      panel_fault: { table: 'discrete', address: 1, pollMs: 500 },
      supervisory: { table: 'discrete', address: 2, pollMs: 500 },
      disabled: { table: 'discrete', address: 3, pollMs: 500 },
      mains_lost: { table: 'discrete', address: 4, pollMs: 500 },
    },
  },
});
