/**
 * Reads a painted wall as a person four metres away would have to: no text under the floor, nothing cut off, no reassuring
 * word while data is stale, the banner never over the alarms. Returns complaints; an empty list is a pass.
 */
import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';

const inPage = readFileSync(new URL('./legibility.page.js', import.meta.url), 'utf8');

/** What is wrong with the wall that `page` shows. */
export function read(page: Page): Promise<string[]> {
  return page.evaluate<string[]>(`(${inPage})()`);
}

const SIZES = [
  [1920, 1080],
  [3840, 2160],
] as const;

/** Complaints in both themes and sizes, each named. */
export async function readAll(page: Page, name: string): Promise<string[]> {
  const found: string[] = [];
  for (const [width, height] of SIZES) {
    await page.setViewportSize({ width, height });
    for (const theme of ['day', 'dark']) {
      await page.evaluate(`document.documentElement.dataset.theme = '${theme}'`);
      found.push(...(await read(page)).map((complaint) => `${name} ${width} ${theme}: ${complaint}`));
    }
  }
  return found;
}
