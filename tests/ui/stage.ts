/**
 * Sets a stage for the screens: the built pages, a feeder in a process of its own, a real Chromium. Everything started
 * here is ended here, by its own handle.
 */
import { type ChildProcess, fork } from 'node:child_process';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { expect, onTestFinished } from 'vitest';
import type { PageFrame } from '../../src/core/site/feed-codec.ts';
import { PATIENCE_MS } from '../patience.ts';
import { openChromium } from '../peers/chromium.ts';
import type { Order, Place, Told } from './feeder.ts';
import type { Dated } from './scenes.ts';

const repository = join(import.meta.dirname, '../..');

const { pagesBuilt } = (await import(join(repository, 'src/commands/setup/build-pages.mjs'))) as {
  pagesBuilt(): boolean;
};

/**
 * The screens in a folder of their own, which the caller removes: those that are built of this very source, as `npm test` begins
 * by making them, and else built now; test files may build at the same time.
 */
export async function buildScreens(): Promise<string> {
  const outDir = await mkdtemp(join(tmpdir(), 'gatehouse-ui-'));
  if (pagesBuilt()) {
    await cp(join(repository, 'dist/ui'), outDir, { recursive: true });
    return outDir;
  }
  const { build } = await import('vite');
  // As a school gets them: under a test runner Vite would build what developers get.
  const was = process.env.NODE_ENV;
  process.env.NODE_ENV = 'production';
  try {
    await build({ configFile: join(repository, 'src/ui/vite.config.ts'), logLevel: 'error', build: { outDir } });
  } finally {
    process.env.NODE_ENV = was;
  }
  return outDir;
}

/** Built screens and a browser to look at them with. */
export interface Stage {
  readonly built: string;
  readonly browser: Browser;
  end(): Promise<void>;
}

/** Sets the stage for a file of tests. */
export async function setStage(): Promise<Stage> {
  const built = await buildScreens();
  const browser = await openChromium();
  return {
    built,
    browser,
    end: async () => {
      await browser.close();
      await rm(built, { recursive: true });
    },
  };
}

export interface Feeder {
  readonly url: string;
  readonly pid: number;
  readonly reports: PageFrame[];
  readonly asked: { readonly method: string; readonly path: string; readonly body: unknown }[];
  order(order: Order): Promise<void>;
  tell(...facts: Dated[]): Promise<void>;
  end(): void;
}

function nextTold(child: ChildProcess, what: Told['told']): Promise<Told> {
  return new Promise((resolve, reject) => {
    const limit = setTimeout(() => reject(new Error(`the feeder did not say ${what}`)), PATIENCE_MS);
    const listen = (told: Told) => {
      if (told.told !== what) return;
      clearTimeout(limit);
      child.off('message', listen);
      resolve(told);
    };
    child.on('message', listen);
  });
}

/** Starts a feeder whose day so far is `day`. */
export async function startFeeder(
  built: string,
  day: readonly Dated[],
  role: string,
  name: string,
  place: Place = 'plain',
): Promise<Feeder> {
  const child = fork(join(import.meta.dirname, 'feeder.ts'), [role, built, name, place], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  const port = await nextTold(child, 'port');
  if (port.told !== 'port' || child.pid === undefined) throw new Error('the feeder did not start');
  const reports: PageFrame[] = [];
  const asked: Feeder['asked'] = [];
  child.on('message', (told: Told) => {
    if (told.told === 'page') reports.push(told.frame as PageFrame);
    if (told.told === 'asked') asked.push(told);
  });
  const order = async (asks: Order) => {
    const done = nextTold(child, 'done');
    child.send(asks);
    await done;
  };
  await order({ do: 'tell', facts: day });
  return {
    url: `http://127.0.0.1:${port.port}`,
    pid: child.pid,
    reports,
    asked,
    order,
    tell: (...facts) => order({ do: 'tell', facts }),
    end: () => void child.kill('SIGKILL'),
  };
}

/** A feeder that ends with the test, and speaks to whoever `name` is. */
export async function feederFor(
  { built }: Stage,
  day: readonly Dated[],
  role = 'operator',
  name = '王建国',
  place?: Place,
): Promise<Feeder> {
  const feeder = await startFeeder(built, day, role, name, place);
  onTestFinished(feeder.end);
  return feeder;
}

export interface View {
  readonly width?: number;
  readonly height?: number;
  readonly scale?: number;
  /** What runs in the page before anything of ours. */
  readonly before?: string;
}

/** A page that ends with the test. `errors` collects what the page complained of. */
export async function openPage(
  { browser }: Stage,
  url: string,
  { width = 1920, height = 1080, scale = 1, before }: View = {},
): Promise<{ page: Page; errors: string[]; context: BrowserContext }> {
  const context = await browser.newContext({ viewport: { width, height }, deviceScaleFactor: scale });
  onTestFinished(() => context.close());
  const page = await context.newPage();
  if (before !== undefined) await page.addInitScript(before);
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(String(error)));
  page.on('console', (message) => {
    if (message.type() === 'error') errors.push(message.text());
  });
  await page.goto(url);
  return { page, errors, context };
}

/** Waits until an expression is true in the page. The page forbids `eval`, so the question is asked from outside. */
export async function until(page: Page, expression: string): Promise<void> {
  await expect.poll(() => page.evaluate<boolean>(expression), { message: expression }).toBe(true);
}
