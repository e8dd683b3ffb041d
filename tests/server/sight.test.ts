/**
 * What an installer is shown, over a real server, gateway and stores: every field a person can type and every name of a person
 * or an account carries a mark, and no route and no frame may carry it to him. It walks the routes the server itself tells
 * of, so that a new one is in it.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { Gateway } from '../../src/app/gateway.ts';
import { Lines } from '../../src/app/lines.ts';
import { makeGatewayPort } from '../../src/app/serve-port.ts';
import { Troubles } from '../../src/app/troubles.ts';
import { WallWatch } from '../../src/app/wall-watch.ts';
import { evolve, pass } from '../../src/core/evolve.ts';
import { defaultLimits } from '../../src/core/fence/signal-types.ts';
import { localDay } from '../../src/core/site/calendar.ts';
import { decodeState, encodeState } from '../../src/core/site/feed-codec.ts';
import type { Command, Device, Duty, Event, Site, State, User } from '../../src/core/types.ts';
import { openPictures } from '../../src/perform/pictures.ts';
import { loadUsers, saveUser } from '../../src/server/auth/accounts.ts';
import type { GatewayPort } from '../../src/server/gateway-port.ts';
import { type Server, startServer } from '../../src/server/server.ts';
import { openJournal } from '../../src/store/journal/journal.ts';
import { openSeries } from '../../src/store/series/series.ts';
import { openSeriesLook } from '../../src/store/series/series-look.ts';
import { untranslated } from '../../src/words/words.ts';
import { realWorld } from '../../src/world/world.ts';
import { school } from '../core/school.ts';
import { cookieOf, listen, PASSWORD } from './place.ts';

/** Stands in every name and in every text that a person gave. */
const mark = 'zqx7';
const marked = (text: string) => `${text}-${mark}`;
const person = (role: User['role']): User => ({ name: marked(role), role });
const operator = person('operator');
const guard = person('guard');
const head = person('head');
const admin = person('admin');
/** His own name he may see; nobody else's. */
const integrator: User = { name: 'fitter', role: 'integrator' };
const card = marked('0F004EBEFC');

const panel: Device = {
  ...school.devices.io!,
  id: 'panel',
  points: {
    text: { key: 'text', title: { zh: '文字', en: 'text' }, keep: 'state', type: 'string', writable: true },
  },
};
const wire = { key: 'wire1', title: { zh: '一线', en: 'wire 1' }, keep: 'gauge', type: 'number', zone: 'z1' } as const;
const fence: Device = {
  ...school.devices.fence!,
  points: { ...school.devices.fence!.points, wire1: { ...wire, quantity: 'tension' } },
};
const { night } = school.routes;
/** A round every ten minutes, so that a card held to a reader now is in one. */
const starts = Array.from({ length: 144 }, (_, n) => n * 10);
const daily = [0, 1, 2, 3, 4, 5, 6];
const site: Site = {
  ...school,
  zones: { ...school.zones, z1: { ...school.zones.z1!, schedule: 'always', signal: defaultLimits } },
  areas: {
    yard: { id: 'yard', title: { zh: '院', en: 'yard' }, zones: ['z2'], stay: ['z2'], entryMs: 0, exitMs: 0 },
  },
  schedules: {},
  devices: { ...school.devices, fence, panel },
  channels: { duty: { id: 'duty', title: { zh: '值班', en: 'duty' } } },
  escalation: {
    ...school.escalation,
    1: { steps: [{ afterMs: 0, roles: ['guard'], channels: ['duty'] }], repeatMs: 60_000 },
  },
  people: {
    [marked('li')]: { id: marked('li'), name: marked('李强'), card },
    [marked('zhao')]: { id: marked('zhao'), name: marked('赵') },
  },
  roster: {
    shifts: {
      watch: { id: 'watch', title: { zh: '值班', en: 'Watch' }, days: daily, from: 0, until: 0, persons: 1 },
    },
    turns: [{ shift: 'watch', days: daily, order: [[marked('li')]], anchor: 20_000, eachDays: 7 }],
    temporary: [],
  },
  routes: {
    night: {
      ...night!,
      rounds: starts.map((start) => ({ days: [0, 1, 2, 3, 4, 5, 6], start, person: marked('li') })),
    },
  },
};

