/**
 * `npm run dev` as a person who changes the code runs it: pages straight from their source, log-in and feed through the proxy
 * with the browser's own Host and Origin, a port in use named, and on Ctrl-C nothing left behind.
 */
import { createServer } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { WebSocket } from 'ws';
import { freePort } from '../../simulators/free-port.ts';
import { openFeed } from './feed.ts';
import { visit } from './visit.ts';

function login(url: string, origin: string, password: string): Promise<Response> {
  const headers = { 'content-type': 'application/json', origin };
  return fetch(`${url}/api/login`, { method: 'POST', headers, body: JSON.stringify({ user: 'duty', password }) });
}

test('the demonstration under development serves source, logs in and follows through its proxy, and leaves nothing behind', async () => {
  const url = `http://127.0.0.1:${await freePort()}`;
  const dev = await visit('dev', '--port', new URL(url).port);
  const [, password = ''] = await dev.said(/password\s+(\S+)\n/);
  expect(dev.output()).toContain(`${url}/wall`);
  const page = await fetch(`${url}/setup/walk`, { headers: { accept: 'text/html' } });
  expect(await page.text()).toContain('src="/boot.tsx"');
  expect(await (await fetch(`${url}/boot.tsx`)).text()).toContain('/wall/wall-page.tsx');

  expect((await login(url, 'https://elsewhere.example', password)).status).toBe(403);
  const answer = await login(url, url, password);
  expect(answer.status).toBe(200);
  const [cookie = ''] = answer.headers.getSetCookie()[0]!.split(';');
  const feed = await openFeed(url, cookie);
  expect(feed.site?.name.zh).toContain('实验小学');
  const foreign = new WebSocket(`${url.replace('http', 'ws')}/feed`, {
    headers: { cookie, origin: 'https://a.example' },
  });
  await expect(new Promise((resolve, reject) => foreign.on('open', resolve).on('error', reject))).rejects.toThrow();

  dev.child.kill('SIGINT');
  expect(await dev.code, dev.output()).toBe(0);
  expect(await dev.left()).toEqual({ files: [], processes: false });
});

test('a port in use is named, with what to do', async () => {
  const other = createServer();
  await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void other.close());
  const address = other.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  const dev = await visit('dev', '--port', String(port));
  expect(await dev.code).toBe(1);
  expect(dev.output()).toContain(`port ${port} is taken`);
});
