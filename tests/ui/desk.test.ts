/**
 * The whole life of an alarm at the desk, in a real Chromium: every step by few inputs, what the gateway is asked for then,
 * and what the desk reads of those who are on their way.
 */
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Command } from '../../src/core/types.ts';
import { afternoon } from './campus.ts';
import { alarmDay, type Dated, quietDay, raised } from './scenes.ts';
import { busyDay, floodDay, weatherDay } from './scenes-life.ts';
import { type Feeder, feederFor, openPage, type Stage, setStage, until } from './stage.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await setStage();
});
afterAll(() => stage?.end());

const asked = (feeder: Feeder) =>
  feeder.asked.filter((a) => a.path === '/api/commands').map((a) => a.body as Command & { alarm: number });

/** The desk with this day, one alarm of it chosen by a word of its title. */
async function desk(day: readonly Dated[], { role = 'operator', tab = '1', word = '' } = {}) {
  const feeder = await feederFor(stage, day, role);
  const { page, errors } = await openPage(stage, `${feeder.url}/console?lang=zh`, { width: 1440, height: 900 });
  await page.waitForSelector('.tabs');
  await page.keyboard.press(tab);
  await page.waitForSelector('.item');
  if (word !== '') await page.locator('.item', { hasText: word }).click();
  await page.waitForSelector('.detail[data-unread=false] h2');
  const id = Number(await page.locator('.item.chosen').getAttribute('data-alarm'));
  return { feeder, page, errors, id };
}
const detail = (page: Page, text: string) =>
  until(page, `document.querySelector('.detail').textContent.includes(${JSON.stringify(text)})`);

