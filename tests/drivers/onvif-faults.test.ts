/** What the ONVIF driver makes of cameras that misbehave, each in a way that was met on a real one. */
import { afterEach, describe, expect, test } from 'vitest';
import camera from '../../devices/camera-onvif.ts';
import type { Camera } from '../../simulators/camera/camera.ts';
import type { CameraFaults } from '../../simulators/camera/camera-faults.ts';
import type { Profile } from '../../src/profile/profile.ts';
import { wordsOf } from '../../src/words/worded-error.ts';
import { bothLanguages } from '../../src/words/words.ts';
import { PATIENCE_MS, TEST_LIMIT_MS } from '../patience.ts';
import { type Running, run, secured, supervised as supervise, valuesOf } from './onvif-line.ts';

const stops: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0).reverse()) await stop();
});

/** The generic camera with a patience for silence that a test can wait for. */
const impatient: Profile = { ...camera, wire: { ...camera.wire, muteMs: 1500 } };

async function begun(
  faults: Partial<CameraFaults> = {},
  profile: Profile = camera,
  timeoutMs = 2_000,
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

/** The same line as the gateway runs it: started again when it breaks. */
function supervised(...parts: Parameters<typeof supervise>): ReturnType<typeof supervise> {
  const line = supervise(...parts);
  stops.push(() => line.stop());
  return line;
}

const created = (cam: Camera): number => cam.asked.get('CreatePullPointSubscription') ?? 0;

describe('a camera that is not there', () => {
  test.each([
    ['accepts and never answers', { hang: true }, 'did not answer'],
    ['cuts each answer in half', { cut: true }, 'did not answer'],
    ['sends sixteen bytes every half second', { drip: true }, 'did not answer'],
    ['sends eight megabytes', { hugeBytes: 8_000_000 }, 'did not answer'],
    ['answers slower than the limit', { slowMs: 4000 }, 'did not answer'],
    ['answers with rubbish', { garbage: true }, 'cannot be read'],
    ['is a web page with status 200', { htmlOk: true }, 'cannot be read'],
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
    expect(error.message).toMatch(/refuses connections|ECONN|hang up/);
    await cam.refuse(false);
    const again = run({ protocol: 'onvif', address: cam.url, user: 'gate', password: 'S3cret-pass', timeoutMs: 2_000 });
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
    await running.until('the states are told anew', () => running.said.reports.length > before);
    await masks(cam, running);
    expect(running.said.reports.slice(0, -1).every((r) => r.initial)).toBe(true);
    expect(running.said.reports.at(-1)).not.toHaveProperty('initial');
  });

  test('is renewed before it ends', async () => {
    const { cam, running } = await followed({ lifetimeMs: 4000, pullDoesNotExtend: true });
    await cam.heard('Renew', 3);
    await masks(cam, running);
    expect(created(cam)).toBe(1);
  });

  test.each([400, 200, 500])(
    'whose renewal fails (status %i) is created anew and nothing is missed',
    async (faultStatus) => {
      const { cam, running } = await followed({ lifetimeMs: 4000, renewFails: true, faultStatus });
      await cam.heard('CreatePullPointSubscription', 2);
      await masks(cam, running);
      // The new one stood before the old one was ended.
      await cam.heard('Unsubscribe');
      expect(cam.order.indexOf('Unsubscribe')).toBeGreaterThan(cam.order.lastIndexOf('CreatePullPointSubscription'));
      expect(cam.order.indexOf('CreatePullPointSubscription', cam.order.indexOf('Renew'))).toBeGreaterThan(0);
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
    // At most the next one beside it.
    expect(cam.subscriptions).toBeLessThanOrEqual(2);
  });

  test('that stays mute puts a camera that used to speak down, until it speaks again', async () => {
    const { cam, running } = await followed({}, impatient);
    cam.faults.mute = true;
    await running.until('it is down', () => running.said.links.at(-1)?.up === false);
    expect(running.said.links.at(-1)?.why).toContain('no longer reports events');
    // Its picture is there all the same.
    cam.faults.snapshot = 'png';
    await expect(running.said.actions.snapshot!('canteen-1')).rejects.toThrow('a PNG');
    const pulls = cam.asked.get('PullMessages')!;
    await cam.heard('PullMessages', pulls + 3);
    expect(running.said.links.at(-1)?.up).toBe(false);
    cam.faults.mute = false;
    await masks(cam, running);
    await running.until('it is up', () => running.said.links.at(-1)?.up === true);
  });

  test('of a camera that never spoke is a trouble to a person, not the end of the line', async () => {
    const { cam, running } = await begun({ noInitialized: true }, impatient);
    await running.until('the trouble is said', () => running.said.troubles.has('canteen-1/events'));
    // Two more pulls, one of them past the log-in: the new subscription is there.
    await cam.heard('PullMessages', cam.asked.get('PullMessages')! + 2);
    await masks(cam, running);
    expect(running.said.troubles.has('canteen-1/events')).toBe(false);
  });

  test('made anew loses no pulse and tells none twice, although both hold it', async () => {
    const { cam, running } = await followed({ lifetimeMs: 4000, renewFails: true });
    await cam.heard('CreatePullPointSubscription', 2);
    // The next pull is the last of the old one.
    await cam.heard('PullMessages', cam.asked.get('PullMessages')! + 1);
    cam.set('line_crossed', true);
    await cam.heard('Unsubscribe');
    await masks(cam, running);
    expect(valuesOf(running.said, 'line_crossed')).toHaveLength(1);
  });

  test.each([true, false])(
    'made anew believes the old one’s last word (%s) more than how things stood',
    async (last) => {
      const { cam, running } = await followed({ lifetimeMs: 4000, renewFails: true });
      if (!last) await masks(cam, running);
      await cam.heard('CreatePullPointSubscription', 2);
      const told = valuesOf(running.said, 'masked').length;
      // The new one was made, and the next pull is the last of the old one.
      await cam.heard('PullMessages', cam.asked.get('PullMessages')! + 1);
      cam.set('masked', last);
      await cam.heard('Unsubscribe');
      cam.setProperty('tns1:Device/Trigger/DigitalInput', { InputToken: '0' }, { LogicalState: 'true' });
      await running.until('the burst is over', () => valuesOf(running.said, 'digital_input').length > 0);
      await cam.heard('PullMessages', cam.asked.get('PullMessages')! + 2);
      expect(new Set(valuesOf(running.said, 'masked').slice(told))).toEqual(new Set([last]));
    },
  );

  test('that ends with any other is left to expire from then on', async () => {
    const { cam, running } = await followed({ lifetimeMs: 4000, renewFails: true, endsAll: true });
    await cam.heard('CreatePullPointSubscription', 5);
    await masks(cam, running);
    expect(cam.asked.get('Unsubscribe')).toBe(1);
  });

  test('made anew where only one fits takes the place of the old one', async () => {
    const { cam, running } = await followed({ lifetimeMs: 4000, renewFails: true, slots: 1 });
    await cam.heard('Unsubscribe');
    await masks(cam, running);
    expect(running.said.links.every((link) => link.up)).toBe(true);
  });

  test('of two sources says no state over that one of them still tells', async () => {
    const { cam, running } = await followed();
    cam.setProperty('tns1:RuleEngine/TamperDetector/Tamper', { Rule: 'a' }, { State: 'false' });
    cam.setProperty('tns1:UserAlarm/VideoCover', { Source: '0' }, { State: 'true' });
    await running.until('the mask is reported', () => valuesOf(running.said, 'masked').at(-1) === true);
    const before = running.said.reports.length;
    cam.forget();
    await running.until('the states are told anew', () => running.said.reports.length > before);
    cam.setProperty('tns1:Device/Trigger/DigitalInput', { InputToken: '0' }, { LogicalState: 'true' });
    await running.until('the burst is over', () => valuesOf(running.said, 'digital_input').length > 0);
    expect(valuesOf(running.said, 'masked').slice(-2)).not.toContain(false);
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

  test('refused for want of threads without end leaves a camera without events', async () => {
    const { running } = await begun({ blocked: 1_000_000 });
    await running.until('it is said', () => running.said.troubles.has('canteen-1/events'));
    expect(running.said.troubles.get('canteen-1/events')!.en).toContain('BlockedThreadUpperLimit');
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

  test('that can never be read puts a camera down that told events', async () => {
    const { cam, running } = await followed();
    cam.faults.answers = { PullMessages: '<s:Envelope><s:Body><Other/></s:Body></s:Envelope>' };
    cam.forget();
    await running.until('it is down', () => running.said.links.at(-1)?.up === false);
    expect(running.said.links.at(-1)?.why).toContain('its events come no more');
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

describe('a camera without events', () => {
  test.each([
    ['knows no pull point', { without: ['CreatePullPointSubscription'] }, 'offers no events'],
    ['hangs up on its event service', { hang: ['CreatePullPointSubscription'] }, 'asking it for events failed'],
    ['never answers a pull', { hang: ['PullMessages'] }, 'asking it for events failed'],
    ['never answers a synchronization point', { hang: ['SetSynchronizationPoint'] }, 'asking it for events failed'],
    ['has no subscription left', { slots: 0 }, 'every event subscription of camera canteen-1 is taken'],
    ['has none left, with status 200', { slots: 0, faultStatus: 200 }, 'is taken'],
    ['has none left, with status 500', { slots: 0, faultStatus: 500 }, 'is taken'],
  ] as const)('or that %s is up for its pictures, and says so', async (_, faults, sentence) => {
    const { running } = await begun({ ...faults, snapshot: 'png' });
    await running.until('it is said', () => running.said.troubles.has('canteen-1/events'));
    expect(running.said.troubles.get('canteen-1/events')!.en).toContain(sentence);
    await running.until('it is up', () => running.said.links.at(-1)?.up === true);
    await expect(running.said.actions.snapshot!('canteen-1')).rejects.toThrow('a PNG');
  });

  test('keeps no place for subscriptions that gave nothing', async () => {
    const { cam, running } = await begun({ without: ['PullMessages'] });
    await running.until('it is said', () => running.said.troubles.has('canteen-1/events'));
    const { subscriptions } = cam;
    await cam.heard('CreatePullPointSubscription', cam.asked.get('CreatePullPointSubscription')! + 1);
    expect(subscriptions).toBeLessThanOrEqual(1);
  });

  test('is asked for some again, and then has them', async () => {
    const { cam, running } = await begun({ without: ['CreatePullPointSubscription'] });
    await running.until('it is said', () => running.said.troubles.has('canteen-1/events'));
    cam.faults.without = [];
    await masks(cam, running);
    expect(running.said.troubles.has('canteen-1/events')).toBe(false);
  });

  test('which used to tell some is down without them, for its silence would look like calm', async () => {
    const { cam, running } = await followed();
    cam.faults.without = ['CreatePullPointSubscription'];
    cam.forget();
    await running.until('it is down', () => running.said.links.at(-1)?.up === false);
    expect(running.said.links.at(-1)?.why).toContain('its events come no more');
    cam.faults.without = [];
    await masks(cam, running);
    await running.until('it is up', () => running.said.links.at(-1)?.up === true);
  });

  test('for its user, who may not receive them, is up for its pictures', async () => {
    const { cam, options } = await secured({ faults: { forbidden: ['CreatePullPointSubscription'] } });
    stops.push(() => cam.stop());
    const line = supervised({ ...options, timeoutMs: 2_000 });
    await line.until('it is up', () => line.links.at(-1)?.up === true);
    expect(line.troubles.get('line:canteen-1:canteen-1/events')?.en).toContain('may not receive events');
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
    said: () => {},
    ready: () => {},
    memory: (make) => make(),
    offer: () => {},
    trouble: () => {},
  });
  await expect(ended).rejects.toThrow('the journal is stuck');
});
