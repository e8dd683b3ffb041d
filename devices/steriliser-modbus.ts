/**
 * A cabinet that sterilises dishes by heat (消毒柜), on RS-485: its temperature, whether it runs, its door. A limit on its temperature
 * says that it is too hot; whether a batch was hot enough for long enough is for whoever keeps the record of it.
 */
import { profile } from '../src/profile/profile.ts';

export default profile({
  id: 'steriliser-modbus',
  vendor: 'Generic',
  model: 'dish steriliser, Modbus',
  family: 'sensor',
  title: { zh: '消毒柜（Modbus）', en: 'Dish steriliser (Modbus)' },
  source:
    'Generic: holding register 0 the temperature × 0.1, discrete inputs 0 running and 1 door open, as a transmitter with two contacts ' +
    'on the cabinet gives them. No maker stands behind it.',
  staleMs: 15_000,
  commsPriority: 3,
  points: [
    {
      key: 'temperature',
      title: { zh: '柜内温度', en: 'Temperature inside' },
      keep: 'gauge',
      type: 'number',
      unit: '°C',
      quantity: 'temperature',
      range: [0, 250],
      deadband: 0.5,
    },
    { key: 'running', title: { zh: '消毒中', en: 'Running' }, keep: 'state', type: 'boolean' },
    { key: 'door_open', title: { zh: '柜门打开', en: 'Door open' }, keep: 'state', type: 'boolean' },
  ],
  wire: {
    protocol: 'modbus',
    registers: {
      temperature: { table: 'holding', address: 0, scale: 0.1, fault: 65_535, pollMs: 2000 },
      running: { table: 'discrete', address: 0, pollMs: 1000 },
      door_open: { table: 'discrete', address: 1, pollMs: 1000 },
    },
  },
});
