/**
 * Two people and one alarm, through the real server: the desk and a guard's phone acknowledge in the same moment. One of
 * them is first, the journal has it once, and the other reads who was first and when.
 */
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { alarmed, people, stand } from '../server/place.ts';
import { type Stage, setStage, until } from './stage.ts';

let stage: Stage;
let crowd: Awaited<ReturnType<typeof people>>;
beforeAll(async () => {
  [stage, crowd] = await Promise.all([setStage(), people()]);
});
afterAll(() => Promise.all([stage?.end(), crowd?.remove()]));

const views = { desk: { width: 1440, height: 900 }, phone: { width: 390, height: 844 } };

test('the second person to acknowledge reads who was first, and the alarm is acknowledged once', async () => {
  const at = await stand(crowd.path, { ui: stage.built });
  const alarm = await alarmed(at);

  const open = async (user: string, path: string, viewport: (typeof views)['desk']): Promise<Page> => {
    const context = await stage.browser.newContext({ viewport });
    onTestFinished(() => context.close());
    const [name = '', value = ''] = (await at.login(user)).split('=', 2);
    await context.addCookies([{ name, value, url: at.server.url, httpOnly: true, sameSite: 'Strict' }]);
    const page = await context.newPage();
    await page.goto(`${at.server.url}${path}?lang=zh`);
    return page;
  };
  const [desk, phone] = await Promise.all([
    open('operator', '/console', views.desk),
    open('guard', `/m/a/${alarm}`, views.phone),
  ]);
  await Promise.all([desk.waitForSelector('.act-ack:has-text("Enter")'), phone.waitForSelector('.foot .btn.main')]);

  // Neither learns of the other before both have asked: what is not yet durable is not told.
  let asked = 0;
  const { command } = at.place.house;
  at.place.house.command = (by, wish) => {
    asked++;
    return command(by, wish);
  };
  const release = at.place.hold();
  const before = at.place.events.length;
  const both = [desk, phone].map((page) => page.waitForResponse((r) => /\/api\/(commands$|phone\/acts)/.test(r.url())));
  await Promise.all([desk.keyboard.press('Enter'), phone.click('.foot .btn.main')]);
  await expect.poll(() => asked).toBe(2);
  release();
  const answers = await Promise.all(both);

  expect(answers.map((r) => r.status()).sort()).toEqual([200, 409]);
  const facts = at.place.events.slice(before).filter((e) => e.kind === 'acknowledged' || e.kind === 'refused');
  expect(facts.map((e) => e.kind)).toEqual(['acknowledged', 'refused']);
  const [first] = facts;
  const winner = first?.kind === 'acknowledged' ? first.by : '';
  const loser = winner === 'operator' ? phone : desk;
  await loser.waitForSelector('.failed');
  expect(await loser.locator('.failed').textContent()).toMatch(
    new RegExp(`^${winner} 已于 \\d\\d:\\d\\d:\\d\\d 确认。$`),
  );
  for (const page of [desk, phone])
    await until(page, `document.querySelector('.course').textContent.includes('确认${winner} ')`);
});
