/**
 * Schools known by certificates, over real TLS between the school's own exchange and a whole district: whose certificate counts, what each wrong one is
 * called at both ends, and that a renewed one counts without anybody starting anew.
 */
import 'reflect-metadata';
import { execFile } from 'node:child_process';
import { randomUUID, webcrypto, X509Certificate } from 'node:crypto';
import { copyFile, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { Agent, request } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TLSSocket } from 'node:tls';
import { promisify } from 'node:util';
import * as x509 from '@peculiar/x509';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { issueForSchool } from '../../src/authority/client-authority.ts';
import {
  issueClient,
  issueServer,
  type MadeAuthority,
  makeAuthority,
  makeClientAuthority,
  makeKey,
} from '../../src/authority/issue-certificate.ts';
import { certifySchool } from '../../src/commands/district/school-certificates.ts';
import type { Database } from '../../src/district/database/database.ts';
import { makeSchoolKey } from '../../src/district/ingest/school-key.ts';
import { schoolTroubles } from '../../src/district/ingest/school-troubles.ts';
import { certificateLook, tlsPairOf, watchRevoked } from '../../src/district/service/certificate-watch.ts';
import { readDistrictConfig } from '../../src/district/service/district-config.ts';
import { makeApp } from '../../src/server/http/http-app.ts';
import { DistrictExchange } from '../../src/uplink/district-exchange.ts';
import { PROTOCOL, pollAnswer } from '../../src/uplink/protocol.ts';
import { realWorld } from '../../src/world/world.ts';
import { PATIENCE_MS } from '../patience.ts';
import { dataFolder, listeningLog } from '../store/place.ts';
import { type Bureau, openBureau } from './bureau.ts';
import { embedded } from './embedded-store.ts';
import { addSchool } from './some-district.ts';

const DAY = 86_400_000;
const host = '127.0.0.1';
let db: Database;
let dir: string;
let server: MadeAuthority;
/** By whom the district knows its schools, long enough ago that certificates of it can have run out. */
let schools: Pick<MadeAuthority, 'issuer' | 'issuerKey'>;
const at = (name: string) => join(dir, name);

beforeAll(async () => {
  ({ db } = await embedded.open());
  dir = await mkdtemp(join(tmpdir(), 'gatehouse-certificates-'));
  server = await makeAuthority('bureau', [host], Date.now());
  schools = await makeClientAuthority('bureau', Date.now() - 2_500 * DAY);
  const key = await makeKey();
  await writeFile(at('server.key'), key);
  await writeFile(at('server.crt'), await issueServer(server, [host], key, Date.now()));
  await writeFile(at('server-ca.crt'), server.root);
  await writeFile(at('schools-ca.crt'), schools.issuer);
});
afterAll(async () => {
  await db.close();
  await rm(dir, { recursive: true, force: true });
});

const tls = (clientRequired = false) => ({
  ...{ key: at('server.key'), cert: at('server.crt'), clientAuthority: at('schools-ca.crt'), clientRequired },
});
const district = (clientRequired = false): Promise<Bureau> => openBureau({ db, server: { tls: tls(clientRequired) } });

let names = 0;
/** A school of the district, with its key. */
async function school(): Promise<{ id: string; key: string }> {
  const id = `cert-${++names}`;
  await addSchool(db, { id });
  const { key, id: name, hash } = makeSchoolKey(id);
  await db.query('INSERT INTO school_key (school, id, hash, made_at, made_by) VALUES ($1, $2, $3, 0, $4)', [
    ...[id, name, hash, 'admin'],
  ]);
  return { id, key };
}