interface Stand {
  readonly server: Server;
  readonly port: GatewayPort;
  readonly gateway: Gateway;
  readonly lines: Lines;
  readonly troubles: Troubles;
  readonly users: string;
}

async function stand(people: string): Promise<Stand> {
  const dir = await mkdtemp(join(tmpdir(), 'gatehouse-sight-'));
  const log = { info: () => undefined, warn: () => undefined, error: () => undefined };
  const world = realWorld(log);
  const troubles = new Troubles(world);
  const journal = await openJournal({ dir, log });
  const series = await openSeries({ dir, days: 1, log });
  const look = openSeriesLook({ dir, log });
  const pictures = await openPictures(join(dir, 'pictures'));
  const lines = new Lines(world);
  // A driver may repeat what it was told to write.
  const echo = (duty: Duty) =>
    untranslated(duty.do === 'write' && typeof duty.value === 'string' ? duty.value : 'busy');
  const gateway = new Gateway(site, {
    journal,
    series,
    world,
    trouble: troubles.set,
    perform: async (duty) => ({ kind: 'outcome', duty: duty.id, ok: false, why: echo(duty) }),
  });
  await gateway.start('test', 'test');
  const port = makeGatewayPort({
    authority: undefined,
    callbacks: { take: async () => 'unknown' },
    ...{ version: 'test', world, gateway, lines, journal, series, look, pictures, troubles, dir },
    influx: undefined,
    cameras: { shown: () => [] },
    clips: { read: async () => undefined },
    video: { keyFrames: async () => ({ everyMs: 2_000 }), reasons: () => false, watch: () => () => undefined },
    checkpoints: { newest: () => undefined, publish: async () => undefined },
    walls: new WallWatch({
      ...{ world, site: () => gateway.site, head: () => journal.head().seq, trouble: troubles.set },
      note: async () => undefined,
    }),
  });
  const secret = new Uint8Array(32).fill(7);
  const users = await loadUsers(people);
  const server = await startServer({ host: '127.0.0.1', port: 0, users, secret }, port, world);
  onTestFinished(async () => {
    await server.close();
    await gateway.stop();
    await look.close();
    await series.close();
    await journal.close();
    await rm(dir, { recursive: true, force: true });
  });
  return { server, port, gateway, lines, troubles, users: people };
}

let people = '';
beforeAll(async () => {
  const folder = await mkdtemp(join(tmpdir(), 'gatehouse-sight-users-'));
  people = join(folder, 'users.json');
  for (const { name, role } of [operator, guard, head, admin, integrator]) await saveUser(people, name, role, PASSWORD);
  return () => rm(folder, { recursive: true });
});

async function login({ server }: Stand, { name }: User): Promise<string> {
  const headers = { 'content-type': 'application/json', origin: server.url };
  const body = JSON.stringify({ user: name, password: PASSWORD });
  return cookieOf(await fetch(`${server.url}/api/login`, { method: 'POST', headers, body }));
}

const only = <K extends Event['kind']>(events: readonly Event[], kind: K) =>
  events.filter((event): event is Extract<Event, { kind: K }> => event.kind === kind);

