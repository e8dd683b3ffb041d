/**
 * Who looks at cameras, from the lens to the alarm: a simulated camera over HTTP, the real thread with libvips, the real core. Only the turn of
 * the watch is handed in, so that hours of looking take no time and no test waits for a clock.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import hikvision from '../../devices/camera-hikvision.ts';
import { type Camera, onvifCamera } from '../../simulators/camera/camera.ts';
import { PictureWatch } from '../../src/app/cameras/picture-watch.ts';
import { evolve } from '../../src/core/evolve.ts';
import { emptyState } from '../../src/core/state.ts';
import { step } from '../../src/core/step.ts';
import type { Durable, Event, Input, Site, State } from '../../src/core/types.ts';
import { untranslated } from '../../src/words/words.ts';
import { realWorld, type World } from '../../src/world/world.ts';
import { canteenOf } from '../core/camera/canteen.ts';

const quiet = { info: () => undefined, warn: () => undefined, error: () => undefined };
/** A Monday at noon in Shanghai. */
const noon = Date.parse('2026-11-30T12:00:00+08:00');
const always = [{ days: [0, 1, 2, 3, 4, 5, 6], from: 0, to: 0 }];
type Snapshot = (camera: string) => Promise<Uint8Array>;

class Watched {
  site: Site;
  readonly state: State = emptyState();
  readonly events: Event[] = [];
  readonly troubles = new Map<string, unknown>();
  readonly watch: PictureWatch;
  /** Cameras whose line gives none. */
  readonly without = new Set<string>();
  readonly stop = new AbortController();
  now = noon;
  elapsed = 0;
  snapshot: Snapshot;
  /** Waits of the watch and its thread that are not over, by length. */
  readonly waits: { readonly ms: number; readonly over: () => void }[] = [];

  constructor(site: Site, snapshot: Snapshot) {
    this.site = site;
    this.snapshot = snapshot;
    const dir = mkdtempSync(join(tmpdir(), 'watch-'));
    const world: World = {
      ...realWorld(quiet),
      elapsed: () => this.elapsed,
      sleep: (ms, signal) => {
        const wait = Promise.withResolvers<void>();
        const one = { ms, over: wait.resolve };
        this.waits.push(one);
        const gone = () => {
          if (this.waits.includes(one)) this.waits.splice(this.waits.indexOf(one), 1);
        };
        void wait.promise.then(gone, gone);
        signal?.addEventListener('abort', () => wait.reject(signal.reason), { once: true });
        return wait.promise;
      },
    };
    this.watch = new PictureWatch({
      ...{ world, dir, site: () => this.site, now: () => this.now },
      read: async (look) => look(this.state as unknown as Durable<State>),
      offer: async (input) => this.offer(input),
      snapshot: (camera) => this.snapshot(camera),
      givesStills: (camera) => !this.without.has(camera),
      trouble: (part, why) => void (why ? this.troubles.set(part, why) : this.troubles.delete(part)),
    });
    const run = this.watch.run(this.stop.signal);
    onTestFinished(async () => {
      this.stop.abort();
      await run;
      rmSync(dir, { recursive: true });
    });
  }

  offer(input: Input): void {
    for (const event of step(this.site, this.state, input, this.now)) {
      evolve(this.state, event);
      this.events.push(event);
    }
  }

  up(camera: string, up = true): void {
    this.offer({ kind: 'link', device: camera, up, why: untranslated('test') });
  }

  /** So many looks at a camera, half a minute apart. */
  async look(times: number, camera = 'k1'): Promise<void> {
    for (let n = 0; n < times; n++) {
      this.now += 30_000;
      await this.watch.look(camera);
    }
  }

  /** One turn of the watch, so much later. */
  async turn(ms: number): Promise<void> {
    this.elapsed += ms;
    this.now += ms;
    this.waits.find((wait) => wait.ms === 500)?.over();
    await new Promise((resolve) => setImmediate(resolve));
  }

  told = (kind: Event['kind']) => this.events.filter((event) => event.kind === kind);
}

async function kitchen(): Promise<{ readonly at: Watched; readonly camera: Camera }> {
  let shown = noon;
  const camera = await onvifCamera({ profile: hikvision, name: 'canteen-1', now: () => shown });
  onTestFinished(() => camera.stop());
  const from = async () => {
    shown += 30_000;
    const answer = await fetch(new URL('/onvif/snapshot?channel=1', camera.url));
    if (!answer.ok) throw new Error(String(answer.status));
    return new Uint8Array(await answer.arrayBuffer());
  };
  const at = new Watched(canteenOf(['k1'], always), from);
  at.up('k1');
  return { at, camera };
}

const standing = ({ state }: Watched) => [...state.alarms.values()].filter(({ causes }) => causes.length > 0);

test('a hand over a lens is a fact and an alarm, though the camera says nothing of it, and over when the hand is gone', async () => {
  const { at, camera } = await kitchen();
  await at.look(22);
  expect(at.told('picture-learned')).toMatchObject([{ camera: 'k1', hours: 'day', why: 'first', stills: 20 }]);
  expect(at.state.cameras.get('k1')?.seen).toMatchObject({ seen: true, why: 'fresh' });
  expect(at.told('raised')).toEqual([]);

  camera.set('masked', true);
  await at.look(3);
  expect(at.told('picture-judged')).toEqual([]);
  await at.look(8);
  const [judged] = at.told('picture-judged');
  expect(judged).toMatchObject({ camera: 'k1', active: true });
  expect(['covered', 'dark']).toContain((judged as Extract<Event, { kind: 'picture-judged' }>).sign);
  expect(standing(at)).toMatchObject([{ kind: 'masked', device: 'k1', decidedBy: ['gateway'] }]);
  expect(at.state.cameras.get('k1')?.seen?.seen).toBe(false);

  camera.set('masked', false);
  await at.look(6);
  expect(standing(at)).toEqual([]);
  expect(at.told('returned-to-normal')).toHaveLength(1);
  expect(at.state.cameras.get('k1')?.seen?.why).toBe('fresh');
  expect(at.told('picture-learned')).toHaveLength(1);
});

