/**
 * A gateway's mouth without the gateway, in a process of its own so that it can be stopped dead: serves the built screens
 * and speaks the feed's frames over State folded by the real core. It does what it is told by messages and tells what it
 * was sent. Listens on loopback, on any free port.
 */
import { readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { flushCompileCache } from 'node:module';
import { join } from 'node:path';
import { WebSocketServer } from 'ws';
import { jpeg } from '../../simulators/camera/jpeg.ts';
import { evolve } from '../../src/core/evolve.ts';
import { KpiTally } from '../../src/core/report/kpi.ts';
import { AuditTally } from '../../src/core/report/patrol-audit.ts';
import { cutWithin } from '../../src/core/retention/cut-spans.ts';
import { type AskFrame, encodeState, type PageFrame, type ServerFrame } from '../../src/core/site/feed-codec.ts';
import { emptyState } from '../../src/core/state.ts';
import { step } from '../../src/core/step.ts';
import type { Command, Event, PhoneAsk, Trouble, User } from '../../src/core/types.ts';
import { untranslated } from '../../src/words/words.ts';
import { afternoon, campus, watched } from './campus.ts';
import { asEvents, type Dated } from './scenes.ts';

/** The school as it is, or with a duty roster. */
export type Place = 'plain' | 'watched';

/** What the test may tell this process. */
export type Order =
  | { readonly do: 'tell'; readonly facts: readonly Dated[] }
  /** `stuck`: beats go on but do not count up. `off`: nothing is said, the socket stays. */
  | { readonly do: 'beats'; readonly how: 'live' | 'stuck' | 'off' }
  | { readonly do: 'gauge'; readonly device: string; readonly point: string; readonly value: number }
  /** Closes every feed; `refuse` keeps new ones out as well. */
  | { readonly do: 'cut'; readonly refuse: boolean }
  /** Loses an event on the way, and tells the next one. */
  | { readonly do: 'skip'; readonly facts: readonly Dated[] }
  /** Raises each, acknowledges it and closes it, in one batch a step. */
  | { readonly do: 'storm'; readonly facts: readonly Dated[] }
  /** What is wrong with parts of the gateway, from the next beat on. */
  | { readonly do: 'troubles'; readonly troubles: readonly Trouble[] }
  | { readonly do: 'logout' };
/** What this process tells the test. */
export type Told =
  | { readonly told: 'port'; readonly port: number }
  | { readonly told: 'page'; readonly frame: unknown }
  | { readonly told: 'asked'; readonly method: string; readonly path: string; readonly body: unknown }
  | { readonly told: 'done' };

const BEAT_MS = 2_000;
const [role, root, name, place] = process.argv.slice(2) as [User['role'], string, string, Place];
const site = place === 'watched' ? watched : campus;
const tell = (told: Told) => process.send?.(told);
const state = emptyState();
const events: Event[] = [];
const gauges: [string, string, number, number][] = [];
const you: User = { name, role };
let beats: Extract<Order, { do: 'beats' }>['how'] = 'live';
let refuse = false;
let troubles: readonly Trouble[] = [];
let loggedIn = true;

const startedAt = performance.now();
const now = () => Math.round(afternoon + performance.now() - startedAt);

const sockets = new WebSocketServer({ noServer: true });
const videos = new WebSocketServer({ noServer: true });
const say = (frame: ServerFrame) => {
  for (const socket of sockets.clients) socket.send(JSON.stringify(frame));
};

function keep(fresh: readonly Event[]): void {
  for (const event of fresh) {
    evolve(state, event);
    events.push(event);
  }
}

function take(fresh: readonly Event[]): void {
  const after = state.seq;
  keep(fresh);
  say({ t: 'events', after, seq: state.seq, events: fresh });
}

function picture(): Uint8Array {
  const [width, height] = [320, 176];
  const rgb = new Uint8Array(width * height * 3);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++)
      rgb.fill(y > 100 ? 84 : 70 + ((x >> 4) & 1) * 30, (y * width + x) * 3, (y * width + x) * 3 + 3);
  }
  return jpeg({ width, height, rgb });
}

const shot = picture();

const ofDuty = (e: Event, alarm: number) => e.kind === 'done' && e.duty.split('/')[1] === String(alarm);