describe('one alarm', () => {
  test('goes from its acknowledgement to its end by the keyboard alone, one key a step', async () => {
    const { feeder, page, id, errors } = await desk(alarmDay(), { word: '4区' });
    await page.keyboard.press('Enter');
    await expect.poll(() => asked(feeder).at(-1)).toEqual({ do: 'acknowledge', alarm: id });
    await page.keyboard.press('+');
    await expect.poll(() => asked(feeder).at(-1)).toEqual({ do: 'dispatch', alarm: id, to: 'li' });
    await detail(page, '王建国 派');
    await feeder.tell({ kind: 'returned-to-normal', alarm: id, cause: 'fence/tension_4', ago: 0 });
    await page.keyboard.press('r');
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowLeft');
    await page.locator('label', { hasText: 'B3 树枝' }).click();
    await page.keyboard.press('Enter');
    await expect.poll(() => asked(feeder).at(-1)).toEqual({ do: 'close', alarm: id, reason: 'B3' });
    await until(page, `!document.querySelector('.item[data-alarm="${id}"]')`);
    expect(errors).toEqual([]);
  });
  test('that comes into view when another was closed is not taken by the same key pressed once more', async () => {
    const { feeder, page, id } = await desk(
      [...alarmDay(), { kind: 'returned-to-normal', alarm: -1, of: 'z4/climb', cause: 'fence/tension_4', ago: 5_000 }],
      { word: '4区' },
    );
    const done = () => asked(feeder).map((a) => a.do);
    await page.keyboard.press('Enter');
    // Nothing urgent is closed as nothing before somebody saw its pictures.
    await detail(page, '看过画面');
    await page.locator('label', { hasText: 'B3 树枝' }).click();
    await page.keyboard.press('Enter');
    await until(page, `document.querySelector('.item.chosen:not([data-alarm="${id}"])') !== null`);
    for (const key of ['Enter', '+', 's']) await page.keyboard.press(key);
    await until(page, `document.querySelector('.act-ack').textContent === '确认（Enter）'`);
    expect(done()).toEqual(['acknowledge', 'close']);
    expect(await page.locator('.shelving').count()).toBe(0);
    await page.keyboard.press('Enter');
    await expect.poll(done).toEqual(['acknowledge', 'close', 'acknowledge']);
  });
  test('clicked twice is acknowledged, and nobody is sent', async () => {
    const { feeder, page, id } = await desk(alarmDay(), { word: '4区' });
    const { x, y, width, height } = (await page.locator('.act-ack').boundingBox())!;
    const click = () => page.mouse.click(x + width / 2, y + height / 2);
    await click();
    await page.waitForSelector('.acked-here');
    await click();
    await page.keyboard.press('+');
    await expect
      .poll(() => asked(feeder))
      .toEqual([
        { do: 'acknowledge', alarm: id },
        { do: 'dispatch', alarm: id, to: 'li' },
      ]);
  });
  test('stays in view when a worse one comes in above it', async () => {
    const { feeder, page, id } = await desk(alarmDay());
    await feeder.tell(raised('z1/cut', { zone: 'z1', alarm: 'cut' }, 0));
    await until(page, `document.querySelector('.item .main').textContent.includes('断线')`);
    expect(Number(await page.locator('.item.chosen').getAttribute('data-alarm'))).toBe(id);
  });
  test('takes one key to acknowledge and two clicks for its finding, also while it still stands', async () => {
    const { feeder, page, id } = await desk(alarmDay(), { tab: '2' });
    await page.locator('label', { hasText: 'C1 传感器' }).click();
    await page.click('.reasons .btn.main');
    await expect.poll(() => asked(feeder)).toEqual([{ do: 'dispose', alarm: id, reason: 'C1' }]);
    await detail(page, '已处置');
  });
  test('keeps the word of a device and the gateway’s own apart, and both are read', async () => {
    const { page } = await desk(busyDay(), { word: '4区' });
    const text = await page.locator('.decided').textContent();
    expect(text).toContain('设备 围栏主机张力，仍在');
    expect(text).toMatch(/网关检测攀爬 184 N，14:31:30 起/);
    expect(text).toContain('另有 拉紧 张力 201 N');
    await page.locator('.item', { hasText: '5区' }).click();
    await until(page, `document.querySelector('.decided').textContent.includes('本防区没有网关检测')`);
  });
  test('says who saw it, to which level it was escalated and why, and what a guard near by was to do there', async () => {
    const near = { round: 'r', checkpoint: 'night-5', person: 'li', at: Date.parse('2026-11-23T14:30:00+08:00') };
    const { page } = await desk([
      ...busyDay(),
      raised('z7/pull', { zone: 'z7', cause: 'fence/tension_7', guard: { ...near, scanned: false } }, 5_000),
    ]);
    await detail(page, '李强 计划 14:30 到5号点');
    await page.locator('.item', { hasText: '4区' }).click();
    await detail(page, '已升级到第 1 级 14:31 · 无人确认');
    expect(await page.locator('.known:not(.decided)').textContent()).toContain(
      'wall 大屏 14:31:30王建国 报警台 14:31:32',
    );
  });
  test('that was escalated says no more that nobody acknowledged, once somebody has', async () => {
    const { feeder, page, id } = await desk(busyDay(), { word: '4区' });
    await detail(page, '已升级到第 1 级 14:31 · 无人确认');
    await feeder.tell({ kind: 'acknowledged', alarm: id, by: 'wang', ago: 0 });
    await detail(page, '确认前已升级到第 1 级 14:31');
    expect(await page.locator('.detail .marks').textContent()).not.toContain('无人确认');
    // Whoever took it did nothing: that is said for as long as it is so.
    await feeder.tell({ kind: 'escalated', alarm: id, level: 2, why: 'not-sent', roles: [], channels: [], ago: 0 });
    await detail(page, '已升级到第 2 级 14:32 · 确认后没有派人');
  });
  test('of a missed point shows the still of the camera that looks there, and why there is none', async () => {
    const { feeder, page, id } = await desk(alarmDay(), { tab: '3', word: '漏巡' });
    const tile = page.locator('.pics .shot').first();
    await expect.poll(() => tile.textContent()).toContain('没有取证画面');
    const why = { zh: '摄像头没有应答', en: 'the camera does not answer' };
    await feeder.tell({ kind: 'done', duty: `snapshot/${id}`, ok: false, why, ago: 0 });
    await expect.poll(() => tile.textContent()).toContain('没有取证画面：摄像头没有应答');
    await feeder.tell({ kind: 'done', duty: `snapshot/${id}`, ok: true, brought: `1-${id}.jpg`, ago: 0 });
    await tile.locator('canvas:not(.hidden)').waitFor();
    expect(await page.locator('.known:not(.decided)').textContent()).not.toContain('未配摄像头');
  });
  test('whose man sent does not answer says so, and the next one is offered by the same key', async () => {
    const of = 'z6/cut';
    const sent: Dated = { kind: 'dispatched', alarm: -1, of, by: 'wang', to: 'li', ago: 75_000 };
    const since = afternoon - 75_000;
    const owed = { kind: 'pledged', by: 'wang', stage: 'accept', words: 0 } as const;
    const late: Dated = { ...owed, alarm: -1, of, since, until: since + 60_000, ago: 74_000 };
    const { feeder, page, id } = await desk([...alarmDay(), sent, late], { tab: '2', word: '6区' });
    expect(await page.locator('.item.chosen .sub').textContent()).toMatch(/^未接单 · 李强 1分\d\d秒未接单$/);
    expect(await page.locator('.course .flag').textContent()).toBe('未接单');
    const next = await page.locator('.act-send').textContent();
    expect(next).not.toContain('李强');
    await page.keyboard.press('+');
    await expect.poll(() => asked(feeder).at(-1)).toMatchObject({ do: 'dispatch', alarm: id });
    // What the gateway says on its next turn: the next one has his own time.
    await feeder.tell({ ...owed, alarm: id, since: afternoon, until: afternoon + 3_600_000, ago: 0 });
    await until(page, `document.querySelector('.course .flag') === null`);
  });
  test('may be noted beside, and the note stands in its time line', async () => {
    const { feeder, page, id } = await desk(alarmDay());
    await page.keyboard.press('c');
    await page.keyboard.type('已电话联系门卫 j6');
    await page.keyboard.press('Enter');
    await expect.poll(() => asked(feeder)).toEqual([{ do: 'note', alarm: id, text: '已电话联系门卫 j6' }]);
    await until(
      page,
      `document.querySelector('.timeline .noted')?.textContent.includes('王建国 备注：已电话联系门卫 j6') === true`,
    );
    expect(await page.locator('.noting input').inputValue()).toBe('');
  });
});

