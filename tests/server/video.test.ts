/**
 * Live video over a WebSocket: who may look, what is told of it as facts, and pages that do not read, say nothing, say rubbish or
 * log out. The server is the real one, on real sockets; what plays is handed in.
 */
import { afterAll, beforeAll, beforeEach, expect, onTestFinished, test } from 'vitest';
import WebSocket from 'ws';
import type { VideoWatcher } from '../../src/server/video/video-port.ts';
import { viewTeller } from '../../src/server/video/video-routes.ts';
import { WordedError } from '../../src/words/worded-error.ts';
import { untranslated } from '../../src/words/words.ts';
import { until } from '../patience.ts';
import { alarmed, people, place, type Stand, stand } from './place.ts';

let crowd: Awaited<ReturnType<typeof people>>;
beforeAll(async () => {
  crowd = await people();
});
afterAll(() => crowd.remove());

let at: Stand;
let watchers: VideoWatcher[];
let asked: string[];
let reasons: boolean;
let full: boolean;
async function opened(pace = 1): Promise<void> {
  at = await stand(crowd.path, {}, place(), pace);
  at.place.house.video = {
    keyFrames: async (_camera, use) => {
      if (use === 'large') return { everyMs: 2_000 };
      throw new WordedError(untranslated('eight are playing'));
    },
    reasons: () => reasons,
    watch: (camera, use, watcher) => {
      if (full) throw new WordedError(untranslated('eight are playing'));
      asked.push(`${camera} ${use}`);
      watchers.push(watcher);
      return () => void watchers.splice(watchers.indexOf(watcher), 1);
    },
  };
}
beforeEach(async () => {
  [watchers, asked, reasons, full] = [[], [], false, false];
  await opened();
});

interface Screen {
  readonly socket: WebSocket;
  readonly said: Record<string, unknown>[];
  readonly bytes: Buffer[];
  readonly closed: Promise<number>;
}

async function screen(
  user: string,
  path = '/api/cameras/cam/video',
  headers: Record<string, string> = {},
): Promise<Screen> {
  const cookie = await at.login(user);
  const origin = at.server.url;
  const socket = new WebSocket(`${origin.replace('http', 'ws')}${path}`, { headers: { cookie, origin, ...headers } });
  onTestFinished(() => socket.terminate());
  const [said, bytes] = [[] as Record<string, unknown>[], [] as Buffer[]];
  socket.on('message', (data: Buffer, binary) =>
    binary ? bytes.push(data) : said.push(JSON.parse(String(data)) as Record<string, unknown>),
  );
  const closed = new Promise<number>((resolve) => socket.on('close', (code) => resolve(code)));
  await new Promise<void>((resolve, reject) => {
    socket.once('open', resolve);
    socket.once('unexpected-response', (_request, { statusCode }) => {
      socket.on('error', () => undefined);
      reject(new Error(`refused with ${statusCode}`));
    });
    socket.once('error', reject);
  });
  return { socket, said, bytes, closed };
}

const look = (more: object = {}) => JSON.stringify({ t: 'look', ...more });
const about = { mime: 'video/mp4; codecs="avc1.4d401e"', h265: false, width: 640, height: 360 };
const views = () => at.place.door.filter(({ kind }) => kind === 'video-viewed');

test('who may see pictures is shown the video, piece by piece, and it is a fact once for the same reason', async () => {
  const one = await screen('operator', '/api/cameras/cam/video?use=small');
  expect(watchers).toHaveLength(0);
  one.socket.send(look());
  await until('it is shown', () => watchers.length === 1);
  watchers[0]!.begin(about, Buffer.from('ftyp'));
  watchers[0]!.fragment(Buffer.from('moof'));
  watchers[0]!.broken(untranslated('cut'));
  await until('all came', () => one.said.length === 2 && one.bytes.length === 2);
  expect(one.said).toEqual([
    { t: 'begin', ...about },
    { t: 'broken', zh: 'cut', en: 'cut' },
  ]);
  expect(one.bytes.map(String)).toEqual(['ftyp', 'moof']);
  expect(asked).toEqual(['cam small']);
  const two = await screen('operator');
  two.socket.send(look());
  await until('it is shown twice', () => watchers.length === 2);
  expect(views()).toMatchObject([{ by: 'operator', camera: 'cam', what: 'live' }]);
  two.socket.close();
  await until('it has left', () => watchers.length === 1);
});

test('nobody looks without a log-in, from another site, or with a role that may see no pictures', async () => {
  const bare = await at.fetch('/api/cameras/cam/video', { headers: { origin: at.server.url } });
  expect(bare.status).toBe(401);
  await expect(screen('operator', undefined, { origin: 'https://elsewhere.example' })).rejects.toThrow('403');
  const cookie = await at.login('operator');
  // Not a WebSocket.
  expect((await at.fetch('/api/cameras/cam/video', { headers: { cookie } })).status).toBeGreaterThanOrEqual(400);
});

