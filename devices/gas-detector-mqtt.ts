/** A detector of combustible gas that publishes JSON: level, and what it decided itself. Our own topics, for a gateway box to send. */
import { profile } from '../src/profile/profile.ts';

export default profile({
  id: 'gas-detector-mqtt',
  vendor: 'Gatehouse',
  model: 'combustible gas detector, MQTT',
  family: 'sensor',
  title: { zh: '可燃气体探测器（MQTT）', en: 'Combustible gas detector (MQTT)' },
  source:
    'This project’s own topics and payloads. `gas` (true or false) is the field Zigbee2MQTT has for such detectors; level in %LEL, ' +
    'high and fault are ours. A detector sends at least once a minute.',
  staleMs: 180_000,
  commsPriority: 1,
  points: [
    {
      key: 'level',
      title: { zh: '可燃气体浓度', en: 'Combustible gas' },
      keep: 'gauge',
      type: 'number',
      unit: '%LEL',
      quantity: 'gas',
      range: [-5, 100],
      deadband: 1,
      alarm: { kind: 'gas', priority: 2, when: { above: 10, clear: 7 }, always: true },
    },
    {
      key: 'gas',
      title: { zh: '燃气报警', en: 'Gas alarm' },
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
  ],
  wire: {
    protocol: 'mqtt',
    topics: [
      {
        name: 'state',
        points: { level: { field: 'level' }, gas: { field: 'gas' }, sensor_fault: { field: 'fault' } },
      },
    ],
    status: { name: 'status', online: 'online', offline: 'offline' },
  },
});
