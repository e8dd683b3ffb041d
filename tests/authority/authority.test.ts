/**
 * The school's own certificates: who is trusted by whoever trusts the root, what a stolen issuer could do, that the root stays
 * as it is, and that the server's certificate is renewed in time, with the dates of a clock that is handed in.
 */
import { X509Certificate } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { isDue, readAuthority } from '../../src/authority/authority-folder.ts';
import { hostName } from '../../src/authority/host-names.ts';
import { issueServer, makeKey } from '../../src/authority/issue-certificate.ts';
import { authorityTrouble, CertificateKeeper } from '../../src/authority/keep-certificate.ts';
import {
  copyOf,
  DAY_MS,
  folderOfTest,
  NAMES,
  schoolFolder,
  serve,
  serveFolder,
  trustOf,
  worldAt,
} from './school-folder.ts';

let dir: string;
let made: string;
let root: string;
const now = Date.now();
const text = (folder: string, name: string) => readFileSync(join(folder, name), 'utf8');
const served = (folder: string) => new X509Certificate(text(folder, 'server.crt'));
const daysLeft = (cert: X509Certificate, at: number) => Math.round((cert.validToDate.getTime() - at) / DAY_MS);

beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), 'gatehouse-authority-'));
  made = await schoolFolder(now, dir);
  root = text(made, 'ca.crt');
});
afterAll(() => rmSync(dir, { recursive: true }));

describe('whoever trusts the root', () => {
  test('trusts the server by each of its names and addresses, and by no other', async () => {
    const server = await serveFolder(made);
    for (const name of NAMES) expect(`${name} ${await trustOf(server, root, name)}`).toBe(`${name} trusted`);
    for (const name of ['evil.example', '192.0.2.11', 'school.lan'])
      expect(`${name} ${await trustOf(server, root, name)}`).toBe(`${name} ERR_TLS_CERT_ALTNAME_INVALID`);
  });

  test('does not trust what a thief of the issuer makes for another name', async () => {
    const { issuerPem, issuerKey } = await readAuthority(made);
    const dir = await folderOfTest();
    const pair = { key: join(dir, 'k'), cert: join(dir, 'c') };
    const key = await makeKey();
    writeFileSync(pair.key, key);
    for (const name of ['evil.example', '192.0.2.11']) {
      writeFileSync(pair.cert, await issueServer({ issuer: issuerPem, issuerKey }, [name], key, now));
      expect(`${name} ${await trustOf(await serve(pair), root, name)}`).toBe(`${name} permitted subtree violation`);
    }
  });

  test('does not trust another school', async () => {
    const other = await schoolFolder();
    expect(await trustOf(await serveFolder(made), text(other, 'ca.crt'), 'localhost')).not.toBe('trusted');
  });
});

test('what is made is for its owner alone, lasts 397 days, and holds no key of the root', () => {
  expect(statSync(made).mode & 0o777).toBe(0o700);
  for (const name of readdirSync(made))
    expect(`${name} ${statSync(join(made, name)).mode & 0o777}`).toBe(`${name} ${0o600}`);
  const leaf = served(made);
  expect(leaf.validToDate.getTime() - leaf.validFromDate.getTime()).toBe(397 * DAY_MS);
  const keys = readdirSync(made).filter((name) => name.endsWith('.key'));
  expect(keys.sort()).toEqual(['issuer.key', 'server.key']);
  const rootCertificate = new X509Certificate(root);
  expect(rootCertificate.ca && rootCertificate.subject.includes('示范中学')).toBe(true);
});

