/**
 * A house for tests of the server: the school of the core's tests, driven by the core's own step and evolve, with a
 * journal in memory whose commit a test can hold back. The server in front of it is the real one, on real sockets.
 */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished, vi } from 'vitest';
import WebSocket, { type ClientOptions } from 'ws';
import { Telling } from '../../src/app/gateway-telling.ts';
import { mqttDescription } from '../../src/app/record/mqtt-description.ts';
import { evolve } from '../../src/core/evolve.ts';
import { judgeRehearsal } from '../../src/core/report/rehearsal.ts';
import type { ServerFrame } from '../../src/core/site/feed-codec.ts';
import { emptyState } from '../../src/core/state.ts';
import { step } from '../../src/core/step.ts';
import type { DoorFact, Event, Input, Live, Role, Site, State, Trouble } from '../../src/core/types.ts';
import { openAlarms } from '../../src/core/view/view.ts';
import { loadUsers, saveUser } from '../../src/server/auth/accounts.ts';
import type { EventBatch, GatewayPort } from '../../src/server/gateway-port.ts';
import { type Server, type ServerOptions, startServer } from '../../src/server/server.ts';
import { linesUnsigned } from '../../src/words/proof/case-words.ts';
import { WordedError } from '../../src/words/worded-error.ts';
import { untranslated } from '../../src/words/words.ts';
import { realWorld, type World } from '../../src/world/world.ts';
import { monday, school } from '../core/school.ts';
import { PATIENCE_MS } from '../patience.ts';
import { quickHash } from './quick-hash.ts';

export const PASSWORD = 'correct horse 9';
export const ROLES: readonly Role[] = ['operator', 'guard', 'head', 'auditor', 'integrator', 'admin'];

export interface Place {
  readonly house: { -readonly [K in keyof GatewayPort]: GatewayPort[K] };
  readonly events: Event[];
  /** What the house holds to be so, durable or not. */
  readonly state: State;
  readonly live: Live;
  readonly troubles: Trouble[];
  /** Facts of the door, apart from the others: who logs in for a test must not move its numbers. */
  readonly door: (DoorFact & { readonly seq: number; readonly at: number })[];
  readonly displayed: { user: string; page: string; seq: number; alarms: readonly number[] }[];
  readonly photos: Uint8Array[];
  readonly pictures: { asked: number; answer: () => Promise<{ jpeg: Uint8Array; at: number }> };
  site: Site;
  /** Takes inputs as one batch; resolves when durable and told. */
  offer(...inputs: Input[]): Promise<readonly Event[]>;
  /** Commits wait until the returned function is called. */
  hold(): () => void;
  changeSite(site: Site): void;
  /** Moves the school's clock. */
  advance(ms: number): void;
}

/** What the records of a table would be, folded from events as the journal does. */
function rowsOf(table: string, events: readonly Event[]): Record<string, unknown>[] {
  if (table === 'events') return events.map((e) => ({ ...e }));
  if (table === 'scans')
    return events.flatMap((e) => (e.kind === 'checked' ? [{ ...e }] : []) as Record<string, unknown>[]);
  if (table === 'touches')
    return events.flatMap((e) => {
      if (e.kind !== 'touched') return [];
      const gone = events.find((one) => one.kind === 'touch-withdrawn' && one.touch === e.seq);
      return [{ ...e, writtenBy: e.by, ...(gone && { undoneAt: gone.at }) }] as Record<string, unknown>[];
    });
  if (table === 'rounds')
    return events.flatMap((e) => {
      if (e.kind !== 'opened') return [];
      const over = events.findLast((one) => one.kind === 'completed' && one.round === e.round);
      return [{ ...e, id: e.round, ...(over && { completedAt: over.at }) }] as Record<string, unknown>[];
    });
  return events.flatMap((e) =>
    e.kind === 'raised' ? [{ ...e, id: e.seq, kind: e.alarm, raisedAt: e.at } as Record<string, unknown>] : [],
  );
}

const TIME: Readonly<Record<string, string>> = {
  alarms: 'raisedAt',
  rounds: 'start',
  scans: 'at',
  touches: 'sourceTime',
  events: 'at',
};

