/**
 * A box of analytics that watches a kitchen and can only post over HTTP, or publish over MQTT: this is the shape we ask of it. `event` is one
 * of the point keys below, `id` its own number for it, `time` its clock in ms, `certainty` 0 to 1; the picture, a JPEG, goes to `picture`
 * right after. A box that says other words wants a model of its own, with `map`.
 */
import { profile } from '../src/profile/profile.ts';
import { kitchenKeys, kitchenPoints } from '../src/profile/profile-kitchen.ts';

export default profile({
  id: 'kitchen-ai-push',
  vendor: 'Generic',
  model: 'analytics of a kitchen, by HTTP push or MQTT',
  family: 'input',
  title: { zh: '后厨 AI 分析盒（HTTP 推送或 MQTT）', en: 'Kitchen analytics (HTTP push or MQTT)' },
  source: 'Gatehouse’s own shape; no maker stands behind it.',
  staleMs: 180_000,
  commsPriority: 3,
  points: kitchenPoints(),
  wire: {
    protocol: 'mqtt',
    topics: [
      {
        name: 'event',
        id: 'id',
        taken: { field: 'time', unit: 'ms' },
        certainty: 'certainty',
        points: Object.fromEntries(
          kitchenKeys.map((key) => [key, { field: 'event', map: { [key]: true }, only: { event: [key] } }]),
        ),
      },
      { name: 'picture', payload: 'picture', points: {} },
      { name: 'beat', points: {} },
    ],
  },
});
