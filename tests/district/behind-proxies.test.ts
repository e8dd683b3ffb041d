/**
 * A district behind Debian's nginx and Caddy, by the very files in `deploy/`: a school joins through each of them with its own uplink, an order reaches it,
 * a large batch passes, a page has its live board, and nobody can say whose address he has.
 */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { Agent, request } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import WebSocket from 'ws';
import {
  issueClient,
  issueServer,
  type MadeAuthority,
  makeAuthority,
  makeClientAuthority,
  makeKey,
} from '../../src/authority/issue-certificate.ts';
import type { Database } from '../../src/district/database/database.ts';
import { makeSchoolKey } from '../../src/district/ingest/school-key.ts';
import { until } from '../patience.ts';
import { caddySite, nginxSite, nginxStream, type Proxied } from '../peers/proxies.ts';
import { dataFolder } from '../store/place.ts';
import { heard, schoolSide } from '../uplink/school-side.ts';
import { type Bureau, OFFICER_PASSWORD, openBureau } from './bureau.ts';
import { embedded } from './embedded-store.ts';
import { addSchool } from './some-district.ts';

const host = '127.0.0.1';
let db: Database;
let dir: string;
let authority: MadeAuthority;
const at = (name: string) => join(dir, name);

beforeAll(async () => {
  ({ db } = await embedded.open());
  dir = await mkdtemp(join(tmpdir(), 'gatehouse-proxies-'));
  authority = await makeAuthority('bureau', [host], Date.now());
  const key = await makeKey();
  await writeFile(at('key.pem'), key);
  await writeFile(at('cert.pem'), await issueServer(authority, [host], key, Date.now()));
  await writeFile(at('ca.pem'), authority.root);
});
afterAll(async () => {
  await db.close();
  await rm(dir, { recursive: true, force: true });
});

const nodeOf = ({ url }: Bureau) => new URL(url).host;
const files = () => ({ key: at('key.pem'), cert: at('cert.pem') });
/** Both nodes of a district that trusts the proxy on its own machine. */
async function district() {
  const bureau = await openBureau({ db, server: { trustedProxies: [host] } });
  return { bureau, nodes: [nodeOf(bureau), nodeOf(await bureau.another())] };
}

let names = 0;
async function joining() {
  const school = `behind-${++names}`;
  await addSchool(db, { id: school });
  const { key, id, hash } = makeSchoolKey(school);
  await db.query('INSERT INTO school_key (school, id, hash, made_at, made_by) VALUES ($1, $2, $3, 0, $4)', [
    ...[school, id, hash, 'admin'],
  ]);
  return { school, key };
}

interface Asked {
  readonly status: number;
  readonly body: string;
  readonly cookie: string;
}
/** What a browser asks at that address. */
function ask(
  port: number,
  path: string,
  body?: object,
  headers: Readonly<Record<string, string>> = {},
): Promise<Asked> {
  const origin = `https://${host}:${port}`;
  const agent = new Agent({ ca: authority.root });
  onTestFinished(() => agent.destroy());
  return new Promise((resolve, reject) => {
    const more = body && { 'content-type': 'application/json', origin };
    const asked = request(`${origin}${path}`, {
      method: body ? 'POST' : 'GET',
      agent,
      headers: { ...more, ...headers },
    });
    asked.on('error', reject).on('response', async (answer) => {
      const parts: Buffer[] = [];
      for await (const part of answer as AsyncIterable<Buffer>) parts.push(part);
      const cookie = (answer.headers['set-cookie']?.[0] ?? '').split(';')[0] ?? '';
      resolve({ status: answer.statusCode ?? 0, body: Buffer.concat(parts).toString(), cookie });
    });
    asked.end(body && JSON.stringify(body));
  });
}

const ways = [
  ['nginx', nginxSite],
  ['Caddy', caddySite],
] as const;

