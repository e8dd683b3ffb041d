/**
 * Items of checkpoints as a person on site writes them: what they become, and every mistake named.
 */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { loadText } from './load.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gatehouse-items-'));
});
afterAll(() => rm(folder, { recursive: true }));

const school = `school: { name: { zh: 小学, en: School }, short: 小学, timezone: "+08:00" }
map: { width: 100, height: 100 }
server: { host: 127.0.0.1, port: 8080 }
store: { dir: data }
lines:
  - { id: mq, protocol: mqtt-broker, host: 127.0.0.1, port: 1883 }
devices:
  - { id: r1, title: { zh: 大门, en: Gate }, profile: reader-mqtt, line: mq, password: "\${READER}" }
zones: []
routes:
  - id: night
    title: { zh: 夜巡, en: Night }
    ordered: true
    usual: { earlyMin: 3, lateMin: 3, missMin: 8 }
    checkpoints:
      - id: gate
        title: { zh: 大门, en: Gate }
        reader: r1
        afterMin: 0
        items:
          - { id: ext, ask: { zh: 灭火器压力正常？, en: Extinguisher in the green? }, answer: yes-no, due: round }
          - { id: cold, ask: { zh: 冷库温度, en: Cold store }, answer: number, min: -22, max: -18, unit: ℃, due: month }
    rounds: []
`;
const load = (text: string) => loadText(folder, text, { READER: 'cards' });
const wrong = async (from: string, to: string) => {
  expect(school).toContain(from);
  return (await load(school.replace(from, to))).lines.join('\n');
};

describe('items of a checkpoint', () => {
  test('become what is looked at there', async () => {
    const { lines, config } = await load(school);
    expect(lines).toEqual([]);
    expect(config!.site.routes.night!.checkpoints[0]!.items).toEqual([
      { id: 'ext', ask: { zh: '灭火器压力正常？', en: 'Extinguisher in the green?' }, answer: 'yes-no', due: 'round' },
      {
        ...{ id: 'cold', ask: { zh: '冷库温度', en: 'Cold store' }, answer: 'number' },
        ...{ min: -22, max: -18, unit: '℃', due: 'month' },
      },
    ]);
  });

  test.each([
    ['an answer of no kind', 'answer: yes-no', 'answer: maybe', /answer/],
    ['a time that is none', 'due: round', 'due: daily', /due/],
    ['limits the wrong way round', 'min: -22, max: -18', 'min: -18, max: -22', /max.*more than min/],
    ['limits of a yes', 'answer: yes-no', 'answer: yes-no, max: 5', /limits and a unit are for numbers/],
    ['the same id twice', 'id: cold', 'id: ext', /two items have the same id/],
    ['a question in one language', ', en: Cold store }', ' }', /ask/],
    ['a limit that is no number', 'max: -18', 'max: cold', /max/],
  ])('are refused with %s', async (_, from, to, said) => {
    expect(await wrong(from, to)).toMatch(said);
  });

  test('more than twenty at one point are refused', async () => {
    const many = Array.from(
      { length: 21 },
      (_one, n) => `          - { id: i${n}, ask: { zh: 看, en: Look }, answer: yes-no, due: round }\n`,
    );
    expect(await wrong('    rounds: []', `${many.join('')}    rounds: []`)).toMatch(/at most 20 items/);
  });

  test('stand as an example in the configuration that schools begin with', async () => {
    const path = fileURLToPath(new URL('../../config/campus.yaml', import.meta.url));
    expect(await readFile(path, 'utf8')).toContain('items:');
  });
});
