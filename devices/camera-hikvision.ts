/**
 * Hikvision cameras and recorders and their rebrands: `tnshik` topics, capital FALSE, UtcTime without a zone.
 * ONVIF must be switched on and have a user of its own in the web page of the camera. Line crossing fires once and never clears.
 */
import { profile } from '../src/profile/profile.ts';
import { cameraPoints, standardPoints, standardTopics } from '../src/profile/profile-camera.ts';

export default profile({
  id: 'camera-hikvision',
  vendor: 'Hikvision',
  model: 'IP cameras and recorders, ONVIF enabled',
  family: 'camera',
  title: { zh: '海康威视摄像机', en: 'Hikvision camera' },
  source: 'Recorded and publicly reported notifications of Hikvision devices; the maker does not stand behind it.',
  staleMs: 60_000,
  commsPriority: 3,
  points: cameraPoints('motion', ...standardPoints),
  wire: {
    protocol: 'onvif',
    muteMs: 300_000,
    events: [
      ...standardTopics,
      { topic: 'VideoAnalytics/MotionAlarm', item: 'State', point: 'motion' },
      { topic: 'VideoAnalytics/MaskAlarm', item: 'State', point: 'masked' },
      { topic: 'UserAlarm/VideoCover', item: 'State', point: 'masked' },
      { topic: 'UserAlarm/VideoLost', item: 'State', point: 'video_lost' },
      { topic: 'Device/Trigger/AlarmIn', item: 'State', point: 'digital_input' },
    ],
  },
});
