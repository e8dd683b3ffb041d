/**
 * The same server behind a certificate, and the limits against peers that send slowly or never end a request.
 * The certificate is made by openssl for each run.
 */
import { execFile } from 'node:child_process';
import { X509Certificate } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { request } from 'node:https';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Duplex } from 'node:stream';
import { connect as connectTls } from 'node:tls';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { openPlainPort } from '../../src/server/http/plain-door.ts';
import { listen, PASSWORD, people, stand } from './place.ts';

let crowd: Awaited<ReturnType<typeof people>>;
let folder: string;
let tls: { key: string; cert: string };

beforeAll(async () => {
  crowd = await people();
  folder = await mkdtemp(join(tmpdir(), 'gatehouse-tls-'));
  tls = await certificate('first');
});
async function certificate(of: string): Promise<{ key: string; cert: string }> {
  const [key, cert] = [join(folder, `${of}.key.pem`), join(folder, `${of}.cert.pem`)];
  const name = ['-subj', '/CN=127.0.0.1', '-addext', 'subjectAltName=IP:127.0.0.1'];
  const kind = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2'];
  await promisify(execFile)('openssl', ['req', '-x509', ...kind, ...name, '-keyout', key, '-out', cert]);
  return { key: await readFile(key, 'utf8'), cert: await readFile(cert, 'utf8') };
}
afterAll(async () => {
  await crowd.remove();
  await rm(folder, { recursive: true });
});

test('on TLS the cookie is bound to this host and to secure connections, and the feed works', async () => {
  const { server } = await stand(crowd.path, { tls });
  expect(server.url).toMatch(/^https:/);
  const headers = { 'content-type': 'application/json', origin: server.url };
  const answer = await new Promise<{ cookie: string; hsts: string }>((resolve, reject) => {
    const post = request(`${server.url}/api/login`, { method: 'POST', headers, ca: tls.cert }, (response) => {
      response.resume();
      const [cookie = ''] = response.headers['set-cookie'] ?? [];
      resolve({ cookie, hsts: String(response.headers['strict-transport-security']) });
    });
    post.on('error', reject);
    post.end(JSON.stringify({ user: 'operator', password: PASSWORD }));
  });
  expect(answer.cookie).toMatch(/^__Host-gatehouse=[\w.-]+; Path=\/; Expires=.+; HttpOnly; Secure; SameSite=Strict$/);
  expect(answer.hsts).toContain('max-age=');
  const cookie = answer.cookie.split(';')[0]!;
  const ear = await listen(server, { cookie, origin: server.url }, { ca: tls.cert });
  expect((await ear.next('snapshot')).you.name).toBe('operator');
  const plain = server.url.replace('https', 'http');
  await expect(listen(server, { cookie, origin: plain }, { ca: tls.cert })).rejects.toThrow('refused with 403');
});

test('a renewed certificate is taken while pages listen, and one that will not do leaves the one before', async () => {
  const { server } = await stand(crowd.path, { tls });
  const other = await certificate('other');
  const served = () =>
    new Promise<string>((resolve, reject) => {
      const socket = connectTls({ port: server.port, host: '127.0.0.1', rejectUnauthorized: false }, () => {
        resolve(new X509Certificate(socket.getPeerCertificate().raw).toString());
        socket.destroy();
      });
      socket.on('error', reject);
    });
  server.renew(other);
  expect(await served()).toBe(new X509Certificate(other.cert).toString());
  expect(() => server.renew({ key: tls.key, cert: other.cert })).toThrow();
  expect(await served()).toBe(new X509Certificate(other.cert).toString());
});

test.each([
  ['headers that never end', 'GET / HTTP/1.1\r\nHost: x\r\n'],
  [
    'a body that never comes',
    'POST /api/login HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 9\r\n\r\n',
  ],
])('a peer with %s is cut off', async (_, start) => {
  const { server } = await stand(crowd.path);
  const closed = await new Promise<boolean>((resolve, reject) => {
    const socket = connect(server.port, '127.0.0.1', () => socket.write(start));
    socket.resume();
    socket.on('close', () => resolve(true));
    socket.on('error', reject);
  });
  expect(closed).toBe(true);
});

