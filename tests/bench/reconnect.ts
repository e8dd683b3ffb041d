/**
 * How long a guard's phone takes to be connected again when it comes out of a dead spot: a real Chromium with the phone's page, the whole
 * gateway, and between them air that is lost for a while. What was open in a dead spot stays dead afterwards. Measured from the moment in
 * which the air is there again to the first word of the gateway in the page. There is no floor: the aim is 3 s.
 */
import { setTimeout as delay } from 'node:timers/promises';
import { chromium } from 'playwright-core';
import { openAir } from '../ui/dead-spot.ts';
import { Durations, figure, table } from './figures.ts';
import { gate } from './gate.ts';
import { PASSWORD } from './side.ts';

/** How long a spot lasts, s: through a stairwell, round a building, in the cellar. */
const spots = [
  ['1 to 4 s', 1, 4],
  ['4 to 12 s', 4, 12],
  ['12 to 40 s', 12, 40],
] as const;

/** Resolves with the time of the next frame that any feed of the page hears. */
function nextFrame(hears: Set<() => void>): Promise<number> {
  return new Promise((resolve) => {
    const hear = () => {
      hears.delete(hear);
      resolve(performance.now());
    };
    hears.add(hear);
  });
}

/** `times`: how often each length of spot is tried. */
export async function reconnect(dir: string, times: number): Promise<string> {
  // How soon it starts is measured elsewhere.
  const side = await gate({ dir, readyLimitMs: 300_000 });
  const air = await openAir(side.web);
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium-headless-shell',
    args: ['--no-sandbox', '--disable-gpu'],
  });
  try {
    const page = await browser.newPage({ viewport: { width: 390, height: 844 } });
    const hears = new Set<() => void>();
    page.on('websocket', (socket) =>
      socket.on('framereceived', () => {
        for (const hear of hears) hear();
      }),
    );
    await page.goto(`${air.url}/login?next=${encodeURIComponent('/m')}`);
    await page.fill('input[autocomplete=username]', side.login!.user);
    await page.fill('input[type=password]', PASSWORD);
    await page.keyboard.press('Enter');
    await page.waitForSelector('.phone section');
    const rows: string[][] = [];
    for (const [name, least, most] of spots) {
      const all = new Durations();
      for (let n = 0; n < times; n++) {
        // Spread evenly over the range, and at another moment between two beats each time.
        air.lose();
        await delay(1_000 * (least + ((most - least) * (n + 0.5)) / times));
        air.find();
        const found = performance.now();
        all.add((await nextFrame(hears)) - found);
        await delay(2_000 + 370 * (n % 7));
      }
      const { count, p50, p95, max } = all.summary();
      rows.push([name, String(count), figure(p50), figure(p95), figure(max)]);
    }
    const title = 'out of a dead spot to the first word of the gateway; aim: at most 3 000 ms';
    return table(title, ['spot', 'times', 'p50 ms', 'p95 ms', 'max ms'], rows);
  } finally {
    await browser.close();
    air.end();
    await side.stop();
  }
}
