/**
 * A page before the real server that hears no beat: it asks over the connection itself. One that answers is left alone, and the page turns
 * stale, for a new snapshot would make a gateway look alive that has stopped; one that does not, while the gateway answers beside it, is left.
 */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { people, place, stand } from '../server/place.ts';
import { airFor } from './dead-spot.ts';
import { openPage, type Stage, setStage, until } from './stage.ts';

let stage: Stage;
let crowd: Awaited<ReturnType<typeof people>>;
beforeAll(async () => {
  crowd = await people();
  stage = await setStage();
});
afterAll(async () => {
  await stage?.end();
  await crowd?.remove();
});

/** Counts what the page opens and asks, and keeps how many feeds there were when it turned stale, and how long none had said a thing when it opened another. */
const counting = `
  window.feeds = 0; window.asks = 0; window.heard = 0; window.silence = 0; window.whenStale = 0;
  window.WebSocket = class extends WebSocket {
    constructor(url) {
      super(url);
      if (window.feeds++ > 0) window.silence = performance.now() - window.heard;
      this.addEventListener('message', () => { window.heard = performance.now(); });
    }
    send(text) {
      if (JSON.parse(text).t === 'ask') window.asks++;
      super.send(text);
    }
  };
  new MutationObserver(() => {
    if (!window.whenStale && /数据中断/.test(document.body?.innerText ?? '')) window.whenStale = window.feeds;
  }).observe(document, { subtree: true, childList: true, characterData: true });
`;

/** The wall, through the air, before a gateway whose time passes so fast. */
async function wall(pace: number) {
  const stood = await stand(crowd.path, { ui: stage.built }, place(), pace);
  await stood.place.offer({ kind: 'started', version: 'test', config: 'a' });
  const air = await airFor(stood.server.url);
  const { page, context } = await openPage(stage, `${stood.server.url}/healthz`, { before: counting });
  const [name = '', ...value] = (await stood.login('operator')).split('=');
  await context.addCookies([{ name, value: value.join('='), domain: '127.0.0.1', path: '/' }]);
  await page.goto(`${air.url}/wall?lang=zh`);
  await until(page, 'window.feeds === 1 && window.heard > 0');
  return { page, air };
}

test('a gateway that answers and has stopped beating is asked and left alone, and the page turns stale', async () => {
  const { page } = await wall(1e-3);
  await until(page, 'window.whenStale > 0');
  expect(await page.evaluate('window.whenStale')).toBe(1);
  expect(await page.evaluate('window.asks')).toBeGreaterThan(0);
});

test('a connection that carries nothing any more is left for another, not only when its silence has lasted', async () => {
  const { page, air } = await wall(1);
  air.lose();
  air.find();
  await until(page, 'window.feeds > 1');
  expect(await page.evaluate('window.asks')).toBeGreaterThan(0);
  // Eight seconds of silence end a feed that is not asked.
  expect(await page.evaluate('window.silence')).toBeLessThan(8_000);
});
