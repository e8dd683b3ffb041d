/**
 * A real Chromium whose user trusts the school's root, as NSS keeps it, and one whose user does not: what the page may do there, and the
 * guide by which a phone comes to trust it. No switch of the browser makes any of it trusted.
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { publicRoot } from '../../src/authority/authority-folder.ts';
import { serverPair } from '../../src/authority/server-pair.ts';
import { deviceGuides } from '../../src/words/screens/certificate-page-words.ts';
import { openChromium } from '../peers/chromium.ts';
import { people, place, stand } from '../server/place.ts';
import { quietDay } from '../ui/scenes.ts';
import { feederFor, openPage, type Stage, setStage, until } from '../ui/stage.ts';
import { folderOfTest, schoolFolder } from './school-folder.ts';

let stage: Stage;
let crowd: Awaited<ReturnType<typeof people>>;
beforeAll(async () => {
  [stage, crowd] = await Promise.all([setStage(), people()]);
});
afterAll(async () => {
  await stage?.end();
  await crowd?.remove();
});

/** The gateway's server on HTTPS with the school's own certificates. */
async function gateway() {
  const folder = await schoolFolder();
  const { key, cert } = serverPair(folder);
  const spot = place();
  spot.house.authority = () => publicRoot(folder);
  const tls = { key: readFileSync(key, 'utf8'), cert: readFileSync(cert, 'utf8') };
  const { server } = await stand(crowd.path, { tls, ui: stage.built }, spot);
  return { folder, server };
}

/** A browser of its own; its user trusts this root, when there is one. */
async function browserOf(root?: string): Promise<Browser> {
  const home = await folderOfTest();
  const store = join(home, '.pki', 'nssdb');
  mkdirSync(store, { recursive: true });
  execFileSync('certutil', ['-d', `sql:${store}`, '-N', '--empty-password']);
  if (root !== undefined)
    execFileSync('certutil', ['-d', `sql:${store}`, '-A', '-t', 'C,,', '-n', 'school', '-i', root]);
  const browser = await openChromium({ home });
  onTestFinished(() => browser.close());
  return browser;
}

describe('Chromium', () => {
  test('whose user trusts the root opens the pages by name and address without a warning, as a secure context', async () => {
    const { folder, server } = await gateway();
    const browser = await browserOf(join(folder, 'ca.crt'));
    for (const host of ['127.0.0.1', 'localhost']) {
      const page = await browser.newPage();
      await page.goto(`https://${host}:${server.port}/certificates`);
      expect(await page.evaluate('isSecureContext')).toBe(true);
      expect(await page.evaluate(`typeof navigator.mediaDevices + typeof navigator.serviceWorker`)).toBe(
        'objectobject',
      );
    }
  });

  test('whose user does not trust it refuses, and so it does for a root of another school', async () => {
    const { server } = await gateway();
    const other = await schoolFolder();
    for (const browser of [await browserOf(), await browserOf(join(other, 'ca.crt'))]) {
      const page = await browser.newPage();
      await expect(page.goto(server.url)).rejects.toThrow('ERR_CERT_AUTHORITY_INVALID');
    }
  });
});

test('whoever sets up comes to the guide by a link, and reads there that there is no certificate yet', async () => {
  const feeder = await feederFor(stage, quietDay(), 'admin');
  const { page } = await openPage(stage, `${feeder.url}/setup?lang=zh`);
  await page.getByRole('link', { name: '手机安装证书' }).click();
  await until(page, `document.querySelector('.certificates .failed') !== null`);
  expect(await page.locator('.failed').textContent()).toContain('npm run certificates');
});

describe('the guide', () => {
  test.each([
    [
      'ios',
      'Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 Version/17.5 Mobile Safari/604.1',
    ],
    ['android', 'Mozilla/5.0 (Linux; Android 14; NOH-AN00) AppleWebKit/537.36 Chrome/114.0.0.0 Mobile Safari/537.36'],
    ['windows', 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/120.0.0.0 Safari/537.36'],
  ] as const)(
    'on %s begins with the steps of that system, a drawing each, in both languages',
    async (device, userAgent) => {
      const { folder, server } = await gateway();
      const context = await stage.browser.newContext({
        ignoreHTTPSErrors: true,
        userAgent,
        viewport: { width: 390, height: 844 },
      });
      onTestFinished(() => context.close());
      const page = await context.newPage();
      const errors: string[] = [];
      page.on('pageerror', (error) => errors.push(error.message));
      const root = await publicRoot(folder);
      for (const lang of ['zh', 'en'] as const) {
        await page.goto(`${server.url}/certificates?lang=${lang}`);
        await page.waitForSelector('.root .print');
        if (device === 'windows') await page.waitForSelector('.pagecode path');
        const { name, steps } = deviceGuides[device];
        expect(await page.locator('[role=tab][aria-selected=true]').textContent()).toBe(name[lang]);
        expect(await page.locator('li').count()).toBe(steps.length);
        expect(await page.locator('li svg.sketch').count()).toBe(steps.length);
        expect(await page.locator('main').textContent()).toContain(steps.at(-1)!.say[lang]);
        expect(await page.locator('.print').allTextContents()).toEqual([root?.sha256, root?.sha1]);
        expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
        // Every text of a drawing stands within its drawing.
        const outside = await page.evaluate(`[...document.querySelectorAll('.sketch text')].filter((text) => {
        const box = text.getBoundingClientRect(), svg = text.closest('svg').getBoundingClientRect();
        return box.left < svg.left || box.right > svg.right;
      }).map((text) => text.textContent)`);
        expect(outside).toEqual([]);
        const shots = process.env.SHOTS;
        if (shots !== undefined)
          await page.screenshot({ path: join(shots, `certificates-${device}-${lang}.png`), fullPage: true });
      }
      // At a computer the page can be handed on to a phone.
      expect(await page.locator('.pagecode path').count()).toBe(device === 'windows' ? 1 : 0);
      await page.getByRole('tab').first().click();
      expect(await page.locator('[role=tab][aria-selected=true]').textContent()).toBe(deviceGuides.android.name.en);
      expect(errors).toEqual([]);
    },
  );
});