interface Paper {
  readonly of?: Pick<MadeAuthority, 'issuer' | 'issuerKey'>;
  readonly made?: number;
  /** What it may be used for, where that is something else than a client's part. */
  readonly use?: 'serverAuth';
}
/** One that the program never makes: of the right authority, for the right school, and for another use. */
async function misused(id: string, pem: string): Promise<string> {
  const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };
  const pkcs8 = (text: string) => x509.PemConverter.decode(text)[0]!;
  const [own, above] = await Promise.all(
    [pem, schools.issuerKey].map((text) => webcrypto.subtle.importKey('pkcs8', pkcs8(text), algorithm, true, ['sign'])),
  );
  const { d: _, key_ops: __, ...open } = await webcrypto.subtle.exportKey('jwk', own!);
  const made = await x509.X509CertificateGenerator.create({
    ...{ subject: `CN=${id}`, issuer: new x509.X509Certificate(schools.issuer).subject, serialNumber: '0102' },
    ...{ notBefore: new Date(Date.now() - DAY), notAfter: new Date(Date.now() + DAY), signingAlgorithm: algorithm },
    publicKey: await webcrypto.subtle.importKey('jwk', open, algorithm, true, ['verify']),
    signingKey: above!,
    extensions: [new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.serverAuth])],
  });
  return made.toString('pem');
}
/** Files of a certificate for a school. */
async function certificate(id: string, { of = schools, made = Date.now(), use }: Paper = {}) {
  const key = await makeKey();
  const name = randomUUID();
  await writeFile(at(`${name}.key`), key);
  await writeFile(at(`${name}.crt`), use ? await misused(id, key) : await issueClient(of, id, key, made));
  return { key: at(`${name}.key`), cert: at(`${name}.crt`) };
}

interface Way {
  readonly url: string;
  readonly certificate?: { readonly key: string; readonly cert: string };
  readonly password?: string;
}
/** The school's own side, which keeps its connection; `speaks` as whom. */
function side(way: Way, elapsed = () => 0) {
  const exchange = new DistrictExchange({ ca: at('server-ca.crt'), ...way }, { ...realWorld(listeningLog()), elapsed });
  const poll = async (id: string) => {
    const body = { protocol: PROTOCOL, school: id, boot: randomUUID(), version: '1', clock: Date.now(), head: 0 };
    const { signal } = new AbortController();
    return await exchange
      .ask({
        ...{ method: 'POST', path: '/poll', body: JSON.stringify({ ...body, taken: [], now: true }) },
        ...{ answer: pollAnswer, timeoutMs: 20_000, signal },
      })
      .then(
        () => 'heard',
        (error: { code?: string; why: { en: string } }) => error.code ?? error.why.en,
      );
  };
  return { poll, close: () => exchange.close(), trouble: () => exchange.papersTrouble(Date.now())?.en };
}
const speaks = (url: string, id: string, way: Omit<Way, 'url'>) => side({ url, ...way }).poll(id);
const saidAt = async (id: string) =>
  (await schoolTroubles(db, Date.now())).filter((one) => one.school === id).map(({ code }) => code);

