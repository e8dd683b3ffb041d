/**
 * TP-Link Tapo and VIGI cameras: device service on port 2020, UsernameToken without Digest, the source token is `vsconf`,
 * times of 1970 before the first clock setting, and trouble when renewed too often. The C200 may send no events at all.
 */
import { profile } from '../src/profile/profile.ts';
import { cameraPoints } from '../src/profile/profile-camera.ts';

export default profile({
  id: 'camera-tapo',
  vendor: 'TP-Link',
  model: 'Tapo and VIGI cameras with ONVIF',
  family: 'camera',
  title: { zh: 'TP-Link 摄像机', en: 'TP-Link Tapo camera' },
  source: 'Recorded notifications in openly published parsers (C250, C200); the maker does not stand behind it.',
  staleMs: 60_000,
  commsPriority: 3,
  points: cameraPoints('motion', 'person', 'vehicle', 'pet', 'intrusion', 'line_crossed', 'masked'),
  wire: {
    protocol: 'onvif',
    auth: 'usernametoken',
    muteMs: 300_000,
    events: [
      { topic: 'VideoSource/MotionAlarm', item: 'State', point: 'motion' },
      { topic: 'RuleEngine/CellMotionDetector/Motion', item: 'IsMotion', point: 'motion' },
      { topic: 'RuleEngine/CellMotionDetector/Intrusion', item: 'IsIntrusion', point: 'intrusion' },
      { topic: 'RuleEngine/CellMotionDetector/LineCross', item: 'IsLineCross', point: 'line_crossed' },
      { topic: 'RuleEngine/LineCrossDetector/LineCross', item: 'IsLineCross', point: 'line_crossed' },
      { topic: 'RuleEngine/CellMotionDetector/People', item: 'IsPeople', point: 'person' },
      { topic: 'RuleEngine/PeopleDetector/People', item: 'IsPeople', point: 'person' },
      { topic: 'RuleEngine/CellMotionDetector/Tamper', item: 'IsTamper', point: 'masked' },
      { topic: 'RuleEngine/TamperDetector/Tamper', item: 'IsTamper', point: 'masked' },
      { topic: 'RuleEngine/CellMotionDetector/TpSmartEvent', item: 'IsPeople', point: 'person' },
      { topic: 'RuleEngine/CellMotionDetector/TpSmartEvent', item: 'IsVehicle', point: 'vehicle' },
      { topic: 'RuleEngine/CellMotionDetector/TpSmartEvent', item: 'IsPet', point: 'pet' },
      { topic: 'RuleEngine/TPSmartEventDetector/TPSmartEvent', item: 'IsPeople', point: 'person' },
      { topic: 'RuleEngine/TPSmartEventDetector/TPSmartEvent', item: 'IsVehicle', point: 'vehicle' },
      { topic: 'RuleEngine/TPSmartEventDetector/TPSmartEvent', item: 'IsPet', point: 'pet' },
    ],
  },
});
