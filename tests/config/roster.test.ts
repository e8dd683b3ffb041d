/**
 * The duty roster as a person on site writes it: what it becomes, and every mistake named with its line.
 */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { jsonSchema, loadConfig } from '../../src/site/load-site.ts';
import { englishText } from './load.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gatehouse-roster-'));
});
afterAll(() => rm(folder, { recursive: true }));

const school = `school: { name: { zh: 小学, en: School }, short: 小学, timezone: "+08:00" }
map: { width: 100, height: 100 }
server: { host: 127.0.0.1, port: 8080 }
store: { dir: data }
lines: []
devices: []
zones: []
people:
  - { id: li, name: 李强 }
  - { id: zhang, name: 张伟 }
  - { id: wang, name: 王建国 }
roster:
  shifts:
    - { id: day, title: { zh: 白班, en: Day }, from: "07:00", to: "19:00" }
    - { id: night, title: { zh: 夜班, en: Night }, from: "19:00", to: "07:00" }
  turns:
    - { shift: day, anchor: 2026-09-07, order: [[li], [zhang], [wang]] }
    - { shift: night, anchor: 2026-09-07, order: [[zhang], [wang], [li]] }
  temporary:
    - { id: exams, title: { zh: 考试, en: Exams }, from: 2026-11-10, to: 2026-11-14, turns: [{ shift: day, persons: [wang] }] }
`;
async function load(text: string, env: Readonly<Record<string, string>> = {}) {
  const file = join(folder, 'school.yaml');
  await writeFile(file, text);
  const result = await loadConfig(file, env);
  const said = (all: readonly Parameters<typeof englishText>[0][]) =>
    all.map((one) => englishText(one).slice(file.length + 1)).filter((line) => !line.includes('lastResort'));
  return result.ok
    ? { config: result.config, lines: [], warnings: said(result.warnings) }
    : { config: undefined, lines: said(result.errors), warnings: [] };
}
const changed = (from: string, to: string) => {
  expect(school).toContain(from);
  return school.replace(from, to);
};

