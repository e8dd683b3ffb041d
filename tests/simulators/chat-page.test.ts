/**
 * The page that shows what pretended groups have read: whatever a message holds is text there.
 */
import { expect, onTestFinished, test } from 'vitest';
import { openChat } from '../../simulators/chat/chat-server.ts';

const robot = { key: 'key-of-the-group' };
const app = { corp: 'ww01', secret: 'hush', agent: 1, users: [], trusted: true, tokenSeconds: 7_200 };

test('a page shows what a group read, the newest first, and lets nothing in it act', async () => {
  const server = await openChat({ accounts: { wecom: robot, dingtalk: robot, feishu: robot, app } });
  onTestFinished(() => server.stop());
  expect(await (await fetch(server.url)).text()).toContain('还没有消息');
  for (const content of ['first <script>alert(1)</script>', 'second & last'])
    await fetch(`${server.url}/cgi-bin/webhook/send?key=${robot.key}`, {
      method: 'POST',
      body: JSON.stringify({ msgtype: 'text', text: { content, mentioned_mobile_list: ['"><b>'] } }),
    });
  const page = await (await fetch(server.url)).text();
  expect(page).not.toMatch(/<script|"><b>/);
  expect(page.indexOf('second &amp; last')).toBeGreaterThan(0);
  expect(page.indexOf('second &amp; last')).toBeLessThan(page.indexOf('first &lt;script>'));
  expect(page).not.toContain(robot.key);
});

test('what is not at a path of theirs, or has no end, is not taken', async () => {
  const server = await openChat({ accounts: { wecom: robot, dingtalk: robot, feishu: robot, app } });
  onTestFinished(() => server.stop());
  expect((await fetch(`${server.url}/elsewhere`, { method: 'POST', body: '{}' })).status).toBe(404);
  const endless = fetch(`${server.url}/robot/send`, { method: 'POST', body: 'x'.repeat(13 * 1024 * 1024) });
  await expect(endless.then((response) => response.text())).rejects.toThrow();
  expect(server.messages).toEqual([]);
});
