/**
 * The whole gateway in a process of its own, known to the real district by its certificate alone, over TLS: its journal arrives, a renewed pair is shown
 * while both run, and one that was withdrawn is said at the school with its remedy.
 */
import { copyFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { freePort } from '../../simulators/free-port.ts';
import { issueForSchool } from '../../src/authority/client-authority.ts';
import { issueServer, makeAuthority, makeKey } from '../../src/authority/issue-certificate.ts';
import { until } from '../patience.ts';
import { dataFolder } from '../store/place.ts';
import { realDistrict } from '../uplink/real-district.ts';
import { broker, campus, mqttFence, secrets, zone } from './campus.ts';
import { startGateway } from './gateway.ts';

interface DistrictHealth {
  readonly district: { readonly behind?: number; readonly why?: { readonly en: string } };
}

test('a gateway joins by its certificate alone, shows a renewed one by itself, and says that one was withdrawn', async () => {
  const folder = await dataFolder();
  const at = (name: string) => join(folder, name);
  const now = Date.now();
  const server = await makeAuthority('bureau', ['127.0.0.1'], now);
  const key = await makeKey();
  await writeFile(at('server.key'), key);
  await writeFile(at('server.crt'), await issueServer(server, ['127.0.0.1'], key, now));
  await writeFile(at('server-ca.crt'), server.root);
  const issue = () => issueForSchool(folder, { district: 'pudong', school: 'school-1' }, now);
  const { root, key: own, cert } = await issue();
  for (const [from, to] of [
    [own, at('school.key')],
    [cert, at('school.crt')],
  ] as const)
    await copyFile(from, to);
  const tls = { key: at('server.key'), cert: at('server.crt'), clientAuthority: root, clientRequired: true };
  const district = await realDistrict({}, '', JSON.stringify(tls));
  await district.add('school-1');
  const certificate = { key: at('school.key'), cert: at('school.crt') };
  const joined = { url: district.url, school: 'school-1', ca: at('server-ca.crt'), certificate };
  const yaml = campus({
    ...{ lines: [broker(await freePort())], devices: [mqttFence('fence-4', 'z7')], zones: [zone(7)] },
    more: { district: joined },
  });
  const gateway = await startGateway({ yaml, env: secrets });
  const cookie = await gateway.login();
  const health = async () => (await gateway.get<DistrictHealth>('/api/health', cookie)).district;
  await until('all of it is there', async () => (await health()).behind === 0);
  const shown = () =>
    district.db().query<{ id: string }>('SELECT id FROM school_key WHERE until IS NOT NULL ORDER BY made_at, id');
  expect(await shown()).toHaveLength(1);
  expect((await health()).why).toBeUndefined();
  // Withdrawn at the bureau: the next thing it says is refused, and so is a copy of the pair.
  await district.db().query('UPDATE school_key SET withdrawn_at = 1 WHERE until IS NOT NULL');
  await gateway.command(cookie, { do: 'arm-zone', zone: 'z7', mode: 'disarmed', reason: 'something to tell' });
  await until('it is said', async () => (await health()).why?.en.includes('has withdrawn the certificate') === true);
  const renewed = await issue();
  await copyFile(renewed.key, certificate.key);
  await copyFile(renewed.cert, certificate.cert);
  await until('all of it is there again', async () => (await health()).behind === 0);
  await until('nothing is amiss', async () => (await health()).why === undefined);
  expect(await shown()).toHaveLength(2);
});
