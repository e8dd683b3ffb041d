/**
 * An online patrol reader: a guard touches it with a card at a checkpoint. It tells of itself every twenty seconds.
 * The map is this project's own; what a record holds (reader, card, time) follows the readers sold for GA/T 644.
 */
import { profile } from '../src/profile/profile.ts';

export default profile({
  id: 'patrol-reader-mqtt',
  vendor: 'Gatehouse',
  model: 'patrol reader, MQTT',
  family: 'reader',
  title: { zh: '在线巡更读卡器（MQTT）', en: 'Online patrol reader (MQTT)' },
  source: "This project's own topics and payloads. No maker stands behind them.",
  // Three beats of 20 s.
  staleMs: 60_000,
  commsPriority: 3,
  points: [
    { key: 'card', title: { zh: '刷卡', en: 'Card' }, keep: 'pulse', type: 'string', scan: true },
    {
      key: 'tamper',
      title: { zh: '防拆', en: 'Tamper' },
      keep: 'state',
      type: 'boolean',
      alarm: { kind: 'tamper', priority: 2, when: { is: true }, always: true },
    },
    {
      key: 'battery',
      title: { zh: '电量', en: 'Battery' },
      keep: 'gauge',
      type: 'number',
      unit: '%',
      deadband: 1,
      alarm: { kind: 'power', priority: 4, when: { below: 15, clear: 20 }, always: true },
    },
  ],
  wire: {
    protocol: 'mqtt',
    topics: [
      { name: 'scan', id: 'id', taken: { field: 'taken', unit: 'ms' }, points: { card: { field: 'card' } } },
      {
        name: 'beat',
        clock: { field: 'time', unit: 'ms' },
        points: { battery: { field: 'battery' }, tamper: { field: 'tamper' } },
      },
    ],
    status: { name: 'status', online: 'online', offline: 'offline' },
  },
});
