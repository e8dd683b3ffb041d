/**
 * Walk test and limits in a real Chromium, before the real server, store and detector: what an installer does there, what
 * others may only look at, and the sheet that is printed.
 */
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { defaultLimits } from '../../src/core/fence/signal-types.ts';
import type { Input } from '../../src/core/types.ts';
import { minute, monday } from '../core/school.ts';
import { people } from '../server/place.ts';
import { campus } from './campus.ts';
import { type Stage, setStage, until } from './stage.ts';
import { type Fitted, fitted } from './wires.ts';

let stage: Stage;
let crowd: Awaited<ReturnType<typeof people>>;
beforeAll(async () => {
  stage = await setStage();
  crowd = await people();
});
afterAll(async () => {
  await stage?.end();
  await crowd?.remove();
});

const phone = { width: 390, height: 844 };
const has = (text: string) =>
  `document.querySelector('.stack')?.textContent.includes(${JSON.stringify(text)}) === true`;
const lacks = (text: string) => `document.body.textContent.includes(${JSON.stringify(text)}) === false`;
const wide = (page: Page) => page.evaluate<number>('document.documentElement.scrollWidth');

const pull = (zone: string, active: boolean, sinceMs?: number): Input => ({
  kind: 'detected',
  zone,
  device: 'host',
  finding: { kind: 'detection', detection: 'pull', active, wire: 2, ...(sinceMs !== undefined && { sinceMs }) },
});
const climb = (zone: string, on: boolean): Input => ({
  kind: 'reading',
  device: 'host',
  values: [[`${zone}_climb`, on]],
});

/** Somebody touches a zone: the gateway decides after `ms`, the controller so much later. */
async function touch({ place }: Fitted, zone: string, ms: number, laterMs: number): Promise<void> {
  place.advance(15_000);
  await place.offer(pull(zone, true, ms));
  place.advance(laterMs);
  await place.offer(climb(zone, true));
  place.advance(1_000);
  await place.offer(pull(zone, false), climb(zone, false));
}