function rowsOf(url: URL): unknown[] {
  const kind = url.searchParams.get('kind');
  const alarm = Number(url.searchParams.get('alarm'));
  const of = (e: Event) => e.seq === alarm || ('alarm' in e && e.alarm === alarm) || ofDuty(e, alarm);
  if (url.pathname === '/api/events')
    return events.filter((e) => (kind === null || e.kind === kind) && (alarm === 0 || of(e))).reverse();
  return events.flatMap((e) => {
    if (e.kind !== 'raised') return [];
    const closed = events.find((c) => c.kind === 'closed' && c.alarm === e.seq);
    const how = closed?.kind === 'closed' ? { closedAt: closed.at, closedBy: closed.by, reason: closed.reason } : {};
    return [{ ...e, id: e.seq, kind: e.alarm, raisedAt: e.at, lastAt: e.at, count: 1, causes: [], ...how }];
  });
}

/** A wire at rest, and pulled for five seconds when somebody climbed. */
function samplesOf(url: URL): unknown[] {
  const [device, point] = ['device', 'point'].map((name) => url.searchParams.get(name));
  const climbed = afternoon - 38_000;
  return [
    [climbed - 60_000, 3],
    [climbed, 38],
    [climbed + 5_000, 4],
  ].map(([at, value]) => ({ device, point, at, value }));
}

const health = {
  at: afternoon,
  district: {
    ...{ name: 'pudong', have: 118_000, behind: 12, heardAt: afternoon - 5_000 },
    cosigned: { size: 117_400, at: afternoon - 4 * 3_600_000 },
  },
  lines: [
    {
      id: 'bus',
      protocol: 'modbus',
      up: true,
      why: untranslated(''),
      since: afternoon,
      ledger: { received: 7, stored: 4, judged: 1, dropped: { 'bad-payload': 2 } },
    },
  ],
  troubles: [
    {
      part: 'influx',
      why: { zh: 'InfluxDB 没有应答，请检查服务是否运行', en: 'InfluxDB does not answer; check that it runs' },
      since: afternoon,
    },
  ],
  nobody: [
    { chain: 1, level: 2, why: 'no-account' },
    { chain: 'lastResort', level: 0, why: 'nobody-there' },
  ],
  walls: [
    {
      user: 'wall-1',
      title: { zh: '值班室', en: 'Control room' },
      is: 'well',
      saidAgoMs: 4_000,
      sound: 'running',
      visible: true,
      account: 'well',
    },
    {
      user: 'wall-2',
      title: { zh: '门卫室', en: 'Gate lodge' },
      is: 'silent',
      saidAgoMs: 6_000,
      sound: 'blocked',
      visible: true,
      account: 'well',
    },
    { user: 'wall-3', title: { zh: '校长室', en: 'Head teacher' }, is: 'dead', account: 'missing' },
  ],
  unlistedWalls: ['canteen'],
  quarantine: [
    { at: afternoon, line: 'mqtt', reason: 'bad-payload', why: untranslated('not JSON'), head: '{"climb":' },
  ],
};

/** The figures of the day so far, which begins with the first event. */
function kpiOf(url: URL): unknown {
  const [from, to] = ['from', 'to'].map((name) => Number(url.searchParams.get(name) ?? now()));
  const begin = Math.max(from ?? 0, events[0]?.at ?? 0);
  const end = Math.min(to ?? 0, now());
  const tally = new KpiTally({ from: Math.min(begin, end), to: end, utcOffsetMin: campus.utcOffsetMin }, []);
  for (const event of events) tally.take(event);
  return tally.result();
}

/** The alarm that a checkpoint was missed, and its still, as the journal's tables say it. */
function saidOf({ round, checkpoint, verdict }: Extract<Event, { kind: 'checked' }>) {
  const said = events.find((e) => e.kind === 'raised' && e.round === round && e.checkpoint === checkpoint);
  const picture = said && state.alarms.get(said.seq)?.picture;
  return said && verdict === 'missed' ? { alarm: said.seq, ...(picture !== undefined && { picture }) } : {};
}