/** An evening in which everybody does everything and writes a mark wherever they can. */
async function evening(at: Stand): Promise<{ readonly alarm: number; readonly closed: number }> {
  const { gateway, port, lines, troubles } = at;
  const asks = (by: User, command: Command) => port.command(by, command);
  const reads = (device: string, key: string, value: boolean | string | number) =>
    gateway.offer({ kind: 'reading', device, values: [[key, value]], id: marked(`${device}${key}${value}`) }, 'bus');
  const alarmOf = (key: string) => gateway.read((state) => state.keys.get(key) ?? 0);
  const [text, reason] = [marked('张老师的孩子翻墙'), marked('why')];
  const until = Date.now() + 3_600_000;

  await gateway.offer({ kind: 'configured', config: 'b', by: admin.name });
  await gateway.offer({ kind: 'tick' });
  await reads('r1', 'scan', card);
  const writes = (more: object) =>
    asks(head, {
      do: 'write-touch',
      reader: 'r2',
      person: marked('li'),
      sourceTime: Date.now() - 1_000,
      reason,
      ...more,
    });
  const [hand] = only(await writes({}), 'touched');
  await writes({ person: marked('nobody') });
  await asks(head, { do: 'withdraw-touch', touch: hand!.seq, reason });
  const shift = { shift: 'watch', day: localDay(Date.now(), 480) };
  const [person, other] = [marked('li'), marked('zhao')];
  const [cover] = only(
    await asks(operator, { do: 'cover-shift', ...shift, out: person, in: other, reason }),
    'shift-changed',
  );
  await asks(operator, { do: 'sign-on', ...shift, person: other });
  await asks(operator, { do: 'withdraw-shift-change', change: cover!.seq, reason });
  const handing = { ...shift, day: shift.day + 1, person, outgoing: person, heard: true, alarms: [], note: text };
  await asks(operator, { do: 'hand-over', ...handing });
  await asks(operator, { do: 'give-calendar', person, hash: marked('hash') });
  await asks(operator, { do: 'withdraw-calendar', person });
  await reads('panel', 'text', text);
  await reads('fence', 'climb', true);
  const closed = await alarmOf('z1/climb');
  await asks(operator, { do: 'silence' });
  await asks(operator, { do: 'acknowledge', alarm: closed });
  await asks(guard, { do: 'acknowledge', alarm: closed });
  await asks(operator, { do: 'answer', alarm: closed, step: 0, skip: reason });
  await asks(operator, { do: 'dispatch', alarm: closed, to: marked('li') });
  await asks(operator, { do: 'answer', alarm: closed, step: 1, value: marked('li') });
  await asks(guard, { do: 'accept', alarm: closed });
  await asks(guard, { do: 'arrive', alarm: closed });
  await asks(guard, { do: 'note', alarm: closed, text });
  await asks(guard, { do: 'dispose', alarm: closed, reason: 'B4', note: text });
  await asks(operator, { do: 'write', device: 'panel', point: 'text', value: text });
  await asks(operator, { do: 'write', device: 'panel', point: 'none', value: text });
  await asks(operator, { do: 'close', alarm: closed, reason: marked('x').slice(0, 20), note: text });
  await reads('fence', 'climb', false);
  await asks(operator, { do: 'close', alarm: closed, reason: 'B4', note: text });

  await reads('cam', 'masked', true);
  const masked = await alarmOf('cam/masked');
  await asks(operator, { do: 'acknowledge', alarm: masked });
  await asks(operator, { do: 'shelve', alarm: masked, reason, until });
  await asks(head, { do: 'unshelve', key: 'cam/masked' });
  await asks(operator, { do: 'shelve', alarm: masked, reason, until });
  await asks(operator, { do: 'unshelve', key: marked('key') });

  await reads('fence2', 'cut', true);
  const alarm = await alarmOf('z2/cut');
  await asks(guard, { do: 'note', alarm, text });
  await asks(operator, { do: 'dispatch', alarm, to: marked('li') });
  await asks(operator, { do: 'dispose', alarm, reason: 'A1', note: text });
  await asks(operator, { do: 'acknowledge', alarm });
  await asks(operator, { do: 'dispose', alarm, reason: 'A1', note: text });
  await gateway.offer({ kind: 'displayed', by: operator, page: marked('page'), alarms: [alarm] });

  await asks(operator, { do: 'arm-zone', zone: 'z1', mode: 'inhibited', reason, until });
  await asks(head, { do: 'arm-area', area: 'yard', mode: 'disarmed' });
  await asks(admin, { do: 'arm-zone', zone: 'z2', mode: 'disarmed', duress: true });
  await asks(admin, { do: 'tune', zone: 'z1', limits: { ...defaultLimits, upN: 4 }, reason });
  await asks(admin, { do: 'tune', zone: 'z1', limits: { ...defaultLimits, upN: 5 }, reason, until });
  const loose = { ...defaultLimits, upN: 9 };
  await asks(admin, { do: 'tune', zone: 'z1', limits: loose, reason, until });
  await asks(head, { do: 'vouch', zone: 'z1', limits: loose, reason });
  await asks(head, { do: 'walk', zones: ['z1'], minutes: 5 });
  await asks(head, { do: 'end-walk' });
  await asks(integrator, { do: 'note', alarm, text });
  await gateway.offer({ kind: 'tick' });

  const what = { device: 'r1', why: `not JSON: ${text}`, payload: text };
  lines.putInQuarantine({ line: 'bus', reason: 'bad-payload', what }, Date.now());
  for (const part of ['config', 'users']) troubles.set(part, { zh: text, en: text });
  return { alarm, closed };
}

