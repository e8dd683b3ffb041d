/**
 * The wall of a running gateway in a real Chromium, with the words a person would read on it.
 */
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { onTestFinished } from 'vitest';
import { openChromium } from '../peers/chromium.ts';

/** Words that say all is well; none may be seen while nobody knows. */
export const reassuring = /正常|✓|无未处理/;

export interface Wall {
  readonly page: Page;
  readonly context: BrowserContext;
  /** What the page complained of. */
  readonly errors: string[];
}

/** A Chromium without a window that ends with the test. */
export async function openBrowser(): Promise<Browser> {
  const browser = await openChromium();
  onTestFinished(() => browser.close());
  return browser;
}

/** Opens a page as somebody whose cookie is `name=value`; resolves when the first snapshot is painted. */
export async function openWall(browser: Browser, url: string, cookie: string, path = '/wall'): Promise<Wall> {
  const context = await browser.newContext({ viewport: { width: 1920, height: 1080 }, locale: 'zh-CN' });
  const [name = '', value = ''] = cookie.split('=', 2);
  await context.addCookies([{ name, value, url, httpOnly: true, sameSite: 'Strict' }]);
  const page = await context.newPage();
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(String(error)));
  await page.goto(`${url}${path}`);
  await page.locator('.health, .bar, .phone').first().waitFor();
  return { page, context, errors };
}

/** Everything that can be read on the page now. */
export async function wordsOn(page: Page): Promise<string> {
  return await page.locator('body').innerText();
}
