/**
 * What the whole house tells while its journal refuses: nothing that is not kept, on any route and in the feed, and still
 * everything that does not come from State. The journal refuses because another program holds it, as a person's tool would.
 */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { expect, onTestFinished, test } from 'vitest';
import { freePort } from '../../simulators/free-port.ts';
import { openApp } from '../../src/app/app.ts';
import { usersFile } from '../../src/app/serving.ts';
import type { Command, User } from '../../src/core/types.ts';
import { loadUsers, saveUser } from '../../src/server/auth/accounts.ts';
import { startServer } from '../../src/server/server.ts';
import { loadConfig } from '../../src/site/load-site.ts';
import { realWorld } from '../../src/world/world.ts';
import { eventually } from '../patience.ts';
import { listen, PASSWORD } from '../server/place.ts';
import { campus, modbusLine, tensionHost, zone } from '../wire/campus.ts';
import { tautFence } from '../wire/taut-fence.ts';
import { CODE, sources } from './sources.ts';

const quiet = { info: () => undefined, warn: () => undefined, error: () => undefined };
/** A name that stands in facts that are not kept, and nowhere else. */
const planted = 'planted-hand';
const by: User = { name: planted, role: 'admin' };
const from = Date.parse('2026-01-01T00:00:00Z');
/** What routes need to be asked in earnest; an address that is not here needs nothing. */
const ASKED: Readonly<Record<string, string>> = {
  '/api/kpi': `?from=${Date.now() - 86_400_000}`,
  '/api/export/kpi.csv': `?from=${Date.now() - 86_400_000}`,
  '/api/samples': `?device=fence&point=A1_tension&from=${from}&to=${Date.now()}`,
  '/api/curves': `?zone=z1&from=${Date.now() - 60_000}&to=${Date.now()}`,
};
/** Routes that cannot answer without State. */
const OF_STATE = [
  ...['/api/canteen', '/api/curves', '/api/export/kpi.csv', '/api/imports', '/api/kpi'],
  '/api/sensors',
];

async function school() {
  const dir = await mkdtemp(join(tmpdir(), 'gatehouse-told-'));
  onTestFinished(() => rm(dir, { recursive: true, force: true }));
  const fence = await tautFence();
  const store = join(dir, 'data');
  const path = join(dir, 'campus.yaml');
  const zones = [zone(1), zone(2)];
  await writeFile(
    path,
    campus({ lines: [modbusLine(fence.port)], devices: [tensionHost('fence', 1, 'z1', 'z2')], zones }),
  );
  const loaded = await loadConfig(path, { GATEWAY_PORT: String(await freePort()), GATEWAY_STORE: store });
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.errors));
  await mkdir(store, { mode: 0o700 });
  await saveUser(usersFile(store), 'boss', 'admin', PASSWORD);
  const world = realWorld(quiet);
  const running = await openApp(loaded.config, { version: 'test', ui: tmpdir(), world });
  onTestFinished(() => running.stop().then(() => undefined));
  const users = await loadUsers(usersFile(store));
  const secret = new Uint8Array(32).fill(7);
  const server = await startServer({ host: '127.0.0.1', port: 0, users, secret }, running.port, world);
  onTestFinished(() => server.close());
  const json = { 'content-type': 'application/json', origin: server.url };
  const body = JSON.stringify({ user: 'boss', password: PASSWORD });
  const login = await fetch(`${server.url}/api/login`, { method: 'POST', headers: json, body });
  const cookie = login.headers.getSetCookie()[0]!.split(';')[0]!;
  const get = (url: string) => fetch(`${server.url}${url}`, { headers: { cookie }, redirect: 'manual' });
  return { ...running, server, get, cookie, store };
}

type School = Awaited<ReturnType<typeof school>>;

/** Every address that is asked with GET and is no page, answered. */
async function walk({ server, get }: School): Promise<Map<string, { status: number; text: string }>> {
  const answers = new Map<string, { status: number; text: string }>();
  for (const { method, url } of server.routes) {
    if (method !== 'GET' || url === '/feed') continue;
    const address = url.replace(/:\w+|\*/g, 'x');
    const answer = await get(`${address}${ASKED[url] ?? ''}`);
    answers.set(url, { status: answer.status, text: await answer.text() });
  }
  return answers;
}

/** Another program takes the journal; returns the way to let it go. */
function hold({ store }: School): () => void {
  const other = new Database(join(store, 'journal.db'));
  onTestFinished(() => void other.close());
  other.exec('BEGIN IMMEDIATE');
  return () => void other.exec('ROLLBACK');
}

const until = (so: () => boolean | Promise<boolean>) => eventually(async () => expect(await so()).toBe(true));