describe('sending somebody', () => {
  test('offers everybody by name with what speaks for or against, and hands over to another', async () => {
    const { feeder, page, id } = await desk(busyDay(), { tab: '2' });
    await detail(page, '刷卡');
    await page.keyboard.press('+');
    await page.waitForSelector('.people');
    const people = await page.locator('.people .btn').allTextContents();
    expect(people.find((p) => p.startsWith('张伟'))).toMatch(/前在4号点$/);
    expect(await page.locator('.people .btn', { hasText: '李强' }).isDisabled()).toBe(true);
    await page.locator('.people .btn', { hasText: '张伟' }).click();
    await expect.poll(() => asked(feeder)).toEqual([{ do: 'dispatch', alarm: id, to: 'wei' }]);
    await until(page, `document.querySelector('.people') === null`);
    await page.click('text=登记到场');
    await expect.poll(() => asked(feeder).at(-1)).toEqual({ do: 'arrive', alarm: id });
  });
  test('says of somebody under way where to, and suggests the other', async () => {
    const { page } = await desk(busyDay(), { word: '4区' });
    expect(await page.locator('.act-send').textContent()).toBe('派单 张伟（+）');
    await page.click('text=派给其他人…');
    expect(await page.locator('.people .btn', { hasText: '李强' }).textContent()).toContain('已派往 6区 断线');
  });
});

describe('a finding that needs a second pair of eyes', () => {
  test('waits at the desk of the operator', async () => {
    const { feeder, page } = await desk(busyDay(), { tab: '3', word: '2区' });
    await detail(page, '这个原因需保卫负责人复核后关闭');
    expect(await page.locator('.detail').textContent()).not.toContain('复核并关闭');
    expect(asked(feeder)).toEqual([]);
  });
  test('is countersigned and closed by the head of security with one press', async () => {
    const { feeder, page, id } = await desk(busyDay(), { role: 'head', tab: '3', word: '2区' });
    await page.click('text=复核并关闭');
    const note = '初二学生捡球';
    await expect.poll(() => asked(feeder)).toEqual([{ do: 'close', alarm: id, reason: 'A3', note }]);
  });
  test('is offered to the operator as what it is', async () => {
    const { feeder, page, id } = await desk(busyDay(), { tab: '3', word: '漏巡' });
    await page.locator('label', { hasText: 'E2 未能到场' }).click();
    expect(await page.locator('.reasons .btn.main').textContent()).toBe('提交，待负责人复核');
    await page.click('.reasons .btn.main');
    await expect.poll(() => asked(feeder)).toEqual([{ do: 'dispose', alarm: id, reason: 'E2' }]);
    await detail(page, '待复核');
  });
});

