/**
 * A school and the real district, with a bad way between them: what the district keeps is the journal, whatever is lost, doubled or late, and
 * whoever is gone meanwhile. And a journal that is not what it was is found, said at the school, and not kept.
 */
import { cp } from 'node:fs/promises';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { leavingKinds } from '../../src/core/retention/leaving-kinds.ts';
import type { Event } from '../../src/core/types.ts';
import { leafHash } from '../../src/proof/merkle-tree.ts';
import { witnessedAt } from '../../src/proof/signed-note.ts';
import { until } from '../patience.ts';
import { dataFolder } from '../store/place.ts';
import { badWay, type WayFault } from './bad-way.ts';
import { realDistrict } from './real-district.ts';
import { climb, hastyWorld, heard, loggedIn, schoolSide } from './school-side.ts';

const leaves: ReadonlySet<string> = new Set(leavingKinds([]));
/** Lines as a district has to have them. */
const asKept = (lines: readonly string[]) =>
  lines.map((line, i) => ({
    seq: i + 1,
    leaf: leafHash(line).toString('hex'),
    line: leaves.has((JSON.parse(line) as Event).kind) ? line : null,
  }));
const started = { kind: 'started', version: '1', config: 'c', utcOffsetMin: 480 } as const;
/** A district whose clock is the school's, as the school's stands still. */
const at = (clock: { now: number }) => ({ now: () => clock.now });
const factOf = (n: number) => (n % 7 === 3 ? loggedIn : n === 5 ? climb() : heard(n));

test('over a bad way, with the district gone for a while, what it keeps is the journal', async () => {
  const district = await realDistrict();
  const key = await district.add('school-1');
  const way = await badWay(district.url);
  const faults = fc.sample(
    fc.constantFrom<WayFault>('none', 'lost', 'unanswered', 'cut', 'html', 'doubled', 'late', 'hangs'),
    { numRuns: 40, seed: 7 },
  );
  way.fault = () => faults.shift() ?? 'none';
  const school = await schoolSide({ world: hastyWorld() });
  await school.keep(started, ...Array.from({ length: 4_500 }, (_, i) => factOf(i + 2)));
  const { uplink } = school.join({ url: way.url, school: 'school-1', password: key });
  await until('some of it is there', () => (uplink.status().have ?? 0) > 2_000);
  await district.gone();
  await school.keep(...Array.from({ length: 30 }, (_, i) => heard(i)));
  await until('the school says so', () => school.troubles.has('district'));
  await district.back();
  way.target = district.url;
  await school.checkpoints.publish();
  await until('all has arrived', () => uplink.status().have === school.state.seq);
  expect(await district.lines('school-1')).toEqual(asKept(await school.lines()));
  await until('it is cosigned', () => uplink.status().cosigned?.size === school.state.seq);
  expect(witnessedAt(school.kept.at(-1)!, district.signer())).toBeDefined();
  await until('nothing is said', () => !school.troubles.has('district'));
});

test('a wrong key and a school that is not there are said, and the school works on', async () => {
  const district = await realDistrict();
  const key = await district.add('school-1');
  const school = await schoolSide();
  await school.keep(started);
  const said = (text: string) =>
    until(`it says "${text}"`, () => school.troubles.get('district')?.en.includes(text) === true);
  const { leave } = school.join({ url: district.url, school: 'school-1', password: key.replace(/.$/, '_') });
  await said("does not know this school's key");
  await leave();
  const { leave: away } = school.join({ url: district.url, school: 'school-2', password: key });
  await said('has no such school');
  await away();
  await school.keep(climb());
  const { uplink } = school.join({ url: district.url, school: 'school-1', password: key });
  await until('all has arrived', () => uplink.status().have === 2);
  await until('nothing is said', () => !school.troubles.has('district'));
});

/** A school whose journal is at the district, and its folder as it was after three lines. */
async function backedUp() {
  const district = await realDistrict();
  const key = await district.add('school-1');
  const options = { url: district.url, school: 'school-1', password: key };
  const first = await schoolSide();
  await first.keep(started, heard(2), heard(3));
  await first.close();
  const copy = await dataFolder();
  await cp(first.dir, copy, { recursive: true });
  const school = await schoolSide({ dir: first.dir });
  await school.keep(heard(4), climb());
  const joined = school.join(options);
  await until('all is there', () => joined.uplink.status().have === 5);
  return { district, school, copy, options, ...joined };
}