describe('a gateway that runs', () => {
  /** A keeper on a copy of the folder, on this clock. */
  async function keeper(clock: { now: number }, addresses: readonly string[] = []) {
    const folder = await copyOf(made);
    const told: string[] = [];
    const renewed = async () => void told.push(served(folder).fingerprint256);
    const keep = new CertificateKeeper({ folder, world: worldAt(clock), renewed, addresses: () => addresses });
    return { folder, told, keep };
  }

  test('renews sixty days ahead and not a day earlier, and what phones trust stays', async () => {
    const clock = { now: now + (396 - 61) * DAY_MS };
    const { folder, told, keep } = await keeper(clock);
    await keep.look();
    expect(served(folder).fingerprint256).toBe(served(made).fingerprint256);
    clock.now += 2 * DAY_MS;
    await keep.look();
    expect(daysLeft(served(folder), clock.now)).toBe(396);
    expect(told).toEqual([served(made).fingerprint256, served(folder).fingerprint256]);
    expect(text(folder, 'ca.crt')).toBe(root);
    expect(text(folder, 'server.key')).toBe(text(made, 'server.key'));
    expect(keep.trouble()).toBeUndefined();
    await keep.look();
    expect(told).toHaveLength(2);
  });

  test('issues anew what was lost or broken of the server, and asks nobody', async () => {
    const { folder, keep } = await keeper({ now });
    for (const name of ['server.key', 'server.crt']) {
      rmSync(join(folder, name));
      await keep.look();
      expect(await trustOf(await serveFolder(folder), root, 'localhost')).toBe('trusted');
      writeFileSync(join(folder, name), text(folder, name).slice(0, 100));
      await keep.look();
      expect(await trustOf(await serveFolder(folder), root, 'localhost')).toBe('trusted');
    }
    expect(keep.trouble()).toBeUndefined();
  });

  test('whose clock was years ahead for a while shows a certificate of today once it is put right', async () => {
    const clock = { now: now + 900 * DAY_MS };
    const { folder, keep } = await keeper(clock);
    await keep.look();
    expect(served(folder).validFromDate.getTime()).toBeGreaterThan(now);
    clock.now = now;
    await keep.look();
    expect(served(folder).validFromDate.getTime()).toBeLessThan(now);
    expect(keep.trouble()).toBeUndefined();
  });

  test('whose clock is before the day of its root says that the clock is wrong, and makes nothing', async () => {
    const { folder, keep } = await keeper({ now: Date.UTC(2020, 0, 1) });
    await keep.look();
    expect(keep.trouble()?.en).toMatch(/not renewed: .* this machine's clock says 2020-01-01: the clock is wrong/);
    expect(served(folder).fingerprint256).toBe(served(made).fingerprint256);
  });

  test.each([
    ['issuer.key', /issuer\.key is missing; restore it from a backup/],
    ['issuer.crt', /issuer\.crt is missing; restore it/],
    ['names.json', /names\.json is missing; restore it/],
    ['ca.crt', /ca\.crt is missing; restore it/],
  ])('without its %s names the file and what to do', async (name, sentence) => {
    const { folder, keep } = await keeper({ now });
    rmSync(join(folder, name));
    await keep.look();
    expect(keep.trouble()?.en).toMatch(sentence);
    expect(keep.trouble()?.zh).toMatch(/从备份恢复/);
  });

  test('with the key of another school says that the two are not of one set', async () => {
    const { folder, keep } = await keeper({ now });
    writeFileSync(join(folder, 'issuer.key'), text(await schoolFolder(), 'issuer.key'));
    await keep.look();
    expect(keep.trouble()?.en).toMatch(/are not of one set; restore the whole folder/);
  });

  test('whose folder was moved says where it looked, and that phones trust what lay there', async () => {
    const { folder, keep } = await keeper({ now });
    rmSync(folder, { recursive: true });
    await keep.look();
    expect(keep.trouble()?.en).toMatch(/no certificates of the school in .*put that folder back/);
  });

  test('tells that its root ends while there is time to visit every phone', async () => {
    const { keep } = await keeper({ now: now + (3_650 - 179) * DAY_MS });
    await keep.look();
    expect(keep.trouble()?.en).toMatch(/root ends on 20\d\d-\d\d-\d\d and cannot be renewed/);
  });

  test('does not issue for ever what has to end with its root', async () => {
    const clock = { now: now + (3_650 - 30) * DAY_MS };
    const { folder, keep } = await keeper(clock);
    await keep.look();
    const last = served(folder);
    expect(last.validToDate.getTime()).toBe(new X509Certificate(root).validToDate.getTime());
    expect(isDue(await readAuthority(folder), clock.now)).toBe(false);
  });

  test('tells which of its own addresses the machine has no more, and says nothing of names a person gave', async () => {
    const authority = { ...(await readAuthority(made)), here: ['192.0.2.10'] };
    expect(authorityTrouble(authority, ['192.0.2.10', '192.0.2.99'], now)).toBeUndefined();
    expect(authorityTrouble(authority, ['192.0.2.99'], now)?.en).toMatch(
      /names 192\.0\.2\.10, which is no address of this machine any more \(it has 192\.0\.2\.99\)/,
    );
    expect(authorityTrouble(await readAuthority(made), ['192.0.2.99'], now)).toBeUndefined();
  });
});

test.each([
  ['Gatehouse.School.lan', 'gatehouse.school.lan'],
  ['FD00:0:0::5', 'fd00::5'],
  ['门卫.school.lan', 'xn--rlr306m.school.lan'],
  ['https://gate.lan', undefined],
  ['gate.lan:8443', undefined],
  ['*.school.lan', undefined],
  ['192.168.8.300', undefined],
  ['', undefined],
])('%j is read as %j', (said, name) => expect(hostName(said)).toBe(name));