describe('a shelf', () => {
  test('is asked for with a reason and an end, and its alarm leaves the list but not the desk', async () => {
    const { feeder, page, id } = await desk(alarmDay(), { word: '遮挡' });
    await page.keyboard.press('s');
    await page.keyboard.type('擦镜头');
    await page.selectOption('.panelled select', '15');
    await page.click('.panelled .btn.main');
    await until(page, `[...document.querySelectorAll('[role=tab] b')][3].textContent === '1'`);
    const [shelve] = asked(feeder);
    expect(shelve).toMatchObject({ do: 'shelve', alarm: id, reason: '擦镜头' });
    await page.keyboard.press('4');
    await detail(page, '还剩 14 分');
    await page.click('text=取消搁置');
    await expect.poll(() => asked(feeder).at(-1)).toEqual({ do: 'unshelve', key: 'cam-keep/masked' });
    await until(page, `[...document.querySelectorAll('[role=tab] b')][3].textContent === '0'`);
  });
  test('may last until the condition is over', async () => {
    const { feeder, page, id } = await desk(alarmDay(), { word: '遮挡' });
    await page.keyboard.press('s');
    await page.keyboard.type('施工');
    await page.selectOption('.panelled select', '0');
    await page.click('.panelled .btn.main');
    await expect.poll(() => asked(feeder)[0]).toMatchObject({ do: 'shelve', alarm: id, once: true });
  });
  test('is not for the most urgent', async () => {
    const { page } = await desk(alarmDay(), { word: '4区' });
    expect(await page.locator('.act-shelve').count()).toBe(0);
  });
  test('is what a chattering alarm is offered', async () => {
    const again: Dated = {
      kind: 'repeated',
      alarm: -1,
      of: 'cam-keep/masked',
      device: 'cam-keep',
      cause: 'cam-keep/masked',
      active: false,
      priority: 3,
      ago: 3_000,
    };
    const { page } = await desk([...alarmDay(), again, { ...again, ago: 2_000 }, { ...again, ago: 1_000 }], {
      word: '遮挡',
    });
    await detail(page, '频发');
    await detail(page, '可以搁置');
  });
});

describe('an incident', () => {
  test('lists its alarms and why they belong together, leads to each, and is acknowledged whole', async () => {
    const { feeder, page } = await desk(busyDay(), { word: '4区' });
    expect(await page.locator('.incident').textContent()).toContain('同一事件 4–5区 · 2 条邻区 10 秒内相继触发');
    await page.locator('.members .btn', { hasText: '5区' }).click();
    await until(page, `document.querySelector('.detail h2').textContent.includes('5区')`);
    await page.click('text=确认整个事件（2 条）');
    await until(page, `document.querySelector('[role=tab] b').textContent === '1'`);
    expect(asked(feeder).map((a) => a.do)).toEqual(['acknowledge', 'acknowledge']);
    expect(new Set(asked(feeder).map((a) => a.alarm)).size).toBe(2);
  });
  test('of weather names all its zones', async () => {
    const { page } = await desk(weatherDay());
    expect(await page.locator('.incident').textContent()).toContain('1、4–7区 · 5 条');
    expect(await page.locator('.incident').textContent()).toContain('疑似大风或温差');
    expect(await page.locator('.members .btn').count()).toBe(5);
  });
});

test('a flood lists the urgent, counts the rest, and shows all when asked', async () => {
  const { page } = await desk(floodDay());
  expect(await page.locator('.tabs .flag').textContent()).toBe('报警泛滥 15 条/10 分');
  expect(await page.locator('.item').count()).toBe(7);
  expect(await page.locator('.leftout').textContent()).toContain('3 级 8 条未列出');
  expect(await page.locator('[role=tab] b').first().textContent()).toBe('15');
  await page.click('text=全部显示');
  await until(page, `document.querySelectorAll('.item').length === 15`);
  expect(await page.locator('.leftout').count()).toBe(0);
});

describe('silence', () => {
  test('is asked of the gateway, holds for everybody, and a new alarm breaks it', async () => {
    const { feeder, page } = await desk(alarmDay());
    const other = await openPage(stage, `${feeder.url}/wall?lang=zh`);
    await other.page.waitForSelector('.clock');
    await page.keyboard.press('0');
    await expect.poll(() => asked(feeder)).toEqual([{ do: 'silence' }]);
    await until(page, `/^静音 0[01]:\\d\\d$/.test([...document.querySelectorAll('.tabs .btn')].at(-1).textContent)`);
    await until(other.page, `document.querySelector('.head').textContent.includes('静音 0')`);
    await feeder.tell(raised('z1/climb', { zone: 'z1' }, 0));
    await until(other.page, `document.querySelector('.head').textContent.includes('声音正常')`);
    await until(page, `[...document.querySelectorAll('.tabs .btn')].at(-1).textContent === '静音 120 秒'`);
  });
  test('is not offered while nothing sounds', async () => {
    const { page } = await desk([...quietDay(), raised('z3/drift', { zone: 'z3', alarm: 'drift', priority: 4 }, 0)], {
      tab: '6',
    });
    expect(await page.locator('.tabs .btn').last().isDisabled()).toBe(true);
  });
});