/** What a route needs to answer: its parameters and its question. A new route with others must be written down here. */
function addressOf(url: string, { alarm }: { readonly alarm: number }): string {
  const names: Readonly<Record<string, string>> = {
    '/api/cameras/:id/picture': '/api/cameras/cam/picture',
    '/api/drill/classes/:code': `/api/drill/classes/${'x'.repeat(22)}`,
    '/api/evidence/:name': `/api/evidence/${alarm}.jpg`,
    '/api/samples': '/api/samples?device=fence&point=tension&from=1&to=9999999999999',
    '/api/curves': `/api/curves?zone=z1&from=${Date.now() - 3_600_000}&to=${Date.now()}`,
    '/api/kpi': `/api/kpi?from=${Date.now() - 3_600_000}`,
    '/api/patrol-audit': `/api/patrol-audit?from=${Date.now() - 3_600_000}`,
    '/api/export/patrol.csv': `/api/export/patrol.csv?from=${Date.now() - 3_600_000}`,
    '/api/export/kpi.csv': `/api/export/kpi.csv?from=${Date.now() - 3_600_000}`,
  };
  const asked = names[url] ?? url;
  return /^\/api\/(alarms|events|rounds|scans|touches)$/.test(asked)
    ? `${asked}?limit=1000`
    : asked.replace(/[:*][^/]*/g, 'x');
}

/** The parts of a text around each mark; empty where it has none. */
const marks = (text: string) => [...text.matchAll(new RegExp(`.{0,60}${mark}`, 'g'))].map(([part]) => part);

