/**
 * The vocabulary cameras share: the points a camera can have, and the topics the ONVIF specifications name for them.
 * A camera's profile picks its points and adds its maker's own topics. It must never hold what only one maker does.
 */
import type { PointSpec } from '../core/types.ts';
import { cameraPointTitles } from '../words/camera-words.ts';
import type { OnvifTopic } from './profile.ts';

const points = {
  motion: { title: cameraPointTitles.motion, keep: 'state', type: 'boolean', channel: 'view' },
  person: { title: cameraPointTitles.person, keep: 'state', type: 'boolean', channel: 'view' },
  vehicle: { title: cameraPointTitles.vehicle, keep: 'state', type: 'boolean', channel: 'view' },
  pet: { title: cameraPointTitles.pet, keep: 'state', type: 'boolean', channel: 'view' },
  intrusion: {
    title: cameraPointTitles.intrusion,
    keep: 'state',
    type: 'boolean',
    channel: 'view',
    alarm: { kind: 'intrusion', priority: 2, when: { is: true } },
  },
  line_crossed: {
    title: cameraPointTitles.line_crossed,
    keep: 'pulse',
    type: 'boolean',
    channel: 'view',
    alarm: { kind: 'intrusion', priority: 2, when: { is: true } },
  },
  masked: {
    title: cameraPointTitles.masked,
    keep: 'state',
    type: 'boolean',
    alarm: { kind: 'masked', priority: 2, when: { is: true }, always: true },
  },
  scene_change: {
    title: cameraPointTitles.scene_change,
    keep: 'state',
    type: 'boolean',
    alarm: { kind: 'tamper', priority: 3, when: { is: true }, always: true },
  },
  picture_poor: {
    title: cameraPointTitles.picture_poor,
    keep: 'state',
    type: 'boolean',
    alarm: { kind: 'fault', priority: 4, when: { is: true }, always: true },
  },
  video_lost: {
    title: cameraPointTitles.video_lost,
    keep: 'state',
    type: 'boolean',
    alarm: { kind: 'fault', priority: 2, when: { is: true }, always: true },
  },
  storage_failure: {
    title: cameraPointTitles.storage_failure,
    keep: 'state',
    type: 'boolean',
    alarm: { kind: 'fault', priority: 3, when: { is: true }, always: true },
  },
  digital_input: { title: cameraPointTitles.digital_input, keep: 'state', type: 'boolean' },
  relay: { title: cameraPointTitles.relay, keep: 'state', type: 'boolean' },
  last_reboot: { title: cameraPointTitles.last_reboot, keep: 'state', type: 'string' },
} as const satisfies Record<string, Omit<PointSpec, 'key'>>;

/** These points of a camera, in this order. */
export function cameraPoints(...keys: readonly (keyof typeof points)[]): PointSpec[] {
  return keys.map((key) => ({ key, ...points[key] }));
}

/** Every point that a camera of the standard topics can have, but for those only analytics knows. */
export const standardPoints = [
  'intrusion',
  'line_crossed',
  'masked',
  'scene_change',
  'picture_poor',
  'video_lost',
  'storage_failure',
  'digital_input',
  'relay',
  'last_reboot',
] as const;

/** The same trouble reported by each of the three services that may notice it. */
function byService(topic: string, point: string): OnvifTopic[] {
  const services = ['AnalyticsService', 'ImagingService', 'RecordingService'];
  return services.map((service) => ({ topic: `VideoSource/${topic}/${service}`, item: 'State', point }));
}

/** Topics of the ONVIF specifications. */
export const standardTopics: readonly OnvifTopic[] = [
  { topic: 'VideoSource/MotionAlarm', item: 'State', point: 'motion' },
  { topic: 'RuleEngine/CellMotionDetector/Motion', item: 'IsMotion', point: 'motion' },
  { topic: 'RuleEngine/MotionRegionDetector/Motion', item: 'State', point: 'motion' },
  { topic: 'RuleEngine/FieldDetector/ObjectsInside', item: 'IsInside', point: 'intrusion' },
  { topic: 'RuleEngine/FieldDetector/ObjectsInside', item: 'State', point: 'intrusion' },
  { topic: 'RuleEngine/FieldDetector', item: 'IsInside', point: 'intrusion' },
  { topic: 'RuleEngine/FieldDetector', item: 'State', point: 'intrusion' },
  { topic: 'RuleEngine/LineDetector/Crossed', point: 'line_crossed' },
  { topic: 'RuleEngine/TamperDetector/Tamper', item: 'IsTamper', point: 'masked' },
  { topic: 'RuleEngine/TamperDetector/Tamper', item: 'State', point: 'masked' },
  ...byService('GlobalSceneChange', 'scene_change'),
  ...byService('ImageTooBlurry', 'picture_poor'),
  ...byService('ImageTooDark', 'picture_poor'),
  ...byService('ImageTooBright', 'picture_poor'),
  { topic: 'VideoSource/SignalLoss', item: 'State', point: 'video_lost' },
  { topic: 'Device/HardwareFailure/StorageFailure', item: 'Failed', point: 'storage_failure' },
  { topic: 'Device/Trigger/DigitalInput', item: 'LogicalState', point: 'digital_input' },
  { topic: 'Device/Trigger/Relay', item: 'LogicalState', point: 'relay' },
  { topic: 'Monitoring/OperatingTime/LastReboot', item: 'Status', point: 'last_reboot' },
];
