/** The ONVIF driver against a simulated camera on a real socket: log-in, clock, events, addresses. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import tapo from '../../devices/camera-tapo.ts';
import type { Camera, CameraOptions } from '../../simulators/camera/camera.ts';
import type { CameraFaults } from '../../simulators/camera/camera-faults.ts';
import { wordsOf } from '../../src/words/worded-error.ts';
import { bothLanguages } from '../../src/words/words.ts';
import { credentials, type Running, run, secured, valuesOf } from './onvif-line.ts';

const stops: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0).reverse()) await stop();
});

const MOTION = 'tns1:RuleEngine/CellMotionDetector/Motion';

async function camera(
  more: Partial<CameraOptions> = {},
): Promise<{ cam: Camera; start: typeof run; options: Parameters<typeof run>[0] }> {
  const made = await secured(more);
  stops.push(() => made.cam.stop());
  return {
    ...made,
    start: (...args) => {
      const running = run(...args);
      stops.push(() => running.stop());
      return running;
    },
  };
}

/** A camera with these faults, a running driver, and the first good pull behind them. */
async function followed(
  faults: Partial<CameraFaults>,
  more: Partial<CameraOptions> = {},
): Promise<{ cam: Camera; running: Running }> {
  const { cam, options, start } = await camera({ ...more, faults });
  cam.set('masked', false);
  const running = start(options, more.profile);
  await running.until('the masked state is known', () => valuesOf(running.said, 'masked').length > 0);
  return { cam, running };
}

/** The camera is masked now, and the driver says so. */
async function masks(cam: Camera, running: Running): Promise<void> {
  cam.set('masked', true);
  await running.until('the mask is reported', () => valuesOf(running.said, 'masked').at(-1) === true);
}

/** A certificate of its own making, as cameras come with. */
function selfSigned(): { key: string; cert: string } {
  const place = mkdtempSync(join(tmpdir(), 'gatehouse-camera-'));
  const [key, cert] = [join(place, 'key.pem'), join(place, 'cert.pem')];
  try {
    const what = ['-newkey', 'rsa:2048', '-nodes', '-subj', '/CN=camera', '-days', '1', '-keyout', key, '-out', cert];
    execFileSync('openssl', ['req', '-x509', ...what], { stdio: 'ignore' });
    return { key: readFileSync(key, 'utf8'), cert: readFileSync(cert, 'utf8') };
  } finally {
    rmSync(place, { recursive: true });
  }
}

