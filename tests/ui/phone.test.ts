/**
 * The whole life of an alarm on a guard's phone, in a real Chromium: taps counted, targets measured, and what the gateway is
 * asked for.
 */
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { alarmDay, type Dated, quietDay, raised } from './scenes.ts';
import { busyDay } from './scenes-life.ts';
import { type Feeder, feederFor, openPage, type Stage, setStage, until } from './stage.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await setStage();
});
afterAll(() => stage?.end());

const asked = (feeder: Feeder) =>
  feeder.asked.filter((a) => a.path === '/api/commands' || a.path === '/api/phone/acts').map((a) => a.body);

/** A guard's phone in the pocket of whoever `name` is. */
async function phone(day: readonly Dated[], name = '李强') {
  const feeder = await feederFor(stage, day, 'guard', name);
  const { page, errors } = await openPage(stage, `${feeder.url}/m?lang=zh`, { width: 390, height: 844 });
  await page.waitForSelector('.item');
  return { feeder, page, errors };
}

/** Counts taps, as a thumb would make them. */
function thumb(page: Page) {
  let taps = 0;
  return {
    tap: async (selector: string) => {
      taps++;
      await page.click(selector);
    },
    taps: () => taps,
  };
}

/** Targets that are too small for a glove, and how wide the page is. */
async function targets(page: Page) {
  const all = await page.evaluate<[string, string, number, number][]>(
    `[...document.querySelectorAll('button, label, input:not([type=radio]):not([type=file]), a')].map((e) => {
      const { width, height } = e.getBoundingClientRect();
      return [e.className, e.textContent, width, height];
    })`,
  );
  const small = all.filter(([name, , width, height]) => width < 48 || height < (name.includes('main') ? 72 : 48));
  return { small, width: await page.evaluate('document.documentElement.scrollWidth') };
}

const main = '.foot .btn.main';

describe('a guard', () => {
  test('takes an alarm in two taps, arrives with one, and says what was found in three', async () => {
    const { feeder, page, errors } = await phone(alarmDay());
    const taking = thumb(page);
    const id = Number(await page.locator('.item').first().getAttribute('data-alarm'));
    await taking.tap('.item');
    expect(await page.locator(main).textContent()).toBe('我去处理（确认）');
    await taking.tap(main);
    await expect.poll(() => asked(feeder)).toEqual([{ do: 'acknowledge', alarm: id }]);
    expect(taking.taps()).toBe(2);
    await until(page, `document.querySelector('${main}').textContent === '我到了'`);
    await page.click(main);
    await expect.poll(() => asked(feeder).at(-1)).toEqual({ do: 'arrive', alarm: id });
    await until(page, `document.querySelector('${main}').textContent === '填处置结果'`);
    const finding = thumb(page);
    await finding.tap(main);
    await finding.tap('label:has-text("B4 动物")');
    await finding.tap(main);
    await expect.poll(() => asked(feeder).at(-1)).toEqual({ do: 'dispose', alarm: id, reason: 'B4' });
    expect(finding.taps()).toBe(3);
    await until(page, `document.querySelector('.course').textContent.includes('B4 动物')`);
    expect(await page.locator(main).count()).toBe(0);
    expect(errors).toEqual([]);
  });
  test('who taps twice has taken the alarm, and has not said that he is there', async () => {
    const { feeder, page } = await phone(alarmDay());
    await page.click('.item');
    await page.click(main);
    await until(page, `document.querySelector('${main}').textContent === '我到了'`);
    await page.evaluate(`document.querySelector('${main}').click()`);
    expect(await page.locator(main).isDisabled()).toBe(true);
    await page.waitForSelector(`${main}:enabled`);
    expect(asked(feeder)).toHaveLength(1);
  });
  test('who was sent finds that alarm first, and says that he goes', async () => {
    const { feeder, page } = await phone([
      ...alarmDay(),
      { kind: 'dispatched', alarm: -1, of: 'z6/cut', by: '王建国', to: 'li', ago: 5_000 },
    ]);
    expect(await page.locator('.item').first().textContent()).toContain('派给您');
    await page.locator('.item').first().click();
    expect(await page.locator(main).textContent()).toBe('我去处理（接单）');
    await page.click(main);
    await expect.poll(() => asked(feeder)).toMatchObject([{ do: 'accept' }]);
    await until(page, `document.querySelector('${main}').textContent === '我到了'`);
  });
  test('who was not sent is not asked to accept', async () => {
    const { page } = await phone(
      [...alarmDay(), { kind: 'dispatched', alarm: -1, of: 'z6/cut', by: '王建国', to: 'li', ago: 5_000 }],
      '张伟',
    );
    await page.locator('.item', { hasText: '6区' }).click();
    expect(await page.locator(main).textContent()).toBe('我到了');
  });
  test('who comes second reads who was first, and no button that promises more', async () => {
    const { page } = await phone(alarmDay());
    await page.click('.item');
    await page.route('**/api/{commands,phone/acts}*', (route) =>
      route.fulfill({
        status: 409,
        json: { zh: '张伟 已于 14:31:52 确认。', en: '张伟 acknowledged this alarm at 14:31:52.' },
      }),
    );
    await page.click(main);
    expect(await page.locator('.failed').textContent()).toBe('张伟 已于 14:31:52 确认。');
  });
  test('goes through the procedure and writes a word', async () => {
    const { feeder, page } = await phone(alarmDay());
    await page.click('.item');
    await page.locator('.procedure .next .btn', { hasText: '否' }).click();
    await until(page, `document.querySelector('.procedure .next').textContent.includes('检查围栏')`);
    await page.fill('.noting input', '门锁好了');
    await page.click('.noting .btn');
    await until(page, `document.querySelector('.notes')?.textContent.includes('门锁好了') === true`);
    expect(asked(feeder)).toMatchObject([
      { do: 'answer', step: 0, value: false },
      { do: 'note', text: '门锁好了' },
    ]);
    expect(feeder.asked.filter((a) => a.path === '/api/events')).toEqual([]);
  });
  test('sees the other alarms of an incident and turns to them', async () => {
    const { page } = await phone(busyDay());
    await page.locator('.item', { hasText: '4区' }).click();
    await page.locator('.members .btn', { hasText: '5区' }).click();
    await until(page, `document.querySelector('.hero').textContent.includes('5区')`);
  });
});

