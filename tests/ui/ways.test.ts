/**
 * The ways between the pages in a real Chromium: whoever is at a desk page comes to every page of the table his role can use, by
 * links alone, and to no other. Wall and phone lead back, for whoever opened them at his desk.
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type PageId, pageAt, pageEntries, pageTable } from '../../src/core/site/pages.ts';
import { mayAsk } from '../../src/core/site/rights.ts';
import type { Role } from '../../src/core/types.ts';
import { quietDay } from './scenes.ts';
import { feederFor, openPage, type Stage, setStage, until } from './stage.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await setStage();
});
afterAll(() => stage?.end());

const WITHOUT_BAR: ReadonlySet<PageId> = new Set([
  ...(['wall', 'phone', 'point', 'kitchen', 'pair', 'tap', 'certificates', 'login'] as const),
]);
const LINKS = `[...document.querySelectorAll('nav a')].map((a) => a.getAttribute('href'))`;

describe('by the links of its desk pages', () => {
  const roles: readonly Role[] = ['operator', 'guard', 'head', 'auditor', 'integrator', 'admin'];
  test.each(roles)('the role %s comes to exactly the pages it can use, from each to every other', async (role) => {
    const useful = pageEntries.filter(({ ask }) => ask !== undefined && mayAsk(role, ask)).map(({ id }) => id);
    const feeder = await feederFor(stage, quietDay(), role);
    const { page } = await openPage(stage, feeder.url + pageTable.login.path);
    const ways = new Map<PageId, PageId[]>();
    for (const id of useful.filter((one) => !WITHOUT_BAR.has(one))) {
      await page.goto(feeder.url + pageTable[id].path);
      await page.waitForSelector('.bar a');
      const addresses = await page.evaluate<string[]>(LINKS);
      ways.set(
        id,
        addresses.map((address) => pageAt(address) ?? expect.fail(`${id} leads to ${address}, which is no page`)),
      );
    }
    expect(ways.size).toBeGreaterThan(0);
    for (const [from, first] of ways) {
      const reached = new Set<PageId>([from, ...first]);
      for (const id of reached) for (const next of ways.get(id) ?? []) reached.add(next);
      expect([from, ...[...reached].sort()]).toEqual([from, ...[...useful].sort()]);
    }
  });
});

test.each([
  ['operator', '/wall', '.account', ['/console']],
  ['guard', '/wall', '.account', ['/patrol']],
  ['guard', '/m', '.ways2 a', ['/patrol', '/duty', '/wall']],
  [
    'head',
    '/m',
    '.ways2 a',
    [
      ...['/console', '/alarms', '/patrol', '/duty', '/batons', '/patrol/audit', '/kpi', '/canteen', '/drill'],
      ...['/wall', '/setup', '/phones', '/sensors'],
    ],
  ],
] as const)('who is %s comes away from %s', async (role, path, links, ways) => {
  const feeder = await feederFor(stage, quietDay(), role);
  const { page } = await openPage(stage, feeder.url + path);
  await page.waitForSelector(links);
  const found = `[...document.querySelectorAll('${links}')].map((a) => a.getAttribute('href'))`;
  expect(await page.evaluate(found)).toEqual(ways);
});

test.each(['zh', 'en'])(
  'the bar with the most ways is one row on a desk of 1920 in %s, and names the school',
  async (lang) => {
    const feeder = await feederFor(stage, quietDay(), 'head');
    const { page } = await openPage(stage, `${feeder.url}/console?lang=${lang}`, { width: 1920, height: 1080 });
    await page.waitForSelector('.bar a');
    if (process.env.SHOTS) await page.screenshot({ path: `${process.env.SHOTS}/bar-${lang}.png` });
    const rows = `new Set([...document.querySelectorAll('.bar > *:not(.fill)')].map((one) => {
    const { top, bottom } = one.getBoundingClientRect();
    return Math.round((top + bottom) / 20);
  })).size`;
    expect(await page.evaluate<number>(rows)).toBe(1);
    expect(await page.locator('.bar .name').innerText()).not.toBe('');
  },
);

test('every page of the table shows itself and names its tab in both languages', async () => {
  const feeder = await feederFor(stage, quietDay());
  const { page, errors } = await openPage(stage, feeder.url + pageTable.login.path);
  for (const { path, title } of pageEntries)
    for (const lang of ['zh', 'en'] as const) {
      await page.goto(`${feeder.url}${path}?lang=${lang}`);
      await until(page, `document.title.includes(${JSON.stringify(`${title[lang]} · `)})`);
      // A wall is drawn when its script is there.
      await until(page, `document.querySelectorAll('#app > *:not(.boot)').length === 1`);
    }
  // This feeder has no stored samples to draw.
  expect(errors.filter((one) => !one.includes('404'))).toEqual([]);
});