describe('where certificates count', () => {
  test('a school speaks by its certificate, by its key, or by both, and the page of schools shows what it showed', async () => {
    const { url } = await district();
    const { id, key } = await school();
    const own = await certificate(id);
    expect(await speaks(url, id, { certificate: own })).toBe('heard');
    expect(await speaks(url, id, { password: key })).toBe('heard');
    expect(await speaks(url, id, { certificate: own, password: key })).toBe('heard');
    const rows = await db.query<{ until: number | null; used: boolean }>(
      'SELECT until, used_at IS NOT NULL AS used FROM school_key WHERE school = $1 ORDER BY until NULLS FIRST',
      [id],
    );
    expect(rows).toEqual([
      { until: null, used: true },
      { until: expect.any(Number), used: true },
    ]);
  });

  test('nobody is a school by a wrong key, whatever certificate comes with it', async () => {
    const { url } = await district();
    const { id } = await school();
    const certified = await certificate(id);
    expect(await speaks(url, id, { certificate: certified, password: makeSchoolKey(id).key })).toBe('key-unknown');
    expect(await speaks(url, id, {})).toBe('key-unknown');
  });

  test('the certificate of another school is said to be that, at the school that shows it', async () => {
    const { url } = await district();
    const [one, other] = [await school(), await school()];
    const others = await certificate(other.id);
    expect(await speaks(url, one.id, { certificate: others })).toBe('certificate-other');
    expect(await saidAt(one.id)).toEqual(['certificate-other']);
    expect(await saidAt(other.id)).toEqual([]);
    // With its own key beside it no less.
    expect(await speaks(url, one.id, { certificate: others, password: one.key })).toBe('certificate-other');
  });

  test.each([
    ['has run out', 'certificate-expired', async (id: string) => certificate(id, { made: Date.now() - 2_000 * DAY })],
    ['is not valid yet', 'certificate-expired', async (id: string) => certificate(id, { made: Date.now() + 9 * DAY })],
    [
      'is of another authority of the same name',
      'certificate-untrusted',
      async (id: string) => certificate(id, { of: await makeClientAuthority('bureau', Date.now() - 2_500 * DAY) }),
    ],
    ['names no school', 'certificate-untrusted', async () => certificate('Not A School')],
    ['is for servers', 'certificate-untrusted', async (id: string) => certificate(id, { use: 'serverAuth' })],
  ] as const)('one that %s is refused as %s at both ends', async (what, code, make) => {
    const { url } = await district();
    const { id } = await school();
    expect(await speaks(url, id, { certificate: await make(id) })).toBe(code);
    // One that names nobody can be told of nobody.
    expect(await saidAt(id)).toEqual(what === 'names no school' ? [] : [code]);
  });

  test('one that runs out while its connection stands counts no more', async () => {
    const bureau = await district();
    const { id } = await school();
    const { poll } = side({ url: bureau.url, certificate: await certificate(id) });
    expect(await poll(id)).toBe('heard');
    bureau.advance(1_200 * DAY);
    expect(await poll(id)).toBe('certificate-expired');
    bureau.advance(-1_200 * DAY);
  });

  test('one that was withdrawn, and one of a school that left, counts no more at once', async () => {
    const bureau = await district();
    const { id } = await school();
    const own = await certificate(id);
    const { poll } = side({ url: bureau.url, certificate: own });
    expect(await poll(id)).toBe('heard');
    const withdraw = 'UPDATE school_key SET withdrawn_at = 1 WHERE school = $1 AND until IS NOT NULL';
    await db.query(withdraw, [id]);
    bureau.district.context.fanout.tell({ kind: 'access', school: id });
    expect(await poll(id)).toBe('certificate-withdrawn');
    const gone = await school();
    const theirs = await certificate(gone.id);
    await db.query('UPDATE school SET left_at = 1 WHERE school = $1', [gone.id]);
    expect(await speaks(bureau.url, gone.id, { certificate: theirs })).toBe('school-unknown');
  });

  test('one that ends within a month is told to the bureau until a later one was shown', async () => {
    const { url } = await district();
    const { id } = await school();
    await speaks(url, id, { certificate: await certificate(id, { made: Date.now() - 1_080 * DAY }) });
    expect(await saidAt(id)).toEqual(['certificate']);
    await speaks(url, id, { certificate: await certificate(id) });
    expect(await saidAt(id)).toEqual([]);
  });

  test('whoever shows wrong keys from the address of all schools, as behind one way out, shuts none of them out', async () => {
    const bureau = await district();
    const [one, other] = [await school(), await school()];
    const by = await certificate(other.id);
    const first = side({ url: bureau.url, password: one.key });
    const second = side({ url: bureau.url, certificate: by });
    expect([await first.poll(one.id), await second.poll(other.id)]).toEqual(['heard', 'heard']);
    const stranger = side({ url: bureau.url, password: makeSchoolKey(one.id).key });
    const said = [];
    for (let n = 0; n < 130; n++) said.push(await stranger.poll(one.id));
    expect(new Set(said)).toEqual(new Set(['key-unknown', 'busy']));
    expect([await first.poll(one.id), await second.poll(other.id)]).toEqual(['heard', 'heard']);
    for (const end of [first, second, stranger]) end.close();
  });

  test('no header of a request says who somebody is', async () => {
    const { url } = await district();
    const { id } = await school();
    const headers = {
      ...{ 'content-type': 'application/json', 'x-forwarded-client-cert': `Subject="CN=${id}"` },
      ...{ 'x-ssl-client-s-dn': `CN=${id}`, 'x-ssl-client-verify': 'SUCCESS', 'x-client-cert': 'x' },
    };
    const status = await new Promise<number>((resolve, reject) => {
      const asked = request(`${url}/poll`, { method: 'POST', ca: server.root, headers, agent: false }, (answer) => {
        answer.resume();
        resolve(answer.statusCode ?? 0);
      });
      asked.on('error', reject);
      asked.end('{}');
    });
    expect(status).toBe(401);
  });
});

describe('where certificates are required', () => {
  test('a key alone is not enough, which is said at both ends; officers and health need none', async () => {
    const { url } = await district(true);
    const { id, key } = await school();
    expect(await speaks(url, id, { password: key })).toBe('certificate-absent');
    expect(await saidAt(id)).toEqual(['certificate-absent']);
    expect(await speaks(url, id, { password: key, certificate: await certificate(id) })).toBe('heard');
    expect(await saidAt(id)).toEqual([]);
    const status = await new Promise((resolve, reject) => {
      request(`${url}/healthz`, { ca: server.root, agent: false }, (answer) => {
        answer.resume();
        resolve(answer.statusCode);
      })
        .on('error', reject)
        .end();
    });
    expect(status).toBe(200);
  });
});

