/**
 * The public screen for half an hour in a real Chromium before the real program, while its cameras go and come, hang and give no pictures, and the
 * gateway is ended and killed. Once a second what is painted is read from the pixels: the simulated cameras draw their own time as a bar, so that
 * no clock of the page or the gateway is trusted. It looks on and touches nothing of the page.
 */
import { existsSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import type { CDPSession, Page } from 'playwright-core';
import hikvision from '../../devices/camera-hikvision.ts';
import { type Camera, onvifCamera } from '../../simulators/camera/camera.ts';
import { openChromium } from '../peers/chromium.ts';
import { figure, table } from './figures.ts';
import { type Gate, gate } from './gate.ts';
import { clock, ownMemory } from './peer.ts';
import { PASSWORD } from './side.ts';

const CAMERAS = 6;
const DINER = 'dining';
const INTERVAL_MS = 2_000;
/** The page may call a picture current for three intervals; a second goes by between two looks and until it is painted. */
const CURRENT_MAX_MS = 3 * INTERVAL_MS + 1_000;
/** Older than ten intervals there is no picture at all, with the same second. */
const SHOWN_MAX_MS = 10 * INTERVAL_MS + 1_000;
const words = (text: string) => ({ zh: text, en: text });

interface TileSeen {
  readonly camera: string;
  readonly is: string;
  /** Where the bar of the picture stands, of 640; -1: no bar is seen. Undefined: no picture. */
  readonly bar?: number;
}
interface ScreenSeen {
  readonly at: number;
  readonly clock: string;
  readonly cut: boolean;
  readonly tiles: readonly TileSeen[];
}

/** What is painted now. The bar of a picture moves a pixel each 50 ms and is of one colour on a dark ground. */
const LOOK = `(() => {
  const canvas = (window.eye ??= new OffscreenCanvas(640, 2));
  const draw = canvas.getContext('2d', { willReadFrequently: true });
  const bar = (picture) => {
    if (!picture || picture.hidden || picture.width !== 640) return undefined;
    draw.drawImage(picture, 0, 337, 640, 2, 0, 0, 640, 2);
    const { data } = draw.getImageData(0, 0, 640, 1);
    for (let x = 0; x < 640; x++) if (data[4 * x] + data[4 * x + 1] + data[4 * x + 2] > 170) return x;
    return -1;
  };
  return {
    at: Date.now(),
    clock: document.querySelector('header time')?.textContent ?? '',
    cut: document.querySelector('.cut') !== null,
    tiles: [...document.querySelectorAll('.tile')].map((tile) => ({
      camera: tile.dataset.camera, is: tile.dataset.is, bar: bar(tile.querySelector('canvas')),
    })),
  };
})()`;

/** How old a picture is by its own bar, ms, within the 32 s after which the bar begins anew. */
const ageOf = (bar: number, at: number): number => {
  const turn = 640 * 50;
  return (((at - bar * 50) % turn) + turn) % turn;
};

interface Mishap {
  /** Of the whole time. */
  readonly share: number;
  readonly what: string;
  readonly act: () => unknown;
  /** What was wrong is mended by it: from here on it counts how long all takes to be there. */
  readonly mends: boolean;
}

/** What goes wrong, and is mended. */
function plan(cameras: readonly Camera[], side: Gate): Mishap[] {
  const wrong = (share: number, what: string, act: () => unknown): Mishap => ({ share, what, act, mends: false });
  const mended = (share: number, what: string, act: () => unknown): Mishap => ({ share, what, act, mends: true });
  const fault = (n: number, faults: Partial<Camera['faults']>) => () => Object.assign(cameras[n]!.faults, faults);
  return [
    wrong(0.06, 'cam1 gone', () => cameras[0]!.refuse(true)),
    wrong(0.1, 'cam2 hangs', fault(1, { hang: true })),
    mended(0.16, 'cam1 back', () => cameras[0]!.refuse(false)),
    mended(0.2, 'cam2 answers', fault(1, { hang: false })),
    wrong(0.24, 'cam3 gives no picture', fault(2, { snapshot: 'empty' })),
    mended(0.3, 'cam3 gives pictures', fault(2, { snapshot: 'ok' })),
    wrong(0.34, 'every camera gone', () => Promise.all(cameras.map((one) => one.refuse(true)))),
    mended(0.4, 'every camera back', () => Promise.all(cameras.map((one) => one.refuse(false)))),
    wrong(0.46, 'gateway stopped in order', () => side.stop()),
    mended(0.49, 'gateway started', () => side.again()),
    wrong(0.56, 'cam4 answers after 4 s', fault(3, { slowMs: 4_000 })),
    mended(0.62, 'cam4 answers at once', fault(3, { slowMs: 0 })),
    wrong(0.66, 'gateway killed', () => side.kill()),
    mended(0.7, 'gateway started', () => side.again()),
    wrong(0.76, 'cam5 cuts its pictures', fault(4, { cut: true })),
    mended(0.82, 'cam5 sends whole pictures', fault(4, { cut: false })),
  ];
}

/** What was wrong with what was painted; empty when all was well. */
function wrongs({ at, clock: shown, cut, tiles }: ScreenSeen): string[] {
  const found = cut && /\d/.test(shown) ? ['its clock runs while the gateway does not answer'] : [];
  for (const { camera, is, bar } of tiles) {
    if (bar === undefined) {
      if (is === 'current') found.push(`${camera} is called current and shows no picture`);
      continue;
    }
    const age = ageOf(bar, at);
    if (bar < 0) found.push(`${camera} shows a picture without its bar`);
    else if (is === 'current' && age > CURRENT_MAX_MS) found.push(`${camera} calls ${age} ms current`);
    else if (age > SHOWN_MAX_MS) found.push(`${camera} still shows ${age} ms`);
  }
  return found;
}

interface Weight {
  readonly heapMB: number;
  readonly nodes: number;
  readonly pageMB: number;
  readonly gatewayMB: number;
}

/** What the page and the gateway hold, after the page's rubbish is collected. */
async function weigh(page: CDPSession, renderer: number, side: Gate): Promise<Weight> {
  await page.send('HeapProfiler.collectGarbage');
  const { metrics } = await page.send('Performance.getMetrics');
  const of = (wanted: string) => metrics.find(({ name }) => name === wanted)?.value ?? Number.NaN;
  return {
    heapMB: of('JSHeapUsedSize') / 1_048_576,
    nodes: of('Nodes'),
    pageMB: ownMemory(renderer),
    gatewayMB: existsSync(`/proc/${side.pid}`) ? ownMemory(side.pid) : Number.NaN,
  };
}

async function opened(page: Page, side: Gate): Promise<void> {
  await page.goto(`${side.web}/login?next=${encodeURIComponent('/kitchen?lang=zh')}`);
  await page.fill('input[autocomplete=username]', DINER);
  await page.fill('input[type=password]', PASSWORD);
  await page.keyboard.press('Enter');
  await page.waitForSelector('.tile[data-is=current]');
}

const note = (line: string): void => void process.stderr.write(`${new Date().toISOString().slice(11, 19)} ${line}\n`);

/** Plays the plan and looks once a second; how many seconds, what was wrong, and how long each return took. */
async function watch(page: Page, acts: Mishap[], minutes: number, weighed: () => Promise<Weight>) {
  const began = clock();
  const total = minutes * 60_000;
  const weights: Weight[] = [];
  const wrong: string[] = [];
  const returns: string[][] = [];
  let [seconds, current, oldest] = [0, 0, 0];
  let waits: { what: string; since: number } | undefined;
  // One after the other, and beside the looking: what is painted while the gateway starts is what matters.
  let acting = Promise.resolve();
  while (clock() - began < total) {
    const passed = clock() - began;
    for (let next = acts[0]; next && passed >= next.share * total; next = acts[0]) {
      acts.shift();
      const { what, act, mends } = next;
      acting = acting.then(async () => {
        note(what);
        waits = mends ? { what, since: clock() } : undefined;
        await act();
      });
    }
    if (weights.length < (passed / total) * 10) weights.push(await weighed());
    const seen = (await page.evaluate(LOOK)) as ScreenSeen;
    seconds++;
    const lives = seen.tiles.filter(({ is, bar }) => is === 'current' && bar !== undefined);
    current += lives.length;
    oldest = Math.max(oldest, ...lives.map(({ bar }) => ageOf(bar!, seen.at)));
    for (const what of wrongs(seen)) {
      note(what);
      wrong.push(what);
    }
    if (waits && lives.length === CAMERAS && !seen.cut) {
      returns.push([waits.what, figure((clock() - waits.since) / 1_000)]);
      waits = undefined;
    }
    await delay(Math.max(0, 1_000 - ((clock() - began) % 1_000)));
  }
  await acting;
  weights.push(await weighed());
  return { seconds, current, oldest, wrong, returns, weights };
}

export async function kitchenScreen(dir: string, minutes: number): Promise<string> {
  const login = { user: 'bench', password: 'bench-eyes' };
  const ids = Array.from({ length: CAMERAS }, (_, n) => `cam${n + 1}`);
  const cameras = await Promise.all(ids.map((name) => onvifCamera({ ...login, name, profile: hikvision })));
  const browser = await openChromium();
  // biome-ignore lint/suspicious/noTemplateCurlyInString: the configuration takes it from the environment
  const password = '${BENCH_EYES}';
  const side = await gate({
    dir,
    lines: ids.map((id, n) => ({ id, protocol: 'onvif', address: cameras[n]!.url, user: login.user, password })),
    devices: ids.map((id) => ({ id, title: words(id), line: id, profile: 'camera-hikvision', zones: { view: false } })),
    parts: { kitchen: { cameras: ids.map((camera) => ({ camera, area: words(camera) })), menu: words('—') } },
    people: { [DINER]: 'kitchen' },
    readyLimitMs: 300_000,
    env: { BENCH_EYES: login.password },
  });
  try {
    const page = await browser.newPage({ viewport: { width: 1920, height: 1080 } });
    await opened(page, side);
    const cdp = await page.context().newCDPSession(page);
    await cdp.send('Performance.enable');
    const whole = await browser.newBrowserCDPSession();
    const { processInfo } = await whole.send('SystemInfo.getProcessInfo');
    const renderer = processInfo.filter(({ type }) => type === 'renderer').at(-1)!.id;
    const told = await watch(page, plan(cameras, side), minutes, () => weigh(cdp, renderer, side));
    const weight = (one: Weight) => [figure(one.heapMB), figure(one.nodes), figure(one.pageMB), figure(one.gatewayMB)];
    return [
      table(
        `The public screen for ${minutes} minutes, looked at once a second`,
        ['seconds', 'tiles seen as current', 'oldest of them ms', 'wrong'],
        [[String(told.seconds), String(told.current), figure(told.oldest), String(told.wrong.length)]],
      ),
      table('Until all six were current again', ['after', 's'], told.returns),
      table(
        'Memory over the run, page after collection',
        ['page heap MB', 'nodes', 'page process MB', 'gateway MB'],
        told.weights.map(weight),
      ),
    ].join('');
  } finally {
    await browser.close();
    await side.stop();
    await Promise.all(cameras.map((one) => one.stop()));
  }
}
