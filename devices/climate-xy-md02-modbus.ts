/** A temperature and humidity transmitter XY-MD02 (SHT20) on RS-485: two input registers, in tenths. */
import { profile } from '../src/profile/profile.ts';

export default profile({
  id: 'climate-xy-md02-modbus',
  vendor: 'Generic',
  model: 'XY-MD02',
  family: 'sensor',
  title: { zh: '温湿度变送器 XY-MD02（Modbus）', en: 'Temperature and humidity transmitter XY-MD02 (Modbus)' },
  source:
    'Published programs and notes of people who have one (github.com/t-teja/Sensors, SHT20/XY-MD02-Modbus.py; ' +
    'github.com/Nordmanngrowtechnology/Modbus-RTU_SHT-20-MD02-Test): function 04, register 1 temperature, register 2 humidity, ' +
    'both × 0.1. No maker’s manual was at hand; what it gives with a broken sensor is not known. The range is that of the SHT20: ' +
    'not for a freezer below −40 °C.',
  staleMs: 15_000,
  commsPriority: 2,
  points: [
    {
      key: 'temperature',
      title: { zh: '温度', en: 'Temperature' },
      keep: 'gauge',
      type: 'number',
      unit: '°C',
      quantity: 'temperature',
      range: [-40, 80],
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
      temperature: { table: 'input', address: 1, type: 'i16', scale: 0.1, fault: -32_768, pollMs: 2000 },
      humidity: { table: 'input', address: 2, scale: 0.1, fault: 65_535, pollMs: 2000 },
    },
  },
});