describe('a renewed certificate', () => {
  test('is shown by the school within a minute, or at once where the old one was refused', async () => {
    const { url } = await district();
    const { id } = await school();
    const shown = await certificate(id);
    let now = 0;
    const { poll } = side({ url, certificate: shown }, () => now);
    const put = async ({ key, cert }: typeof shown) => {
      await copyFile(key, shown.key);
      await copyFile(cert, shown.cert);
    };
    const known = () =>
      db.query('SELECT 1 FROM school_key WHERE school = $1 AND until IS NOT NULL', [id]).then((rows) => rows.length);
    expect(await poll(id)).toBe('heard');
    await put(await certificate(id));
    expect([await poll(id), await known()]).toEqual(['heard', 1]);
    now += 61_000;
    expect([await poll(id), await known()]).toEqual(['heard', 2]);
    await put(await certificate(id, { made: Date.now() - 2_000 * DAY }));
    now += 61_000;
    expect(await poll(id)).toBe('certificate-expired');
    await put(await certificate(id));
    expect(await poll(id)).toBe('heard');
    // Half of the pair is written: the whole one that was there goes on.
    await copyFile((await certificate(id)).key, shown.key);
    now += 61_000;
    expect(await poll(id)).toBe('heard');
  });

  test.each([
    ['that is gone', 'cannot be read (ENOENT)', rm],
    ['that may not be read', 'cannot be read (EISDIR)', (path: string) => rm(path).then(() => mkdir(path))],
    ['that is cut short', 'holds no PEM certificate', (path: string) => writeFile(path, '-----BEGIN CERTIFICATE-----')],
    [
      'of another pair',
      'do not belong together',
      async (path: string) => copyFile((await certificate('other')).cert, path),
    ],
  ] as const)(
    'with a file %s stops no school: the last good one goes on, both ends say so, and a new one is taken once it can be used',
    async (_, sentence, spoil) => {
      const bureau = await district(true);
      const { id } = await school();
      const shown = await certificate(id);
      let now = 0;
      const { poll, close, trouble } = side({ url: bureau.url, certificate: shown }, () => now);
      expect([await poll(id), trouble(), await saidAt(id)]).toEqual(['heard', undefined, []]);
      await spoil(shown.cert);
      now += 61_000;
      // One look may fall between two files that are put in place.
      expect([await poll(id), trouble(), await saidAt(id)]).toEqual(['heard', undefined, []]);
      now += 11_000;
      expect(await poll(id)).toBe('heard');
      expect(trouble()).toContain(sentence);
      expect(await saidAt(id)).toEqual(['certificate-unread']);
      // As after a connection that broke.
      close();
      expect(await poll(id)).toBe('heard');
      await rm(shown.cert, { recursive: true, force: true });
      const next = await certificate(id);
      await copyFile(next.key, shown.key);
      await copyFile(next.cert, shown.cert);
      now += 11_000;
      expect([await poll(id), trouble()]).toEqual(['heard', undefined]);
      expect(await db.query('SELECT 1 FROM school_key WHERE school = $1 AND until > 0', [id])).toHaveLength(2);
      expect((await schoolTroubles(db, Date.now() + 181_000)).filter((one) => one.school === id)).toEqual([]);
    },
  );

  test('that soon runs out is told at the school until a later one is in its place', async () => {
    const { url } = await district();
    const { id } = await school();
    const shown = await certificate(id, { made: Date.now() - 1_080 * DAY });
    let now = 0;
    const { poll, trouble } = side({ url, certificate: shown }, () => now);
    await poll(id);
    expect(trouble()).toContain('runs out in');
    const next = await certificate(id);
    await copyFile(next.key, shown.key);
    await copyFile(next.cert, shown.cert);
    now += 61_000;
    await poll(id);
    expect(trouble()).toBeUndefined();
  });

  test('of the authority itself counts at once, also for whoever was connected, and one that is none changes nothing', async () => {
    const [first, second] = [schools, await makeClientAuthority('bureau', Date.now())];
    await writeFile(at('moving-ca.crt'), first.issuer);
    const pair = { ...tls(), clientAuthority: at('moving-ca.crt') };
    const taken = await tlsPairOf(pair);
    const world = realWorld(listeningLog());
    const { app, renew } = await makeApp(world, 'test', { tls: taken, trustedProxies: [] });
    app.get('/who', async (asked) => {
      const socket = asked.raw.socket as TLSSocket;
      return {
        sure: socket.authorized,
        reused: socket.isSessionReused(),
        name: socket.getPeerCertificate().subject?.CN,
      };
    });
    await app.listen({ host, port: 0 });
    const port = (app.server.address() as { port: number }).port;
    const said: unknown[] = [];
    const faults = { say: (_part: string, why: unknown) => void said.push(why), all: () => [] };
    const look = certificateLook(pair, taken, renew, faults, () => Date.now());
    const who = (agent: Agent) =>
      new Promise<{ sure: boolean; reused: boolean; name?: string }>((resolve, reject) => {
        request(`https://${host}:${port}/who`, { agent }, async (answer) => {
          const parts: Buffer[] = [];
          for await (const part of answer as AsyncIterable<Buffer>) parts.push(part);
          resolve(JSON.parse(Buffer.concat(parts).toString()));
        })
          .on('error', reject)
          .end();
      });
    const agentOf = async (of: typeof first, keepAlive = false) => {
      const own = await certificate('someone', { of });
      return new Agent({ ca: server.root, key: await readFile(own.key), cert: await readFile(own.cert), keepAlive });
    };
    const sure = async (of: typeof first) => (await who(await agentOf(of))).sure;
    // One that goes on with what an earlier connection agreed on shows its certificate all the same.
    const again = await agentOf(first);
    await who(again);
    expect(await who(again)).toEqual({ sure: true, reused: true, name: 'someone' });
    const kept = await agentOf(first, true);
    onTestFinished(() => kept.destroy());
    expect(await who(kept)).toMatchObject({ sure: true });
    expect([await sure(first), await sure(second)]).toEqual([true, false]);
    await writeFile(at('moving-ca.crt'), 'nothing');
    await look();
    expect(said.at(-1)).toMatchObject({ en: expect.stringContaining('moving-ca.crt') });
    expect([await sure(first), await sure(second)]).toEqual([true, false]);
    // While schools move from one to the other both stand in the file.
    await writeFile(at('moving-ca.crt'), `${first.issuer}\n${second.issuer}\n`);
    await look();
    expect([await sure(first), await sure(second), said.at(-1)]).toEqual([true, true, undefined]);
    await writeFile(at('moving-ca.crt'), second.issuer);
    await look();
    expect([await sure(first), await sure(second)]).toEqual([false, true]);
    expect(await who(again)).toMatchObject({ sure: false, reused: false });
    expect(await who(kept)).toMatchObject({ sure: false });
    await app.close();
  });
});

