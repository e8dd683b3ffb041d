/**
 * A school that was without its district for long: the newest alarms overtake the backlog, what was cut from the journal arrives as its hashes,
 * and a way that takes only little at once is used with little at once. And the site goes over where the district has another.
 */
import { createHash } from 'node:crypto';
import { copyFile } from 'node:fs/promises';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import { leafHash } from '../../src/proof/merkle-tree.ts';
import { cutText } from '../../src/store/journal/cut-lines.ts';
import { leavingSite } from '../../src/uplink/leaving-site.ts';
import { until } from '../patience.ts';
import { type DistrictPeer, districtPeer } from './district-peer.ts';
import { climb, heard, loggedIn, schoolSide } from './school-side.ts';

const options = (peer: DistrictPeer) => ({ url: peer.url, school: 'school-1', password: 'k' });
const many = (count: number) => Array.from({ length: count }, (_, i) => heard(i));

/** Keeps every batch waiting until the district knows of that many lines that overtook them. */
function holdBatches(peer: DistrictPeer, count: number): void {
  peer.gate = async (path) => {
    if (path === '/ingest') await until('alarms have overtaken', () => peer.ahead.size >= count);
  };
}

test('open alarms overtake a backlog while its first batch is still under way, and come once more in their turn', async () => {
  const { peer } = await districtPeer();
  const school = await schoolSide();
  const early = { ...climb('z3'), zone: 'z1' } as typeof loggedIn;
  await school.keep(early, ...many(4_999), climb('z1'), loggedIn, ...many(2_000), climb('z2'));
  await school.keep({ kind: 'acknowledged', alarm: 5_001, by: '王芳' });
  holdBatches(peer, 3);
  school.join(options(peer));
  await until('all has arrived', () => peer.have === 7_004);
  // The first line overtakes where no batch was under way yet.
  expect([...peer.ahead.keys()].filter((seq) => seq !== 1)).toEqual([5_001, 7_003, 7_004]);
  const lines = await school.lines();
  for (const [seq, line] of peer.ahead) expect(line).toBe(lines[seq - 1]);
  expect(peer.letters()[7_002]).toBe(lines[7_002]);
});

test('one that is raised while a batch is under way overtakes it too', async () => {
  const { peer } = await districtPeer();
  const school = await schoolSide();
  await school.keep(...many(4_999), climb('z1'));
  holdBatches(peer, 2);
  school.join(options(peer));
  await until('the first has overtaken', () => peer.ahead.size === 1);
  expect(peer.have).toBe(0);
  await school.keep(climb('z2'));
  await until('all has arrived', () => peer.have === 5_001);
  expect([...peer.ahead.keys()]).toEqual([5_000, 5_001]);
});

test('while lines go on by themselves nothing overtakes them', async () => {
  const { peer } = await districtPeer();
  const school = await schoolSide();
  await school.keep(...many(3), climb('z1'));
  school.join(options(peer));
  await until('all has arrived', () => peer.have === 4);
  expect(peer.ahead.size).toBe(0);
});

test('a covert alarm goes ahead as every other: who may see it is for the district', async () => {
  const { peer } = await districtPeer();
  const school = await schoolSide();
  await school.keep(...many(5_000));
  await school.keep({
    ...{ kind: 'raised', key: 'console/duress', alarm: 'duress', priority: 1, device: 'console', cause: 'd' },
    ...{ active: false, covert: true, zone: 'z1' },
  });
  holdBatches(peer, 1);
  school.join(options(peer));
  await until('all has arrived', () => peer.have === 5_001);
  expect(JSON.parse(peer.ahead.get(5_001) ?? '{}')).toMatchObject({ alarm: 'duress', covert: true });
});

test('a line that is too long for a batch, and one that stays, are told by their hashes alone', async () => {
  const { peer } = await districtPeer();
  const school = await schoolSide();
  const long = { ...heard(1), id: '长'.repeat(1_000_001) };
  await school.keep(heard(1), { ...long, kind: 'read' } as typeof long, heard(2));
  school.join(options(peer));
  await until('all has arrived', () => peer.have === 3);
  const lines = await school.lines();
  expect(peer.lines[1]).toEqual({ h: leafHash(lines[1]!).toString('hex') });
  expect(peer.wrong).toEqual([]);
});

test('long lines go in batches that fit', async () => {
  const { peer } = await districtPeer();
  const school = await schoolSide();
  await school.keep(...many(12).map((one) => ({ ...one, id: '长'.repeat(300_000) }) as typeof one));
  school.join(options(peer));
  await until('all has arrived', () => peer.have === 12);
  expect(Math.max(...peer.batches.map(({ lines }) => lines.length))).toBe(3);
  expect(peer.wrong).toEqual([]);
});

