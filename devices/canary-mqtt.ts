/**
 * The test device of the canary: it says the number of the canary that is on its way, and nothing else. The gateway itself speaks for it at
 * its embedded broker, once a day; no such device is bought or wired.
 */
import { profile } from '../src/profile/profile.ts';

export default profile({
  id: 'canary-mqtt',
  vendor: 'Gatehouse',
  model: 'test device of the canary',
  family: 'input',
  title: { zh: '链路自检用的测试设备', en: 'Test device of the canary' },
  source: 'This project’s own topic and payload; the gateway publishes them itself.',
  // Its silence is no alarm: it is there for a moment each day.
  staleMs: 180_000,
  commsPriority: 3,
  points: [{ key: 'run', title: { zh: '自检编号', en: 'Number of the canary' }, keep: 'pulse', type: 'string' }],
  wire: { protocol: 'mqtt', topics: [{ name: 'event', id: 'id', points: { run: { field: 'run' } } }] },
});