/** The patrol report of the facts so far, by the real tally. */
function auditOf(url: URL) {
  const [from, to] = ['from', 'to'].map((name) => Number(url.searchParams.get(name)));
  const end = Math.min(to ?? 0, now());
  const [pruned] = cutWithin(state, ['patrol'], from ?? 0);
  const span = { from: Math.min(from ?? 0, end), to: end, at: now(), ...(pruned && { pruned }) };
  const tally = new AuditTally(campus, span);
  for (const { kind, ...opened } of events.filter((event) => event.kind === 'opened')) {
    const mine = events.filter((event) => 'round' in event && event.round === opened.round);
    const over = mine.find((event) => event.kind === 'completed');
    const checks = mine.flatMap((event) =>
      event.kind === 'checked' ? [{ ...event, ...saidOf(event), uploaded: event.uploaded === true }] : [],
    );
    const changes = state.changedRounds.get(opened.round)?.changes;
    const end = over && {
      completedAt: over.at,
      ...(over.brokenAt !== undefined && { brokenAt: over.brokenAt }),
      ...(over.seen && { seen: over.seen }),
    };
    const round = { ...opened, id: opened.round, openedAt: opened.at, ...end, ...(changes && { changes }) };
    tally.take({ round, checks });
  }
  tally.takeExceptions([...state.suspicions.values()]);
  return tally.result();
}

/** What a phone sends by a key, as the command it stands for. */
function saidByPhone(url: URL): Command {
  const { key = '', at: _at, sent: _sent, off: _off, ...asked } = Object.fromEntries(url.searchParams);
  const about = asked.alarm === undefined ? {} : { alarm: Number(asked.alarm) };
  return { do: 'by-phone', key, asked: { ...asked, ...about } as PhoneAsk };
}

async function body(request: IncomingMessage): Promise<unknown> {
  if (request.headers['content-type'] === 'application/octet-stream') {
    for await (const _part of request);
    return undefined;
  }

  let text = '';
  for await (const chunk of request) text += chunk;
  return text === '' ? undefined : JSON.parse(text);
}

function json(response: ServerResponse, status: number, value: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value));
}

function command(response: ServerResponse, asked: Command): void {
  const caused = step(site, state, { kind: 'command', by: you, command: asked }, Math.max(now(), state.at));
  take(caused);
  const refused = caused.find((e) => e.kind === 'refused');
  if (refused?.kind !== 'refused') return json(response, 200, { events: caused });
  return json(response, 409, { code: refused.why, zh: `拒绝：${refused.why}`, en: `refused: ${refused.why}` });
}

async function api(url: URL, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const given = await body(request);
  const byPhone = url.pathname === '/api/phone/acts' ? saidByPhone(url) : undefined;
  const asked = byPhone?.do === 'by-phone' ? byPhone.asked : given;
  // Pages ask for pictures, and say that they were looked at, by themselves.
  const byItself = /\/(?:picture|mine)$/.test(url.pathname) || (asked as { do?: string } | undefined)?.do === 'look';
  if (!byItself) tell({ told: 'asked', method: request.method!, path: url.pathname, body: asked });
  if (url.pathname === '/api/login') {
    loggedIn = (asked as { password: string }).password === 'right';
    if (loggedIn) return json(response, 200, { ...you, school: site.name });
    return json(response, 401, { zh: '用户名或密码不正确。', en: 'The name or the password is not right.' });
  }
  if (!loggedIn) return json(response, 401, { zh: '请先登录。', en: 'Please log in first.' });
  if (url.pathname === '/api/me') return json(response, 200, { ...you, school: site.name });
  if (byPhone) return command(response, byPhone);
  if (url.pathname === '/api/commands') return command(response, asked as Command);
  if (url.pathname === '/api/duty/calendars') {
    const { person } = asked as { person: string };
    take(asEvents([{ kind: 'calendar-given', person, hash: 'ab', by: you.name, ago: 0 }], state.seq, now()));
    return json(response, 200, { path: '/duty/abcdefghijklmnopqrstuvwxyz012345.ics' });
  }
  if (url.pathname === '/api/patrol-audit') return json(response, 200, auditOf(url));
  if (url.pathname === '/api/kpi') return json(response, 200, kpiOf(url));
  if (url.pathname === '/api/rectifications/mine') return json(response, 200, { rectifications: [], places: [] });
  if (url.pathname === '/api/health') return json(response, 200, health);
  if (url.pathname === '/api/samples') return json(response, 200, { samples: samplesOf(url) });
  if (url.pathname === '/api/discover')
    return json(response, 200, { found: [{ address: 'http://192.0.2.9/onvif', name: 'cam' }] });
  if (url.pathname === '/api/touches') return json(response, 200, { rows: [] });
  if (url.pathname === '/api/events' || url.pathname === '/api/alarms')
    return json(response, 200, { rows: rowsOf(url) });
  if (url.pathname.endsWith('/picture') || url.pathname.startsWith('/api/evidence/')) {
    const taken = { 'x-taken-at': String(url.pathname.endsWith('/picture') ? now() : now() - 36_000) };
    response.writeHead(200, { 'content-type': 'image/jpeg', ...taken }).end(shot);
    return;
  }
  json(response, 404, { zh: '没有', en: 'nothing here' });
}

