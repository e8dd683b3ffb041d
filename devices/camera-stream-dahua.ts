/**
 * A Dahua camera or recorder by its own event stream (eventManager.cgi): all channels of a recorder through one connection, and events
 * that its ONVIF leaves out. It has a small number of attachments and answers HTTP 400 when they are used up; each must be given back.
 */
import { profile } from '../src/profile/profile.ts';
import { cameraPoints } from '../src/profile/profile-camera.ts';
import { kitchenPoints } from '../src/profile/profile-kitchen.ts';

export default profile({
  id: 'camera-stream-dahua',
  vendor: 'Dahua',
  model: 'Camera or recorder, event manager stream',
  family: 'camera',
  title: { zh: '大华摄像机（事件流）', en: 'Dahua camera (event stream)' },
  source:
    'Codes and shapes as public clients of eventManager.cgi read them (the Dahua integration of Home Assistant, dahua2mqtt, python-amcrest ' +
    'for getEventIndexes, and a client that quotes the HTTP API manual for FireDetection and WorkClothesDetection). No device was tried.',
  staleMs: 60_000,
  commsPriority: 3,
  points: [
    ...kitchenPoints('no_uniform'),
    ...cameraPoints(
      'motion',
      'person',
      'vehicle',
      'intrusion',
      'line_crossed',
      'masked',
      'scene_change',
      'picture_poor',
      'video_lost',
      'storage_failure',
      'digital_input',
    ),
  ],
  wire: {
    protocol: 'http-stream',
    path: '/cgi-bin/eventManager.cgi?action=attach&codes=[All]&heartbeat=5',
    reads: 'code',
    fields: {
      event: ['Code', 'EventBaseInfo.Code'],
      state: ['action', 'Action', 'EventBaseInfo.Action'],
      channel: ['index', 'Index', 'EventBaseInfo.Index'],
    },
    states: { Start: 'on', Stop: 'off', Pulse: 'pulse' },
    firstChannel: 0,
    events: [
      { event: 'VideoMotion', point: 'motion' },
      { event: 'SmartMotionHuman', point: 'person' },
      { event: 'SmartMotionVehicle', point: 'vehicle' },
      { event: 'CrossRegionDetection', point: 'intrusion' },
      { event: 'CrossLineDetection', point: 'line_crossed' },
      { event: 'VideoBlind', point: 'masked' },
      { event: 'VideoAbnormalDetection', point: 'scene_change' },
      { event: 'SceneChange', point: 'scene_change' },
      { event: 'VideoUnFocus', point: 'picture_poor' },
      { event: 'VideoLoss', point: 'video_lost' },
      { event: 'StorageFailure', point: 'storage_failure' },
      { event: 'StorageNotExist', point: 'storage_failure' },
      { event: 'AlarmLocal', point: 'digital_input' },
      { event: 'WorkClothesDetection', point: 'no_uniform' },
    ],
    beats: [{ event: 'Heartbeat' }],
    ignored: [
      'NTPAdjustTime',
      'TimeChange',
      'VideoMotionInfo',
      'NewFile',
      'IntelliFrame',
      'RtspSessionDisconnect',
      'Reboot',
      'LeFunctionStatusSync',
      'InterVideoAccess',
      'LoginFailure',
      'UserManage',
      'NetMonitor',
      'SystemState',
      'AlarmOutput',
    ],
    // Four heartbeats.
    idleMs: 20_000,
    standing: '/cgi-bin/eventManager.cgi?action=getEventIndexes&code={event}',
    snapshot: '/cgi-bin/snapshot.cgi?channel={channel}',
    video: {
      large: '/cam/realmonitor?channel={channel}&subtype=0',
      small: '/cam/realmonitor?channel={channel}&subtype=1',
    },
  },
});