describe('a procedure', () => {
  const answers = (feeder: Feeder) =>
    asked(feeder).map((a) => a.do === 'answer' && [a.step, a.skip === undefined ? a.value : { skip: a.skip }]);
  test('is gone through by the keyboard: yes, a number, a person, and passing over with a reason', async () => {
    const { feeder, page } = await desk(alarmDay(), { word: '4区' });
    await page.keyboard.press('p');
    await page.keyboard.press('y');
    await until(page, `document.activeElement.matches('.procedure .next input')`);
    await page.keyboard.type('2');
    await page.keyboard.press('Enter');
    await until(page, `document.activeElement.textContent === '李强'`);
    await page.keyboard.press('Enter');
    await until(page, `document.querySelector('.procedure .next').textContent.includes('打电话')`);
    await page.locator('.procedure .next .plain').click();
    await page.keyboard.type('占线');
    await page.keyboard.press('Enter');
    await until(page, `document.querySelector('.procedure .next').textContent.includes('检查围栏')`);
    await page.locator('.procedure .next .btn').first().click();
    await until(page, `document.querySelector('.procedure').textContent.includes('已走完')`);
    expect(answers(feeder)).toEqual([
      [0, true],
      [1, 2],
      [2, 'li'],
      [3, { skip: '占线' }],
      [4, true],
    ]);
    expect(await page.locator('.procedure').textContent()).toContain('跳过：占线 王建国 14:32');
    await until(page, `document.querySelector('.timeline').textContent.includes('预案第 2 步「几个人？」：2')`);
  });
  test('leads past what an answer makes needless, and does not let a must be passed over in silence', async () => {
    const { feeder, page } = await desk(alarmDay(), { word: '4区' });
    await page.locator('.procedure .next .plain').click();
    expect(await page.locator('.procedure .next [type=submit]').isDisabled()).toBe(true);
    await page.keyboard.press('Escape');
    await page.keyboard.press('p');
    await page.keyboard.press('n');
    await until(page, `document.querySelector('.procedure .next').textContent.includes('检查围栏')`);
    expect(await page.locator('.procedure li').count()).toBe(2);
    expect(answers(feeder)).toEqual([[0, false]]);
  });
});

test('the time line has words for every fact of an alarm’s life', async () => {
  const of = 'z4/climb';
  const facts: Dated[] = [
    { kind: 'acknowledged', alarm: -1, of, by: 'wang', ago: 0 },
    { kind: 'dispatched', alarm: -1, of, by: 'wang', to: 'wei', ago: 0 },
    { kind: 'accepted', alarm: -1, of, by: '张伟', ago: 0 },
    { kind: 'arrived', alarm: -1, of, by: 'wei', how: 'scan', ago: 0 },
    { kind: 'answered', alarm: -1, of, by: 'wang', procedure: 'climb', step: 0, value: false, ago: 0 },
    { kind: 'answered', alarm: -1, of, by: 'wang', procedure: 'climb', step: 4, skip: '天黑', ago: 0 },
    {
      kind: 'escalated',
      alarm: -1,
      of,
      level: 2,
      roles: ['head', 'admin'],
      channels: ['sms'],
      why: 'not-displayed',
      ago: 0,
    },
    {
      kind: 'shelved',
      alarm: -1,
      of,
      key: of,
      by: 'wang',
      reason: '施工',
      until: Date.parse('2026-11-23T15:00+08:00'),
      ago: 0,
    },
    { kind: 'disposed', alarm: -1, of, by: '张伟', reason: 'B4', note: '猫', ago: 0 },
    { kind: 'done', duty: 'notify/-1/2/sms', of, ok: false, why: { zh: '网关未应答', en: 'no answer' }, ago: 0 },
  ];
  const { page } = await desk([...busyDay(), ...facts], { tab: '4', word: '4区' });
  await until(page, `document.querySelector('.timeline')?.textContent.includes('B4 动物') === true`);
  const lines = await page.locator('.timeline li span').allTextContents();
  for (const line of [
    '触发（1 级）：围栏主机 张力',
    '再次触发：网关检测 攀爬',
    '王建国 在报警台看到',
    '升级到第 1 级（无人确认）：保卫负责人、wecom',
    '已通知：wecom',
    '已取证画面',
    'wang 派单给 张伟',
    '张伟 接单',
    '张伟 到场（刷卡）',
    'wang 预案第 1 步「看画面：有人吗？」：否',
    'wang 跳过预案第 5 步「检查围栏有没有损坏」：天黑',
    '升级到第 2 级（大屏没有显示）：保卫负责人、管理员、sms',
    'wang 搁置到 15:00：施工',
    '张伟 处置：B4 动物（猫）',
    '通知失败：sms：网关未应答',
  ])
    expect(lines).toContain(line);
});
