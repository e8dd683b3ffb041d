/**
 * A camera's events as it publishes them by itself over MQTT (ONVIF Profile M, event broker), to the embedded broker. It brings events
 * and no pictures: those come by a device of their own on an ONVIF line. It must name no state that has several sources in one camera,
 * for over MQTT nobody says which of them stand when one ends.
 */
import { profile } from '../src/profile/profile.ts';
import { cameraPoints } from '../src/profile/profile-camera.ts';

/** Whether something is so, in the words of the specification and of firmware. */
const words = { true: true, false: false, '1': true, '0': false, active: true, inactive: false };

const topics: readonly (readonly [topic: string, item: string, point: string])[] = [
  ['VideoSource/MotionAlarm', 'State', 'motion'],
  ['RuleEngine/TamperDetector/Tamper', 'IsTamper', 'masked'],
  ['VideoSource/GlobalSceneChange/ImagingService', 'State', 'scene_change'],
  ['VideoSource/ImageTooBlurry/ImagingService', 'State', 'picture_poor'],
  ['VideoSource/SignalLoss', 'State', 'video_lost'],
  ['Device/HardwareFailure/StorageFailure', 'Failed', 'storage_failure'],
  ['Device/Trigger/DigitalInput', 'LogicalState', 'digital_input'],
  ['Device/Trigger/Relay', 'LogicalState', 'relay'],
];

export default profile({
  id: 'camera-profile-m-mqtt',
  vendor: 'any',
  model: 'ONVIF Profile M camera with an event broker (MQTT)',
  family: 'camera',
  title: { zh: 'ONVIF 摄像机事件（MQTT）', en: 'ONVIF camera events (MQTT)' },
  source:
    'Topic structure and JSON payload of the ONVIF Core Specification, chapter Event Broker; topics of the ONVIF topic namespace. No camera was tried.',
  // Whether it is connected the broker knows by its keep-alive; a quiet room may say nothing for a day.
  staleMs: 86_400_000,
  commsPriority: 3,
  points: cameraPoints(
    'motion',
    'masked',
    'scene_change',
    'picture_poor',
    'video_lost',
    'storage_failure',
    'digital_input',
    'relay',
  ),
  wire: {
    protocol: 'mqtt',
    topics: topics.map(([topic, item, point]) => ({
      name: `onvif-ej/${topic}`,
      taken: { field: 'UtcTime', unit: 'iso' as const },
      points: { [point]: { field: `Data.${item}`, map: words } },
    })),
  },
});
