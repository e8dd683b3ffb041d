/**
 * Posts and bells as a person on site writes them: what they become, and every mistake named with its line.
 */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { loadConfig } from '../../src/site/load-site.ts';
import { loadText } from './load.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gatehouse-posts-'));
});
afterAll(() => rm(folder, { recursive: true }));

const school = `school: { name: { zh: 小学, en: School }, short: 小学, timezone: "+08:00" }
map: { width: 100, height: 100 }
server: { host: 127.0.0.1, port: 8080 }
store: { dir: data }
lines:
  - { id: mq, protocol: mqtt-broker, host: 127.0.0.1, port: 1883 }
devices:
  - { id: r1, title: { zh: 大门, en: Gate }, profile: reader-mqtt, line: mq, password: "\${READER}", at: [5, 6] }
  - { id: r2, title: { zh: 东门, en: East }, profile: reader-mqtt, line: mq, password: "\${READER}" }
zones: []
people:
  - { id: li, name: 李强, card: "1" }
  - { id: zhang, name: 张伟, card: "2", cards: ["3"] }
routes:
  - id: night
    title: { zh: 夜巡, en: Night }
    ordered: true
    usual: { earlyMin: 3, lateMin: 3, missMin: 8 }
    checkpoints:
      - { id: gate, title: { zh: 大门, en: Gate }, reader: r1, afterMin: 0 }
      - { id: shed, title: { zh: 车棚, en: Shed }, chip: "ab12", afterMin: 5 }
    rounds: []
bells:
  - { id: morning, title: { zh: 上课铃, en: Morning }, rings: [{ days: mon-thu, at: "08:00" }, { days: fri, at: "08:20" }] }
  - { id: evening, title: { zh: 放学铃, en: Evening }, rings: [{ days: mon-fri, at: "16:00" }] }
  - { id: saturday, title: { zh: 周六铃, en: Saturday }, rings: [{ days: sat, at: "09:00" }] }
posts:
  - id: arrival
    title: { zh: 上学岗, en: Arrival }
    checkpoint: gate
    from: { bell: morning, beforeMin: 20 }
    until: { bell: morning, afterMin: 10 }
    persons: 2
    everyMin: 15
  - id: by-day
    title: { zh: 值守岗, en: By day }
    reader: r1
    from: { bell: morning, afterMin: 10 }
    until: { bell: evening }
    persons: 1
    earlyMin: 5
    graceMin: 2
`;
const env = { READER: 'cards' };
const load = (text: string) => loadText(folder, text, env);
const wrong = async (from: string, to: string) => {
  expect(school).toContain(from);
  return (await load(school.replace(from, to))).lines;
};