/** What plain words at a port are answered with; whole, as they come. */
const inTheClear = (port: number, said: string) =>
  new Promise<string>((resolve, reject) => {
    let heard = '';
    const socket = connect(port, '127.0.0.1', () => socket.write(said));
    socket.setEncoding('utf8').on('data', (part: string) => {
      heard += part;
    });
    socket.on('close', () => resolve(heard));
    socket.on('error', reject);
  });

test('whoever types an address without https comes to the same address with it, and nothing else is taken in the clear', async () => {
  const { server } = await stand(crowd.path, { tls });
  const ask = (path: string, host = `school:${server.port}`) =>
    inTheClear(server.port, `GET ${path} HTTP/1.1\r\nHost: ${host}\r\n\r\n`);
  expect(await ask('/m/a/12?lang=en')).toMatch(
    new RegExp(`^HTTP/1.1 307 .*\r\nlocation: https://school:${server.port}/m/a/12\\?lang=en\r\n`, 's'),
  );
  expect(await ask('/', '[fe80::1]')).toContain(`location: https://[fe80::1]:${server.port}/\r\n`);
  for (const [path, host] of [
    ['//elsewhere.example/', 'school'],
    ['/', 'school/@elsewhere'],
    ['http://elsewhere.example/', 'school'],
    ['/', ''],
  ] as const)
    expect(await ask(path, host)).not.toContain('location');
  const body = JSON.stringify({ user: 'operator', password: PASSWORD });
  const head = `Host: school\r\nContent-Type: application/json\r\nContent-Length: ${body.length}`;
  const told = await inTheClear(server.port, `POST /api/login HTTP/1.1\r\n${head}\r\n\r\n${body}`);
  expect(told).toMatch(/^HTTP\/1.1 400 /);
  expect(told).not.toContain('set-cookie');
});

test('a server of TLS ends though somebody has said nothing yet, and takes a greeting in single bytes', async () => {
  const { server } = await stand(crowd.path, { tls });
  const silent = connect(server.port, '127.0.0.1');
  await new Promise((resolve) => silent.once('connect', resolve));
  const bytewise = await new Promise<boolean>((resolve, reject) => {
    const raw = connect(server.port, '127.0.0.1');
    const drip = new Duplex({
      read() {},
      write(bytes: Buffer, _, done) {
        for (const byte of bytes) raw.write(Buffer.of(byte));
        done();
      },
    });
    raw.setNoDelay(true).on('data', (bytes) => drip.push(bytes));
    const socket = connectTls(
      { socket: drip, ca: tls.cert, servername: 'x', checkServerIdentity: () => undefined },
      () => {
        resolve(true);
        raw.destroy();
      },
    );
    socket.on('error', reject);
  });
  expect(bytewise).toBe(true);
  const gone = new Promise((resolve) => silent.on('close', resolve));
  silent.on('error', () => undefined);
  await server.close();
  await gone;
});

test('whoever asks in the clear a letter at a time is cut off all the same', async () => {
  const { server } = await stand(crowd.path, { tls });
  const socket = connect(server.port, '127.0.0.1', () => socket.write('GET / HTTP/1.1\r\nHost: school\r\nX: '));
  const drip = setInterval(() => socket.write('a'), 500);
  onTestFinished(() => clearInterval(drip));
  socket.on('error', () => undefined);
  await new Promise((resolve) => socket.once('close', resolve));
  expect(socket.bytesRead).toBe(0);
});

test('a port of plain HTTP beside it does nothing but send on, and one that is taken is said and no more', async () => {
  const told: string[] = [];
  const log = { info: () => undefined, warn: (said: string) => void told.push(said), error: () => undefined };
  const plain = await openPlainPort({ host: '127.0.0.1', port: 0, tls: 443 }, { log });
  onTestFinished(() => plain!.close());
  const said = await inTheClear(plain!.port, 'GET /wall HTTP/1.1\r\nHost: school\r\n\r\n');
  expect(said).toContain('location: https://school/wall\r\n');
  expect(await openPlainPort({ host: '127.0.0.1', port: plain!.port, tls: 443 }, { log })).toBe(undefined);
  expect(told).toEqual([expect.stringContaining('EADDRINUSE')]);
});
