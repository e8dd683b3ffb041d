/**
 * A temperature and humidity transmitter with a probe in a cold store, on RS-485: the map that many Chinese transmitters share.
 * A signed tenth of a degree cannot tell 65535 from −0.1 °C; so only −3276.8, and what lies outside the probe's range, is a fault.
 */
import { profile } from '../src/profile/profile.ts';

export default profile({
  id: 'cold-store-modbus',
  vendor: 'Generic',
  model: 'cold store transmitter, Modbus',
  family: 'sensor',
  title: { zh: '冷库温湿度变送器（Modbus）', en: 'Cold store transmitter, temperature and humidity (Modbus)' },
  source:
    'Generic: holding register 0 humidity and 1 temperature, both × 0.1, temperature signed, is what transmitters under many names ' +
    'use; no maker stands behind it. Hold it against the manual of what hangs there, and copy this file where it differs. ' +
    '−32768 for an open probe is usual with them, not certain.',
  staleMs: 15_000,
  commsPriority: 2,
  points: [
    {
      key: 'temperature',
      title: { zh: '库温', en: 'Store temperature' },
      keep: 'gauge',
      type: 'number',
      unit: '°C',
      quantity: 'temperature',
      range: [-60, 85],
      deadband: 0.1,
      stuckMs: 21_600_000,
    },
    {
      key: 'humidity',
      title: { zh: '湿度', en: 'Humidity' },
      keep: 'gauge',
      type: 'number',
      unit: '%RH',
      quantity: 'humidity',
      range: [0, 100],
      deadband: 1,
    },
  ],
  wire: {
    protocol: 'modbus',
    registers: {
      humidity: { table: 'holding', address: 0, scale: 0.1, fault: 65_535, pollMs: 2000 },
      temperature: { table: 'holding', address: 1, type: 'i16', scale: 0.1, fault: -32_768, pollMs: 2000 },
    },
  },
});