export function place(): Place {
  const state = emptyState();
  const events: Event[] = [];
  const live: Live = { gauges: new Map(), heard: new Map(), listeningSince: 0 };
  const listeners = new Set<{ batch(batch: EventBatch): void; site(): void }>();
  let durable = 0;
  const telling = new Telling(
    state,
    realWorld({ info: () => undefined, warn: () => undefined, error: () => undefined }),
  );
  let now = monday;
  let gate: Promise<void> = Promise.resolve();
  let writing: Promise<unknown> = Promise.resolve();

  async function commit(inputs: readonly Input[]): Promise<readonly Event[]> {
    const after = state.seq;
    const fresh: Event[] = [];
    telling.ahead();
    for (const input of inputs)
      for (const event of step(self.site, state, input, ++now)) {
        evolve(state, event);
        fresh.push(event);
      }
    await gate;
    await new Promise((resolve) => setImmediate(resolve));
    events.push(...fresh);
    durable = state.seq;
    telling.durable();
    if (fresh.length > 0) for (const l of listeners) l.batch({ after, seq: durable, events: fresh });
    telling.serve();
    return fresh;
  }

  const self: Place = {
    events,
    state,
    live,
    site: school,
    troubles: [],
    displayed: [],
    door: [],
    photos: [],
    pictures: { asked: 0, answer: async () => ({ jpeg: new Uint8Array([0xff, 0xd8, 0xff]), at: 1 }) },
    offer(...inputs) {
      const done = writing.then(() => commit(inputs));
      writing = done;
      return done;
    },
    hold() {
      const { promise, resolve } = Promise.withResolvers<void>();
      gate = promise;
      return resolve;
    },
    advance(ms) {
      now += ms;
    },
    changeSite(site) {
      self.site = site;
      for (const l of listeners) l.site();
    },
    house: {
      version: 'test',
      site: () => self.site,
      read: (look) => telling.read(look),
      live: () => live,
      now: () => now,
      lines: () => [
        {
          id: 'bus',
          protocol: 'modbus',
          up: true,
          why: untranslated(''),
          since: monday,
          ledger: { received: 7, stored: 4, judged: 1, dropped: { 'bad-payload': 2 } },
        },
      ],
      troubles: () => self.troubles,
      walls: () => [],
      head: () => ({ seq: durable, hash: 'ab'.repeat(32) }),
      checkpoint: () => undefined,
      prove: async () => {
        throw new WordedError(linesUnsigned);
      },
      quarantine: () => [
        { at: monday, line: 'bus', reason: 'bad-payload', why: untranslated('not JSON'), head: 'card 1234' },
      ],
      command: (by, command) => self.offer({ kind: 'command', by, command }),
      listen(each) {
        listeners.add(each);
        return () => listeners.delete(each);
      },
      async records({ table, from = 0, to = Number.MAX_SAFE_INTEGER, kind, alarm, covert, limit = 500 }) {
        const at = (row: Record<string, unknown>) => Number(row[TIME[table]!]);
        const told = table === 'events' && kind !== undefined ? [...events, ...self.door] : events;
        return rowsOf(table, told)
          .filter((row) => kind === undefined || table !== 'events' || row.kind === kind)
          .filter((row) => kind === undefined || table !== 'touches' || row.source === kind)
          .filter((row) => alarm === undefined || row.alarm === alarm || row.seq === alarm)
          .filter((row) => at(row) >= from && at(row) <= to && !(covert === false && row.covert === true))
          .reverse()
          .slice(0, limit);
      },
      async checksOf(rounds) {
        const newest = new Map<string, Extract<Event, { kind: 'checked' }>>();
        for (const e of events)
          if (e.kind === 'checked' && rounds.includes(e.round)) newest.set(`${e.round}/${e.checkpoint}`, e);
        return [...newest.values()].map((e) => ({ ...e, uploaded: e.uploaded === true, hash: 'cd'.repeat(32) }));
      },
      async pick({ after, upTo, kinds }) {
        return events.filter((e) => e.seq > after && e.seq <= upTo && (kinds?.includes(e.kind) ?? true));
      },
      async openAt(time) {
        const closed = new Map(events.flatMap((e) => (e.kind === 'closed' ? [[e.alarm, e.at] as const] : [])));
        return events.filter((e) => e.kind === 'raised' && e.at < time && (closed.get(e.seq) ?? time) >= time);
      },
      samples: async ({ device, point, from }) => [{ device, point, value: 1.5, at: from }],
      curves: async ({ wires }) => ({ wires: wires.map(() => []), bases: wires.map(() => []) }),
      rehearse: async ({ past }, progress) => {
        progress(1, 2);
        return { ...judgeRehearsal(past, [], []), samples: 0, unknownMs: 0 };
      },
      picture: async () => {
        self.pictures.asked++;
        return self.pictures.answer();
      },
      authority: async () => undefined,
      keepPhoto: async (jpeg) => {
        self.photos.push(jpeg);
        return `${++now}-0.jpg`;
      },
      clip: async (name) => (name === '100-7.mp4' ? new Uint8Array([0, 0, 0, 8]) : undefined),
      evidence: async (name) => (name === '100-7.jpg' ? new Uint8Array([0xff, 0xd8]) : undefined),
      verify: async (progress) => {
        progress?.(1, 2);
        return { ok: true, checked: 2 };
      },
      asyncapi: () => mqttDescription('1.0.0'),
      cameraLooks: () => {
        const grey = Buffer.from(Uint8Array.from({ length: 880 }, (_, cell) => (cell % 40) * 6)).toString('base64');
        const figures = { mean: 121, match: 0.31, flat: 0.84 };
        return Object.values(self.site.devices).flatMap(({ id: camera, family }) =>
          family === 'camera' ? [{ camera, last: { at: now, hours: 'day', figures }, references: { day: grey } }] : [],
        );
      },
      discover: async () => [{ address: 'http://192.0.2.9/onvif', from: '192.0.2.9' }],
      displayed: ({ user }, { page, seq, displayed }) =>
        void self.displayed.push({ user: user.name, page, seq, alarms: displayed }),
      video: {
        keyFrames: async (_camera, use) => (use === 'large' ? { everyMs: 2_000 } : { everyMs: 12_000 }),
        reasons: () => false,
        watch: () => {
          throw new WordedError(untranslated('no video here'));
        },
      },
      tapped: async (tap) => void (await self.offer({ kind: 'drill-tapped', ...tap })),
      note: async (fact) => void self.door.push({ ...fact, seq: 1, at: ++now }),
      gauges: () => ({ inboxDepth: 3, 'follower lag influx': 12 }),
      counts: (now) => ({ alarms_open: openAlarms(now).length }),
    },
  };
  return self;
}

