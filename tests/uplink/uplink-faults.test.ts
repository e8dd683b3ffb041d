/**
 * What a school says of its way to the district when something is wrong there or between them: one sentence with the remedy, and none once it is
 * well. The other side is a small server of this test, over TLS where that is what is wrong.
 */
import 'reflect-metadata';
import { webcrypto } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as x509 from '@peculiar/x509';
import { describe, expect, test } from 'vitest';
import { issueServer, makeAuthority, makeKey } from '../../src/authority/issue-certificate.ts';
import { newSigner, verifierKey } from '../../src/proof/signed-note.ts';
import { refusalCodes } from '../../src/uplink/protocol.ts';
import { districtRefusals } from '../../src/words/district/uplink-words.ts';
import { until } from '../patience.ts';
import { dataFolder } from '../store/place.ts';
import { DistrictPeer, districtPeer, type Fault } from './district-peer.ts';
import { hastyWorld, heard, schoolSide, unhurriedWorld } from './school-side.ts';

const dayMs = 86_400_000;
const at = (url: string) => ({ url, school: 'school-1', password: 'secret-of-the-school' });

/** A school that wants to send a line to where `fault` is. */
async function facing(fault: Fault, world = hastyWorld()) {
  const { peer } = await districtPeer();
  peer.fault = () => fault;
  const school = await schoolSide({ world });
  await school.keep(heard(1));
  const joined = school.join(at(peer.url));
  const said = (text: string) =>
    until(`it says "${text}", not "${school.troubles.get('district')?.en}"`, () =>
      Boolean(school.troubles.get('district')?.en.includes(text)),
    );
  const well = async () => {
    peer.fault = () => 'none';
    await until('all has arrived', () => peer.have === school.state.seq);
    await until('nothing is said any more', () => !school.troubles.has('district'));
  };
  return { peer, school, said, well, ...joined };
}

test.each([
  ['lost', 'cannot be reached (ECONNRESET)'],
  ['cut', 'cannot be reached (ECONNRESET)'],
  ['html', 'what answers is not the district (403)'],
  ['html-ok', 'what answers is not the district (200)'],
  ['moved', 'leads elsewhere (302)'],
  ['hangs', 'did not answer within'],
  ['huge', 'what answers is not the district (200)'],
  ['too-large', 'finds what is sent too large (413)'],
  ['gateway', 'the service of the district does not run (502)'],
] as const)('where it is %s, it says "%s", and all arrives once it is well', async (fault, sentence) => {
  const { said, well } = await facing(fault);
  await said(sentence);
  await well();
});

test.each(refusalCodes)('where the district says %s, the school says so in its own words', async (code) => {
  const { school, said, well } = await facing(code);
  await said(districtRefusals[code].en);
  expect(school.troubles.get('district')?.zh).toBe(districtRefusals[code].zh);
  await well();
});

test('while a school is held back it goes on saying why, and says so no more once it is let go', async () => {
  const { peer, school, said, well } = await facing('rewritten');
  await said('altered or replaced');
  peer.fault = () => 'quarantined';
  const asked = peer.asked.length;
  await until('it has asked again', () => peer.asked.length > asked + 3);
  await said('altered or replaced');
  await well();
  peer.fault = () => 'quarantined';
  await school.keep(heard(2));
  await said('held back at the district');
});

test('a short drop-out is not said, a long one is', async () => {
  let passed = 0;
  const world = unhurriedWorld({ elapsed: () => performance.now() + passed });
  const { peer, school, well } = await facing('none', world);
  await until('it has arrived', () => peer.have === 1);
  let refused = 0;
  peer.fault = () => {
    refused += 1;
    return refused < 3 ? 'gateway' : 'none';
  };
  await school.keep(heard(2));
  await until('the line is there', () => peer.have === 2);
  expect(school.said).toEqual([]);
  peer.fault = () => 'gateway';
  passed = 60_000;
  peer.release();
  await until('it is said', () => school.troubles.has('district'));
  await well();
});

test('lines that the district could not read are a trouble for a day, and lines go on', async () => {
  let passed = 0;
  const world = unhurriedWorld({ elapsed: () => performance.now() + passed });
  const { peer, school } = await facing('none', world);
  await until('it has arrived', () => peer.have === 1);
  expect(school.troubles.has('district-lines')).toBe(false);
  peer.unread = 2;
  await school.keep(heard(2));
  await until(
    'it is said',
    () => school.troubles.get('district-lines')?.en.includes('could not read 2 lines') === true,
  );
  await school.keep(heard(3));
  await until('they are counted', () => school.troubles.get('district-lines')?.en.includes(' 4 lines') === true);
  peer.unread = undefined;
  passed = 90_000_000;
  await school.keep(heard(4));
  await until('it is said no more', () => peer.have === 4 && !school.troubles.has('district-lines'));
});

test('a reason that this version does not know is told as such, and lines go on afterwards', async () => {
  const { said, well } = await facing('tired' as Fault);
  await said('a reason this gateway does not know (tired)');
  await well();
});

test('a district that asks to wait is not asked before', async () => {
  const { peer, school, said } = await facing('disk-full');
  peer.retryAfter = '200';
  // It is said at once, and then waited.
  peer.fault = () => 'disk-full';
  await said('disk of the district');
  const asked = peer.asked.filter(({ path }) => path === '/ingest').length;
  await school.keep(heard(2));
  expect(peer.asked.filter(({ path }) => path === '/ingest').length).toBe(asked);
});

