/**
 * The vocabulary cameras share: the points a camera can have, and the topics the ONVIF specifications name for them.
 * A camera's profile picks its points and adds its maker's own topics. It must never hold what only one maker does.
 */
import type { PointSpec } from '../core/types.ts';
import type { OnvifTopic } from './profile.ts';

const points = {
  motion: { title: { zh: '画面有动静', en: 'Motion' }, keep: 'state', type: 'boolean', channel: 'view' },
  person: { title: { zh: '发现人', en: 'Person seen' }, keep: 'state', type: 'boolean', channel: 'view' },
  vehicle: { title: { zh: '发现车辆', en: 'Vehicle seen' }, keep: 'state', type: 'boolean', channel: 'view' },
  pet: { title: { zh: '发现动物', en: 'Pet seen' }, keep: 'state', type: 'boolean', channel: 'view' },
  intrusion: {
    title: { zh: '区域闯入', en: 'Somebody in the guarded field' },
    keep: 'state',
    type: 'boolean',
    channel: 'view',
    alarm: { kind: 'intrusion', priority: 2, when: { is: true } },
  },
  line_crossed: {
    title: { zh: '越线', en: 'Line crossed' },
    keep: 'pulse',
    type: 'boolean',
    channel: 'view',
    alarm: { kind: 'intrusion', priority: 2, when: { is: true } },
  },
  masked: {
    title: { zh: '镜头被遮挡', en: 'Camera masked' },
    keep: 'state',
    type: 'boolean',
    alarm: { kind: 'masked', priority: 2, when: { is: true }, always: true },
  },
  scene_change: {
    title: { zh: '画面变动（可能被移动）', en: 'Scene changed, camera perhaps moved' },
    keep: 'state',
    type: 'boolean',
    alarm: { kind: 'tamper', priority: 3, when: { is: true }, always: true },
  },
  picture_poor: {
    title: { zh: '画面过暗、过亮或模糊', en: 'Picture too dark, bright or blurred' },
    keep: 'state',
    type: 'boolean',
    alarm: { kind: 'fault', priority: 4, when: { is: true }, always: true },
  },
  video_lost: {
    title: { zh: '视频丢失', en: 'Video lost' },
    keep: 'state',
    type: 'boolean',
    alarm: { kind: 'fault', priority: 2, when: { is: true }, always: true },
  },
  storage_failure: {
    title: { zh: '存储故障', en: 'Storage failure' },
    keep: 'state',
    type: 'boolean',
    alarm: { kind: 'fault', priority: 3, when: { is: true }, always: true },
  },
  digital_input: { title: { zh: '报警输入', en: 'Digital input' }, keep: 'state', type: 'boolean' },
  relay: { title: { zh: '报警输出', en: 'Relay output' }, keep: 'state', type: 'boolean' },
  last_reboot: { title: { zh: '上次重启', en: 'Last reboot' }, keep: 'state', type: 'string' },
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
