/** What the ONVIF driver makes of cameras that misbehave, each in a way that was met on a real one. */
import { afterEach, describe, expect, test } from 'vitest';
import camera from '../../devices/camera-onvif.ts';
import type { Camera } from '../../simulators/camera.ts';
import type { CameraFaults } from '../../simulators/camera-faults.ts';
import type { Profile } from '../../src/profile/profile.ts';
import { wordsOf } from '../../src/words/worded-error.ts';
import { bothLanguages } from '../../src/words/words.ts';
import { PATIENCE_MS, TEST_LIMIT_MS } from '../patience.ts';
import { type Running, run, secured, valuesOf } from './onvif-line.ts';

const stops: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0).reverse()) await stop();
});

/** The generic camera with a patience for silence that a test can wait for. */
const impatient: Profile = { ...camera, wire: { ...camera.wire, muteMs: 1500 } };

async function begun(
  faults: Partial<CameraFaults> = {},
  profile: Profile = camera,
  timeoutMs = 500,
): Promise<{ cam: Camera; running: Running }> {
  const { cam, options } = await secured({ faults });
  stops.push(() => cam.stop());
  cam.set('masked', false);
  const running = run({ ...options, timeoutMs }, profile);
  stops.push(() => running.stop());
  return { cam, running };
}

async function followed(
  faults: Partial<CameraFaults> = {},
  profile?: Profile,
): Promise<{ cam: Camera; running: Running }> {
  const both = await begun(faults, profile);
  await both.running.until('the masked state is known', () => valuesOf(both.running.said, 'masked').length > 0);
  return both;
}

async function masks(cam: Camera, running: Running): Promise<void> {
  cam.set('masked', true);
  await running.until('the mask is reported', () => valuesOf(running.said, 'masked').at(-1) === true);
}

const created = (cam: Camera): number => cam.asked.get('CreatePullPointSubscription') ?? 0;

describe('a camera that is not there', () => {
  test.each([
    ['accepts and never answers', { hang: true }, 'did not answer'],
    ['cuts each answer in half', { cut: true }, 'did not answer'],
    ['sends sixteen bytes every half second', { drip: true }, 'did not answer'],
    ['sends eight megabytes', { hugeBytes: 8_000_000 }, 'did not answer'],
    ['answers slower than the limit', { slowMs: 2000 }, 'did not answer'],
    ['answers with rubbish', { garbage: true }, 'cannot be read'],
    ['is a web page with status 200', { htmlOk: true }, 'cannot be read'],
    ['never answers a pull', { hang: ['PullMessages'] }, 'did not answer'],
    ['never answers the creation of a subscription', { hang: ['CreatePullPointSubscription'] }, 'did not answer'],
    ['never answers a synchronization point', { hang: ['SetSynchronizationPoint'] }, 'did not answer'],
    ['has no free slot', { slots: 0 }, 'MaxPullPoints'],
    ['has no free slot and says so with status 200', { slots: 0, faultStatus: 200 }, 'MaxPullPoints'],
    ['has no free slot and says so with status 500', { slots: 0, faultStatus: 500 }, 'MaxPullPoints'],
  ] as const)('or %s ends the line with a sentence that names it', async (_, faults, sentence) => {
    const { running } = await begun(faults);
    const error = (await running.ended) as Error;
    expect(error.message).toContain(sentence);
    expect(error.message).toContain('camera canteen-1');
    expect(wordsOf(error).zh).toContain('摄像机 canteen-1');
    expect(running.said.links.at(-1)).toEqual({ up: false, why: bothLanguages(wordsOf(error)) });
    expect(running.said.links.filter((link) => link.up)).toEqual([]);
  });

  test('refusing connections ends the line, and a new start finds it again', async () => {
    const { cam, running } = await followed();
    await cam.refuse(true);
    const error = (await running.ended) as Error;
    expect(error.message).toMatch(/ECONN|hang up/);
    await cam.refuse(false);
    const again = run({ protocol: 'onvif', address: cam.url, user: 'gate', password: 'S3cret-pass', timeoutMs: 500 });
    stops.push(() => again.stop());
    await again.until('it is up', () => again.said.links.some((link) => link.up));
  });

  test('going silent in the middle ends the line in bounded time', async () => {
    const { cam, running } = await followed();
    cam.faults.hang = true;
    expect(String(await running.ended)).toContain('did not answer');
  });
});