describe('the walk test', () => {
  test('is begun with the keyboard, counts touches as they come, apart for both who tell, and is ended', async () => {
    const school = await fitted(stage, crowd.path);
    const { page, errors } = await school.open('integrator', '/setup/walk');
    await page.waitForSelector('.picks input');
    expect(await page.locator('form .btn.main').isDisabled()).toBe(true);
    await page.locator('.picks label', { hasText: '4区' }).locator('input').focus();
    await page.keyboard.press('Space');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Space');
    await page.locator('form .btn.main').focus();
    await page.keyboard.press('Enter');
    await until(page, has('行走测试进行中'));
    expect(school.place.state.walk).toMatchObject({ zones: ['z4', 'z5'], by: 'integrator' });
    await until(page, has('剩余 29:5'));
    for (const ms of [1_100, 900, 1_950]) await touch(school, 'z4', ms, 400);
    await touch(school, 'z5', 800, 100);
    const rows = page.locator('.walked tbody tr');
    await until(page, has('不合格'));
    const texts = await Promise.all([0, 1, 2, 3].map((i) => rows.nth(i).textContent()));
    expect(texts[0]).toMatch(/^4区 东围栏主机1.6 秒.*1.4 秒.*2.4 秒.*不合格（> 2 秒）$/);
    expect(texts[1]).toMatch(/^网关1.1 秒.*0.9 秒.*2.0 秒.*合格（≤ 2 秒）$/);
    expect(texts[2]).toMatch(/^5区 南围栏主机1.0 秒.*等待…—.*等待（1 \/ 3）$/);
    expect(school.place.state.alarms.size).toBe(0);
    await page.click('text=结束测试');
    await until(page, has('开始行走测试'));
    await until(page, has('次数不足（1 / 3）'));
    expect(errors).toEqual([]);
  });

  test('is printed from the journal on one sheet of A4, with its limit, its place in the chain and room to sign', async () => {
    const school = await fitted(stage, crowd.path);
    const by = { name: '陈工', role: 'integrator' } as const;
    await school.place.offer({ kind: 'command', by, command: { do: 'walk', zones: ['z4'], minutes: 30 } });
    for (const ms of [1_100, 900, 1_300]) await touch(school, 'z4', ms, 300);
    await school.place.offer({ kind: 'command', by, command: { do: 'end-walk' } });
    const { page, errors } = await school.open('head', '/setup/walk');
    await page.addInitScript('window.print = () => { window.printedTimes = (window.printedTimes ?? 0) + 1; }');
    await page.reload();
    await page.click('.past .btn:has-text("打印")');
    await until(page, 'window.printedTimes === 1');
    expect(await page.locator('.printed').isVisible()).toBe(false);
    await page.emulateMedia({ media: 'print' });
    // Text of what is not shown can be read as well.
    expect(await page.locator('.printed').isVisible()).toBe(true);
    const shown = `[...document.querySelectorAll('.bar, .stack, .ways')].filter((e) => e.getClientRects().length > 0).length`;
    expect(await page.evaluate(shown)).toBe(0);
    const text = (await page.locator('.printed').innerText()).replace(/\s+/g, ' ');
    const ended = school.place.events.find(({ kind }) => kind === 'walk-ended')!;
    for (const said of [
      '周界防区行走测试记录',
      '实验小学（东校区）',
      '陈工',
      '4区 东围栏',
      '每次触发 ≤ 2 秒，每个防区不少于 3 次（参照 GB 55029-2022',
      '合格（≤ 2 秒）',
      `第 ${ended.seq} 号事件`,
      '打印时链头 abababab',
      '保卫负责人',
    ])
      expect(text).toContain(said);
    const pdf = (await page.pdf({ preferCSSPageSize: true })).toString('latin1');
    expect(pdf.match(/\/Type\s*\/Page\b(?!s)/g)).toHaveLength(1);
    expect(/\/MediaBox\s*\[\s*0 0 (\d+)[.\d]* (\d+)/.exec(pdf)?.slice(1)).toEqual(['594', '841']);
    expect(errors).toEqual([]);
  });

  test('fits a phone, is only looked at by an operator, and has words for having nothing to show', async () => {
    const school = await fitted(stage, crowd.path);
    const by = { name: '陈工', role: 'integrator' } as const;
    const { page } = await school.open('operator', '/setup/walk', phone);
    await until(page, has('您的角色只能查看行走测试'));
    await until(page, has('90 天内没有做过行走测试'));
    await school.place.offer({ kind: 'command', by, command: { do: 'walk', zones: ['z4', 'z5', 'z6'], minutes: 10 } });
    await touch(school, 'z4', 1_100, 200);
    await until(page, has('1.1 秒'));
    expect([await wide(page), await page.locator('.stack .btn.main').count()]).toEqual([390, 0]);
    await school.server.close();
    await page.waitForSelector('.stalebar');
    await until(page, has('剩余 —'));
  });
});

describe('the limits of a zone', () => {
  const pulls = [{ at: monday - 60 * minute, byN: 4, forMs: 6_000 }];

  test('are drawn over the stored wires, replayed, tried for a day with a reason, and told in the list of changes', async () => {
    const school = await fitted(stage, crowd.path, { hours: 26, pulls });
    const { page, errors } = await school.open('integrator', '/setup/threshold');
    await page.waitForSelector('.curves .wire path.value');
    expect(await page.locator('.curves .wire').count()).toBe(4);
    await page.click('text=24 小时');
    await page.locator('#limit-upN').fill('6');
    await page.locator('#limit-upN').press('Tab');
    await until(page, has('现用 2 N'));
    await page.locator('.replay select').selectOption('1');
    await page.click('text=重放存储的样本');
    await until(page, has('过去 24 小时会报 0 次（现阈值 1 次，实际报警 0 次）'));
    await until(page, has('变化达到 1 N'));
    expect(await page.locator('.tune .btn.main').isDisabled()).toBe(true);
    await page.locator('.tune input').fill('树枝');
    await page.click('text=试运行 24 小时');
    await until(page, has('试运行到'));
    const { tuned } = school.place.state;
    expect(tuned.get('z4')).toMatchObject({ reason: '树枝', by: 'integrator', limits: { ...defaultLimits, upN: 6 } });
    await until(page, `document.querySelector('.changes')?.textContent.includes('2 N → 6 N') === true`);
    await page.locator('.tune input').fill('试完');
    await page.click('text=恢复配置文件的阈值');
    await expect.poll(() => tuned.get('z4')?.limits).toEqual(defaultLimits);
    expect(errors).toEqual([]);
  });

  test('that contradict each other are marked, and neither replayed nor enabled', async () => {
    const school = await fitted(stage, crowd.path);
    const { page } = await school.open('admin', '/setup/threshold');
    await page.locator('#limit-floorN').fill('460');
    await page.locator('#limit-floorN').press('Tab');
    await until(page, has('标出的数值超出范围或互相矛盾'));
    await page.locator('.tune input').fill('试试');
    const marked = `[...document.querySelectorAll('[aria-invalid=true]')].map((e) => e.id)`;
    expect(await page.evaluate(marked)).toEqual(['limit-floorN', 'limit-ceilingN']);
    for (const name of ['.replay .btn', '.tune .btn.main']) expect(await page.locator(name).isDisabled()).toBe(true);
    await page.locator('.picks label', { hasText: '高' }).click();
    await page.locator('#limit-floorN').fill('100');
    await page.locator('#limit-floorN').press('Tab');
    await until(page, lacks('标出的数值'));
    expect(await page.locator('#limit-upN').inputValue()).toBe('1.5');
    await until(page, has('快速上限 +1.5 N'));
  });

  test('are looked at by a head of security, who may replay, and only drawn for an operator', async () => {
    const school = await fitted(stage, crowd.path);
    const head = await school.open('head', '/setup/threshold?zone=z5');
    await until(head.page, has('您的角色可以查看和重放，不能启用阈值'));
    expect(await head.page.locator('.tune').count()).toBe(0);
    expect(await head.page.locator('.replay .btn').isEnabled()).toBe(true);
    expect(await head.page.locator('.picks .on').first().textContent()).toBe('5区 南围栏');
    const desk = await school.open('operator', '/setup/threshold', phone);
    // As in the oldest browser that is met.
    await desk.page.addInitScript('delete Object.hasOwn; delete Array.prototype.at;');
    await desk.page.reload();
    await desk.page.waitForSelector('.curves .wire');
    expect(desk.errors).toEqual([]);
    expect([await desk.page.locator('#limit-upN').count(), await wide(desk.page)]).toEqual([0, 390]);
  });

  test('have words for wires nobody heard from, and for a school without any', async () => {
    const school = await fitted(stage, crowd.path, { hours: -1 });
    const { page } = await school.open('integrator', '/setup/threshold');
    await until(page, has('这段时间没有存储的张力样本'));
    const zones = Object.entries(campus.zones).map(([id, { signal: _signal, ...zone }]) => [id, zone]);
    school.place.changeSite({ ...campus, zones: Object.fromEntries(zones) });
    await until(page, has('配置中没有带张力线的防区'));
    await page.click('button[lang=en]');
    await until(page, has('No zone has tension wires'));
  });
});