describe('logging in', () => {
  test.each([
    ['Digest with MD5', { auth: 'digest', algorithms: ['MD5'] }],
    ['Digest with SHA-256', { auth: 'digest', algorithms: ['SHA-256'] }],
    ['Digest offered in both kinds', { auth: 'digest' }],
    ['a UsernameToken only', { auth: 'usernametoken' }],
    ['either', { auth: 'both' }],
    ['no log-in', { auth: 'none' }],
  ] as const)('works with a camera that wants %s', async (_, more) => {
    const { cam, running } = await followed({}, more);
    await masks(cam, running);
    expect(running.said.links.at(-1)?.up).toBe(true);
  });

  test('works with a model whose profile says UsernameToken only', async () => {
    const { cam, running } = await followed({}, { profile: tapo, auth: 'usernametoken' });
    await masks(cam, running);
  });

  test.each([
    ['three hours slow', -3 * 3600_000],
    ['two days fast', 2 * 86_400_000],
  ])('works with a clock %s and a window of five seconds', async (_, clockOffsetMs) => {
    const { cam, running } = await followed({ clockOffsetMs }, { auth: 'usernametoken', windowMs: 5000 });
    await masks(cam, running);
    const { sourceTime } = running.said.reports.at(-1)!;
    expect(Math.abs(sourceTime! - Date.now())).toBeLessThan(5000);
  });

  test('survives a clock that jumps while the line runs', async () => {
    const { cam, running } = await followed({}, { auth: 'usernametoken', windowMs: 5000 });
    cam.faults.clockOffsetMs = 3600_000;
    await cam.heard('GetSystemDateAndTime', 2);
    await masks(cam, running);
    expect(Math.abs(running.said.reports.at(-1)!.sourceTime! - Date.now())).toBeLessThan(5000);
  });

  test('works when even the clock wants a log-in', async () => {
    const { cam, running } = await followed({ clockNeedsAuth: true }, { auth: 'usernametoken' });
    await masks(cam, running);
  });

  test('works with a camera that knows no GetServices', async () => {
    const { cam, running } = await followed({ noServices: true });
    await masks(cam, running);
  });

  test('keeps a user name with XML signs whole', async () => {
    const odd = await camera({ user: 'a&<b', auth: 'digest' });
    odd.cam.set('masked', false);
    const line = odd.start({ ...odd.options, user: 'a&<b' });
    await line.until('the state is known', () => valuesOf(line.said, 'masked').length > 0);
    expect(line.said.links.at(-1)?.up).toBe(true);
  });

  test.each([
    ['Digest', { auth: 'digest' }],
    ['a UsernameToken', { auth: 'usernametoken' }],
    ['either', { auth: 'both' }],
  ] as const)('a wrong password is named as such by a camera that wants %s', async (_, more) => {
    const { options, start } = await camera(more);
    const running = start({ ...options, password: 'wrong' });
    const error = (await running.ended) as Error;
    expect(wordsOf(error).zh).toContain('密码错误');
    expect(error.message).toContain('camera canteen-1 refused the password');
    expect(error.message).not.toContain('wrong');
    expect(running.said.links).toEqual([{ up: false, why: bothLanguages(wordsOf(error)) }]);
    expect(running.said.troubles.get('canteen-1')?.en).toContain('refused the password');
  });

  test('a camera whose services are open to all is logged in to with Digest where it wants that', async () => {
    const open = ['GetServices', 'GetDeviceInformation'];
    const { cam, running } = await followed({ open, tokenRefused: true }, { auth: 'digest' });
    await masks(cam, running);
    expect(running.said.links.at(-1)?.up).toBe(true);
  });

  test('a camera that asked for Digest gets no token first any more', async () => {
    const { cam, running } = await followed({}, { auth: 'digest' });
    const { refused } = cam.auth;
    await cam.heard('PullMessages', cam.asked.get('PullMessages')! + 3);
    await masks(cam, running);
    expect(cam.auth.refused).toBe(refused);
  });

  test('a renewal says what it is and has a number of its own, as strict servers want', async () => {
    const wantsMessageId = ['Renew', 'PullMessages', 'SetSynchronizationPoint', 'Unsubscribe'];
    const { cam, running } = await followed({ wantsMessageId, lifetimeMs: 2000, pullDoesNotExtend: true });
    await cam.heard('Renew', 3);
    await masks(cam, running);
    expect(cam.asked.get('CreatePullPointSubscription')).toBe(1);
  });

  test('a clock that is years off is said, and taken back when it is set', async () => {
    const { running } = await followed({ clockOffsetMs: -3 * 365 * 86_400_000 });
    expect(running.said.troubles.get('canteen-1/clock')?.en).toContain('is 3 years slow');
    expect(running.said.troubles.get('canteen-1/clock')?.zh).toContain('慢了 3 年');
  });

  test('a wrong password is tried twice at most, so that the account is not locked', async () => {
    const { cam, options, start } = await camera({ auth: 'digest' });
    await start({ ...options, password: 'wrong' }).ended;
    expect(cam.auth.refused).toBeLessThanOrEqual(2);
  });

  test('a 401 that is an HTML page without a challenge is a refused password', async () => {
    const { options, start } = await camera({ faults: { html401: true } });
    expect(String(await start(options).ended)).toContain('refused the password');
  });
});