/** A fence that is climbed, as one input. */
export const climb = (value: boolean): Input => ({ kind: 'reading', device: 'fence', values: [['climb', value]] });

/** A zone that was climbed, armed as nobody has set it yet; gives the alarm's id. */
export async function alarmed({ place }: Pick<Stand, 'place'>): Promise<number> {
  await place.offer({ kind: 'started', version: 'test', config: 'a' });
  const events = await place.offer(climb(true));
  return events.find((e) => e.kind === 'raised')!.seq;
}

export interface Stand {
  readonly place: Place;
  readonly server: Server;
  readonly usersPath: string;
  readonly logged: string[];
  /** Moves the server's clocks. */
  shift(ms: number): void;
  fetch(path: string, init?: RequestInit): Promise<Response>;
  post(path: string, body: unknown, headers?: Record<string, string>): Promise<Response>;
  /** The cookie of a fresh session. */
  login(user: string, password?: string): Promise<string>;
  /** A second server for the same people and the same key: what a restart of the gateway is to a page. */
  again(): Promise<Server>;
}

/** One person of each role, each saved as by `npm run user`; hashing takes a tenth of a second for each and each log-in. */
export async function hashedPeople(): Promise<{ path: string; remove(): Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), 'gatehouse-users-'));
  const path = join(folder, 'users.json');
  for (const role of ROLES) await saveUser(path, role, role, PASSWORD);
  await saveUser(path, 'wall', 'operator', PASSWORD, { kiosk: true });
  return { path, remove: () => rm(folder, { recursive: true }) };
}

/** The same people with hashes of the least cost, for tests that are not about logging in. */
export async function people(): Promise<{ path: string; remove(): Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), 'gatehouse-users-'));
  const path = join(folder, 'users.json');
  const hash = quickHash(PASSWORD);
  const users = [
    ...ROLES.map((role) => ({ name: role, role, hash })),
    { name: 'wall', role: 'operator', hash, kiosk: true },
    // Who answers for the canteen, and who cooks there.
    { name: 'sun', role: 'canteen', hash },
    { name: 'zhou', role: 'canteen', hash },
    // The public screen in the dining hall.
    { name: 'dining', role: 'kitchen', hash, kiosk: true },
  ];
  await writeFile(path, JSON.stringify({ users }), { mode: 0o600 });
  return { path, remove: () => rm(folder, { recursive: true }) };
}

