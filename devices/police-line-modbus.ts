/**
 * The contacts of a one-key police alarm (一键报警): the certified terminal calls the police by its own line, and gives these contacts
 * beside it. What is heard here is for the school's record; nothing here calls anybody.
 */
import { profile } from '../src/profile/profile.ts';

export default profile({
  id: 'police-line-modbus',
  vendor: 'Generic',
  model: 'contacts of a one-key police alarm',
  family: 'input',
  title: { zh: '一键报警并联触点（Modbus）', en: 'Contacts of a one-key police alarm (Modbus)' },
  source:
    'Generic: discrete inputs 0–2 of a dry-contact module wired to the outputs that such terminals have. The use of each input is ' +
    'Gatehouse’s own suggestion.',
  staleMs: 5000,
  // A line that is not heard is not a call that is not made.
  commsPriority: 2,
  points: [
    {
      key: 'called',
      title: { zh: '一键报警已按下', en: 'Police called' },
      keep: 'state',
      type: 'boolean',
      alarm: { kind: 'police', priority: 1, when: { is: true }, always: true },
    },
    {
      key: 'answered',
      title: { zh: '接警回执', en: 'Police answered' },
      keep: 'state',
      type: 'boolean',
      police: 'answered',
    },
    {
      key: 'line_fault',
      title: { zh: '报警线路故障', en: 'Police line at fault' },
      keep: 'state',
      type: 'boolean',
      alarm: { kind: 'fault', priority: 1, when: { is: true }, always: true },
    },
  ],
  wire: {
    protocol: 'modbus',
    registers: {
      called: { table: 'discrete', address: 0, pollMs: 250 },
      answered: { table: 'discrete', address: 1, pollMs: 250 },
      line_fault: { table: 'discrete', address: 2, pollMs: 250 },
    },
  },
});
