/**
 * A detector of combustible gas in a kitchen, on RS-485: its level, and what it decided itself. The gateway's limits stand beside
 * the detector's own and never in their place: valve and fan are switched by the detector, not by us.
 */
import { profile } from '../src/profile/profile.ts';

export default profile({
  id: 'gas-detector-modbus',
  vendor: 'Generic',
  model: 'combustible gas detector, Modbus',
  family: 'sensor',
  title: { zh: '可燃气体探测器（Modbus）', en: 'Combustible gas detector (Modbus)' },
  source:
    'Generic: holding register 0 the level in %LEL, register 1 the states by bit (0 low alarm, 1 high alarm, 2 sensor fault, 3 valve ' +
    'closed). Makers differ; no maker stands behind this one. Hold it against the manual and copy this file where it differs.',
  staleMs: 5000,
  commsPriority: 1,
  points: [
    {
      key: 'level',
      title: { zh: '可燃气体浓度', en: 'Combustible gas' },
      keep: 'gauge',
      type: 'number',
      unit: '%LEL',
      quantity: 'gas',
      // Detectors of this class show a little below zero when their zero has drifted.
      range: [-5, 100],
      deadband: 1,
      // The two levels that such detectors are usually set to; the lower one is told here, the higher one is its own contact.
      alarm: { kind: 'gas', priority: 2, when: { above: 10, clear: 7 }, always: true },
    },
    {
      key: 'low_alarm',
      title: { zh: '低报', en: 'Low alarm' },
      keep: 'state',
      type: 'boolean',
      alarm: { kind: 'gas', priority: 2, when: { is: true }, always: true },
    },
    {
      key: 'high_alarm',
      title: { zh: '高报', en: 'High alarm' },
      keep: 'state',
      type: 'boolean',
      alarm: { kind: 'gas', priority: 1, when: { is: true }, always: true },
    },
    {
      key: 'sensor_fault',
      title: { zh: '传感器故障', en: 'Sensor fault' },
      keep: 'state',
      type: 'boolean',
      alarm: { kind: 'fault', priority: 2, when: { is: true }, always: true },
    },
    { key: 'valve_closed', title: { zh: '燃气阀已关', en: 'Gas valve closed' }, keep: 'state', type: 'boolean' },
  ],
  wire: {
    protocol: 'modbus',
    registers: {
      level: { table: 'holding', address: 0, type: 'i16', fault: -32_768, pollMs: 500 },
      low_alarm: { table: 'holding', address: 1, bit: 0, pollMs: 500 },
      high_alarm: { table: 'holding', address: 1, bit: 1, pollMs: 500 },
      sensor_fault: { table: 'holding', address: 1, bit: 2, pollMs: 500 },
      valve_closed: { table: 'holding', address: 1, bit: 3, pollMs: 500 },
    },
  },
});