describe('where credentials go', () => {
  /** A stranger that counts who comes. */
  async function stranger(): Promise<{ at: string; server: Server; visits: () => number }> {
    let visits = 0;
    const server = createServer((_req, res) => {
      visits++;
      res.writeHead(401, { 'WWW-Authenticate': 'Basic realm="x"' }).end();
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.2', resolve));
    stops.push(() => new Promise((resolve) => server.close(resolve)));
    return { at: `127.0.0.2:${(server.address() as AddressInfo).port}`, server, visits: () => visits };
  }

  test('a subscription address on another host is reached at the accepted one', async () => {
    const foreign = await stranger();
    const { cam, running } = await followed({ address: 'other-host', foreignHost: foreign.at });
    await masks(cam, running);
    expect(foreign.visits()).toBe(0);
  });

  test('service addresses on another host are reached at the accepted one', async () => {
    const foreign = await stranger();
    const { cam, running } = await followed({ foreignServices: `http://${foreign.at}` });
    await masks(cam, running);
    expect(foreign.visits()).toBe(0);
  });

  test('a snapshot address on another host, even with a log-in inside, is reached at the accepted one', async () => {
    const foreign = await stranger();
    const { running } = await followed({ snapshotAt: `http://admin:12345@${foreign.at}`, snapshotAuth: 'basic' });
    const picture = await running.said.actions.snapshot!('canteen-1');
    expect([...picture.subarray(0, 2)]).toEqual([0xff, 0xd8]);
    expect(foreign.visits()).toBe(0);
  });

  test('a redirect of a snapshot is refused', async () => {
    const foreign = await stranger();
    const { running } = await followed({ snapshot: 'redirect', foreignHost: foreign.at });
    await expect(running.said.actions.snapshot!('canteen-1')).rejects.toThrow('HTTP 302');
    expect(foreign.visits()).toBe(0);
  });

  test('without a user no credential is offered', async () => {
    const { cam, options, start } = await camera();
    const error = await start({ protocol: 'onvif', address: options.address, timeoutMs: 1000 }).ended;
    expect(String(error)).toContain('wants a log-in and none is configured');
    expect(cam.auth.offered).toBe(0);
  });
});

describe('subscription addresses', () => {
  test.each(['no-host', 'empty', 'urn', 'flat', 'axis', 'undeclared'] as const)(
    'works when the address is %s',
    async (address) => {
      const { cam, running } = await followed({ address });
      await masks(cam, running);
    },
  );

  test('works with a subscription number nought that only Renew keeps alive, as on Axis cameras', async () => {
    const { cam, running } = await followed({ address: 'axis', lifetimeMs: 2000, pullDoesNotExtend: true });
    await cam.heard('Renew', 3);
    await masks(cam, running);
    expect(cam.asked.get('CreatePullPointSubscription')).toBe(1);
  });

  test('falls back to the accepted port when nobody answers on the one the camera names', async () => {
    const { cam, running } = await followed({ address: 'other-host', foreignHost: '127.0.0.1:1' });
    await masks(cam, running);
    expect(cam.asked.get('CreatePullPointSubscription')).toBe(2);
  });
});

describe('pictures', () => {
  test.each(['none', 'basic', 'digest'] as const)(
    'come with %s authentication, and show time passing',
    async (snapshotAuth) => {
      let now = 1_000_000;
      const { running } = await followed({ snapshotAuth }, { now: () => now });
      const first = await running.said.actions.snapshot!('canteen-1');
      now += 5000;
      const second = await running.said.actions.snapshot!('canteen-1');
      expect([...first.subarray(0, 3)]).toEqual([0xff, 0xd8, 0xff]);
      expect(Buffer.compare(first, second)).not.toBe(0);
    },
  );

  test.each([
    ['empty', 'empty'],
    ['png', 'a PNG'],
    ['html', 'a web page'],
    ['huge', 'larger than 4 MB'],
    ['none', 'ActionNotSupported'],
  ] as const)('are refused with a sentence when the camera sends: %s', async (snapshot, sentence) => {
    const { running } = await followed({ snapshot });
    await expect(running.said.actions.snapshot!('canteen-1')).rejects.toThrow(sentence);
    expect(running.said.links.at(-1)?.up).toBe(true);
  });

  test('are found again when their address expires', async () => {
    const { cam, running } = await followed({});
    await running.said.actions.snapshot!('canteen-1');
    cam.faults.snapshot = 'expired';
    expect((await running.said.actions.snapshot!('canteen-1')).length).toBeGreaterThan(1000);
    expect(cam.asked.get('GetSnapshotUri')).toBe(2);
  });

  test('a camera that hangs gives a sentence in bounded time and keeps its events', async () => {
    const { cam, running } = await followed({ hang: ['snapshot'] });
    await expect(running.said.actions.snapshot!('canteen-1')).rejects.toThrow('did not answer');
    await masks(cam, running);
  });

  test('come by Digest also from a camera that takes nothing but tokens for its calls', async () => {
    const { running } = await followed({ snapshotAuth: 'digest' }, { profile: tapo, auth: 'usernametoken' });
    const still = await running.said.actions.snapshot!('canteen-1');
    expect([...still.subarray(0, 3)]).toEqual([0xff, 0xd8, 0xff]);
  });

  test('asked for by many at once, one is fetched', async () => {
    const { cam, running } = await followed({ snapshotAuth: 'none' });
    await Promise.all(Array.from({ length: 10 }, () => running.said.actions.snapshot!('canteen-1')));
    expect(cam.asked.get('snapshot')).toBe(1);
  });
});

describe('what an event becomes', () => {
  test('states told at the start are state, changes are news', async () => {
    const { cam, options, start } = await camera();
    cam.set('masked', true);
    const running = start(options);
    await running.until('the state is known', () => valuesOf(running.said, 'masked').length > 0);
    expect(running.said.reports.every((r) => r.initial === true)).toBe(true);
    cam.set('masked', false);
    await running.until('the change is known', () => valuesOf(running.said, 'masked').at(-1) === false);
    expect(running.said.reports.at(-1)).not.toHaveProperty('initial');
  });

  test('a crossed line is a pulse without a value of its own', async () => {
    const { cam, running } = await followed({});
    cam.set('line_crossed', true);
    cam.set('line_crossed', true);
    await running.until('both are known', () => valuesOf(running.said, 'line_crossed').length === 2);
    expect(valuesOf(running.said, 'line_crossed')).toEqual([true, true]);
  });

  test.each([
    ['true', true],
    ['TRUE', true],
    ['1', true],
    ['active', true],
    ['false', false],
    ['FALSE', false],
    ['0', false],
    ['inactive', false],
  ])('the word %s is a truth value', async (word, value) => {
    const { cam, running } = await followed({});
    cam.emit(MOTION, { Rule: 'r' }, { IsMotion: word });
    await running.until('it is known', () => valuesOf(running.said, 'motion').length > 0);
    expect(valuesOf(running.said, 'motion')).toEqual([value]);
  });

  test.each(['//.', '/', '/.'])('topics that end in %s are understood', async (topicTail) => {
    const { cam, running } = await followed({ topicTail });
    await masks(cam, running);
  });

  test('two motion topics that fire together are one state, on until both are off', async () => {
    const { cam, running } = await followed({});
    cam.setProperty(MOTION, { Rule: 'r' }, { IsMotion: 'true' });
    cam.setProperty('tns1:VideoSource/MotionAlarm', { Source: '0' }, { State: 'true' });
    cam.setProperty(MOTION, { Rule: 'r' }, { IsMotion: 'false' });
    cam.setProperty('tns1:VideoSource/MotionAlarm', { Source: '0' }, { State: 'false' });
    await running.until('all four are known', () => valuesOf(running.said, 'motion').length === 4);
    expect(valuesOf(running.said, 'motion')).toEqual([true, true, true, false]);
  });

  test('unknown topics and words are counted, and the line goes on', async () => {
    const { cam, running } = await followed({});
    cam.emit('tns1:Monitoring/ProcessorUsage', { Token: '0' }, { Value: '37' });
    cam.emit(MOTION, { Rule: 'r' }, { IsMotion: 'perhaps' });
    cam.emit(MOTION, { Rule: 'r' }, { Other: 'true' });
    cam.emitRaw('<wsnt:NotificationMessage><wsnt:Topic/><wsnt:Message/></wsnt:NotificationMessage>');
    await masks(cam, running);
    expect(running.said.drops.map((d) => d.reason)).toEqual([
      'unknown-topic',
      'wrong-type',
      'bad-payload',
      'bad-payload',
    ]);
  });

  test('what has no place in the profile is shown with its source and data, so that it can be given one', async () => {
    const { cam, running } = await followed({});
    cam.emit('tns1:RuleEngine/MyRuleDetector/Visitor', { Source: '000', Rule: 'x'.repeat(3000) }, { State: 'true' });
    await running.until('it is counted', () => running.said.drops.length > 0);
    expect(running.said.drops[0]?.payload).toBe(
      `RuleEngine/MyRuleDetector/Visitor | Changed | Source Source=000 Rule=${'x'.repeat(60)} | Data State=true`,
    );
  });

  test.each([
    ['tns1:RuleEngine/MyRuleDetector/DogCatDetect', 'pet'],
    ['tns1:RuleEngine/FieldDetector', 'intrusion'],
    ['tns1:RuleEngine/FieldDetector/ObjectsInside', 'intrusion'],
  ])('the generic profile takes %s with a State', async (topic, point) => {
    const { cam, running } = await followed({});
    cam.setProperty(topic, { Source: '0' }, { State: 'true' });
    await running.until('it is known', () => valuesOf(running.said, point).length > 0);
    expect(valuesOf(running.said, point)).toEqual([true]);
  });

  test('five hundred messages at once arrive in order and none twice', async () => {
    const { cam, running } = await followed({});
    for (let i = 0; i < 500; i++) cam.emit('tns1:Monitoring/OperatingTime/LastReboot', {}, { Status: `boot ${i}` });
    await running.until('all are known', () => valuesOf(running.said, 'last_reboot').length >= 500);
    expect(valuesOf(running.said, 'last_reboot')).toEqual(Array.from({ length: 500 }, (_, i) => `boot ${i}`));
  });
});

test('an https camera with a certificate nobody vouches for is told so, and gets no credential', async () => {
  const tls = selfSigned();
  const { cam, options, start } = await camera({ tls });
  expect(options.address).toMatch(/^https:/);
  const error = await start(options).ended;
  expect(String(error)).toContain('certificate that is not trusted');
  expect(cam.asked.size).toBe(0);
});

test('the line refuses an address that is none', async () => {
  const { start } = await camera();
  const error = await start({ protocol: 'onvif', address: 'not an address', ...credentials }).ended;
  expect(String(error)).toContain('no http or https address');
});
