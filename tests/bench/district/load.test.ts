/**
 * That the bench of the district reckons rightly: its tree is RFC 6962's, its lines are those of a real night, its batches are what the district takes,
 * and what it forges is found. How fast anything is is not judged here.
 */
import { expect, onTestFinished, test } from 'vitest';
import { ingestRequest } from '../../../src/uplink/protocol.ts';
import { embedded } from '../../district/embedded-store.ts';
import { leafOf, rootOver } from '../../district/made-school.ts';
import { addSchool, leavesOf, testNode } from '../../district/some-district.ts';
import { toTile } from './bench-stage.ts';
import { benchLeaf, treeOver } from './line-tree.ts';
import { LoadSchool } from './load-school.ts';
import { playedNight } from './played-lines.ts';

const night = await playedNight(0.5);
const parts = { key: 'none', log: 'bench+00000000+AA==', site: night.site, moulds: night.moulds };

test('its tree is that of RFC 6962 at every size', () => {
  const leaves = Array.from({ length: 70 }, (_, n) => benchLeaf(`line ${n}`));
  expect(leaves[3]).toEqual(leafOf('line 3'));
  for (let size = 0; size <= leaves.length; size++)
    expect(treeOver(leaves.slice(0, size)).root(), `${size}`).toBe(rootOver(leaves.slice(0, size)).toString('hex'));
});

test('its lines are those of a night: numbered, some of them stay at the school, and alarms are among them', () => {
  expect(night.moulds.length).toBeGreaterThan(200);
  const lines = night.moulds.map(
    ({ head, tail }) => JSON.parse(`${head}17${tail}`) as { seq: number; at: number; kind: string },
  );
  expect(lines.map(({ seq }) => seq)).toEqual(lines.map((_, n) => n + 1));
  expect(new Set(lines.map(({ at }) => at))).toEqual(new Set([17]));
  expect(lines.filter(({ kind }) => kind === 'raised').length).toBeGreaterThan(5);
  expect(night.moulds.some(({ leaves }) => !leaves)).toBe(true);
});

test('the district takes its batches, folds every line and has the same leaves; a forged history it does not take', async () => {
  const { db } = await embedded.open();
  onTestFinished(() => db.close());
  const node = testNode(db);
  const school = new LoadSchool({ id: 'bench-1', ...parts });
  await addSchool(db, school);
  school.say(150, node.now);
  // Nobody answers it here: each batch is made as if nothing had been taken yet.
  for (const from of [1, 51, 101]) await node.take(ingestRequest.parse(JSON.parse(school.batch(from, 50))));
  school.raise(node.now);
  expect(school.ahead).toHaveLength(1);
  const late = ingestRequest.parse(JSON.parse(school.batch(101, 50)));
  expect((await node.take(late)).have).toBe(150);
  expect(await leavesOf(db, 'bench-1')).toEqual(school.leaves.slice(0, 150).map((leaf) => leaf.toString('hex')));
  expect(await db.query('SELECT seq, en FROM quarantine')).toEqual([]);
  const forged = {
    ...ingestRequest.parse(JSON.parse(school.batch(151, 1))),
    before: benchLeaf('other').toString('hex'),
  };
  await expect(node.take(forged)).rejects.toMatchObject({ code: 'rewritten' });
});

test('a burst counts by the first tile that shows it, and not at all where none does', () => {
  const sight = (at: number, toldAt: number) => ({ at, toldAt, behind: 0, p1: 0, ahead: false });
  const sights = new Map([['a', [sight(1_050, 900), sight(1_400, 1_200), sight(1_900, 1_800)]]]);
  const burst = (school: string, at: number) => ({ school, at, answeredMs: 1 });
  expect(toTile([burst('a', 900), burst('a', 1_000), burst('a', 1_850), burst('b', 900)], sights)).toEqual([150, 400]);
});