/** The samples of /metrics, by name and labels. */
const samples = (text: string) =>
  new Map(text.split('\n').flatMap((line) => (/^[^#]\S* /.test(line) ? [line.split(' ') as [string, string]] : [])));

test('while the journal refuses, no route and no page is told a fact that is not kept', async () => {
  const place = await school();
  const { port: house, server, cookie } = place;
  await until(async () => (await house.read((state) => state.devices.get('fence')?.up)) === true);
  await house.command(
    { name: 'boss', role: 'admin' },
    { do: 'arm-zone', zone: 'z1', mode: 'disarmed', reason: 'rest' },
  );
  const before = samples((await walk(place)).get('/metrics')!.text);
  expect(before.get('gatehouse_devices_up')).toBe('1');
  const early = await listen(server, { cookie, origin: server.url });
  await early.next('snapshot');

  const letGo = hold(place);
  const limits = await house.read((state) => state.seq).then(() => house.site().zones.z1!.signal!);
  const asked: readonly Command[] = [
    { do: 'arm-zone', zone: 'z2', mode: 'inhibited', reason: planted, until: house.now() + 3_600_000 },
    { do: 'tune', zone: 'z1', limits: { ...limits, upN: limits.upN + 3 }, reason: planted },
  ];
  const kept = Promise.all(asked.map((command) => house.command(by, command)));
  await until(() => house.troubles().some(({ part }) => part === 'journal'));
  const { seq } = house.head();
  const why = house.troubles().find(({ part }) => part === 'journal')!.why;

  const answers = await walk(place);
  expect(answers.size).toBeGreaterThan(20);
  expect([...answers].filter(([, { text }]) => text.includes(planted)).map(([url]) => url)).toEqual([]);
  const unanswered = [...answers].filter(([, { text }]) => text.includes('urn:gatehouse:not-kept'));
  expect(unanswered.map(([url]) => url).sort()).toEqual(OF_STATE);
  for (const [, { status, text }] of unanswered) {
    expect(status).toBe(503);
    expect(JSON.parse(text)).toMatchObject({ zh: why.zh, en: why.en });
  }

  const metrics = answers.get('/metrics')!;
  const told = samples(metrics.text);
  expect(metrics.status).toBe(200);
  expect(told.get('gatehouse_journal_keeping')).toBe('0');
  expect(told.get('gatehouse_journal_seq')).toBe(String(seq));
  expect(Number(told.get('gatehouse_line_received_total{line="bus"}'))).toBeGreaterThan(0);
  expect([...before.keys()].filter((name) => !told.has(name)).sort()).toEqual(
    ['alarms_open', 'alarms_unacknowledged', 'alarms_unpainted', 'devices_up'].map((name) => `gatehouse_${name}`),
  );
  expect(metrics.text).toMatch(/# HELP gatehouse_alarms_open .*left out while the journal cannot be written/);

  const health = JSON.parse(answers.get('/api/health')!.text);
  expect(health).toMatchObject({
    head: { seq },
    troubles: expect.arrayContaining([expect.objectContaining({ part: 'journal', why })]),
    lines: [{ id: 'bus', up: true }],
  });
  expect(health.gauges).toMatchObject({ journal_keeping: 0 });
  expect(health.gauges).not.toHaveProperty('alarms_open');
  expect(answers.get('/healthz')).toEqual({ status: 503, text: 'not ok' });

  const late = await listen(server, { cookie, origin: server.url });
  await early.next('beat', ({ troubles }) => troubles.some(({ part }) => part === 'journal'));
  const beats = early.frames.filter(({ t }) => t === 'beat').length;
  // A beat also serves the pages that wait, and this one goes out after it has tried.
  await early.next('beat', ({ n }) => n > beats + 1);
  expect(late.frames).toEqual([]);
  expect(early.texts.filter((text) => text.includes(planted))).toEqual([]);

  letGo();
  await kept;
  await late.next('snapshot', ({ state }) => JSON.stringify(state).includes(planted));
  await early.next('events', (frame) => JSON.stringify(frame).includes(planted));
  const after = await walk(place);
  expect(after.get('/api/events')!.text).toContain(planted);
  expect([...OF_STATE, '/metrics', '/api/health', '/healthz'].map((url) => after.get(url)!.status)).toEqual(
    Array.from({ length: OF_STATE.length + 3 }, () => 200),
  );
  expect(samples(after.get('/metrics')!.text).get('gatehouse_devices_up')).toBe('1');
  expect(JSON.parse(after.get('/api/health')!.text).gauges).toMatchObject({ alarms_open: 0 });
});

test('nothing but the gateway can make what may be told of State', () => {
  const made = sources(['src'], CODE).filter(({ text }) =>
    /\bas\s+(unknown\s+as\s+)?Durable\b|satisfies Durable\b/.test(text),
  );
  expect(made.map(({ path }) => path)).toEqual([
    'src/app/gateway-telling.ts',
    // The district's copy is folded of lines that are committed there, and that the school told when they were.
    'src/district/look/copied-school.ts',
  ]);
});