describe('a certificate that was never shown', () => {
  /** Officers of these tests come to a node without TLS. */
  const withdrawnBy = async (name: string) => {
    const bureau = await openBureau({ db });
    await bureau.officer(name, 'admin');
    const cookie = await bureau.login(name);
    return (id: string, text: string) =>
      bureau.send(`/api/schools/${id}/certificates/withdraw`, { certificate: text }, cookie);
  };
  test.each([
    ['by its text', (pem: string) => pem],
    [
      'by the line that openssl says of it',
      (pem: string) => `sha256 Fingerprint=${new X509Certificate(pem).fingerprint256}`,
    ],
  ] as const)(
    'is withdrawn on the page of schools %s, and counts at no node, which both ends are told',
    async (_, text) => {
      const bureau = await district();
      const withdraw = await withdrawnBy(`admin-${++names}`);
      const { id } = await school();
      const [lost, other] = [await certificate(id), await certificate(id)];
      expect((await withdraw(id, text(await readFile(lost.cert, 'utf8')))).status).toBe(204);
      for (const { url } of [bureau, await bureau.another()]) {
        expect(await speaks(url, id, { certificate: lost })).toBe('certificate-withdrawn');
        expect(await saidAt(id)).toEqual(['certificate-withdrawn']);
        expect(await speaks(url, id, { certificate: other })).toBe('heard');
      }
      const rows = await db.query<{ body: { key: string } }>(
        "SELECT body FROM trail WHERE kind = 'key-withdrawn' AND school = $1",
        [id],
      );
      const mark = new X509Certificate(await readFile(lost.cert)).fingerprint256.replaceAll(':', '').toLowerCase();
      expect(rows).toEqual([{ body: { key: mark.slice(0, 8) } }]);
    },
  );
  test('of one that was shown the same is the same, and a connection that stands ends with it', async () => {
    const bureau = await district();
    const withdraw = await withdrawnBy('admin-shown');
    const { id } = await school();
    const own = await certificate(id);
    const { poll } = side({ url: bureau.url, certificate: own });
    expect(await poll(id)).toBe('heard');
    const pem = await readFile(own.cert, 'utf8');
    expect((await withdraw(id, pem)).status).toBe(204);
    // Another node is told, or looks for itself after five seconds.
    await expect.poll(() => poll(id), { timeout: PATIENCE_MS }).toBe('certificate-withdrawn');
    expect((await withdraw(id, pem)).status).toBe(404);
  });
  test('is not withdrawn where it is none, or of another school, or by whoever may not', async () => {
    const bureau = await openBureau({ db });
    const withdraw = await withdrawnBy('admin-none');
    const [one, other] = [await school(), await school()];
    const theirs = await readFile((await certificate(other.id)).cert, 'utf8');
    for (const text of ['nothing', theirs, 'ab:cd']) expect((await withdraw(one.id, text)).status).toBe(422);
    await bureau.officer('duty-none', 'duty');
    const cookie = await bureau.login('duty-none');
    const path = `/api/schools/${other.id}/certificates/withdraw`;
    expect((await bureau.send(path, { certificate: theirs }, cookie)).status).toBe(403);
  });
});