/** Starts a server on a free port; it is closed when the test ends. Its own waits go so many times as fast as `pace` says. */
export async function stand(
  usersPath: string,
  more: Partial<ServerOptions> = {},
  spot: Place = place(),
  pace = 1,
): Promise<Stand> {
  const logged: string[] = [];
  const log = (message: string, fields?: Record<string, unknown>) => {
    logged.push(`${message} ${JSON.stringify(fields ?? {})}`);
  };
  let shifted = 0;
  const real = realWorld({ info: log, warn: log, error: log });
  const world: World = {
    ...real,
    now: () => real.now() + shifted,
    elapsed: () => real.elapsed() + shifted,
    sleep: (ms, signal) => real.sleep(ms / pace, signal),
  };
  const users = await loadUsers(usersPath);
  const options: ServerOptions = { host: '127.0.0.1', port: 0, users, secret: new Uint8Array(32).fill(7), ...more };
  const open = async () => {
    const server = await startServer(options, spot.house, world);
    onTestFinished(() => server.close());
    return server;
  };
  const server = await open();
  const reach = (path: string, init?: RequestInit) => fetch(`${server.url}${path}`, { redirect: 'manual', ...init });
  const post = (path: string, body: unknown, headers: Record<string, string> = {}) =>
    reach(path, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: server.url, ...headers },
      body: JSON.stringify(body),
    });
  return {
    place: spot,
    server,
    usersPath,
    logged,
    shift: (ms) => {
      shifted += ms;
    },
    fetch: reach,
    post,
    async login(user, password = PASSWORD) {
      const response = await post('/api/login', { user, password });
      if (response.status !== 200) throw new Error(`log-in of ${user} ended in ${response.status}`);
      return cookieOf(response);
    },
    again: open,
  };
}

/** Until the test ends no minute of the server's is over: how many requests it takes in one is counted by `Date`. */
export function withinOneMinute(): void {
  vi.useFakeTimers({ toFake: ['Date'] });
  onTestFinished(() => void vi.useRealTimers());
}

/** `name=value` of the session cookie a response set. */
export function cookieOf(response: Response): string {
  const [first = ''] = response.headers.getSetCookie();
  return first.split(';')[0]!;
}

export interface Ear {
  readonly socket: WebSocket;
  readonly frames: ServerFrame[];
  readonly texts: string[];
  readonly closed: Promise<{ code: number; reason: string }>;
  /** Resolves with the first frame, past or future, that fits; rejects after ten seconds. */
  next<T extends ServerFrame['t']>(
    t: T,
    fits?: (frame: Extract<ServerFrame, { t: T }>) => boolean,
  ): Promise<Extract<ServerFrame, { t: T }>>;
}

/** Opens the feed. Rejects with the status when the upgrade is refused. */
export async function listen(server: Server, headers: Record<string, string>, more: ClientOptions = {}): Promise<Ear> {
  const socket = new WebSocket(`${server.url.replace('http', 'ws')}/feed`, { headers, ...more });
  const frames: ServerFrame[] = [];
  const texts: string[] = [];
  const waiting = new Set<() => void>();
  socket.on('message', (data) => {
    texts.push(String(data));
    frames.push(JSON.parse(String(data)) as ServerFrame);
    for (const look of waiting) look();
  });
  const closed = new Promise<{ code: number; reason: string }>((resolve) =>
    socket.on('close', (code, reason) => resolve({ code, reason: String(reason) })),
  );
  onTestFinished(() => socket.terminate());
  await new Promise<void>((resolve, reject) => {
    socket.once('open', resolve);
    socket.once('unexpected-response', (_request, response) => {
      reject(new Error(`refused with ${response.statusCode}`));
      socket.on('error', () => undefined);
      socket.terminate();
    });
    socket.once('error', reject);
  });
  return {
    socket,
    frames,
    texts,
    closed,
    next(t, fits = () => true) {
      return new Promise((resolve, reject) => {
        const look = () => {
          const found = frames.find((f): f is Extract<ServerFrame, { t: typeof t }> => f.t === t && fits(f as never));
          if (!found) return;
          clearTimeout(limit);
          waiting.delete(look);
          resolve(found);
        };
        const limit = setTimeout(() => {
          waiting.delete(look);
          reject(new Error(`no such ${t} among ${frames.map((f) => f.t).join(' ')}`));
        }, PATIENCE_MS);
        waiting.add(look);
        look();
      });
    },
  };
}
