/**
 * An alarm that two must answer, on wall, desk and phone in a real Chromium: that one of two has answered and who, that whoever did is not asked
 * again, and that it counts as taken only with the second answer.
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { afternoon } from './campus.ts';
import { alarmDay, asEvents, type Dated } from './scenes.ts';
import { feederFor, openPage, type Stage, setStage, until } from './stage.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await setStage();
});
afterAll(() => stage?.end());

const of = 'z4/climb';
const asked: Dated = {
  ...{
    kind: 'escalated',
    alarm: -1,
    of,
    level: 2,
    why: 'unacknowledged',
    roles: [],
    channels: [],
    needs: 2,
    ago: 30_000,
  },
};
const first: Dated = { kind: 'part-acknowledged', alarm: -1, of, by: 'li', person: 'li', ago: 20_000 };
/** The climb's number. */
const alarm = asEvents([...alarmDay(), asked], 0, afternoon).find((e) => e.kind === 'raised' && e.key === of)!.seq;
const words = {
  zh: {
    row: '1/2 已应答',
    none: '须两人应答',
    by: /须两人应答：李强 14:31 已应答，还差一人/,
    mine: '已应答，等另一人',
  },
  en: {
    row: '1 of 2',
    none: 'two must answer',
    by: /two must answer: 李强 did at 14:31, another must/,
    mine: 'Answered; waiting for another',
  },
} as const;
const shoot = async (page: { screenshot(to: { path: string }): Promise<unknown> }, name: string) => {
  if (process.env.SHOTS) await page.screenshot({ path: `${process.env.SHOTS}/${name}.png` });
};

describe.each(['zh', 'en'] as const)('an alarm that two must answer (%s)', (lang) => {
  const said = words[lang];
  test('is on the wall as one of two until the second has answered', async () => {
    const feeder = await feederFor(stage, [...alarmDay(), asked]);
    const { page, errors } = await openPage(stage, `${feeder.url}/wall?lang=${lang}`);
    await page.waitForSelector('.alarms');
    await feeder.tell({ kind: 'part-acknowledged', alarm, by: 'li', person: 'li', ago: 0 });
    await until(page, `document.querySelector('.alarms').textContent.includes(${JSON.stringify(said.row)})`);
    await shoot(page, `two-wall-${lang}`);
    await feeder.tell({ kind: 'acknowledged', alarm, by: 'wang', ago: 0 });
    await until(page, `!document.querySelector('.alarms').textContent.includes(${JSON.stringify(said.row)})`);
    expect(errors).toEqual([]);
  });

  test('says at the desk who answered, asks the other, and not him again', async () => {
    const feeder = await feederFor(stage, [...alarmDay(), asked, first]);
    const { page } = await openPage(stage, `${feeder.url}/console?lang=${lang}`, { width: 1440, height: 900 });
    await page.waitForSelector('.detail[data-unread=false] .act-ack');
    expect(await page.locator('.detail .marks').textContent()).toMatch(said.by);
    expect(await page.locator('.detail .marks').textContent()).not.toMatch(/无人确认|nobody acknowledged/);
    expect(await page.locator('.item.chosen').textContent()).toContain(said.row);
    await shoot(page, `two-desk-${lang}`);
    const his = await feederFor(stage, [...alarmDay(), asked, first], 'operator', 'li');
    const { page: own } = await openPage(stage, `${his.url}/console?lang=${lang}`, { width: 1440, height: 900 });
    await own.waitForSelector('.acked-here');
    expect(await own.locator('.acked-here').textContent()).toBe(said.mine);
    expect(await own.locator('.act-ack').count()).toBe(0);
    // The same person by another account counts once, and is not asked either.
    const other = await feederFor(stage, [...alarmDay(), asked, first], 'operator', '李强');
    const { page: again } = await openPage(stage, `${other.url}/console?lang=${lang}`, { width: 1440, height: 900 });
    await again.waitForSelector('.acked-here');
    expect(await again.locator('.acked-here').textContent()).toBe(said.mine);
    expect(await again.locator('.act-ack').count()).toBe(0);
  });

  test('says on the phone of who has answered that another must, and asks the others to go', async () => {
    const feeder = await feederFor(stage, [...alarmDay(), asked, first], 'guard', 'zhang');
    const { page } = await openPage(stage, `${feeder.url}/m/a/${alarm}?lang=${lang}`, { width: 390, height: 844 });
    await page.waitForSelector('.hero');
    await until(page, `document.body.textContent.includes(${JSON.stringify(said.none)})`);
    expect(await page.locator('.marks').first().textContent()).toMatch(said.by);
    await shoot(page, `two-phone-${lang}`);
  });
});