describe('a list of revoked certificates, made by openssl', () => {
  const openssl = promisify(execFile);
  /** An authority's own records, as `openssl ca` keeps them. */
  async function lists(authority: Pick<MadeAuthority, 'issuer' | 'issuerKey'>) {
    const folder = await dataFolder();
    const put = (name: string, text: string) => writeFile(join(folder, name), text);
    await Promise.all([put('ca.crt', authority.issuer), put('ca.key', authority.issuerKey), put('index.txt', '')]);
    await put('number', '01');
    await put('ca.cnf', '[ca]\ndefault_ca=own\n[own]\ndatabase=index.txt\ncrlnumber=number\ndefault_md=sha256\n');
    const run = (...args: string[]) =>
      openssl('openssl', ['ca', '-config', 'ca.cnf', '-cert', 'ca.crt', '-keyfile', 'ca.key', ...args], {
        cwd: folder,
      });
    return {
      revoke: (cert: string) => run('-revoke', cert),
      write: (to: string, ...till: string[]) => run('-gencrl', '-out', to, ...till),
    };
  }
  const known = (list: string) => ({ ...tls(), clientRevoked: list });

  test('names certificates that count no more, also on connections that stand, and a new list is taken as it comes', async () => {
    const list = at('revoked.crl');
    const { revoke, write } = await lists(schools);
    await write(list, '-crldays', '30');
    const { look, has } = await watchRevoked(known(list));
    const { id } = await school();
    const [own, other] = [await certificate(id), await certificate(id)];
    const seen = async ({ cert }: { cert: string }) => {
      const { serialNumber, raw } = new X509Certificate(await readFile(cert));
      return has(serialNumber, raw);
    };
    const bureau = await openBureau({ db, server: { tls: known(list) } });
    const { poll } = side({ url: bureau.url, certificate: own });
    expect([await poll(id), await seen(own)]).toEqual(['heard', false]);
    await revoke(own.cert);
    await write(list, '-crldays', '30');
    expect(await look(Date.now())).toBeUndefined();
    expect([await seen(own), await seen(other)]).toEqual([true, false]);
    // A node that begins reads it as well, and says so at both ends.
    const { url } = await openBureau({ db, server: { tls: known(list) } });
    expect(await speaks(url, id, { certificate: own })).toBe('certificate-withdrawn');
    expect(await saidAt(id)).toEqual(['certificate-withdrawn']);
    expect(await speaks(url, id, { certificate: other })).toBe('heard');
  });

  test('of another authority, or that is none, changes nothing and is told', async () => {
    const list = at('spoilt.crl');
    const { revoke, write } = await lists(schools);
    const own = await certificate('someone');
    await revoke(own.cert);
    await write(list, '-crldays', '30');
    const { look, has } = await watchRevoked(known(list));
    const { serialNumber, raw } = new X509Certificate(await readFile(own.cert));
    for (const [spoil, sentence] of [
      [
        async () => (await lists(await makeClientAuthority('bureau', Date.now()))).write(list, '-crldays', '30'),
        'has signed',
      ],
      [() => writeFile(list, 'nothing'), 'holds no list'],
      [() => rm(list), 'cannot be read (ENOENT)'],
    ] as const) {
      await spoil();
      expect((await look(Date.now()))?.en).toContain(sentence);
      expect(has(serialNumber, raw)).toBe(true);
    }
  });

  test('that is out of date goes on counting, turns no school away, and is told', async () => {
    const list = at('old.crl');
    const { revoke, write } = await lists(schools);
    const own = await certificate('someone');
    await revoke(own.cert);
    await write(list, '-crldays', '1');
    const { look, has } = await watchRevoked(known(list));
    expect((await look(Date.now() + 2 * DAY))?.en).toContain('should have been renewed by');
    const { serialNumber, raw } = new X509Certificate(await readFile(own.cert));
    expect(has(serialNumber, raw)).toBe(true);
    const next = new X509Certificate(await readFile((await certificate('someone')).cert));
    expect(has(next.serialNumber, next.raw)).toBe(false);
  });
});