describe('a roster that is written right', () => {
  test('becomes shifts, turns and temporary days', async () => {
    const { lines, warnings, config } = await load(school);
    expect([lines, warnings]).toEqual([[], []]);
    const { shifts, turns, temporary } = config!.site.roster!;
    expect(shifts.night).toEqual({
      ...{ id: 'night', title: { zh: '夜班', en: 'Night' }, days: [0, 1, 2, 3, 4, 5, 6] },
      ...{ from: 1_140, until: 420, persons: 1 },
    });
    expect(turns[0]).toMatchObject({ shift: 'day', anchor: 20_703, eachDays: 7, order: [['li'], ['zhang'], ['wang']] });
    expect(temporary).toMatchObject([{ id: 'exams', from: 20_767, to: 20_771, otherwise: 'usual' }]);
    expect(temporary[0]!.turns[0]).toMatchObject({ shift: 'day', order: [['wang']] });
  });

  test('may not be there at all', async () => {
    const { lines, config } = await load(school.slice(0, school.indexOf('roster:')));
    expect(lines).toEqual([]);
    expect(config!.site).not.toHaveProperty('roster');
  });

  test('stands in the configuration that schools begin with, and so does its example of temporary days', async () => {
    const path = fileURLToPath(new URL('../../config/campus.yaml', import.meta.url));
    const text = await readFile(path, 'utf8');
    const example = text.replace(/^ {2}# (temporary:| {2,})/gm, '  $1');
    expect(example).not.toBe(text);
    const readers = [1, 2, 3, 4, 5, 6, 7, 8].map((n) => [`READER_${n}_PASSWORD`, `cards-${n}`]);
    const env = { CAMERA_PASSWORD: 'a', FENCE_PASSWORD: 'b', ...Object.fromEntries(readers) };
    const { lines, config } = await load(example, env);
    expect(lines).toEqual([]);
    expect(config!.site.roster!.temporary).toMatchObject([{ id: 'new-year', otherwise: 'usual' }]);
    expect((await load(text, env)).config!.site.roster).toMatchObject({ temporary: [] });
  });

  test('has every field described for editors', () => {
    const { roster } = (jsonSchema() as { properties: Record<string, { properties: object }> }).properties;
    expect(JSON.stringify(roster!.properties)).toContain('How many days a turn lasts');
    expect(JSON.stringify(roster!.properties)).toContain('the usual turns, or nobody');
  });
});

describe('a mistake is named:', () => {
  const cases: readonly (readonly [what: string, from: string, to: string, said: string])[] = [
    [
      'an unknown person',
      '[[li], [zhang], [wang]]',
      '[[lee], [zhang], [wang]]',
      'found "lee", expected the id of a person',
    ],
    [
      'an unknown shift',
      'shift: night, anchor',
      'shift: nigth, anchor',
      'expected the id of a shift; did you mean "night"?',
    ],
    [
      'a shift nobody has',
      '    - { shift: night, anchor: 2026-09-07, order: [[zhang], [wang], [li]] }\n',
      '',
      'nobody has the shift "night"',
    ],
    ['an id twice', 'id: night,', 'id: day,', 'the id "day" is taken already'],
    [
      'groups that never change',
      'anchor: 2026-09-07, order: [[li], [zhang], [wang]]',
      'order: [[li], [zhang], [wang]]',
      'order is written without anchor',
    ],
    [
      'a turn of nobody',
      'anchor: 2026-09-07, order: [[li], [zhang], [wang]]',
      'anchor: 2026-09-07',
      'expected either persons, who always have it, or order',
    ],
    [
      'both at once',
      '[{ shift: day, persons: [wang] }]',
      '[{ shift: day, persons: [wang], anchor: 2026-09-07, order: [[li], [wang]] }]',
      'expected either persons',
    ],
    [
      'an anchor of nothing',
      '[{ shift: day, persons: [wang] }]',
      '[{ shift: day, persons: [wang], anchor: 2026-09-07 }]',
      'anchor says when groups change',
    ],
    ['temporary days that end before they begin', 'to: 2026-11-14', 'to: 2026-11-09', 'expected no day before from'],
    [
      'two temporary rosters on one day',
      '  temporary:\n',
      '  temporary:\n    - { id: fair, title: { zh: 运动会, en: Fair }, from: 2026-11-13, to: 2026-11-16 }\n',
      'these days overlap with "fair"',
    ],
    [
      'a person twice in one shift',
      '[[li], [zhang], [wang]]',
      '[[li, li], [zhang], [wang]]',
      'turns name "li" twice for the shift "day" of 2026-09-07',
    ],
    [
      'a person whom two turns name for one shift',
      '[[zhang], [wang], [li]]',
      '[[zhang], [wang], [wang]] }\n    - { shift: day, persons: [zhang], days: sat-sun',
      'turns name "zhang" twice for the shift "day"',
    ],
  ];
  test.each(cases)('%s', async (_what, from, to, said) => {
    const { lines } = await load(changed(from, to));
    expect(lines.join('\n')).toContain(said);
    expect(lines[0]).toMatch(/^\d+:\d+ roster\./);
  });

  test('a person whose night runs into his day, with both times', async () => {
    const text = changed('[[zhang], [wang], [li]]', '[[li], [zhang], [wang]]').replace('to: "07:00"', 'to: "08:00"');
    const { lines } = await load(text);
    expect(lines[0]).toContain(
      'turns name "li" for "night" of 2026-09-07 (19:00–08:00) and "day" of 2026-09-08 (07:00–19:00), which overlap',
    );
  });

  test('hours of the week in which nobody is on duty are a warning', async () => {
    const { lines, warnings } = await load(
      changed('from: "19:00", to: "07:00"', 'from: "20:00", to: "07:00", days: mon-sat'),
    );
    expect(lines).toEqual([]);
    expect(warnings.join('\n')).toContain(
      'in a week of school nobody is on duty from sun 19:00 to mon 07:00, from mon 19:00 to mon 20:00, from tue 19:00 to tue 20:00, and 4 times more',
    );
  });

  test('a shift that lacks people on some day is a warning that names the first', async () => {
    const { lines, warnings } = await load(changed('to: "19:00" }', 'to: "19:00", persons: 2 }'));
    expect(lines).toEqual([]);
    expect(warnings.join('\n')).toContain('on 2026-09-07 (mon) turns name 1 of 2 persons for it');
  });

  test('a name from the environment is not shown', async () => {
    const text = changed('id: li,', 'id: "\u0024{WHO}",').replaceAll('[li]', '["\u0024{WHO}", "\u0024{WHO}"]');
    const { lines } = await load(text, { WHO: 'hidden-li' });
    expect(lines.join('\n')).toContain('turns name somebody twice');
    expect(lines.join('\n')).not.toContain('hidden-li');
  });
});
