/**
 * How long it takes from a wire that is cut to the alarm painted on the wall: a simulated fence on a Modbus bus, the built gateway, the wall in
 * a real Chromium. Beside it, for the same flips, a script that asks for the alarm word alone and a page that prints what it says. Each flip is a P1
 * alarm of its own in a zone that has none open: it is over, acknowledged and closed before the next.
 */
import { setTimeout as delay } from 'node:timers/promises';
import type { Page } from 'playwright-core';
import { Chance } from '../../simulators/virtual/chance.ts';
import { Durations, figure, table, times } from './figures.ts';
import { gate } from './gate.ts';
import { launch, type Peer } from './peer.ts';
import type { AwaitedAlarm, EarOptions, HeardAlarm } from './pixel-ear.ts';
import { type Eye, openEye, ROWS, type SeenAlarm } from './pixel-eye.ts';
import { BAUD, fence, HOST_UNITS, POLL_MS, places, zones } from './pixel-plan.ts';
import { PASSWORD, type Side } from './side.ts';

const LIMIT_MS = 5_000;
const SETTLE_MS = 3_000;
const DESK = 'desk';

type Place = (typeof places)[number];

/** Somebody who is told of the flips: a listener at his socket, and an eye on his page. */
interface Watcher {
  readonly name: string;
  readonly ear: Peer;
  readonly eye: Eye;
  readonly cause: (place: Place) => string;
  /** Number of the last alarm that was waited for. */
  last: number;
  lost: number;
  readonly frame: Durations;
  readonly dom: Durations;
  readonly painted: Durations;
}

/** Logs in on the wall as the watcher does. */
export async function toWall(page: Page, side: Side): Promise<void> {
  await page.goto(`${side.web}/login?next=${encodeURIComponent('/wall?lang=zh&theme=day')}`);
  await page.fill('input[autocomplete=username]', side.login!.user);
  await page.fill('input[type=password]', PASSWORD);
  await page.keyboard.press('Enter');
  await page.waitForSelector('.clock');
}

async function watcher(
  name: string,
  at: EarOptions,
  enter: (page: Page) => Promise<unknown>,
  cause: Watcher['cause'],
): Promise<Watcher> {
  const [ear, eye] = [await launch('./pixel-ear.ts', at), await openEye(ROWS, enter)];
  return {
    ...{ name, ear, eye, cause, last: 0, lost: 0 },
    ...{ frame: new Durations(), dom: new Durations(), painted: new Durations() },
  };
}

/** Waits for the flip at one of them; what does not come is lost. */
async function meet(who: Watcher, place: Place, flipped: Promise<number>): Promise<void> {
  const order: AwaitedAlarm = { device: place.device, cause: who.cause(place), above: who.last, limitMs: LIMIT_MS };
  const heard = await who.ear.ask<HeardAlarm | undefined>('raised', order, LIMIT_MS * 2);
  const seen: SeenAlarm | undefined = heard && (await who.eye.seen(heard.id, LIMIT_MS));
  const at = await flipped;
  if (heard) {
    who.last = heard.id;
    who.frame.add(heard.at - at);
  }
  if (seen) {
    who.dom.add(seen.dom - at);
    who.painted.add(seen.painted - at);
  } else who.lost += 1;
}

/** Flips so often, out of step with the polling; how long each took is kept by those who watch. The last of them is the gateway. */
async function flips(hosts: Peer, all: readonly Watcher[], count: number): Promise<void> {
  const chance = new Chance('pixel');
  for (let n = 0; n < count; n++) {
    const place = places[n % places.length]!;
    const { unit, point } = place;
    await delay(chance.between(0, POLL_MS));
    const flipped = hosts.ask<number>('flip', { unit, point, value: true }, LIMIT_MS);
    await Promise.all(all.map((who) => meet(who, place, flipped)));
    await hosts.ask('flip', { unit, point, value: false }, LIMIT_MS);
    await all.at(-1)!.ear.ask('settle', { limitMs: LIMIT_MS }, LIMIT_MS * 4);
  }
}

function told(all: readonly Watcher[]): string[][] {
  return all.flatMap((who) =>
    (['frame', 'dom', 'painted'] as const).map((what) => {
      const { p50, p95, p99, max } = who[what].summary();
      const base = all[0]![what].summary();
      return [
        `${who.name}: flip to ${what === 'frame' ? 'frame at the socket' : what === 'dom' ? 'document' : 'painted'}`,
        ...[p50, p95, p99, max].map(figure),
        what === 'painted' ? String(who.lost) : '',
        who === all[0] ? '' : `${times(p50, base.p50)} · ${times(p95, base.p95)} · ${times(p99, base.p99)}`,
      ];
    }),
  );
}

/** `count`: flips. */
export async function pixel(dir: string, count: number): Promise<string> {
  const hosts = await launch('./pixel-hosts.ts', {});
  const bus = Number(hosts.said.port);
  const floor = await launch('./pixel-floor.ts', { port: bus });
  const side = await gate({ dir, ...fence(bus), parts: { zones }, people: { [DESK]: 'operator' }, built: true });
  const all: Watcher[] = [];
  try {
    const url = String(floor.said.web);
    const desk = { url: side.web, login: { user: DESK, password: PASSWORD } };
    const bare = ({ bit }: Place) => String(1 << bit);
    all.push(await watcher('floor', { url }, (page) => page.goto(url), bare));
    const named = ({ device, point }: Place) => `${device}/${point}`;
    all.push(await watcher(side.name, desk, (page) => toWall(page, side), named));
    await delay(SETTLE_MS);
    await flips(hosts, all, count);
    const doubts = await Promise.all(all.map(({ eye }) => eye.doubt()));
    const other = (await all[1]!.ear.ask<unknown[]>('all', { count: 0, limitMs: 0 }, LIMIT_MS)).length - count;
    const title = `A cut wire to the pixel of the wall: ${count} flips, ${HOST_UNITS.length} hosts and a contact module on a bus of ${BAUD} baud, alarm words asked every ${POLL_MS} ms; aim painted p95 1 000, p99 2 000`;
    const head = ['', 'p50 ms', 'p95 ms', 'p99 ms', 'max ms', 'lost', '× floor (p50 · p95 · p99)'];
    return [
      table(title, head, told(all)),
      `Alarms beyond those of the flips: ${other}. Clocks of page and fence laid over each other within ${figure(Math.max(...doubts.map(({ within }) => within)))} ms, `,
      `apart by ${figure(Math.max(...doubts.map(({ apart }) => apart)))} ms at the end.\n`,
    ].join('');
  } finally {
    for (const { ear, eye } of all) {
      await eye.stop();
      await ear.stop();
    }
    await side.stop();
    await floor.stop();
    await hosts.stop();
  }
}