describe('the configuration', () => {
  const read = async (tls: string) => {
    const path = join(dir, `${randomUUID()}.yaml`);
    const head = 'district: { id: pudong, name: { zh: 区, en: D } }\ndatabase: { folder: db }\ndata: data\n';
    await writeFile(
      path,
      `${head}server: { host: 127.0.0.1, port: 0, tls: { key: server.key, cert: server.crt, ${tls} } }\n`,
    );
    const found = await readDistrictConfig(path, {});
    return found.ok
      ? found.config.server.tls
      : found.errors.map(({ message, path: at }) => `${at}: ${message.en}`).join();
  };
  test('takes the file of an authority, beside its own', async () => {
    expect(await read('clientAuthority: schools-ca.crt')).toMatchObject({
      ...{ clientAuthority: at('schools-ca.crt'), clientRequired: false },
    });
  });
  test.each([
    ['clientRequired: true', 'expected clientAuthority beside it'],
    ['clientRevoked: some.crl', 'expected clientAuthority beside it'],
    ['clientAuthority: schools-ca.crt, clientRevoked: gone.crl', 'gone.crl cannot be read (ENOENT)'],
    ['clientAuthority: schools-ca.crt, clientRevoked: server.crt', 'server.crt holds no list'],
    ['clientAuthority: gone.crt', 'gone.crt cannot be read (ENOENT)'],
    ['clientAuthority: server.key', 'server.key holds no PEM certificate'],
    ['clientAuthority: server.crt', 'server.crt holds no certificate of an authority'],
  ])('does not take %s', async (tls, why) => expect(await read(tls)).toContain(why));
});

test('the command makes the authority once, and each certificate counts at a district that knows it', async () => {
  const folder = await dataFolder();
  const { id } = await school();
  const first = await issueForSchool(folder, { district: 'pudong', school: id }, Date.now());
  expect(first.founded).toBe(true);
  const again = await issueForSchool(folder, { district: 'pudong', school: id }, Date.now());
  expect([again.founded, again.root]).toEqual([false, first.root]);
  // Each is there for whoever has to withdraw it, though the next was written over it.
  const kept = await readdir(join(folder, 'issued'));
  expect(kept.sort()).toEqual([first.id, again.id].map((mark) => `${id}-${mark}.crt`).sort());
  const { url } = await openBureau({ db, server: { tls: { ...tls(true), clientAuthority: first.root } } });
  expect(await speaks(url, id, { certificate: again })).toBe('heard');
});

test('the command needs none of the files that the configuration names: they are of another machine, or not made yet', async () => {
  const folder = await dataFolder();
  const path = join(folder, 'district.yaml');
  await writeFile(
    path,
    `district: { id: pudong, name: { zh: 区, en: D } }
database: { folder: db }
data: data
server: { host: 127.0.0.1, port: 0, tls: { key: gone.key, cert: gone.crt, clientAuthority: ca/schools-ca.crt } }
`,
  );
  expect(await certifySchool(path, 'school-1', join(folder, 'ca'))).toBe(0);
  expect((await readFile(join(folder, 'ca/schools-ca.crt'), 'utf8')).startsWith('-----BEGIN CERTIFICATE')).toBe(true);
});
