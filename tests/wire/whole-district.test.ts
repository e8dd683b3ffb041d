/**
 * The whole gateway in a process of its own, joined to the real district: what is in its journal is at the district to the letter or as a hash, a
 * kill does not change that, its health tells how far it is, and while the district is away the school works on.
 */
import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import { freePort } from '../../simulators/free-port.ts';
import { leafHash } from '../../src/proof/merkle-tree.ts';
import { until } from '../patience.ts';
import { realDistrict } from '../uplink/real-district.ts';
import { broker, campus, mqttFence, secrets, zone } from './campus.ts';
import { startGateway } from './gateway.ts';

interface DistrictHealth {
  readonly district: {
    readonly have?: number;
    readonly behind?: number;
    readonly cosigned?: { readonly size: number };
  };
}

test('a gateway that joins brings its journal, keeps on through a kill and an absence, and shows how far it is', async () => {
  const district = await realDistrict();
  const key = await district.add('school-1');
  // biome-ignore lint/suspicious/noTemplateCurlyInString: the file of a school names its secrets so.
  const joined = { url: district.url, school: 'school-1', password: '${DISTRICT_KEY}' };
  const yaml = campus({
    ...{ lines: [broker(await freePort())], devices: [mqttFence('fence-4', 'z7')], zones: [zone(7)] },
    more: { district: joined },
  });
  const gateway = await startGateway({ yaml, env: { ...secrets, DISTRICT_KEY: key } });
  const cookie = await gateway.login();
  const health = async () => (await gateway.get<DistrictHealth>('/api/health', cookie)).district;
  await until('all of it is there', async () => (await health()).behind === 0);
  await until('it is cosigned', async () => (await health()).cosigned !== undefined);
  const [kept] = await district.db().query<{ hash: string; body: { short: string } }>('SELECT hash, body FROM site');
  expect(kept?.body.short).toBeTypeOf('string');
  await district.gone();
  await gateway.command(cookie, { do: 'arm-zone', zone: 'z7', mode: 'disarmed', reason: 'the district is away' });
  await gateway.said('district:');
  expect(await (await fetch(`${gateway.url}/healthz`)).text()).toBe('ok');
  await gateway.kill('SIGKILL');
  await gateway.restart();
  await district.back();
  await until('all of it is there again', async () => (await health()).behind === 0);
  await gateway.stop();
  const db = new Database(`${gateway.dir}/journal.db`, { readonly: true });
  const own = db.prepare<[], { seq: number; json: string }>('SELECT seq, json FROM events ORDER BY seq').all();
  db.close();
  const there = await district.lines('school-1');
  expect(there.length).toBeGreaterThan(5);
  for (const { seq, leaf, line } of there) {
    const json = own[seq - 1]?.json ?? '';
    expect(leaf).toBe(leafHash(json).toString('hex'));
    expect(line === null || line === json).toBe(true);
    expect(line === null).toBe(/"kind":"(logged-in|logged-out|account-changed|login-refused|refused)"/.test(json));
  }
  expect(there.some(({ line }) => line?.includes('"kind":"district-joined"'))).toBe(true);
  const log = JSON.stringify(gateway.log) + gateway.complaint;
  expect(log).not.toContain(key);
});
