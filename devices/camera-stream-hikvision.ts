/**
 * A Hikvision camera or recorder by its own event stream (ISAPI alertStream): for models whose ONVIF leaves events out, and for
 * recorders, whose channels all come through one connection. It repeats what lasts about once a second and often does not tell its
 * end, so a state is over when it was not repeated for ten seconds. On a recorder tick "Notify Surveillance Center" for each event.
 */
import { profile } from '../src/profile/profile.ts';
import { cameraPoints } from '../src/profile/profile-camera.ts';

export default profile({
  id: 'camera-stream-hikvision',
  vendor: 'Hikvision',
  model: 'Camera or recorder, ISAPI event stream',
  family: 'camera',
  title: { zh: '海康威视摄像机（ISAPI 事件流）', en: 'Hikvision camera (ISAPI event stream)' },
  source:
    'Event names and fields as public clients of alertStream read them (pyhik of Home Assistant, node-red-contrib-hikvision-ultimate, ' +
    'the openHAB binding). No maker’s document was at hand, and no device was tried.',
  staleMs: 150_000,
  commsPriority: 3,
  points: cameraPoints(
    'motion',
    'intrusion',
    'line_crossed',
    'masked',
    'scene_change',
    'picture_poor',
    'video_lost',
    'storage_failure',
    'digital_input',
  ),
  wire: {
    protocol: 'http-stream',
    path: '/ISAPI/Event/notification/alertStream',
    reads: 'xml',
    fields: {
      event: ['EventNotificationAlert.eventType'],
      state: ['EventNotificationAlert.eventState'],
      channel: ['EventNotificationAlert.dynChannelID', 'EventNotificationAlert.channelID'],
    },
    states: { active: 'on', inactive: 'off' },
    firstChannel: 1,
    events: [
      { event: 'VMD', point: 'motion' },
      { event: 'PIR', point: 'motion' },
      { event: 'fielddetection', point: 'intrusion' },
      { event: 'regionEntrance', point: 'intrusion' },
      { event: 'linedetection', point: 'line_crossed' },
      { event: 'shelteralarm', point: 'masked' },
      { event: 'tamperdetection', point: 'masked' },
      { event: 'scenechangedetection', point: 'scene_change' },
      { event: 'defocus', point: 'picture_poor' },
      { event: 'videoloss', point: 'video_lost' },
      { event: 'diskerror', point: 'storage_failure' },
      { event: 'diskfull', point: 'storage_failure' },
      { event: 'IO', point: 'digital_input' },
    ],
    // What an idle stream says so that it is not taken for dead.
    beats: [{ event: 'videoloss', state: 'inactive' }],
    ignored: ['illaccess', 'ipconflict', 'nicbroken', 'badvideo', 'duration'],
    // Heartbeats come every some ten seconds; public clients wait one minute for the next.
    idleMs: 60_000,
    holdMs: 10_000,
    snapshot: '/ISAPI/Streaming/channels/{channel}01/picture',
    video: { large: '/Streaming/Channels/{channel}01', small: '/Streaming/Channels/{channel}02' },
  },
});