test('an old backup is found, said, and sent nothing of until a person decides; then the newer one goes on', async () => {
  const { district, school, copy, options } = await backedUp();
  const before = await district.lines('school-1');
  await school.close();
  const old = await schoolSide({ dir: copy });
  old.join(options);
  const saidOf = (of: typeof old) => of.troubles.get('district')?.en ?? '';
  await until('it is said', () => saidOf(old).includes('as after an old backup') || saidOf(old).includes('held back'));
  await old.keep(climb());
  expect(await district.lines('school-1')).toEqual(before);
  await old.close();
  const again = await schoolSide({ dir: school.dir });
  const { uplink } = again.join(options);
  await again.keep(heard(6));
  await until('it is held back', () => saidOf(again).includes('held back'));
  await district.settle('school-1', 'keep');
  await until('it goes on', () => uplink.status().have === 6);
  expect(await district.lines('school-1')).toEqual(asKept(await again.lines()));
});

test('a journal that was rewritten is found, and given up it begins anew', async () => {
  const { district, school, copy, options } = await backedUp();
  const before = await district.lines('school-1');
  await school.close();
  // Longer than what is there, and other than it after the third line.
  const other = await schoolSide({ dir: copy });
  await other.keep(heard(40), heard(41), heard(42), heard(43));
  const { uplink } = other.join(options);
  await until('it is said', () => /altered|held back/.test(other.troubles.get('district')?.en ?? ''));
  expect(await district.lines('school-1')).toEqual(before);
  await district.settle('school-1', 'begin-anew');
  await until('all of it is there', () => uplink.status().have === 7);
  expect(await district.lines('school-1')).toEqual(asKept(await other.lines()));
  await until('nothing is said', () => !other.troubles.has('district'));
});

test('two gateways with one id are found', async () => {
  const district = await realDistrict();
  const key = await district.add('school-1');
  const options = { url: district.url, school: 'school-1', password: key };
  const first = await schoolSide();
  await first.keep(started, heard(2));
  await first.close();
  const twin = await dataFolder();
  await cp(first.dir, twin, { recursive: true });
  const [school, clone] = [await schoolSide({ dir: first.dir }), await schoolSide({ dir: twin })];
  const { uplink } = school.join(options);
  await until('all is there', () => uplink.status().have === 2);
  clone.clock.now += 5_000;
  clone.join(options);
  const said = (of: typeof clone) => of.troubles.get('district')?.en ?? '';
  await until('one of them is told', () => {
    school.clock.now += 1_000;
    clone.clock.now += 1_000;
    return [school, clone].some((one) => /another gateway|held back/.test(said(one)));
  });
});

test('a school with a clock far off is told by how far, and its lines are taken', async () => {
  const school = await schoolSide();
  const district = await realDistrict(at({ now: school.clock.now + 3_600_000 }));
  const key = await district.add('school-1');
  await school.keep(started);
  const { uplink } = school.join({ url: district.url, school: 'school-1', password: key });
  await until('it is there', () => uplink.status().have === 1);
  expect(school.troubles.get('district-clock')?.en).toContain('3600 s behind');
});

test('an order of the bureau is in the journal of the school, once, and its outcome stands at the bureau', async () => {
  const district = await realDistrict();
  const key = await district.add('school-1');
  const school = await schoolSide();
  await school.keep(started, climb());
  const { uplink } = school.join({ url: district.url, school: 'school-1', password: key });
  await until('they know each other', () => uplink.status().name !== undefined);
  const id = await district.order({ school: 'school-1', kind: 'comment', text: '请查看北墙', alarm: 2 });
  const row = async () =>
    (
      await district
        .db()
        .query<{ taken_at: number | null; outcome: string | null }>('SELECT * FROM command WHERE id = $1', [id])
    )[0];
  await until('the district knows that it was taken', async () => (await row())?.taken_at !== null);
  await until('the district knows what came of it', async () => (await row())?.outcome === 'noted');
  expect((await school.lines()).filter((line) => line.includes('district-ordered'))).toHaveLength(1);
  expect(school.state.alarms.get(2)?.notes).toMatchObject([{ by: '李科长', text: '请查看北墙' }]);
});

test('a school that has nothing to say is heard of all the same', async () => {
  const district = await realDistrict();
  const key = await district.add('school-1');
  const school = await schoolSide();
  await school.keep(started);
  const { uplink } = school.join({ url: district.url, school: 'school-1', password: key });
  await until('it is there', () => uplink.status().have === 1);
  const seen = async () =>
    (await district.db().query<{ seen_at: number }>("SELECT seen_at FROM cursor WHERE school = 'school-1'"))[0]!
      .seen_at;
  const first = await seen();
  await until('it is heard of again', async () => (await seen()) > first);
});
