/**
 * The browser that tests look through: Debian's Chromium without a window, in the build made for that, which opens a page in
 * half the time. It has no wish to talk to anybody.
 */
import { type Browser, chromium } from 'playwright-core';
import { PATIENCE_MS } from '../patience.ts';

/**
 * Starts one; whoever started it closes it. `home`: where it looks for what its user trusts; `sound`: whether a page may sound by itself,
 * or only once somebody has touched it, as on a phone.
 */
export async function openChromium({
  home,
  sound = 'free',
}: {
  readonly home?: string;
  readonly sound?: 'free' | 'by touch';
} = {}): Promise<Browser> {
  const browser = await chromium.launch({
    timeout: PATIENCE_MS,
    ...(home !== undefined && { env: { ...process.env, HOME: home } }),
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium-headless-shell',
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      `--autoplay-policy=${sound === 'free' ? 'no-user-gesture-required' : 'document-user-activation-required'}`,
    ],
  });
  browser.on('context', (context) => context.setDefaultTimeout(PATIENCE_MS));
  return browser;
}