test('a lens that was covered from the first counts as nothing, and never as seen', async () => {
  const { at, camera } = await kitchen();
  camera.set('masked', true);
  await at.look(6);
  expect(at.told('camera-seen').filter((event) => 'seen' in event && event.seen === true)).toEqual([]);
  await at.look(30);
  expect(at.told('picture-learned')).toEqual([]);
  expect(at.state.cameras.get('k1')?.seen?.seen).not.toBe(true);
});

test('a reference that a person has learned anew makes the camera unknown until it is learned', async () => {
  const { at, camera } = await kitchen();
  await at.look(22);
  camera.set('masked', true);
  at.offer({
    kind: 'command',
    by: { name: 'h', role: 'head' },
    command: { do: 'dismiss-picture', camera: 'k1', reason: 'shelves were moved' },
  });
  await at.look(2);
  expect(at.state.cameras.get('k1')).toMatchObject({ learned: {}, dismissed: { by: 'h' } });
  expect(at.state.cameras.get('k1')?.seen?.seen).not.toBe(true);
  camera.set('masked', false);
  await at.look(30);
  expect(at.state.cameras.get('k1')).toMatchObject({ learned: { day: { why: 'asked' } }, seen: { why: 'fresh' } });
});

test('what is no picture is said to be none after three, whatever it is, and over with the next one', async () => {
  const { at, camera } = await kitchen();
  await at.look(21);
  for (const fault of ['html', 'png', 'empty'] as const) {
    camera.faults.snapshot = fault;
    await at.look(2);
    expect(at.state.cameras.get('k1')?.seen?.why).toBe('fresh');
    await at.look(2);
    expect(at.state.cameras.get('k1')?.seen).toMatchObject({ seen: false, why: 'no-still' });
    camera.faults.snapshot = 'ok';
    await at.look(1);
    expect(at.state.cameras.get('k1')?.seen?.why).toBe('fresh');
  }
  expect(at.told('camera-seen')).toHaveLength(7);
});

test('a camera whose link is down is said to be that, and its picture is not asked for', async () => {
  const { at, camera } = await kitchen();
  at.up('k1', false);
  const before = camera.asked.get('snapshot') ?? 0;
  await at.look(3);
  expect(camera.asked.get('snapshot') ?? 0).toBe(before);
  expect(at.state.cameras.get('k1')?.seen?.why).toBe('no-link');
});

test('cameras that hang are asked once each and given up after twenty seconds, and those behind them are looked at', async () => {
  const ids = Array.from({ length: 9 }, (_, n) => `k${n + 1}`);
  const asked: string[] = [];
  const at = new Watched(canteenOf(ids, always), (camera) => {
    asked.push(camera);
    return new Promise(() => undefined);
  });
  for (const id of ids) at.up(id);
  await at.turn(30_000);
  for (let n = 0; n < 20; n++) await at.turn(500);
  expect(asked).toHaveLength(4);
  for (let round = 0; round < 5; round++) {
    for (const wait of at.waits.filter(({ ms }) => ms === 20_000)) wait.over();
    await at.turn(0);
    await at.turn(20_000);
    expect(at.waits.filter(({ ms }) => ms === 20_000).length).toBeLessThanOrEqual(4);
  }
  expect(new Set(asked)).toEqual(new Set(ids));
});

test('a camera that is taken away while its picture is on the way leaves nothing behind', async () => {
  const on = Promise.withResolvers<Uint8Array>();
  const at = new Watched(canteenOf(['k1'], always), () => Promise.reject(new Error('none')));
  at.up('k1');
  await at.look(1);
  // The watch has looked once by itself: the third miss would be said.
  at.snapshot = () => on.promise;
  const looking = at.watch.look('k1');
  at.site = { ...at.site, cameras: { ...at.site.cameras!, off: [...at.site.cameras!.off, 'k1'] } };
  await at.turn(500);
  on.reject(new Error('gone'));
  await looking;
  expect(at.watch.shown()).toEqual([]);
  expect(at.told('camera-seen')).toEqual([]);
  expect(at.troubles.size).toBe(0);
});

test('every ten minutes it says whom it sees; a camera whose line gives no stills is in neither list', async () => {
  const at = new Watched(canteenOf(['k1', 'k2'], always), () => Promise.reject(new Error('none')));
  at.without.add('k2');
  for (const id of ['k1', 'k2']) at.up(id);
  for (let n = 0; n < 21; n++) {
    await at.turn(30_000);
    await at.turn(0);
  }
  expect(at.told('cameras-watched').at(-1)).toMatchObject({ seen: [], unseen: { k1: 'no-still' } });
  expect(at.state.cameras.has('k2')).toBe(false);
  expect(at.watch.shown()).toContainEqual({ camera: 'k2', noStills: true, references: {} });
});
