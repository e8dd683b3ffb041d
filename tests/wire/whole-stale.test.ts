/**
 * No screen lies: a gateway that stands still or is gone looks gone on the wall within the promised time, without a word
 * that reassures; when it is back, so is the wall, by itself, and shows what happened meanwhile.
 */
import { expect, test } from 'vitest';
import type { ModbusSimulator } from '../../simulators/modbus/modbus.ts';
import { campus, tensionHost as host, modbusLine, zone } from './campus.ts';
import { type Gateway, password, startGateway } from './gateway.ts';
import { tautFence } from './taut-fence.ts';
import { openBrowser, openWall, reassuring, wordsOn } from './wall.ts';

async function calmSchool(): Promise<{ gateway: Gateway; fence: ModbusSimulator; cookie: string }> {
  const fence = await tautFence();
  const yaml = campus({
    lines: [modbusLine(fence.port)],
    devices: [host('fence-1', 1, 'z1', 'z2')],
    zones: [zone(1), zone(2)],
  });
  const gateway = await startGateway({ yaml });
  const cookie = await gateway.login();
  const feed = await gateway.feed(cookie);
  await feed.until('a calm school', ({ state }) => state.devices.get('fence-1')?.up && state.zones.size === 2);
  feed.close();
  return { gateway, fence, cookie };
}

test('a gateway that is stopped dead is stale on the wall in time, without reassurance, and resynchronises when it goes on', async () => {
  const { gateway, fence, cookie } = await calmSchool();
  const { page, errors } = await openWall(await openBrowser(), gateway.url, cookie);
  await page.getByText('无未处理报警').first().waitFor();
  await page.getByText('✓').waitFor();

  await gateway.kill('SIGSTOP');
  await page.locator('.banner').waitFor();
  const words = await wordsOn(page);
  expect(words).toMatch(/数据中断/);
  expect(words).not.toMatch(reassuring);
  expect(await page.locator('.clock').count()).toBe(0);

  fence.set(1, 'b_cut', true);
  await gateway.kill('SIGCONT');
  await page.locator('.row[data-alarm]').filter({ hasText: '2区 2号围栏 断线' }).waitFor();
  await page.locator('.banner').waitFor({ state: 'detached' });
  await page.locator('.clock').waitFor();
  expect(errors).toEqual([]);
});

test('when the gateway is killed and started again, the wall comes back by itself with the same session and says what it missed', async () => {
  const { gateway, fence, cookie } = await calmSchool();
  const { page, errors } = await openWall(await openBrowser(), gateway.url, cookie);
  await page.getByText('无未处理报警').first().waitFor();

  await gateway.kill('SIGKILL');
  await page.locator('.banner').waitFor();
  expect(await wordsOn(page)).not.toMatch(reassuring);
  fence.set(1, 'a_pull', true);
  await gateway.restart();
  const again = await gateway.feed(cookie);
  await again.raised('z1/pull');

  await page.locator('.row[data-alarm]').filter({ hasText: '1区 1号围栏 拉紧' }).waitFor();
  await page.locator('.banner').waitFor({ state: 'detached' });
  await page.getByText(/中断期间新增 \d+ 条/).waitFor();
  expect(new URL(page.url()).pathname).toBe('/wall');
  expect(errors).toEqual([]);
});

test('a person who is not logged in is led to the form, logs in there, and is led back', async () => {
  const { gateway } = await calmSchool();
  const browser = await openBrowser();
  const page = await (await browser.newContext({ locale: 'zh-CN' })).newPage();
  await page.goto(`${gateway.url}/console`);
  await page.locator('input[name=user]').fill('duty');
  await page.locator('input[name=password]').fill('not the password');
  await page.locator('button[type=submit]').click();
  await page.getByText('用户名或密码不正确').waitFor();
  await page.locator('input[name=password]').fill(password);
  await page.locator('button[type=submit]').click();
  await page.waitForURL(/\/console/);
  await page.getByText('试验小学').first().waitFor();
});
