/**
 * Areas, schedules, the calendar and the limits of wires as a person on site writes them: what they become, and every
 * mistake named with its line.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { defaultLimits } from '../../src/core/fence/signal-types.ts';
import { scheduled } from '../../src/core/site/calendar.ts';
import type { Site } from '../../src/core/types.ts';
import { loadText } from './load.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gatehouse-arming-'));
});
afterAll(() => rm(folder, { recursive: true }));

const school = `school: { name: { zh: 小学, en: School }, short: 小学, timezone: "+08:00" }
map: { width: 100, height: 100 }
server: { host: 127.0.0.1, port: 8080 }
store: { dir: data }
lines:
  - { id: bus, protocol: modbus-tcp, host: 127.0.0.1, port: 502 }
devices:
  - { id: f1, title: { zh: 主机, en: Host }, profile: fence-modbus, line: bus, unit: 1, zones: { A: z1, B: z2 } }
  - { id: f2, title: { zh: 主机, en: Host }, profile: fence-modbus, line: bus, unit: 2, zones: { A: false, B: z3 } }
zones:
  - { id: z1, number: 1, title: { zh: 北, en: North }, path: [[0, 0], [9, 9]], side: north, signal: { climbN: 25 } }
  - { id: z2, number: 2, title: { zh: 门, en: Gate }, path: [[0, 0], [9, 9]], entry: true }
  - { id: z3, number: 3, title: { zh: 库, en: Store }, path: [[0, 0], [9, 9]], always: true }
areas:
  - { id: yard, title: { zh: 校园, en: Yard }, zones: [z1, z2], stay: [z1], schedule: nights, entrySec: 30, exitSec: 60 }
  - { id: store, title: { zh: 库房, en: Store }, zones: [z3] }
schedules:
  - id: nights
    armed:
      - { days: mon-fri, from: "18:00", to: "06:00" }
      - { days: sat-sun, from: "00:00", to: "24:00" }
      - { days: fri, from: "12:00", to: "13:00", mode: stay }
    holiday:
      - { from: "20:00", to: "07:00" }
calendar:
  terms: [{ title: { zh: 秋季, en: Autumn }, from: 2026-09-01, to: 2027-01-22 }]
  holidays: [{ title: { zh: 国庆, en: National day }, from: 2026-10-01, to: 2026-10-07 }]
  exceptions:
    - { title: { zh: 补周三课, en: Make-up Wednesday }, on: 2026-10-10, as: wed }
    - { title: { zh: 运动会, en: Sports day }, on: 2026-10-23, as: holiday }
`;

const load = (text: string) => loadText(folder, text, {});
async function site(text = school): Promise<Site> {
  const { lines, config } = await load(text);
  expect(lines).toEqual([]);
  return config!.site;
}
const wrong = async (from: string, to: string) => {
  expect(school).toContain(from);
  return (await load(school.replace(from, to))).lines;
};
const mode = (place: Site, text: string) =>
  scheduled(place.schedules.nights!, place, Date.parse(`${text}:00+08:00`)).mode;

describe('what is written right', () => {
  test('becomes areas with their delays, and stay zones where they are said', async () => {
    const { areas } = await site();
    expect(areas.yard).toMatchObject({
      zones: ['z1', 'z2'],
      stay: ['z1'],
      schedule: 'nights',
      entryMs: 30_000,
      exitMs: 60_000,
    });
    expect(areas.store).toEqual({
      id: 'store',
      title: { zh: '库房', en: 'Store' },
      zones: ['z3'],
      stay: ['z3'],
      entryMs: 0,
      exitMs: 0,
    });
  });

  test('arms as its windows, terms, holidays and make-up days say', async () => {
    const place = await site();
    const days: Record<string, string> = {
      '2026-09-30T12:30': 'disarmed',
      '2026-09-30T19:00': 'away',
      '2026-10-02T10:00': 'disarmed',
      '2026-10-02T21:00': 'away',
      '2026-10-10T10:00': 'disarmed',
      '2026-10-11T10:00': 'away',
      '2026-10-16T12:30': 'stay',
      '2026-10-23T10:00': 'disarmed',
      '2026-08-31T21:00': 'away',
    };
    expect(Object.fromEntries(Object.keys(days).map((at) => [at, mode(place, at)]))).toEqual(days);
  });

  test('is armed all day on holidays where no windows are written for them', async () => {
    const place = await site(school.replace('    holiday:\n      - { from: "20:00", to: "07:00" }\n', ''));
    expect(mode(place, '2026-10-02T10:00')).toBe('away');
  });

  test('gives the zones that have wires their limits, usual but for what is said', async () => {
    const { zones } = await site();
    expect(zones.z1).toMatchObject({ side: 'north', signal: { ...defaultLimits, climbN: 25 } });
    expect(zones.z2).toMatchObject({ entry: true });
    expect([zones.z2, zones.z3].map((zone) => zone?.signal)).toEqual([undefined, undefined]);
    expect(zones.z3).toMatchObject({ always: true });
  });

  test('may say nothing of all this', async () => {
    const bare = school.slice(0, school.indexOf('areas:')).replace(', entry: true', '');
    expect(await site(bare)).toMatchObject({
      areas: {},
      schedules: {},
      calendar: { terms: [], holidays: [], exceptions: [] },
    });
  });
});

const many = (count: number, one: (i: number) => string) => Array.from({ length: count }, (_, i) => one(i)).join('');

describe('what would have no end is refused:', () => {
  test.each([
    [
      'a title',
      'zh: 校园',
      `zh: ${'长'.repeat(201)}`,
      /areas\[0\].title.zh: found ".*…", expected at most 200 characters/,
    ],
    [
      'windows',
      '    holiday:',
      `${many(48, () => '      - { days: mon, from: "00:00", to: "01:00" }\n')}    holiday:`,
      /schedules\[0\].armed: found a list, expected at most 50 entries/,
    ],
    [
      'schedules',
      'calendar:',
      `${many(100, (i) => `  - { id: s${i}, armed: [] }\n`)}calendar:`,
      /schedules: found a list, expected at most 100 entries/,
    ],
    [
      'areas',
      'schedules:',
      `${many(199, (i) => `  - { id: a${i}, title: { zh: 甲, en: A }, zones: [z9] }\n`)}schedules:`,
      /areas: found a list, expected at most 200 entries/,
    ],
    [
      'corners of a zone',
      '[[0, 0], [9, 9]], side',
      `[${many(501, () => '[0, 0], ')}], side`,
      /zones\[0\].path: found a list, expected at most 500 entries/,
    ],
  ])('%s', async (_what, from, to, message) => {
    expect((await wrong(from, to)).join('\n')).toMatch(message);
  });
});

describe('a mistake is named:', () => {
  test.each([
    ['zones: [z1, z2], stay', 'zones: [z1, z22], stay', /areas\[0\].zones\[1\]: found "z22".* did you mean "z2"/],
    ['schedule: nights,', 'schedule: nihgts,', /areas\[0\].schedule: found "nihgts".* did you mean "nights"/],
    [
      'zones: [z3]',
      'zones: [z3, z1]',
      /areas\[1\].zones\[1\]: a zone belongs to one area; "z1" is taken .* area "yard"/,
    ],
    ['stay: [z1]', 'stay: [z1, z3]', /areas\[0\].stay\[1\]: found "z3", expected one of the zones of this area/],
    ['stay: [z1]', 'stay: [z9]', /areas\[0\].stay\[0\]: found "z9", expected the id of a zone/],
    ['stay: [z1]', 'stay: []', /areas\[0\].stay: found a list, expected at least one zone/],
    ['stay: [z1]', 'stay: [z1, z1]', /areas\[0\].stay\[1\]: written once is enough; "z1" is taken already/],
    ['zh: 校园', 'zh: "校\\e[2J园"', /areas\[0\].title.zh: found ".*", expected a text without control characters/],
    ['entrySec: 30', 'entrySec: 46', /areas\[0\].entrySec: found 46, expected at most 45, the longest entry delay/],
    ['exitSec: 60', 'exitSec: -1', /areas\[0\].exitSec: found -1, expected at least 0/],
    [', entry: true', '', /areas\[0\].entrySec: found 30, but nobody comes in by any of its zones/],
    ['entrySec: 30, ', '', /zones\[1\].entry: the area of the zone has no entrySec/],
    ['always: true', 'entry: true, always: true', /zones\[2\].entry: a 24-hour zone waits for nobody/],
    ['side: north', 'schedule: nights', /zones\[0\].schedule: the zone belongs to an area, whose schedule counts/],
    ['climbN: 25', 'climbN: 25, climN: 2', /zones\[0\].signal.climN: .* did you mean "climbN"/],
    ['climbN: 25', 'upN: 0.1', /zones\[0\].signal.upN: found 0.1, expected at least 0.5/],
    [
      'climbN: 25',
      'floorN: 440, ceilingN: 430',
      /zones\[0\].signal: these limits contradict each other.* floorN, ceilingN/,
    ],
    [
      'entry: true }',
      'entry: true, signal: { upN: 3 } }',
      /zones\[1\].signal: no device reads tension wires of this zone/,
    ],
    ['A: false, B: z3', 'A: z1, B: z3', /devices\[1\].zones.A: the wires of a zone come from one device; zone "z1"/],
    ['mode: stay', 'mode: home', /armed\[2\].mode: found "home", expected one of away, stay/],
    ['schedule: nights,', '', /schedules\[0\].armed\[2\].mode: no area follows this schedule/],
    ['from: 2026-10-01', 'from: 2026-02-30', /holidays\[0\].from: found "2026-02-30", expected a day of the calendar/],
    ['from: 2026-10-01', 'from: 1.10.2026', /holidays\[0\].from: found "1.10.2026", expected a day of the calendar/],
    ['to: 2026-10-07', 'to: 2026-09-30', /holidays\[0\].to: found "2026-09-30", which is before it begins/],
    ['on: 2026-10-23', 'on: 2026-10-10', /exceptions\[1\].on: "2026-10-10" is an exception already, by entry 1/],
    ['as: holiday', 'as: none', /exceptions\[1\].as: found "none", expected one of sun, mon/],
    [
      'to: 2027-01-22 }',
      'to: 2027-01-22 }, { title: { zh: 春季, en: Spring }, from: 2027-01-22, to: 2027-07-01 }',
      /terms\[1\].from: some of these days are in entry 1 already/,
    ],
  ])('%s → %s', async (from, to, message) => {
    const lines = await wrong(from, to);
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatch(message);
  });

  test('a way into no area', async () => {
    const outside = school.replace('always: true', 'entry: true').replace(/ {2}- \{ id: store.*\n/, '');
    expect((await load(outside)).lines).toEqual([
      expect.stringMatching(/zones\[2\].entry: the zone is in no area, so there is no entry delay/),
    ]);
  });
});
