/**
 * Orders of the district on their way into a school's journal: each once, by whoever the school knows as its district, and reported as taken.
 */
import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { newSigner, type Signer } from '../../src/proof/signed-note.ts';
import { signOrder } from '../../src/uplink/order-signature.ts';
import type { Order } from '../../src/uplink/protocol.ts';
import { until } from '../patience.ts';
import { type DistrictPeer, districtPeer } from './district-peer.ts';
import { climb, heard, schoolSide } from './school-side.ts';

const options = (peer: DistrictPeer) => ({ url: peer.url, school: 'school-1', password: 'k' });
const ordered = (school: { clock: { now: number } }, signer: Signer, more: Partial<Order> = {}) =>
  signOrder(
    {
      ...{ id: randomUUID(), school: 'school-1', kind: 'urge', by: '李科长', text: '请尽快处置' },
      ...{ at: school.clock.now, until: school.clock.now + 3_600_000, ...more },
    },
    signer,
  );

test('an order is in the journal once, however often it comes, and the district hears so', async () => {
  const { peer } = await districtPeer();
  const school = await schoolSide();
  await school.keep(climb());
  const { uplink } = school.join(options(peer));
  await until('they know each other', () => uplink.status().name !== undefined);
  const order = ordered(school, peer.signer, { alarm: 1 });
  peer.orders = [order, order];
  peer.release();
  await until('it was reported', () => peer.taken.includes(order.order.id));
  await school.keep(heard(1), heard(2));
  await until('all has arrived', () => peer.have === school.state.seq);
  const lines = peer.letters().filter((line) => line?.includes(order.order.id));
  expect(lines).toHaveLength(1);
  expect(JSON.parse(lines[0]!)).toMatchObject({ kind: 'district-ordered', order: order.order, alarm: 1 });
});

test('an order that another has signed, that was altered, or that is for another school is not taken, and is said', async () => {
  const { peer } = await districtPeer();
  const school = await schoolSide();
  await school.keep(heard(1));
  const { uplink } = school.join(options(peer));
  await until('they know each other', () => uplink.status().name !== undefined);
  const altered = ordered(school, peer.signer);
  for (const [order, said] of [
    [ordered(school, newSigner(peer.signer.name)), 'has not signed'],
    [{ ...altered, order: { ...altered.order, text: '不用处置' } }, 'has not signed'],
    [{ ...altered, signature: 'AAAA' }, 'has not signed'],
    [ordered(school, peer.signer, { school: 'school-2' }), 'another school'],
  ] as const) {
    peer.orders = [order];
    peer.release();
    await until(`it says "${said}"`, () => school.troubles.get('district-order')?.en.includes(said) === true);
    peer.orders = [];
    await school.keep(heard(school.state.seq));
    await until('nothing is said any more', () => !school.troubles.has('district-order'));
  }
  expect(school.state.orders.size).toBe(0);
  expect(peer.taken).toEqual([]);
});

test('an order of a kind that this version does not know stops nothing, and stays at the district', async () => {
  const { peer } = await districtPeer();
  const school = await schoolSide();
  await school.keep(heard(1));
  const { uplink } = school.join(options(peer));
  await until('they know each other', () => uplink.status().name !== undefined);
  const unknown = ordered(school, peer.signer, { kind: 'dance' as 'urge' });
  const known = ordered(school, peer.signer);
  peer.orders = [unknown, known];
  peer.release();
  await until('the other one was reported', () => peer.taken.includes(known.order.id));
  await school.keep(heard(2));
  await until('lines go on', () => peer.have === school.state.seq);
  expect(peer.taken).toEqual([known.order.id]);
});

test('an order that the journal does not take comes again, and nothing is reported before', async () => {
  const { peer } = await districtPeer();
  const school = await schoolSide();
  await school.keep(heard(1));
  const { uplink } = school.join(options(peer));
  await until('they know each other', () => uplink.status().name !== undefined);
  school.refusing.why = { zh: '磁盘已满', en: 'the disk is full' };
  peer.orders = [ordered(school, peer.signer)];
  peer.release();
  const polls = () => peer.asked.filter(({ path }) => path === '/poll').length;
  const before = polls();
  await until('it was asked for again', () => polls() > before + 2);
  expect(peer.taken).toEqual([]);
  delete school.refusing.why;
  await until('it was reported', () => peer.taken.length === 1);
  expect(school.state.orders.size).toBe(1);
});

test('no order is taken of a district whose key has changed', async () => {
  const { peer } = await districtPeer();
  const school = await schoolSide();
  await school.keep(heard(1));
  const { uplink, leave } = school.join(options(peer));
  await until('they know each other', () => uplink.status().name !== undefined);
  await leave();
  const old = peer.signer;
  peer.signer = newSigner('pudong');
  school.join(options(peer));
  await school.keep(heard(2));
  await until('it is said', () => school.troubles.has('district-witness'));
  // Not what it signs now, and not what was signed before: who brings it is in doubt.
  peer.orders = [ordered(school, peer.signer), ordered(school, old)];
  peer.release();
  await school.keep(heard(3));
  await until('the line has arrived', () => peer.have === 3);
  expect(school.state.orders.size).toBe(0);
});

test('what leaves the school is said as a fact with its hash, under the name of the district', async () => {
  const { peer } = await districtPeer();
  const school = await schoolSide({ keeps: ['patrol'] });
  await school.keep(heard(1));
  school.join(options(peer));
  await until('it is said', () => school.joined.length === 1);
  const [joined] = school.joined;
  expect(joined).toMatchObject({ district: peer.signer.name, filter: peer.batches[0]!.filter });
  expect(joined).toMatchObject({ leaves: expect.arrayContaining(['raised']) });
  expect(joined).toMatchObject({ leaves: expect.not.arrayContaining(['checked', 'logged-in']) });
});

test('a file goes where its order says, to the byte', async () => {
  const { peer } = await districtPeer();
  const school = await schoolSide();
  const { uplink } = school.join(options(peer));
  const bytes = Buffer.from([0xff, 0xd8, 0, 1, 2, 0xff]);
  await uplink.send('0b0e0000-0000-4000-8000-000000000001', { name: '东门 1.jpg', type: 'image/jpeg', bytes });
  expect(peer.files).toEqual([
    {
      path: `/files/0b0e0000-0000-4000-8000-000000000001?name=${encodeURIComponent('东门 1.jpg')}`,
      ...{ type: 'image/jpeg', bytes },
    },
  ]);
});
