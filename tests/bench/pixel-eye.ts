/**
 * Looks at a page in a real Chromium and says when each alarm was in its document and when the frame with it was painted. It looks on
 * and touches nothing of the page. Painted means: the frame after the one that has it begins, so at most a frame (17 ms) too late.
 */
import type { Page } from 'playwright-core';
import { openChromium } from '../peers/chromium.ts';
import { clock } from './peer.ts';

/** What the page says of an alarm, by the clock of `clock`. */
export interface SeenAlarm {
  readonly dom: number;
  readonly painted: number;
}

export interface Eye {
  readonly page: Page;
  /** When this mark was seen; undefined when it was not within the limit. */
  seen(mark: number, limitMs: number): Promise<SeenAlarm | undefined>;
  /** How well the page's clock and ours were laid over each other, ms either way, and how far they went apart since the opening. */
  doubt(): Promise<{ readonly within: number; readonly apart: number }>;
  stop(): Promise<void>;
}

/** Marks of a list: the numbers of alarms that nobody has acknowledged and that stand in a row. */
export const ROWS = `[...document.querySelectorAll('.row.new[data-alarm]')].flatMap((row) => row.dataset.alarm.split(' ').map(Number))`;
/** Marks of a count: 1 to as many alarms as the head says are waiting. */
export const COUNT = `Array.from({ length: Number(/\\d+/.exec(document.querySelector('.head .chip')?.textContent ?? '')?.[0] ?? 0) }, (_, i) => i + 1)`;

const NOW = 'performance.timeOrigin + performance.now()';
const looking = (marks: string) => `(() => {
  const known = new Set();
  const now = () => ${NOW};
  const look = () => {
    const dom = now();
    const fresh = ${marks}.filter((mark) => !known.has(mark));
    if (fresh.length === 0) return;
    for (const mark of fresh) known.add(mark);
    requestAnimationFrame(() => requestAnimationFrame(() => window.saw(fresh, dom, now())));
  };
  new MutationObserver(look).observe(document, { subtree: true, childList: true, characterData: true, attributes: true });
})()`;

const TRIES = 200;

/** How far the page's clock is before ours: it answers between two looks at ours, and the tightest pair counts. */
async function laid(page: Page): Promise<{ readonly ahead: number; readonly within: number }> {
  let [least, most] = [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY];
  for (let i = 0; i < TRIES; i++) {
    const before = clock();
    const there = await page.evaluate<number>(NOW);
    const after = clock();
    least = Math.max(least, there - after);
    most = Math.min(most, there - before);
  }
  return { ahead: (least + most) / 2, within: (most - least) / 2 };
}

/** Opens the page in a browser of its own; `enter` brings it there. */
export async function openEye(marks: string, enter: (page: Page) => Promise<unknown>): Promise<Eye> {
  const browser = await openChromium();
  const page = await browser.newPage({ viewport: { width: 1920, height: 1080 } });
  const seen = new Map<number, SeenAlarm>();
  const waiting = new Map<number, () => void>();
  let ahead = 0;
  await page.exposeFunction('saw', (fresh: readonly number[], dom: number, painted: number) => {
    for (const mark of fresh) {
      seen.set(mark, { dom: dom - ahead, painted: painted - ahead });
      waiting.get(mark)?.();
    }
  });
  await page.addInitScript(looking(marks));
  await enter(page);
  const first = await laid(page);
  ahead = first.ahead;
  return {
    page,
    async seen(mark, limitMs) {
      if (!seen.has(mark)) {
        const { promise, resolve } = Promise.withResolvers<void>();
        const timer = setTimeout(resolve, limitMs);
        waiting.set(mark, resolve);
        await promise;
        clearTimeout(timer);
        waiting.delete(mark);
      }
      return seen.get(mark);
    },
    async doubt() {
      const last = await laid(page);
      return { within: Math.max(first.within, last.within), apart: Math.abs(last.ahead - first.ahead) };
    },
    stop: () => browser.close(),
  };
}