test('clocks that are apart are said with how far', async () => {
  const { peer } = await districtPeer();
  const school = await schoolSide();
  peer.now = () => school.clock.now + 45_000;
  await school.keep(heard(1));
  school.join(at(peer.url));
  await until('it is said', () => school.troubles.get('district-clock')?.en.includes('45 s behind') === true);
  expect(school.troubles.get('district-clock')?.zh).toContain('慢 45 秒');
  peer.now = () => school.clock.now - 29_000;
  await school.keep(heard(2));
  await until('it is said no more', () => !school.troubles.has('district-clock'));
});

test('a district with another key is not believed, but it is sent what it has to know', async () => {
  const { peer } = await districtPeer();
  const school = await schoolSide();
  await school.keep(heard(1));
  const first = school.join(at(peer.url));
  await until('they know each other', () => first.uplink.status().name !== undefined);
  await first.leave();
  peer.signer = newSigner('another');
  const { uplink } = school.join(at(peer.url));
  await school.keep(heard(2));
  await school.checkpoints.publish();
  await until('it is said', () => school.troubles.has('district-witness'));
  expect(school.troubles.get('district-witness')?.en).toContain('district.witness.json');
  await until('the line is there', () => peer.have === 2);
  expect(school.kept).toEqual([]);
  expect(uplink.status().cosigned).toBeUndefined();
});

test('a key that is configured is the only one', async () => {
  const { peer } = await districtPeer();
  const school = await schoolSide();
  await school.keep(heard(1));
  const { leave } = school.join({ ...at(peer.url), witness: verifierKey(newSigner('pudong')) });
  await until('it is said', () => school.troubles.has('district-witness'));
  await leave();
  const { uplink } = school.join({ ...at(peer.url), witness: verifierKey(peer.signer) });
  await school.keep(heard(2));
  await school.checkpoints.publish();
  await until('it is cosigned', () => uplink.status().cosigned?.size === 2);
});

test('the key of the school is in no sentence and in no log', async () => {
  const { school, said } = await facing('key-unknown');
  await said('ask the bureau');
  expect(JSON.stringify([...school.troubles])).not.toContain('secret-of-the-school');
});

describe('over TLS', () => {
  const names = ['127.0.0.1', 'localhost'];
  const folder = async (files: Readonly<Record<string, string>>) => {
    const dir = await dataFolder();
    for (const [name, text] of Object.entries(files)) await writeFile(join(dir, name), text);
    return (name: string) => join(dir, name);
  };
  /** A district behind a certificate made at this time for these names, and a school that trusts whoever made it. */
  async function behind({ now = Date.now(), of = names, client = '' } = {}) {
    const authority = await makeAuthority('pudong', names, Date.now() - 800 * dayMs);
    const key = await makeKey();
    const cert = await issueServer(authority, of, key, now);
    const { peer } = await districtPeer(new DistrictPeer(), {
      tls: { key, cert, ...(client !== '' && { ca: client }) },
    });
    const path = await folder({ 'ca.pem': authority.root });
    const school = await schoolSide();
    await school.keep(heard(1));
    const said = (text: string) =>
      until(`it says "${text}", not "${school.troubles.get('district')?.en}"`, () =>
        Boolean(school.troubles.get('district')?.en.includes(text)),
      );
    return { peer, school, said, ca: path('ca.pem') };
  }

  test('lines go to whom the authority vouches for', async () => {
    const { peer, school, ca } = await behind();
    school.join({ ...at(peer.url), ca });
    await until('it has arrived', () => peer.have === 1);
  });
  test('whom nobody vouches for is shown neither lines nor the key', async () => {
    const { peer, school, said } = await behind();
    school.join(at(peer.url));
    await said('cannot be trusted');
    expect(peer.asked).toEqual([]);
  });
  test('a certificate for another name is not taken', async () => {
    const { peer, school, said, ca } = await behind({ of: ['localhost'] });
    school.join({ ...at(peer.url), ca });
    await said('cannot be trusted (ERR_TLS_CERT_ALTNAME_INVALID)');
  });
  test('one that has expired is said', async () => {
    const { peer, school, said, ca } = await behind({ now: Date.now() - 500 * dayMs });
    school.join({ ...at(peer.url), ca });
    await said('has expired');
  });
  test('one that is not valid yet is said to be for the clock', async () => {
    const { peer, school, said, ca } = await behind({ now: Date.now() + 10 * dayMs });
    school.join({ ...at(peer.url), ca });
    await said('is not valid yet');
  });
  test('an authority that cannot be read is named with its path', async () => {
    const { peer, school, said, ca } = await behind();
    school.join({ ...at(peer.url), ca: `${ca}.gone` });
    await said(`${ca}.gone of district cannot be read (ENOENT)`);
  });
  test('a district that asks for a certificate is shown the one of the school', async () => {
    const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };
    const keys = await webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
    const made = await x509.X509CertificateGenerator.createSelfSigned({
      ...{ name: 'CN=school-1', keys, signingAlgorithm: algorithm },
      ...{ notBefore: new Date(Date.now() - dayMs), notAfter: new Date(Date.now() + dayMs) },
    });
    const pkcs8 = await webcrypto.subtle.exportKey('pkcs8', keys.privateKey);
    const cert = made.toString('pem');
    const path = await folder({ 'key.pem': x509.PemConverter.encode(pkcs8, 'PRIVATE KEY'), 'cert.pem': cert });
    const { peer, school, said, ca } = await behind({ client: cert });
    const { leave } = school.join({ ...at(peer.url), ca });
    await said('does not accept the certificate of this school');
    await leave();
    school.join({ ...at(peer.url), ca, certificate: { key: path('key.pem'), cert: path('cert.pem') } });
    await until('it has arrived', () => peer.have === 1);
  });
});