describe('an installer', () => {
  test('is shown no name and nothing that was typed, on any route, in any frame, in any answer', async () => {
    const at = await stand(people);
    const cookie = await login(at, integrator);
    const origin = at.server.url;
    const early = await listen(at.server, { cookie, origin });
    await early.next('snapshot');
    const { alarm, closed } = await evening(at);

    const told = await at.port.records({ table: 'events', limit: 10_000 });
    const kinds = new Set(told.map(({ kind }) => kind));
    // The mark was planted in facts of all these kinds, or the walk below proves nothing.
    for (const kind of ['noted', 'disposed', 'closed', 'answered', 'shelved', 'unshelved', 'zone-armed', 'area-armed'])
      expect(kinds, kind).toContain(kind);
    for (const kind of [
      'tuned',
      'vouched',
      'walk-started',
      'walk-ended',
      'ordered',
      'done',
      'refused',
      'checked',
      'opened',
      'read',
      'touch-withdrawn',
      'shift-changed',
      'signed-on',
      'calendar-given',
    ])
      expect(kinds, kind).toContain(kind);
    expect(only(told as never as Event[], 'raised').some(({ covert }) => covert)).toBe(true);

    const asked = at.server.routes.filter(({ method, url }) => method === 'GET' && url !== '/feed');
    expect(asked.length).toBeGreaterThan(25);
    const found: string[] = [];
    const answered = new Map<string, number>();
    for (const { url } of asked) {
      const response = await fetch(`${origin}${addressOf(url, { alarm })}`, { headers: { cookie } });
      answered.set(url, response.status);
      const said = `${[...response.headers.values()].join('\n')}\n${await response.text()}`;
      for (const part of marks(said)) found.push(`${url}: ${part}`);
    }
    for (const url of ['/api/alarms', '/api/events', '/api/health', '/api/samples', '/api/me', '/metrics'])
      expect([url, answered.get(url)]).toEqual([url, 200]);
    expect([...answered].filter(([, status]) => status === 400 || status === 500)).toEqual([]);

    const post = (path: string, body: object) =>
      fetch(`${origin}${path}`, {
        method: 'POST',
        headers: { cookie, origin, 'content-type': 'application/json' },
        body: JSON.stringify(body),
      });
    const text = marked('text');
    for (const command of [
      { do: 'note', alarm, text },
      { do: 'close', alarm, reason: 'D1', note: text },
      { do: 'close', alarm: closed, reason: 'D1', note: text },
      { do: 'acknowledge', alarm },
      { do: 'tune', zone: 'z1', limits: defaultLimits, reason: text },
      { do: 'arm-zone', zone: 'z1', mode: 'inhibited', reason: text, until: Date.now() + 1_000_000 },
      { do: 'arm-area', area: 'yard', mode: 'away' },
      { do: 'write', device: 'panel', point: 'text', value: text },
      { do: 'walk', zones: ['z2'], minutes: 5 },
      { do: 'end-walk' },
    ])
      for (const part of marks(await (await post('/api/commands', command)).text()))
        found.push(`${command.do}: ${part}`);
    const hour = { from: Date.now() - 3_600_000, to: Date.now() };
    const rehearsed = await post('/api/rehearse', { zone: 'z1', limits: defaultLimits, ...hour });
    for (const part of marks(await rehearsed.text())) found.push(`rehearse: ${part}`);

    const late = await listen(at.server, { cookie, origin });
    await late.next('snapshot');
    await late.next('beat');
    const { seq } = at.port.head();
    await early.next('events', (frame) => frame.seq >= seq);
    for (const part of [...early.texts, ...late.texts].flatMap(marks)) found.push(`feed: ${part}`);
    expect([...new Set(found)]).toEqual([]);
  });

  test('sees on a page that listened what a page sees that connects now', async () => {
    const at = await stand(people);
    const cookie = await login(at, integrator);
    const early = await listen(at.server, { cookie, origin: at.server.url });
    const first = await early.next('snapshot');
    await evening(at);
    const late = await listen(at.server, { cookie, origin: at.server.url });
    const { state } = await late.next('snapshot');
    await early.next('events', (frame) => frame.seq >= state.seq);
    const folded: State = decodeState(first.state);
    for (const frame of early.frames) {
      if (frame.t !== 'events') continue;
      for (const event of frame.events) {
        if (event.seq > state.seq) break;
        pass(folded, event.seq - 1);
        evolve(folded, event);
      }
    }
    pass(folded, state.seq);
    // A fact that is hidden moves the time of State and nothing else.
    const plain = (one: object) =>
      JSON.parse(
        JSON.stringify({ ...one, at: 0, recentIds: [], touches: [], readerTouches: [], pastRounds: [] }),
      ) as object;
    expect(plain(encodeState(folded))).toEqual(plain(state));
  });
});
