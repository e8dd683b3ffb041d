/**
 * A tension-fence host of two zones (A, B) with six wires each that publishes MQTT.
 * The map is this project's own: no maker of tension fences was found to publish one. What a host says is a level:
 * true when the condition begins, false when it ends; a message carries only what changed.
 */
import { profile } from '../src/profile/profile.ts';

const wires = [1, 2, 3, 4, 5, 6] as const;
const zones = ['a', 'b'] as const;

const zonePoints = zones.flatMap((zone) => {
  const channel = zone.toUpperCase();
  const point = { keep: 'state', type: 'boolean', channel } as const;
  return [
    {
      ...point,
      key: `${zone}_climb`,
      title: { zh: `${channel}区 攀爬`, en: `Zone ${channel} climb` },
      alarm: { kind: 'climb', priority: 1, when: { is: true } },
    },
    {
      ...point,
      key: `${zone}_pull`,
      title: { zh: `${channel}区 拉紧`, en: `Zone ${channel} pull` },
      alarm: { kind: 'pull', priority: 1, when: { is: true } },
    },
    {
      ...point,
      key: `${zone}_cut`,
      title: { zh: `${channel}区 断线`, en: `Zone ${channel} cut` },
      alarm: { kind: 'cut', priority: 1, when: { is: true } },
    },
    {
      ...point,
      key: `${zone}_slack`,
      title: { zh: `${channel}区 松弛`, en: `Zone ${channel} slack` },
      alarm: { kind: 'slack', priority: 2, when: { is: true } },
    },
    {
      ...point,
      key: `${zone}_tamper`,
      title: { zh: `${channel}区 防拆`, en: `Zone ${channel} tamper` },
      alarm: { kind: 'tamper', priority: 2, when: { is: true }, always: true },
    },
  ] as const;
});

const wirePoints = zones.flatMap((zone) =>
  wires.map((wire) => {
    const channel = zone.toUpperCase();
    return {
      key: `${zone}_wire_${wire}`,
      title: { zh: `${channel}区 第${wire}线 张力`, en: `Zone ${channel} wire ${wire} tension` },
      keep: 'gauge',
      type: 'number',
      unit: 'N',
      quantity: 'tension',
      deadband: 1,
      channel,
    } as const;
  }),
);

export default profile({
  id: 'fence-host-mqtt',
  vendor: 'Gatehouse',
  model: 'tension fence host, MQTT, 2 zones',
  family: 'fence',
  title: { zh: '张力围栏主机（MQTT，双防区）', en: 'Tension fence host (MQTT, two zones)' },
  source:
    "This project's own topics and payloads, made from the alarm classes of GA/T 1032-2013. No maker stands behind them; a gateway box or a host with free MQTT templates can be set to send them.",
  staleMs: 10_000,
  commsPriority: 2,
  points: [
    ...zonePoints,
    ...wirePoints,
    {
      key: 'siren',
      title: { zh: '警号', en: 'Siren' },
      keep: 'state',
      type: 'boolean',
      writable: true,
    },
  ],
  wire: {
    protocol: 'mqtt',
    topics: [
      {
        name: 'event',
        id: 'id',
        taken: { field: 'taken', unit: 'ms' },
        points: {
          ...Object.fromEntries(zonePoints.map(({ key }) => [key, { field: key.replace('_', '.') }])),
          siren: { field: 'siren' },
        },
      },
      {
        name: 'tension',
        taken: { field: 'taken', unit: 'ms' },
        points: Object.fromEntries(
          zones.flatMap((zone) => wires.map((wire) => [`${zone}_wire_${wire}`, { field: `${zone}.${wire - 1}` }])),
        ),
      },
    ],
    status: { name: 'status', online: 'online', offline: 'offline' },
    writes: { siren: { name: 'siren', field: 'on' } },
  },
});
