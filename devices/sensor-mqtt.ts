/**
 * A battery sensor of a room over MQTT: temperature, humidity, a leak, its battery, whichever it has. The fields are those that
 * Zigbee2MQTT publishes. A sensor that speaks when something changed, and else once an hour, may be silent for two.
 */
import { profile } from '../src/profile/profile.ts';

export default profile({
  id: 'sensor-mqtt',
  vendor: 'Generic',
  model: 'temperature, humidity, leak; JSON over MQTT',
  family: 'sensor',
  title: { zh: '环境传感器（MQTT，Zigbee2MQTT 字段）', en: 'Room sensor (MQTT, fields as of Zigbee2MQTT)' },
  source:
    'Zigbee2MQTT, “MQTT topics and messages”: JSON at zigbee2mqtt/FRIENDLY_NAME, where a / in the name makes a folder. Name the ' +
    'sensor <folder>/state and set its topic to zigbee2mqtt/<folder>. Fields temperature (°C), humidity (%), water_leak, battery (%), ' +
    'battery_low as its pages of devices list them. Its availability is told as JSON and not read: silence is told by time.',
  staleMs: 7_200_000,
  commsPriority: 2,
  points: [
    {
      key: 'temperature',
      title: { zh: '温度', en: 'Temperature' },
      keep: 'gauge',
      type: 'number',
      unit: '°C',
      quantity: 'temperature',
      range: [-40, 85],
      deadband: 0.1,
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
    {
      key: 'water_leak',
      title: { zh: '漏水', en: 'Water leak' },
      keep: 'state',
      type: 'boolean',
      alarm: { kind: 'water', priority: 2, when: { is: true }, always: true },
    },
    {
      key: 'battery',
      title: { zh: '电池电量', en: 'Battery' },
      keep: 'gauge',
      type: 'number',
      unit: '%',
      range: [0, 100],
      deadband: 1,
      // Most of these cells are flat within weeks of a tenth.
      alarm: { kind: 'fault', priority: 3, when: { below: 10, clear: 20 }, always: true },
    },
    {
      key: 'battery_low',
      title: { zh: '电池电量低', en: 'Battery low' },
      keep: 'state',
      type: 'boolean',
      alarm: { kind: 'fault', priority: 3, when: { is: true }, always: true },
    },
  ],
  wire: {
    protocol: 'mqtt',
    topics: [
      {
        name: 'state',
        points: {
          temperature: { field: 'temperature' },
          humidity: { field: 'humidity' },
          water_leak: { field: 'water_leak' },
          battery: { field: 'battery' },
          battery_low: { field: 'battery_low' },
        },
      },
    ],
  },
});
