/**
 * Reads a painted wall as a person four metres away would have to: no text under the floor, nothing cut off, no reassuring
 * word while data is stale, the banner never over the alarms. Returns complaints; an empty list is a pass.
 */
import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';

const inPage = readFileSync(new URL('legibility.page.js', import.meta.url), 'utf8');

/** What is wrong with the wall that `page` shows. */
export function read(page: Page): Promise<string[]> {
  return page.evaluate<string[]>(`(${inPage})()`);
}