test('where something on the way takes little at once, little is sent at once', async () => {
  const { peer } = await districtPeer();
  const school = await schoolSide();
  await school.keep(...many(2_000));
  let most = 0;
  peer.fault = (path) => {
    const last = peer.asked.at(-1)?.body as { lines?: unknown[] };
    if (path !== '/ingest') return 'none';
    if ((last.lines?.length ?? 0) > 200) return 'too-large';
    most = Math.max(most, last.lines?.length ?? 0);
    return 'none';
  };
  school.join(options(peer));
  await until('all has arrived', () => peer.have === 2_000);
  expect(most).toBeGreaterThan(20);
  await until('nothing is said', () => !school.troubles.has('district'));
});

test('the site goes over once where the district has another, and again where it changed', async () => {
  const { peer } = await districtPeer();
  const school = await schoolSide();
  await school.keep(heard(1));
  school.join(options(peer));
  await until('it has come', () => peer.sites.length === 1);
  expect(JSON.parse(peer.sites[0]!)).toEqual(leavingSite(school.site.now, []));
  const hash = (text: string) => createHash('sha256').update(text).digest('hex');
  expect(peer.batches[0]?.site).toBe(hash(peer.sites[0]!));
  peer.site = hash(peer.sites[0]!);
  await school.keep(heard(2), heard(3));
  await until('the lines are there', () => peer.have === 3);
  school.site.now = { ...school.site.now, short: '一小' };
  await school.keep(heard(4));
  await until('it has come again', () => peer.sites.length === 2);
  expect(JSON.parse(peer.sites[1]!)).toMatchObject({ short: '一小' });
});

test('a district that never takes the site is not sent it with every batch', async () => {
  const { peer } = await districtPeer();
  const school = await schoolSide();
  peer.site = 'none';
  await school.keep(heard(1));
  school.join(options(peer));
  for (let n = 2; n < 8; n += 1) {
    await school.keep(heard(n));
    await until('the line is there', () => peer.have === n);
  }
  expect(peer.sites.length).toBeLessThan(4);
});

test('what was taken is not sent again because its answer was lost', async () => {
  const { peer } = await districtPeer();
  const school = await schoolSide();
  await school.keep(...many(10));
  let first = true;
  peer.fault = (path) => {
    if (path !== '/ingest' || !first) return 'none';
    first = false;
    return 'unanswered';
  };
  const { uplink } = school.join(options(peer));
  await until('the school knows of it', () => uplink.status().have === 10);
  expect(peer.batches.filter(({ lines }) => lines.length > 0)).toHaveLength(1);
});

test('in a backlog a batch ends where the checkpoint does, and carries it', async () => {
  const { peer } = await districtPeer();
  const school = await schoolSide();
  await school.keep(...many(2_500));
  await school.checkpoints.publish();
  await school.keep(...many(1_000));
  const { uplink } = school.join(options(peer));
  await until('all has arrived', () => uplink.status().have === 3_500);
  expect(peer.batches.map(({ lines, checkpoint }) => [lines.length, checkpoint !== undefined])).toEqual([
    [2_000, false],
    [500, true],
    [1_000, false],
  ]);
  expect(uplink.status().cosigned?.size).toBe(2_500);
});

test('a start goes on from the edge that was kept, and from none that is of another journal', async () => {
  const { peer } = await districtPeer();
  const school = await schoolSide();
  await school.keep(...many(3_000));
  const { leave } = school.join(options(peer));
  await until('all has arrived', () => peer.have === 3_000);
  await leave();
  const grown: number[] = [];
  const grow = school.journal.grow;
  school.journal.grow = (tree, upTo) => {
    grown.push(tree.size);
    return grow(tree, upTo);
  };
  const again = school.join(options(peer));
  await school.keep(heard(1));
  await until('it goes on', () => peer.have === 3_001);
  await again.leave();
  expect(Math.min(...grown)).toBeGreaterThanOrEqual(2_000);
  const other = await schoolSide();
  await other.keep(...many(3_001).reverse());
  await copyFile(join(school.dir, 'district.cursor.json'), join(other.dir, 'district.cursor.json'));
  other.join(options(peer));
  await other.keep(heard(2));
  // It says the root of its own journal, and the district sees that it is another.
  await until('it has asked', () => peer.wrong.length > 0);
  expect(peer.wrong[0]).toBe('root before 3002');
});

test('a line that was cut arrives as its hash, and the tree is the same', async () => {
  const { peer } = await districtPeer();
  const school = await schoolSide();
  await school.keep(heard(1), heard(2), heard(3));
  const lines = await school.lines();
  const leaf = leafHash(lines[1]!).toString('hex');
  const db = new Database(join(school.dir, 'journal.db'));
  db.prepare("UPDATE events SET kind = 'cut', json = ? WHERE seq = 2").run(cutText({ fact: 3, leaf }));
  db.close();
  await school.checkpoints.publish();
  const { uplink } = school.join(options(peer));
  await until('it is cosigned', () => uplink.status().cosigned?.size === 3);
  expect(peer.lines).toEqual([{ l: lines[0] }, { h: leaf }, { l: lines[2] }]);
});
