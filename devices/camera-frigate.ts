/**
 * A camera of a Frigate server, by what it publishes over MQTT: reviews (a stretch of time in which something happened), tracked objects,
 * motion, frames per second, and a picture of each object. `topic` is the server's `topic_prefix`, `channel` the camera's name in it. A
 * detector trained on kitchens is heard when its labels are called as the points here.
 */
import { profile } from '../src/profile/profile.ts';
import { cameraPoints } from '../src/profile/profile-camera.ts';
import { kitchenKeys, kitchenPoints } from '../src/profile/profile-kitchen.ts';

/** A tracked object counts once, however often it is updated: its id says which it is. False positives are none until they are. */
const seen = (...labels: readonly string[]) => ({
  field: 'type',
  map: { new: true, update: true, end: true },
  only: { 'after.label': labels, 'after.false_positive': ['false'] },
});

export default profile({
  id: 'camera-frigate',
  vendor: 'Frigate',
  model: 'Camera of a Frigate server, 0.14 or newer',
  family: 'camera',
  title: { zh: 'Frigate 摄像机（MQTT）', en: 'Frigate camera (MQTT)' },
  source:
    'Topics and fields as Frigate’s own documentation has them (frigate/events, reviews, available, stats, <camera>/motion, ' +
    '<camera>/<label>/snapshot). No server was tried.',
  // It publishes its figures once a minute unless set otherwise; two and a half of them.
  staleMs: 150_000,
  commsPriority: 3,
  points: [
    ...kitchenPoints(),
    ...cameraPoints('motion', 'intrusion'),
    {
      key: 'camera_fps',
      title: { zh: '采集帧率', en: 'Frames per second' },
      keep: 'gauge',
      type: 'number',
      unit: 'fps',
      deadband: 1,
      alarm: { kind: 'fault', priority: 3, when: { below: 0.5, clear: 1 }, always: true },
    },
  ],
  wire: {
    protocol: 'mqtt',
    channels: true,
    topics: [
      {
        name: 'reviews',
        of: 'after.camera',
        points: {
          intrusion: {
            field: 'type',
            map: { new: true, update: true, end: false },
            only: { 'after.severity': ['alert'] },
          },
        },
      },
      {
        name: 'events',
        of: 'after.camera',
        id: 'after.id',
        certainty: 'after.top_score',
        points: Object.fromEntries(
          kitchenKeys.map((key) => [key, key === 'rodent' ? seen(key, 'rat', 'mouse') : seen(key)]),
        ),
      },
      {
        name: '{channel}/motion',
        payload: 'bare',
        points: { motion: { field: 'value', map: { ON: true, OFF: false } } },
      },
      { name: 'stats', points: { camera_fps: { field: 'cameras.{channel}.camera_fps' } } },
      ...kitchenKeys.map((key) => ({ name: `{channel}/${key}/snapshot`, payload: 'picture' as const, points: {} })),
      { name: '{channel}/rat/snapshot', payload: 'picture', points: {} },
      { name: '{channel}/mouse/snapshot', payload: 'picture', points: {} },
    ],
    status: { name: 'available', online: 'online', offline: 'offline' },
  },
});
