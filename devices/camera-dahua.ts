/**
 * Dahua cameras and their rebrands (Amcrest, Lorex). A broken summer-time setting shifts their clock: the driver signs with
 * the offset it measured. Motion comes twice, as MotionAlarm and as CellMotionDetector; both feed one point.
 */
import { profile } from '../src/profile/profile.ts';
import { cameraPoints, standardPoints, standardTopics } from '../src/profile/profile-camera.ts';

export default profile({
  id: 'camera-dahua',
  vendor: 'Dahua',
  model: 'IP cameras, ONVIF enabled (also Amcrest, Lorex)',
  family: 'camera',
  title: { zh: '大华摄像机', en: 'Dahua camera' },
  source: 'Publicly reported notifications of Dahua devices; the maker does not stand behind it.',
  staleMs: 60_000,
  commsPriority: 3,
  points: cameraPoints('motion', 'person', 'vehicle', ...standardPoints),
  wire: {
    protocol: 'onvif',
    muteMs: 300_000,
    events: [
      ...standardTopics,
      { topic: 'UserAlarm/IVA/HumanShapeDetect', item: 'State', point: 'person' },
      { topic: 'VehicleAlarm/IVB/VehicleDetect', item: 'State', point: 'vehicle' },
      { topic: 'UserAlarm/VideoCover', item: 'State', point: 'masked' },
      { topic: 'UserAlarm/VideoLost', item: 'State', point: 'video_lost' },
    ],
  },
});