describe('a guard on his round', () => {
  test('reads which point comes next and how long he has, and one tap leads to touching it', async () => {
    const { page } = await phone(alarmDay(), '李强');
    const box = page.locator('.myround');
    await expect
      .poll(() => box.textContent())
      .toMatch(/我的巡更 夜巡A线 \d\/8.*下一点.*\d\d:\d\d.*(还来得及，剩|已晚)/s);
    expect(await box.locator('a.btn.main').getAttribute('href')).toBe('/m/point');
  });
  test('who walks none reads of none', async () => {
    const { page } = await phone(alarmDay(), '王建国');
    expect(await page.locator('.myround').count()).toBe(0);
  });
});

describe('a phone in front', () => {
  /** Writes down what is heard and felt, and lets it happen. */
  const witness = `
    window.felt = []; window.tones = 0;
    Navigator.prototype.vibrate = (pattern) => (felt.push(pattern.join()), true);
    const start = OscillatorNode.prototype.start;
    OscillatorNode.prototype.start = function (...when) { tones++; return start.apply(this, when); };`;
  const open = async (day: readonly Dated[], name = '李强') => {
    const feeder = await feederFor(stage, day, 'guard', name);
    const view = { width: 390, height: 844, before: witness };
    const { page } = await openPage(stage, `${feeder.url}/m?lang=zh`, view);
    await page.waitForSelector('.phone section');
    await page.locator('.phone header').click();
    return { feeder, page };
  };
  const urgent = '400,150,400,150,400';

  test('sounds and shakes when somebody climbs, and is quiet when nothing waits', async () => {
    const { feeder, page } = await open(quietDay());
    await until(page, `document.querySelector('.soundbar') === null`);
    expect(await page.evaluate('[felt.length, tones]')).toEqual([0, 0]);
    await feeder.tell(raised('z4/climb', { zone: 'z4' }, 0));
    await until(page, `felt[0] === '${urgent}' && tones >= 3`);
  });
  test('calls whoever was sent until he answers, though the desk has acknowledged and silenced', async () => {
    const { feeder, page } = await open(quietDay());
    await feeder.tell(
      raised('z4/climb', { zone: 'z4', priority: 2 }, 0),
      { kind: 'acknowledged', alarm: -1, by: '王建国', ago: 0 },
      { kind: 'silenced', by: '王建国', until: Date.parse('2099-01-01'), upTo: 1_000_000, ago: 0 },
      { kind: 'dispatched', alarm: -1, by: '王建国', to: 'li', ago: 0 },
    );
    await until(page, `felt.includes('300,150,300')`);
  });
  test('can be tried out before the night', async () => {
    const { page } = await open(quietDay());
    await page.locator('.btn', { hasText: '试响' }).click();
    await until(page, `felt[0] === '${urgent}' && tones === 3`);
  });
  test('shows an urgent alarm on the whole screen when it comes, and its button waits until it can have been read', async () => {
    const { feeder, page } = await open(quietDay());
    await feeder.tell(raised('z4/climb', { zone: 'z4' }, 0));
    await page.waitForSelector(main);
    expect(await page.locator('.hero').textContent()).toContain('4区');
    // A thumb that was on its way to something else takes nothing.
    await page.evaluate(`document.querySelector('${main}').click()`);
    expect(asked(feeder)).toEqual([]);
    await page.click(main);
    await expect.poll(() => asked(feeder)).toMatchObject([{ do: 'acknowledge' }]);
  });
  test('leaves the screen to the alarm that is open, says that another waits, and one tap leads there', async () => {
    const { feeder, page } = await open(alarmDay());
    await page.locator('.item', { hasText: '6区' }).click();
    await page.waitForSelector('.hero:has-text("6区")');
    await feeder.tell(raised('z2/climb', { zone: 'z2' }, 0));
    await page.waitForSelector('.knock');
    expect(await page.locator('.hero').textContent()).toContain('6区');
    await page.click('.knock');
    await until(page, `!document.querySelector('.hero').textContent.includes('6区')`);
    expect(asked(feeder)).toEqual([]);
  });
  test('does not take the screen for what can wait', async () => {
    const { feeder, page } = await open(quietDay());
    await feeder.tell(raised('z4/static', { zone: 'z4', alarm: 'static', priority: 3 }, 0));
    await page.waitForSelector('.item');
    expect(await page.locator('.hero').count()).toBe(0);
  });
  test('says that its sound is suspended, and one tap turns it on', async () => {
    const feeder = await feederFor(stage, quietDay(), 'guard', '李强');
    const { page } = await openPage(stage, `${feeder.url}/m?lang=zh`, {
      width: 390,
      height: 844,
      before: `${witness}
        window.held = true;
        const { get } = Object.getOwnPropertyDescriptor(BaseAudioContext.prototype, 'state');
        Object.defineProperty(BaseAudioContext.prototype, 'state', { get() { return held ? 'suspended' : get.call(this); } });
        const resume = AudioContext.prototype.resume;
        AudioContext.prototype.resume = function () { if (navigator.userActivation.isActive) held = false; return resume.call(this); };`,
    });
    await page.waitForSelector('.phone section');
    expect(await page.locator('.soundbar').textContent()).toContain('声音和振动还没开');
    expect(await page.evaluate('tones')).toBe(0);
    await page.click('.soundbar .btn');
    await until(page, `document.querySelector('.soundbar') === null && tones >= 1`);
    // The phone takes the sound away again, as a call does.
    await page.evaluate('held = true');
    await page.waitForSelector('.soundbar .btn');
  });
  test('keeps its screen on while on duty, until that is turned off', async () => {
    const lock = `window.locks = [];
      Object.defineProperty(Navigator.prototype, 'wakeLock', { value: { request: async (kind) => {
        const lock = { kind, onrelease: null, released: false, async release() { this.released = true; } };
        locks.push(lock);
        return lock;
      } } });`;
    const feeder = await feederFor(stage, quietDay(), 'guard', '李强');
    const { page } = await openPage(stage, `${feeder.url}/m?lang=zh`, { width: 390, height: 844, before: lock });
    await until(page, `document.body.textContent.includes('值班时保持常亮') && locks[0].kind === 'screen'`);
    await page.locator('.able', { hasText: '屏幕常亮' }).locator('.btn').click();
    await until(page, `document.body.textContent.includes('屏幕常亮 已关') && locks.length === 1 && locks[0].released`);
  });
  test('over plain HTTP says that it cannot keep the screen on, and what to do', async () => {
    const feeder = await feederFor(stage, quietDay(), 'guard', '李强');
    const { page } = await openPage(stage, `${feeder.url}/m?lang=zh`, {
      width: 390,
      height: 844,
      before: `Object.defineProperty(window, 'isSecureContext', { value: false }); delete Navigator.prototype.wakeLock;`,
    });
    await until(page, `document.body.textContent.includes('本页不是 HTTPS。请把手机的自动锁屏调到最长')`);
  });
  test('says how old what it shows is, and plainly when the gateway is gone', async () => {
    const { feeder, page } = await open(alarmDay());
    await until(page, `/已连接 \\d 秒前/.test(document.querySelector('.conn').textContent)`);
    await feeder.order({ do: 'beats', how: 'off' });
    await until(page, `document.querySelector('.stalebar')?.textContent.includes('以下不是实时状态') === true`);
    expect(await page.locator('.conn').textContent()).toMatch(/^未连接 \d+ 秒$/);
    expect(await page.locator('h2').first().textContent()).toContain('—');
  });
  test('says so when the browser lets it make no sound', async () => {
    const feeder = await feederFor(stage, quietDay(), 'guard', '李强');
    const { page } = await openPage(stage, `${feeder.url}/m?lang=zh`, {
      width: 390,
      height: 844,
      before: 'delete window.AudioContext',
    });
    expect(await page.locator('.soundbar').textContent()).toBe('此浏览器不能发声，请换用系统浏览器');
  });
});

describe('every target', () => {
  test.each([
    ['of an alarm that waits', '4区', false],
    ['of one in hand', '6区', false],
    ['of a finding', '6区', true],
  ] as const)('%s is big enough for a glove, and nothing is wider than the screen', async (_name, word, finding) => {
    const { page } = await phone(busyDay());
    await page.locator('.item', { hasText: word }).click();
    await page.waitForSelector(main);
    if (finding) await page.click(main);
    await page.waitForSelector(finding ? '.reasons label' : '.talk');
    expect(await targets(page)).toEqual({ small: [], width: 390 });
  });
});
