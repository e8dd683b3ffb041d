/**
 * A school with a fence all around: twelve zones in a ring, each guarded over two protocols, a camera on zone four and
 * five, a reader at zone four where a round passes. For what only a whole fence can show: incidents, floods, figures.
 */
import type { AlarmKind, Device, Point, Priority, Site, Zone } from '../../src/core/types.ts';
import { minute, school } from './school.ts';

const words = (zh: string) => ({ zh, en: zh });

const bit = (key: AlarmKind, priority: Priority, zone?: string): Point => ({
  key,
  title: words(key),
  keep: 'state',
  type: 'boolean',
  alarm: { kind: key, priority, when: { is: true }, always: true },
  ...(zone !== undefined && { zone }),
});

function device(id: string, line: string, points: Point[], more: Partial<Device> = {}): Device {
  return {
    id,
    title: words(id),
    family: 'fence',
    profile: 'test',
    line,
    staleMs: 5_000,
    commsPriority: 2,
    points: Object.fromEntries(points.map((point) => [point.key, point])),
    zones: [...new Set(points.flatMap((point) => (point.zone ? [point.zone] : [])))],
    ...more,
  };
}

export const zoneCount = 12;
export const zoneIds: readonly string[] = Array.from({ length: zoneCount }, (_, i) => `z${i + 1}`);
const watched: Partial<Record<string, Partial<Zone>>> = {
  z4: { camera: 'cam', reader: 'r4' },
  z5: { camera: 'cam' },
};
const wires = (zone: string, tamper: Priority) => [
  bit('climb', 1, zone),
  bit('pull', 1, zone),
  bit('cut', 1, zone),
  bit('slack', 2, zone),
  bit('tamper', tamper, zone),
];
const scan: Point = { key: 'scan', title: words('scan'), keep: 'pulse', type: 'string', scan: true };

/** `m<n>` guards zone n over Modbus, `q<n>` over MQTT, which thinks less of an open lid. */
const devices: readonly Device[] = [
  ...zoneIds.map((zone, i) => device(`m${i + 1}`, i < 6 ? 'bus-a' : 'bus-b', wires(zone, 2))),
  ...zoneIds.map((zone, i) => device(`q${i + 1}`, 'mqtt', wires(zone, 3))),
  device('cam', 'cam', [bit('masked', 2), bit('motion', 3)], { family: 'camera', zones: [] }),
  device('canteen', 'canteen', [bit('masked', 3), bit('motion', 3)], { family: 'camera', zones: [] }),
  device('r4', 'mqtt', [scan, bit('tamper', 2), bit('power', 4)], { family: 'reader', zones: [] }),
];

export const ring: Site = {
  ...school,
  zones: Object.fromEntries(
    zoneIds.map((id, i) => [id, { id, number: i + 1, title: words(id), path: [], ...watched[id] }]),
  ),
  devices: Object.fromEntries(devices.map((d) => [d.id, d])),
  routes: {
    night: {
      id: 'night',
      title: words('夜巡'),
      ordered: false,
      checkpoints: [
        {
          id: 'p4',
          title: words('p4'),
          reader: 'r4',
          afterMs: 10 * minute,
          earlyMs: 2 * minute,
          lateMs: 3 * minute,
          missMs: 8 * minute,
        },
      ],
      rounds: [{ days: [0, 1, 2, 3, 4, 5, 6], start: 20 * 60, person: 'li' }],
    },
  },
};