const types = { js: 'text/javascript', css: 'text/css' } as const;

async function page(url: URL, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const asset = /^\/(?:assets\/[\w.-]+|shell-worker)\.(js|css)$/.exec(url.pathname);
  const type = asset ? types[asset[1] as keyof typeof types] : 'text/html; charset=utf-8';
  const bytes = await readFile(join(root, asset ? url.pathname : 'index.html'));
  response.writeHead(200, {
    'content-type': type,
    'content-security-policy': `default-src 'self'; connect-src 'self' ws://${request.headers.host}; img-src 'self' data:`,
  });
  response.end(bytes);
}

const server = createServer((request, response) => {
  const url = new URL(request.url!, 'http://127.0.0.1');
  const answer = url.pathname.startsWith('/api/') ? api : page;
  answer(url, request, response).catch((error: unknown) =>
    json(response, 500, { zh: String(error), en: String(error) }),
  );
});
server.on('upgrade', (request, socket, head) => {
  if (refuse || !loggedIn) {
    socket.end('HTTP/1.1 401 Unauthorized\r\n\r\n');
    return;
  }
  // A school without video: stills are all there is.
  if (request.url?.startsWith('/api/')) {
    videos.handleUpgrade(request, socket, head, (ws) => {
      ws.send(JSON.stringify({ t: 'refused', zh: '没有视频', en: 'no video here' }));
      ws.close(4013);
    });
    return;
  }
  sockets.handleUpgrade(request, socket, head, (ws) => {
    const frozen = encodeState(state);
    const snapshot: ServerFrame = {
      t: 'snapshot',
      version: 'test',
      you,
      site,
      state: frozen,
      gauges,
      at: now(),
    };
    sockets.emit('connection', ws);
    ws.on('message', (data) => {
      const frame = JSON.parse(String(data)) as PageFrame | AskFrame;
      // As the gateway does, also where its beats have stopped.
      if (frame.t === 'ask') ws.send(JSON.stringify({ t: 'here' } satisfies ServerFrame));
      else tell({ told: 'page', frame });
    });
    ws.send(JSON.stringify(snapshot));
  });
});

let n = 0;
setInterval(() => {
  if (beats === 'off') return;
  if (beats === 'live') n++;
  say({ t: 'beat', n, seq: state.seq, at: now(), troubles, chain: { head: '9f3ac1d2', ok: true } });
}, BEAT_MS);

function obey(order: Order): void {
  if (order.do === 'tell') take(asEvents(order.facts, state.seq, state.seq === 0 ? afternoon : now()));
  else if (order.do === 'storm') {
    const raised = asEvents(order.facts, state.seq, now());
    take(raised);
    const ids = raised.map((e) => e.seq);
    const step = (fact: (alarm: number) => Dated) => take(asEvents(ids.map(fact), state.seq, now()));
    step((alarm) => ({ kind: 'acknowledged', alarm, by: you.name, ago: 0 }));
    step((alarm) => ({ kind: 'closed', alarm, by: you.name, reason: 'D1', ago: 0 }));
  } else if (order.do === 'skip') {
    const fresh = asEvents(order.facts, state.seq, now());
    keep(fresh.slice(0, 1));
    take(fresh.slice(1));
  } else if (order.do === 'beats') beats = order.how;
  else if (order.do === 'troubles') troubles = order.troubles;
  else if (order.do === 'gauge') {
    gauges.push([order.device, order.point, order.value, now()]);
    say({ t: 'gauges', gauges: gauges.slice(-1) });
  } else if (order.do === 'logout') {
    loggedIn = false;
    for (const socket of sockets.clients) socket.close(4001);
  } else {
    refuse = order.refuse;
    for (const socket of sockets.clients) socket.terminate();
  }
}

process.on('message', (order: Order) => {
  obey(order);
  tell({ told: 'done' });
});
process.on('disconnect', () => process.exit(0));
server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  if (typeof address === 'object' && address) tell({ told: 'port', port: address.port });
  // It is killed, never ended: what it compiled is kept now for the hundreds that come after it.
  flushCompileCache();
});
