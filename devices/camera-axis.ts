/**
 * Axis cameras: one fixed pull-point address with a subscription id, renewals are required, states come as 0 and 1.
 * Object Analytics puts the scenario into the topic; the first two scenarios are mapped, as set up by the integrator.
 */
import { profile } from '../src/profile/profile.ts';
import { cameraPoints, standardPoints, standardTopics } from '../src/profile/profile-camera.ts';

export default profile({
  id: 'camera-axis',
  vendor: 'Axis',
  model: 'Network cameras, AXIS OS',
  family: 'camera',
  title: { zh: '安讯士摄像机', en: 'Axis camera' },
  source: 'Publicly reported notifications of Axis devices; the maker does not stand behind it.',
  staleMs: 60_000,
  commsPriority: 3,
  points: cameraPoints('motion', ...standardPoints),
  wire: {
    protocol: 'onvif',
    muteMs: 300_000,
    events: [
      ...standardTopics,
      { topic: 'CameraApplicationPlatform/ObjectAnalytics/Device1Scenario1', item: 'active', point: 'intrusion' },
      { topic: 'CameraApplicationPlatform/ObjectAnalytics/Device1Scenario2', item: 'active', point: 'intrusion' },
      { topic: 'CameraApplicationPlatform/VMD/Camera1ProfileANY', item: 'active', point: 'motion' },
      { topic: 'VideoSource/Tampering', item: 'tampering', point: 'masked' },
      { topic: 'Storage/Disruption', item: 'disruption', point: 'storage_failure' },
    ],
  },
});
