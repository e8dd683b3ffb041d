/**
 * The same server behind a certificate, and the limits against peers that send slowly or never end a request.
 * The certificate is made by openssl for each run.
 */
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { request } from 'node:https';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { listen, PASSWORD, people, stand } from './place.ts';

let crowd: Awaited<ReturnType<typeof people>>;
let folder: string;
let tls: { key: string; cert: string };

beforeAll(async () => {
  crowd = await people();
  folder = await mkdtemp(join(tmpdir(), 'gatehouse-tls-'));
  const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')];
  const name = ['-subj', '/CN=127.0.0.1', '-addext', 'subjectAltName=IP:127.0.0.1'];
  const kind = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2'];
  await promisify(execFile)('openssl', ['req', '-x509', ...kind, ...name, '-keyout', key, '-out', cert]);
  tls = { key: await readFile(key, 'utf8'), cert: await readFile(cert, 'utf8') };
});
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
