/**
 * E-mail over an encrypted connection whose certificate a school's own authority has signed. The certificate is made by openssl for each run.
 */
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, onTestFinished, test } from 'vitest';
import { mail, mailServer } from './mail-server.ts';

async function certificate() {
  const folder = await mkdtemp(join(tmpdir(), 'gatehouse-mail-'));
  onTestFinished(async () => await rm(folder, { recursive: true }));
  const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')];
  const name = ['-subj', '/CN=mail.school.example', '-addext', 'subjectAltName=IP:127.0.0.1'];
  const kind = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2'];
  await promisify(execFile)('openssl', ['req', '-x509', ...kind, ...name, '-keyout', key, '-out', cert]);
  return { ca: cert, pair: { key: await readFile(key), cert: await readFile(cert) } };
}

test('a mail goes encrypted both ways, and with its log-in, when ca names who signed the server', async () => {
  const { ca, pair } = await certificate();
  const onAuth: NonNullable<Parameters<typeof mailServer>[0]>['onAuth'] = ({ password }, { secure }, callback) =>
    callback(null, password === 'right' && secure ? { user: 'u' } : {});
  const login = { authOptional: false, onAuth, ...pair };
  const upgraded = await mailServer({ ...login, disabledCommands: [] });
  const wrapped = await mailServer({ ...login, secure: true });
  const user = { user: 'u', secret: 'right' };
  expect(await mail(upgraded.port, { ...user, ca, security: 'starttls' })).toEqual({ is: 'told' });
  expect(await mail(wrapped.port, { ...user, ca, security: 'tls' })).toEqual({ is: 'told' });
  expect(await mail(wrapped.port, { ...user, security: 'tls' })).toMatchObject({
    is: 'refused',
    code: 'DEPTH_ZERO_SELF_SIGNED_CERT',
  });
  expect([upgraded.taken.length, wrapped.taken.length]).toEqual([1, 1]);
});
