/**
 * What anybody may fetch of the school's root, before the real server: the certificate and its fingerprints, and nothing else that
 * lies beside it. And the certificate that is renewed while a page listens.
 */
import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { connect } from 'node:tls';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { publicRoot } from '../../src/authority/authority-folder.ts';
import { CertificateKeeper } from '../../src/authority/keep-certificate.ts';
import { serverPair } from '../../src/authority/server-pair.ts';
import { people, place, stand } from '../server/place.ts';
import { listenTls } from './listen-tls.ts';
import { DAY_MS, schoolFolder, worldAt } from './school-folder.ts';

let crowd: Awaited<ReturnType<typeof people>>;
beforeAll(async () => {
  crowd = await people();
});
afterAll(() => crowd.remove());

const pems = (folder: string) => {
  const { key, cert } = serverPair(folder);
  return { key: readFileSync(key, 'utf8'), cert: readFileSync(cert, 'utf8') };
};

test('without a log-in the root is given as the certificate alone, with its fingerprints', async () => {
  const folder = await schoolFolder();
  const spot = place();
  spot.house.authority = () => publicRoot(folder);
  const { fetch } = await stand(crowd.path, {}, spot);
  const root = new X509Certificate(readFileSync(join(folder, 'ca.crt')));
  const file = await fetch('/ca.crt');
  expect([file.status, file.headers.get('content-type')]).toEqual([200, 'application/x-x509-ca-cert']);
  expect(Buffer.from(await file.arrayBuffer())).toEqual(root.raw);
  const told = (await (await fetch('/api/authority')).json()) as object;
  expect(told).toEqual({
    sha256: root.fingerprint256,
    sha1: root.fingerprint,
    until: root.validToDate.getTime(),
  });
  for (const name of ['issuer.key', 'server.key', 'issuer.crt', 'names.json'])
    expect((await fetch(`/certificates/${name}`)).status).toBe(401);
});

test('a school without certificates of its own says so', async () => {
  const { fetch } = await stand(crowd.path);
  for (const path of ['/ca.crt', '/api/authority']) {
    const answer = await fetch(path);
    expect(answer.status).toBe(404);
    expect(await answer.json()).toMatchObject({ code: 'no-authority', zh: expect.stringContaining('证书') });
  }
});

test('a certificate that is renewed by the keeper is shown to whoever comes, and who listened goes on listening', async () => {
  const folder = await schoolFolder();
  const ca = readFileSync(join(folder, 'ca.crt'), 'utf8');
  const { server, place: spot } = await stand(crowd.path, { tls: pems(folder) });
  const ear = await listenTls(server, ca);
  await ear.next('snapshot');
  const clock = { now: Date.now() };
  const renewed = async () => server.renew(pems(folder));
  const keeper = new CertificateKeeper({ folder, world: worldAt(clock), renewed, addresses: () => [] });
  const served = () =>
    new Promise<string>((resolve, reject) => {
      const socket = connect({ port: server.port, host: '127.0.0.1', rejectUnauthorized: false }, () => {
        resolve(new X509Certificate(socket.getPeerCertificate().raw).fingerprint256);
        socket.destroy();
      });
      socket.on('error', reject);
    });
  await keeper.look();
  const before = await served();
  clock.now += 340 * DAY_MS;
  await keeper.look();
  const after = await served();
  expect(after).not.toBe(before);
  expect(after).toBe(new X509Certificate(pems(folder).cert).fingerprint256);
  await spot.offer({ kind: 'started', version: 'test', config: 'a' });
  await ear.next('events');
  expect(ear.socket.readyState).toBe(ear.socket.OPEN);
});