test('a device that is no camera, and one there is not, are refused in words', async () => {
  for (const id of ['fence', 'nothing', '__proto__']) {
    const one = await screen('operator', `/api/cameras/${id}/video`);
    expect(await one.closed).toBe(4013);
    expect(one.said).toMatchObject([{ t: 'refused', en: 'there is no such camera' }]);
  }
});

test('where reasons are asked for, nothing is shown without one; an open alarm is one, and a closed or invented one is not', async () => {
  reasons = true;
  const alarm = await alarmed(at);
  for (const said of [{}, { alarm: alarm + 99 }]) {
    const one = await screen('guard');
    one.socket.send(look(said));
    expect(await one.closed).toBe(4003);
    expect(one.said).toMatchObject([{ t: 'refused', zh: '查看实时视频须填写事由' }]);
  }
  expect(watchers).toHaveLength(0);
  const why = await screen('guard');
  why.socket.send(look({ reason: '家长反映午餐异物' }));
  const wall = await screen('wall');
  wall.socket.send(look({ alarm }));
  await until('both are shown', () => watchers.length === 2);
  expect(views()).toMatchObject([
    { by: 'guard', reason: '家长反映午餐异物' },
    { by: 'wall', wall: true, alarm },
  ]);
});

test('whoever says rubbish, too much, or nothing is let go', async () => {
  for (const said of ['{', look({ reason: 'x'.repeat(201) }), look({ more: 1 }), Buffer.from([1])]) {
    const one = await screen('operator');
    one.socket.send(said);
    expect(await one.closed).toBe(4009);
  }
  const large = await screen('operator');
  large.socket.send(look({ reason: 'x'.repeat(100_000) }));
  expect(await large.closed).toBe(1009);
  await opened(20);
  expect(await (await screen('operator')).closed).toBe(4010);
});

test('a log-out ends what plays', async () => {
  await opened(20);
  const cookie = await at.login('head');
  const one = await screen('operator', undefined, { cookie });
  one.socket.send(look());
  await until('it is shown', () => watchers.length === 1);
  await at.post('/api/logout', {}, { cookie });
  expect(await one.closed).toBe(4001);
  await until('it has left', () => watchers.length === 0);
});

test('that there is no place is said, and a page that does not read is closed', async () => {
  await opened(20);
  full = true;
  const one = await screen('operator');
  one.socket.send(look());
  expect(await one.closed).toBe(4013);
  expect(one.said).toMatchObject([{ t: 'refused', en: 'eight are playing' }]);
  full = false;
  const two = await screen('operator');
  two.socket.send(look());
  await until('it is shown', () => watchers.length === 1);
  two.socket.pause();
  watchers[0]!.fragment(Buffer.alloc(30_000_000));
  await until('bytes wait', () => watchers[0]!.waiting > 1e6);
  const [slow] = watchers;
  slow!.tooSlow();
  slow!.fragment(Buffer.alloc(1_000_000));
  await until('it is cut', () => watchers.length === 0);
});

test('opening and closing for ever fills no journal: beyond 120 facts an hour a person is shown no more', () => {
  let now = 0;
  const told: unknown[] = [];
  const tell = viewTeller({ elapsed: () => now }, (fact) => told.push(fact));
  const by = (person: string, camera: string) => tell({ kind: 'video-viewed', by: person, camera, what: 'live' });
  for (let i = 0; i < 500; i++) expect(by('a', 'one')).toBe(true);
  expect(told).toHaveLength(1);
  let shown = 0;
  for (let i = 0; i < 500; i++) if (by('a', `camera ${i}`)) shown++;
  expect(shown).toBe(119);
  expect(told).toHaveLength(120);
  expect(by('b', 'one')).toBe(true);
  now += 10 * 60_000;
  // What was shown long ago would be another fact.
  expect(by('a', 'one')).toBe(false);
  now += 50 * 60_000;
  expect(by('a', 'one')).toBe(true);
  expect(told).toHaveLength(122);
});

test('the key frames of a camera are measured for who sets it up, and why one stream could not be is said', async () => {
  const measure = async (user: string, camera = 'cam') =>
    at.post(`/api/cameras/${camera}/key-frames`, {}, { cookie: await at.login(user) });
  const answer = await measure('integrator');
  expect(await answer.json()).toMatchObject({ large: { everyMs: 2_000 }, small: { why: { en: 'eight are playing' } } });
  expect((await measure('guard')).status).toBe(403);
  expect((await measure('integrator', 'fence')).status).toBe(404);
});
