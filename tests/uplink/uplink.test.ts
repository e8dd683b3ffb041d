/**
 * A school that has joined a district, against a district in a small server of this test: what arrives, what stays, and what is cosigned.
 */
import { expect, test } from 'vitest';
import { leafHash } from '../../src/proof/merkle-tree.ts';
import { openCheckpoint, witnessedAt } from '../../src/proof/signed-note.ts';
import { until } from '../patience.ts';
import { type DistrictPeer, districtPeer } from './district-peer.ts';
import { climb, heard, loggedIn, schoolSide } from './school-side.ts';

const options = (peer: DistrictPeer) => ({ url: peer.url, school: 'school-1', password: 'k'.repeat(43) });

test('every line arrives to the letter, or as the hash of its leaf where it stays', async () => {
  const { peer } = await districtPeer();
  const school = await schoolSide();
  await school.keep(heard(1), loggedIn, climb(), { kind: 'acknowledged', alarm: 3, by: '王芳' });
  school.join(options(peer));
  await until('all has arrived', () => peer.have === 4);
  const lines = await school.lines();
  expect(peer.letters()).toEqual([lines[0], undefined, lines[2], lines[3]]);
  expect(peer.lines[1]).toEqual({ h: leafHash(lines[1]!).toString('hex') });
  await school.keep({ kind: 'closed', alarm: 3, by: '王芳', reason: 'A' });
  await until('what came later has arrived', () => peer.have === 5);
  expect(peer.wrong).toEqual([]);
  expect(peer.asked.every(({ key }) => key === `Bearer ${'k'.repeat(43)}`)).toBe(true);
  expect(school.troubles.size).toBe(0);
});

test('a checkpoint is cosigned once its lines are there, kept, and known again after a restart', async () => {
  const { peer } = await districtPeer();
  const school = await schoolSide();
  await school.keep(heard(1), heard(2));
  const first = school.join(options(peer));
  await until('the lines are there', () => peer.have === 2);
  await school.keep(heard(3));
  await school.checkpoints.publish();
  await until('it is kept', () => school.kept.length === 1);
  const note = school.kept[0]!;
  expect(openCheckpoint(note, school.log)?.size).toBe(3);
  expect(witnessedAt(note, peer.signer)).toBe(Math.floor(peer.now() / 1_000));
  expect(first.uplink.status().cosigned).toEqual({ size: 3, at: peer.now() });
  await first.leave();
  const before = peer.batches.length;
  const { uplink } = school.join(options(peer));
  await until('it was asked where it stands', () => uplink.status().have === 3);
  expect(uplink.status().cosigned).toEqual({ size: 3, at: peer.now() });
  await school.keep(heard(4));
  await until('it goes on', () => peer.have === 4);
  expect(peer.batches.slice(before).every(({ checkpoint }) => checkpoint === undefined)).toBe(true);
  expect(peer.wrong).toEqual([]);
});