test.each(ways)(
  'a school brings all its lines through %s, polls stand through it, and both nodes serve it',
  async (_, proxy) => {
    const { nodes } = await district();
    const { port, said } = await proxy({ folder: await dataFolder(), nodes, ...files() });
    const { school, key } = await joining();
    const side = await schoolSide();
    // More than a proxy takes of a body by itself, though it is gzipped: texts that nothing makes shorter.
    const dense = Array.from({ length: 1_500 }, (_, n) => ({
      ...heard(n),
      id: Array.from({ length: 24 }, () => crypto.randomUUID()).join(''),
    }));
    await side.keep(...dense);
    const { uplink } = side.join({ url: `https://${host}:${port}`, school, password: key, ca: at('ca.pem') });
    await until('all has arrived', () => uplink.status().have === side.state.seq);
    // What passes needs no smaller batches, and is never said to be too large.
    expect(side.said.filter((line) => !line.includes('clock'))).toEqual([]);
    expect(await db.query('SELECT 1 FROM journal WHERE school = $1', [school])).toHaveLength(1_500);
    await side.keep(heard(1));
    await until('what comes later has arrived, too', () => uplink.status().have === side.state.seq);
    expect(said()).not.toMatch(/upstream timed out|prematurely closed|too large/);
  },
);

test.each(ways)(
  'an officer logs in through %s, has a cookie that is bound to TLS, and the live board as it changes',
  async (name, proxy) => {
    const { bureau, nodes } = await district();
    const { port } = await proxy({ folder: await dataFolder(), nodes, ...files() });
    const officer = `wall-${name.toLowerCase()}`;
    await bureau.officer(officer, 'screen');
    const { status, cookie } = await ask(port, '/api/login', { user: officer, password: OFFICER_PASSWORD });
    expect(status).toBe(200);
    expect(cookie).toMatch(/^__Host-/);
    const origin = `https://${host}:${port}`;
    const socket = new WebSocket(`wss://${host}:${port}/api/live`, { headers: { cookie }, origin, ca: authority.root });
    onTestFinished(() => socket.terminate());
    const frames: unknown[] = [];
    socket.on('message', (data) => frames.push(JSON.parse(String(data))));
    // The board, and beats after it: nothing holds them back.
    await until('there are three frames', () => frames.length >= 3);
    expect(frames[0]).toHaveProperty('board');
  },
);

/** Guesses until told to wait; each time as if from elsewhere. Whether somebody else may still log in. */
async function guessing({ port }: Proxied, user: string): Promise<number> {
  for (let n = 0; n < 40; n++) {
    const from = {
      'x-forwarded-for': `203.0.113.${n}`,
      'x-real-ip': `203.0.113.${n}`,
      forwarded: `for=203.0.113.${n}`,
    };
    if ((await ask(port, '/api/login', { user, password: 'wrong wrong 9' }, from)).status === 429) return n;
  }
  return Number.POSITIVE_INFINITY;
}
test.each(ways)(
  'whoever writes addresses into his requests is one address all the same behind %s',
  async (name, proxy) => {
    const { nodes } = await district();
    const way = await proxy({ folder: await dataFolder(), nodes: nodes.slice(0, 1), ...files() });
    expect(await guessing(way, `nobody-${name.toLowerCase()}`)).toBeLessThan(40);
    await db.query('DELETE FROM attempt');
  },
);

test.each(ways)(
  'certificates of schools do not count behind %s, which ends TLS, whatever headers say',
  async (_, proxy) => {
    const { nodes } = await district();
    const { port } = await proxy({ folder: await dataFolder(), nodes, ...files() });
    const { school } = await joining();
    const headers = {
      'x-ssl-client-verify': 'SUCCESS',
      'x-ssl-client-s-dn': `CN=${school}`,
      'x-forwarded-client-cert': 'x',
    };
    expect((await ask(port, '/poll', {}, headers)).status).toBe(401);
  },
);

test('nginx passes TLS through: a school is known by its certificate, and no address that a client writes is believed', async () => {
  const schools = await makeClientAuthority('bureau', Date.now());
  await writeFile(at('schools-ca.crt'), schools.issuer);
  const tls = { ...files(), clientAuthority: at('schools-ca.crt'), clientRequired: true };
  const bureau = await openBureau({ db, server: { tls } });
  const way = await nginxStream({ folder: await dataFolder(), nodes: [nodeOf(bureau)] });
  const { school } = await joining();
  const key = await makeKey();
  await writeFile(at('school.key'), key);
  await writeFile(at('school.crt'), await issueClient(schools, school, key, Date.now()));
  const side = await schoolSide();
  await side.keep(heard(1), heard(2));
  const { uplink } = side.join({
    ...{ url: `https://${host}:${way.port}`, school, ca: at('ca.pem') },
    certificate: { key: at('school.key'), cert: at('school.crt') },
  });
  await until('all has arrived', () => uplink.status().have === 2);
  expect(await guessing(way, 'nobody-stream')).toBeLessThan(40);
  await db.query('DELETE FROM attempt');
});