describe('posts that are written right', () => {
  test('become hours by weekday at the place of their checkpoint or reader', async () => {
    const { lines, config } = await load(school);
    expect(lines).toEqual([]);
    const { arrival, 'by-day': byDay } = config!.site.posts!;
    expect(arrival).toMatchObject({ checkpoint: 'gate', reader: 'r1', at: [5, 6], persons: 2 });
    expect(arrival).toMatchObject({ earlyMs: 600_000, everyMs: 900_000, graceMs: 60_000 });
    expect(arrival!.hours.map(({ weekday, from, until }) => [weekday, from, until])).toEqual([
      [1, 460, 490],
      [2, 460, 490],
      [3, 460, 490],
      [4, 460, 490],
      [5, 480, 510],
    ]);
    expect(byDay).toMatchObject({ reader: 'r1', earlyMs: 300_000, graceMs: 120_000 });
    expect(byDay!.hours[4]).toEqual({ weekday: 5, from: 510, until: 960 });
    expect(byDay).not.toHaveProperty('everyMs');
    expect(config!.site.people.zhang).toMatchObject({ card: '2', cards: ['3'] });
  });

  test('may say nothing at all', async () => {
    const { lines, config } = await load(school.slice(0, school.indexOf('bells:')));
    expect(lines).toEqual([]);
    expect(config!.site).not.toHaveProperty('posts');
  });

  test('stand as an example in the configuration that schools begin with', async () => {
    const path = fileURLToPath(new URL('../../config/campus.yaml', import.meta.url));
    const text = await readFile(path, 'utf8');
    const [before, after] = [text.indexOf('# bells:'), text.indexOf('# 每天至少完成的趟数')];
    expect(before).toBeGreaterThan(0);
    const example = text.slice(before, after).replace(/^# /gm, '');
    const file = join(folder, 'campus.yaml');
    await writeFile(file, text.slice(0, before) + example + text.slice(after));
    const readers = [1, 2, 3, 4, 5, 6, 7, 8].map((n) => [`READER_${n}_PASSWORD`, `cards-${n}`]);
    const loaded = await loadConfig(file, {
      CAMERA_PASSWORD: 'a',
      FENCE_PASSWORD: 'b',
      ...Object.fromEntries(readers),
    });
    expect(loaded).toMatchObject({ ok: true });
    const posts = loaded.ok ? Object.values(loaded.config.site.posts ?? {}) : [];
    expect(posts.map(({ id, reader, persons }) => [id, reader, persons])).toEqual([
      ['gate-arrival', 'reader-1', 3],
      ['gate-day', 'reader-1', 2],
      ['gate-dismissal', 'reader-1', 3],
    ]);
  });
});

describe('a mistake is named:', () => {
  const cases: readonly (readonly [what: string, from: string, to: string, said: string])[] = [
    [
      'an unknown checkpoint',
      'checkpoint: gate',
      'checkpoint: gates',
      'found "gates", expected the id of a checkpoint',
    ],
    [
      'an unknown bell',
      'bell: morning, beforeMin',
      'bell: mornin, beforeMin',
      'found "mornin", expected the id of a bell',
    ],
    ['no place', '    checkpoint: gate\n', '', 'expected either checkpoint or reader'],
    ['two places', 'checkpoint: gate', 'checkpoint: gate\n    reader: r1', 'expected either checkpoint or reader'],
    ['a place that is no reader', 'reader: r1\n    from', 'reader: r9\n    from', 'expected the id of a device'],
    [
      'a chip that nobody reads out',
      'checkpoint: gate',
      'checkpoint: shed',
      'tells nothing until the baton is read out',
    ],
    [
      'hours that overlap',
      'afterMin: 10 }\n    until: { bell: e',
      'afterMin: 5 }\n    until: { bell: e',
      'on mon it overlaps with post "arrival"',
    ],
    [
      'a time longer than the day',
      'bell: evening }',
      'bell: evening, afterMin: 481 }',
      'from 08:10 to 24:01; a post begins and ends on one day',
    ],
    [
      'a time that begins the day before',
      'beforeMin: 20',
      'beforeMin: 481',
      'from -00:01 to 08:10; a post begins and ends on one day',
    ],
    [
      'a time that ends before it begins',
      'bell: evening }',
      'bell: evening, beforeMin: 480 }',
      'from 08:10 to 08:00, which is no time at all',
    ],
    [
      'before and after at once',
      'bell: evening }',
      'bell: evening, beforeMin: 5, afterMin: 5 }',
      'expected either beforeMin or afterMin',
    ],
    [
      'bells of different days',
      'bell: evening }',
      'bell: saturday }',
      'does not ring on mon, on which that of from does',
    ],
    ['a bell that rings twice a day', 'days: fri,', 'days: thu-fri,', 'it rings on thu already'],
    ['again sooner than a minute', 'everyMin: 15', 'everyMin: 0.5', 'expected at least a minute'],
    ['more people than are known', 'persons: 2', 'persons: 3', 'expected at most 2: so many are known under people'],
    ['nobody', 'persons: 2', 'persons: 0', 'persons'],
    ['a card of two people', 'cards: ["3"]', 'cards: ["1"]', 'the card "1" is taken already'],
    ['an id twice', 'id: by-day', 'id: arrival', 'the id "arrival" is taken already'],
    ['a name too wide for the wall', '值守岗', '东校区南大门外侧人行道值守岗', 'an alarm title has 12 on the wall'],
  ];

  test.each(cases)('%s', async (_what, from, to, said) => {
    const lines = await wrong(from, to);
    expect(lines.join('\n')).toContain(said);
    expect(lines).toHaveLength(1);
  });

  test('and a repeat that never comes is warned of, and does not keep the gateway from starting', async () => {
    const { config } = await load(school.replace('everyMin: 15', 'everyMin: 30'));
    expect(config).toBeDefined();
  });
});
