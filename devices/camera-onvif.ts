/**
 * Any camera that speaks the standard ONVIF topics, with the few vendor topics that many makers share.
 * For cameras without a profile of their own. It must never name topics whose meaning differs between makers.
 */
import { profile } from '../src/profile/profile.ts';
import { cameraPoints, standardPoints, standardTopics } from '../src/profile/profile-camera.ts';

export default profile({
  id: 'camera-onvif',
  vendor: 'any',
  model: 'ONVIF Profile S or T camera',
  family: 'camera',
  title: { zh: 'ONVIF 摄像机', en: 'ONVIF camera' },
  source:
    'Topic names of the ONVIF Core and Analytics specifications and of openly published parsers; no maker stands behind it.',
  staleMs: 60_000,
  commsPriority: 3,
  points: cameraPoints('motion', 'person', 'vehicle', 'pet', ...standardPoints),
  wire: {
    protocol: 'onvif',
    muteMs: 300_000,
    events: [
      ...standardTopics,
      { topic: 'RuleEngine/MyRuleDetector/PeopleDetect', item: 'State', point: 'person' },
      { topic: 'RuleEngine/MyRuleDetector/VehicleDetect', item: 'State', point: 'vehicle' },
      { topic: 'RuleEngine/MyRuleDetector/DogCatDetect', item: 'State', point: 'pet' },
      { topic: 'UserAlarm/IVA/HumanShapeDetect', item: 'State', point: 'person' },
      { topic: 'VehicleAlarm/IVB/VehicleDetect', item: 'State', point: 'vehicle' },
      { topic: 'Device/Trigger/MotionDetector', item: 'State', point: 'motion' },
      { topic: 'UserAlarm/VideoCover', item: 'State', point: 'masked' },
      { topic: 'UserAlarm/VideoLost', item: 'State', point: 'video_lost' },
    ],
  },
});