describe('a subscription', () => {
  test('that the camera forgot is created anew, and its states are state again', async () => {
    const { cam, running } = await followed();
    const before = running.said.reports.length;
    await cam.heard('PullMessages', 3);
    cam.forget();
    await running.until('the states are told anew', () => running.said.reports.length > before + 1);
    await masks(cam, running);
    expect(running.said.reports.slice(0, -1).every((r) => r.initial)).toBe(true);
    expect(running.said.reports.at(-1)).not.toHaveProperty('initial');
  });

  test('is renewed before it ends', async () => {
    const { cam, running } = await followed({ lifetimeMs: 1600, pullDoesNotExtend: true });
    await cam.heard('Renew', 3);
    await masks(cam, running);
    expect(created(cam)).toBe(1);
  });

  test.each([400, 200, 500])(
    'whose renewal fails (status %i) is created anew and nothing is missed',
    async (faultStatus) => {
      const { cam, running } = await followed({ lifetimeMs: 1600, renewFails: true, faultStatus });
      await cam.heard('CreatePullPointSubscription', 2);
      await masks(cam, running);
      expect(cam.subscriptions).toBe(1);
    },
  );

  test('that says it ends now is used all the same, without a new one each time', async () => {
    const { cam, running } = await followed({ expiresNow: true });
    await cam.heard('PullMessages', 3);
    await masks(cam, running);
    expect(created(cam)).toBe(1);
  });

  test('is given back when the line stops, since cameras have few', async () => {
    const { cam, running } = await followed();
    expect(cam.subscriptions).toBe(1);
    await running.stop();
    expect(cam.subscriptions).toBe(0);
  });

  test('works where there is no synchronization point', async () => {
    const { cam, running } = await followed({ noSynchronizationPoint: true });
    await masks(cam, running);
  });

  test('that is alive but mute is proved by a new one, whose states count as life', async () => {
    const { cam, running } = await followed({}, impatient);
    await cam.heard('CreatePullPointSubscription', 3);
    await masks(cam, running);
    expect(running.said.links.every((link) => link.up)).toBe(true);
    expect(cam.subscriptions).toBe(1);
  });

  test('that stays mute ends the line of a camera that used to speak', async () => {
    const { cam, running } = await followed({}, impatient);
    cam.faults.mute = true;
    const error = (await running.ended) as Error;
    expect(error.message).toContain('no longer reports events');
    expect(running.said.links.at(-1)?.up).toBe(false);
  });

  test('of a camera that never spoke is a trouble to a person, not the end of the line', async () => {
    const { cam, running } = await begun({ noInitialized: true }, impatient);
    await running.until('the trouble is said', () => running.said.troubles.has('canteen-1/events'));
    // Two more pulls, one of them past the log-in: the new subscription is there.
    await cam.heard('PullMessages', cam.asked.get('PullMessages')! + 2);
    await masks(cam, running);
    expect(running.said.troubles.has('canteen-1/events')).toBe(false);
  });

  test('that does not hold pulls is asked at a human pace', async () => {
    const { cam, running } = await followed({ noLongPoll: true });
    const before = cam.asked.get('PullMessages')!;
    const from = performance.now();
    await cam.heard('PullMessages', before + 8);
    // Each call is two requests with Digest, so eight are four pauses at least.
    expect(performance.now() - from).toBeGreaterThan(1000);
    await masks(cam, running);
  });
});

describe('a pull', () => {
  test('refused fourteen times for want of threads is asked again, without a new subscription', async () => {
    const { cam, running } = await begun({ blocked: 14 });
    await running.until('the state is known', () => valuesOf(running.said, 'masked').length > 0);
    expect(created(cam)).toBe(1);
  });

  test('refused for want of threads without end ends the line', async () => {
    const { running } = await begun({ blocked: 1_000_000 });
    expect(String(await running.ended)).toContain('BlockedThreadUpperLimit');
  });

  test('that cannot be read is counted, and the next one is believed', async () => {
    const { cam, running } = await followed();
    cam.faults.answers = { PullMessages: '<s:Envelope><s:Body><a b=true/></s:Body></s:Envelope>' };
    cam.forget();
    await running.until('it is counted', () => running.said.drops.length > 0);
    cam.faults.answers = {};
    await masks(cam, running);
    expect(running.said.drops[0]?.reason).toBe('bad-payload');
  });

  test('that can never be read ends the line', async () => {
    const { cam, running } = await followed();
    cam.faults.answers = { PullMessages: '<s:Envelope><s:Body><Other/></s:Body></s:Envelope>' };
    cam.forget();
    expect(String(await running.ended)).toContain('cannot be read');
    expect(running.said.drops.length).toBeLessThanOrEqual(20);
  });

  test('under way does not keep a stopping line waiting', async () => {
    // Were the pull waited for, which never ends, the test would run out of time.
    const { cam, running } = await begun({ hang: ['PullMessages'] }, camera, 100 * TEST_LIMIT_MS);
    await cam.heard('PullMessages');
    await running.stop();
    expect(await running.ended).toBeUndefined();
  });
});

test('a report that could not be kept ends the line, so that nothing is believed to be kept', async () => {
  const { cam, options } = await secured();
  stops.push(() => cam.stop());
  cam.set('masked', false);
  const { onvif } = await import('../../src/drivers/onvif/onvif.ts');
  const { quiet } = await import('./onvif-line.ts');
  const ended = onvif({
    id: 'canteen-1',
    options,
    devices: [{ id: 'canteen-1', profile: camera, options: {} }],
    world: quiet,
    signal: AbortSignal.timeout(PATIENCE_MS),
    report: () => Promise.reject(new Error('the journal is stuck')),
    link: () => {},
    drop: () => {},
    ready: () => {},
    offer: () => {},
    trouble: () => {},
  });
  await expect(ended).rejects.toThrow('the journal is stuck');
});
