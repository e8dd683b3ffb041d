/**
 * What has happened at the test school, told for the whole life of alarms: people under way, an incident, shelves, a flood,
 * weather, a walk test, an open way in. Facts only; the real core folds them.
 */
import { campus } from './campus.ts';
import { alarmDay, type Dated, quietDay, raised } from './scenes.ts';

const second = 1_000;
const minute = 60 * second;
const clock = (time: string) => Date.parse(`2026-11-23T${time}+08:00`);
const duty = '王建国';

/** These facts are about the alarm of this key. */
const about = (of: string, ...facts: Dated[]): Dated[] => facts.map((fact) => ({ ...fact, of }));

/** Every step of handling on one alarm or another, as an afternoon leaves it. */
function inHand(): Dated[] {
  return [
    ...about(
      'z6/cut',
      { kind: 'dispatched', alarm: -1, by: duty, to: 'li', ago: 245 * second },
      { kind: 'accepted', alarm: -1, by: '李强', ago: 230 * second },
      { kind: 'arrived', alarm: -1, by: 'li', how: 'scan', ago: 60 * second },
      { kind: 'noted', alarm: -1, by: '李强', text: '树枝压断了第三根线，人没有进来', ago: 50 * second },
    ),
    raised('z2/climb', { zone: 'z2', cause: 'fence/tension_2', active: false, value: 40 }, 9 * minute),
    ...about(
      'z2/climb',
      { kind: 'acknowledged', alarm: -1, by: duty, ago: 530 * second },
      { kind: 'disposed', alarm: -1, by: duty, reason: 'A3', note: '初二学生捡球', ago: 400 * second },
    ),
    raised('z1/pull', { zone: 'z1', alarm: 'pull', priority: 2, cause: 'fence/tension_1' }, 12 * minute),
    ...about('z1/pull', {
      kind: 'shelved',
      alarm: -1,
      key: 'z1/pull',
      by: duty,
      reason: '大风，树枝碰线',
      until: clock('16:10:00'),
      ago: 690 * second,
    }),
    raised(
      'z3/drift',
      { zone: 'z3', alarm: 'drift', priority: 4, cause: 'detection/z3/drift.2', value: 14 },
      40 * minute,
    ),
  ];
}

/** The climb in full: both the device and the gateway decided, it was seen, nobody acknowledged, the next zone followed. */
function climbing(): Dated[] {
  const sense = { kind: 'detected', zone: 'z4', device: 'fence', active: true, ago: 37 * second } as const;
  return [
    { ...sense, detection: 'climb', value: 184, limit: 30, sinceMs: 900 },
    { ...sense, detection: 'pull', wire: 0, value: 201, limit: 12 },
    ...about(
      'z4/climb',
      {
        kind: 'repeated',
        alarm: -1,
        device: 'fence',
        cause: 'detection/z4/climb',
        active: true,
        priority: 1,
        ago: 37 * second,
      },
      { kind: 'displayed', alarm: -1, by: 'wall', page: 'wall', ago: 37 * second },
      { kind: 'displayed', alarm: -1, by: duty, page: 'console', ago: 35 * second },
      {
        kind: 'escalated',
        alarm: -1,
        level: 1,
        roles: ['head'],
        channels: ['wecom'],
        why: 'unacknowledged',
        ago: 8 * second,
      },
      { kind: 'done', duty: 'notify/-1/1/wecom', ok: true, ago: 7 * second },
    ),
    raised('z5/pull', { zone: 'z5', alarm: 'pull', cause: 'fence/tension_5', value: 31 }, 33 * second),
    { kind: 'joined', alarm: -1, incident: -1, into: 'z4/climb', why: 'neighbour', ago: 33 * second },
  ];
}

/** A busy afternoon: two zones in one incident that nobody has acknowledged, and others in every step of handling. */
export function busyDay(): Dated[] {
  return [...alarmDay(), ...inHand(), ...climbing()];
}

/** Fifteen alarms in three minutes, of every priority; the gateway calls it a flood. */
export function floodDay(): Dated[] {
  const zones = Object.keys(campus.zones);
  const cameras = Object.values(campus.devices).filter((d) => d.family === 'camera');
  return [
    ...quietDay(),
    ...zones.map((zone, i) => {
      const priority = i < 3 ? 1 : 2;
      return raised(
        `${zone}/pull`,
        { zone, alarm: 'pull', priority, cause: `fence/tension_${i + 1}` },
        (170 - 9 * i) * second,
      );
    }),
    ...cameras.map(({ id }, i) =>
      raised(
        `${id}/masked`,
        { alarm: 'masked', priority: 3, device: id, cause: `${id}/masked` },
        (90 - 7 * i) * second,
      ),
    ),
    ...['r1', 'r2', 'r3'].map((id, i) =>
      raised(`${id}/comms`, { alarm: 'comms', priority: 3, device: id, cause: `${id}/link` }, (50 - 5 * i) * second),
    ),
    { kind: 'flooded', on: true, count: 11, ago: 61 * second },
  ];
}

/** Five zones pull the same way within a minute: weather, and one incident. */
export function weatherDay(): Dated[] {
  return [
    ...quietDay(),
    ...['z4', 'z5', 'z6', 'z7', 'z1'].flatMap((zone, i): Dated[] => {
      const ago = (58 - 6 * i) * second;
      const cause = `fence/tension_${zone.slice(1)}`;
      const why = i < 3 ? 'neighbour' : 'weather';
      return [
        raised(`${zone}/pull`, { zone, alarm: 'pull', cause }, ago),
        ...(i === 0 ? [] : [{ kind: 'joined', alarm: -1, incident: -1, into: 'z4/pull', why, ago } as const]),
      ];
    }),
  ];
}

/** A walk test of two zones under way, one touch counted. */
export function walkDay(): Dated[] {
  return [
    ...quietDay(),
    { kind: 'walk-started', zones: ['z4', 'z5'], by: duty, until: clock('14:59:47'), active: [], ago: 140 * second },
    {
      kind: 'zone-tested',
      zone: 'z4',
      alarm: 'climb',
      cause: 'fence/tension_4',
      active: false,
      ms: 1_100,
      ago: 80 * second,
    },
  ];
}

/** Somebody came in through zone three twenty seconds ago and has not unset the area. */
export function entryDay(): Dated[] {
  const held = { key: 'z3/pull', alarm: 'pull', priority: 1, device: 'fence', zone: 'z3', active: true } as const;
  return [
    ...quietDay(),
    { kind: 'area-armed', area: 'ground', mode: 'away', by: 'schedule', ago: 60 * minute },
    {
      kind: 'entry-started',
      area: 'ground',
      until: clock('14:32:32'),
      held: { ...held, cause: 'fence/tension_3' },
      ago: 20 * second,
    },
  ];
}
