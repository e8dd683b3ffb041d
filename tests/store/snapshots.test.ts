/**
 * Snapshots of State: a start reads only what came after, a file that does not agree is thrown away and said, and one that was signed
 * for but is not what the journal says is found by the check.
 */
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { expect, onTestFinished, test } from 'vitest';
import { StateSnapshots } from '../../src/app/record/snapshot-keeping.ts';
import { evolve } from '../../src/core/evolve.ts';
import { emptyState } from '../../src/core/state.ts';
import type { Event, RecordDoubt, State, Words } from '../../src/core/types.ts';
import { newSigner } from '../../src/proof/signed-note.ts';
import { Checkpoints, schoolLog } from '../../src/store/checkpoint-keeping.ts';
import { link } from '../../src/store/journal/chain.ts';
import { openJournal } from '../../src/store/journal/journal.ts';
import { verifyJournal } from '../../src/store/journal/verify.ts';
import { keepSnapshot, readSnapshot, snapshotPaths } from '../../src/store/snapshot/snapshot-files.ts';
import { stateOf, stateText } from '../../src/store/snapshot/state-text.ts';
import { realWorld } from '../../src/world/world.ts';
import { dataFolder, listeningLog, readings, signing } from './place.ts';

/** So many lines are worth a snapshot. */
const many = 10_000;
const never = new AbortController().signal;

function folded(events: readonly Event[]): State {
  const state = emptyState();
  for (const event of events) evolve(state, event);
  return state;
}

/** A gateway's journal, checkpoints and snapshots over one data folder. */
async function running(dir: string) {
  const said = listeningLog();
  const journal = await openJournal({ dir, log: said });
  const world = realWorld(said);
  const log = signing(await schoolLog(dir, '一中'));
  const troubles = new Map<string, Words>();
  const trouble = (part: string, why: Words | undefined) =>
    void (why ? troubles.set(part, why) : troubles.delete(part));
  const site = () => ({ utcOffsetMin: 480 });
  const checkpoints = await Checkpoints.open({ dir, journal, world, witnesses: [], trouble, site }, log);
  const snapshots = new StateSnapshots({ dir, journal, log, world, trouble });
  const doubts: RecordDoubt[] = [];
  let open = true;
  const close = async () => {
    if (open) await journal.close();
    open = false;
  };
  onTestFinished(close);
  /** As a gateway at its orderly stop. */
  const stop = async () => {
    await checkpoints.publish();
    await snapshots.keepLast(checkpoints.newest());
    await close();
  };
  /** As a gateway at its start. */
  const begin = async () => {
    const state = await snapshots.begin();
    snapshots.listen((doubt) => void doubts.push(doubt));
    return state;
  };
  return { journal, log, snapshots, checkpoints, troubles, doubts, said: said.said, begin, stop, close };
}

/** A folder with a snapshot of its first lines, and some lines after it. */
async function filled(after = 5): Promise<string> {
  const dir = await dataFolder();
  const first = await running(dir);
  await first.journal.append(readings(1, many));
  await first.stop();
  const second = await running(dir);
  await second.journal.append(readings(many + 1, after));
  await second.close();
  return dir;
}

const fileOf = (dir: string) => snapshotPaths(dir)[0]!;

test('a start begins from the snapshot, folds only what came after, and has the State of the whole journal', async () => {
  const dir = await filled();
  const { begin, said, doubts, troubles } = await running(dir);
  expect(await begin()).toStrictEqual(folded(readings(1, many + 5)));
  expect(said.map(({ message }) => message)).toContain(
    'began from the snapshot of event 10000; folded 5 events after it',
  );
  expect(doubts).toEqual([]);
  expect(troubles.size).toBe(0);
  expect(await verifyJournal(dir)).toEqual({ ok: true, checked: many + 5 });
});

test('a snapshot is kept with the checkpoint when ten thousand lines came, from the one before it; the last two stay', async () => {
  const dir = await filled();
  const { journal, snapshots, checkpoints, begin, stop, log } = await running(dir);
  await begin();
  await checkpoints.publish();
  snapshots.keep(checkpoints.newest());
  await snapshots.keepLast(checkpoints.newest());
  expect(snapshotPaths(dir)).toHaveLength(1);
  writeFileSync(join(dir, 'snapshots/0000000000000007.state.1-1.part'), 'half');
  for (const from of [many + 6, 2 * many + 6]) {
    await journal.append(readings(from, many));
    await checkpoints.publish();
    await snapshots.keepLast(checkpoints.newest());
  }
  await stop();
  expect(readdirSync(join(dir, 'snapshots'))).toEqual(['0000000000020005.state', '0000000000030005.state']);
  const newest = readSnapshot(fileOf(dir), log);
  expect(newest).toMatchObject({ seq: 3 * many + 5 });
  expect(newest).toMatchObject({ text: stateText(folded(readings(1, 3 * many + 5))) });
});

test.each([
  ['a letter changed', (file: Buffer) => file.fill('x', file.length - 400, file.length - 399)],
  ['its end cut off', (file: Buffer) => file.subarray(0, file.length - 1)],
  ['nothing in it', () => Buffer.alloc(0)],
  ['a head that is none', (file: Buffer) => Buffer.from(`99999999\n${file.toString()}`)],
  ['its note alone', (file: Buffer) => file.subarray(0, file.indexOf('\n') + 1 + Number.parseInt(file.toString(), 10))],
])('a snapshot with %s is put aside and said, and the journal is folded without it', async (_what, spoil) => {
  const dir = await filled();
  writeFileSync(fileOf(dir), spoil(readFileSync(fileOf(dir))));
  expect(await verifyJournal(dir)).toMatchObject({ ok: false, snapshot: many });
  const { begin, doubts, troubles } = await running(dir);
  expect(await begin()).toBeUndefined();
  expect(doubts).toEqual([{ what: 'snapshot-spoilt', upTo: many }]);
  expect(troubles.get('snapshot')?.en).toMatch(/at event 10000 was damaged or changed.*kept as rejected\.snapshot/);
  expect(readdirSync(join(dir, 'snapshots'))).toEqual(['rejected.snapshot']);
});

test('a snapshot signed with another key is not believed', async () => {
  const dir = await filled();
  const first = await running(dir);
  const found = readSnapshot(fileOf(dir), first.log);
  if (!found || found === 'spoilt') throw new Error('there is none');
  await keepSnapshot(dir, newSigner(first.log.name), found);
  expect(await first.begin()).toBeUndefined();
  expect(first.doubts).toMatchObject([{ what: 'snapshot-spoilt' }]);
});

test('where the newest is spoilt the one before it serves', async () => {
  const dir = await filled(many);
  const first = await running(dir);
  await first.begin();
  await first.stop();
  const [newest = ''] = snapshotPaths(dir);
  writeFileSync(newest, 'x');
  const { begin, doubts } = await running(dir);
  expect(await begin()).toStrictEqual(folded(readings(1, 2 * many)));
  expect(doubts).toEqual([{ what: 'snapshot-spoilt', upTo: 2 * many }]);
});

test('a snapshot of another journal, or of an end that was cut off, is not used', async () => {
  for (const [count, change] of [
    [many + 20, 1],
    [many - 1, 0],
  ] as const) {
    const dir = await filled();
    for (const tail of ['', '-wal', '-shm']) rmSync(join(dir, `journal.db${tail}`), { force: true });
    const { journal, begin, doubts } = await running(dir);
    await journal.append(readings(1, count).map((event, i) => (i === 7 ? { ...event, at: event.at + change } : event)));
    expect(await begin()).toBeUndefined();
    expect(doubts).toEqual([{ what: 'snapshot-foreign', upTo: many }]);
  }
});

test('a snapshot that another version folded is passed over without a word of doubt', async () => {
  const dir = await filled();
  const first = await running(dir);
  const found = readSnapshot(fileOf(dir), first.log);
  if (!found || found === 'spoilt') throw new Error('there is none');
  await keepSnapshot(dir, first.log, { ...found, fold: 'f'.repeat(64), text: '{"of":"another"}' });
  expect(await first.begin()).toBeUndefined();
  expect(first.doubts).toEqual([]);
  expect(await verifyJournal(dir)).toMatchObject({ ok: true });
  await first.stop();
  const { begin } = await running(dir);
  expect(await begin()).toStrictEqual(folded(readings(1, many + 5)));
});

/** Puts a State in the place of the one that was kept, signed with the school's own key. */
async function forge(dir: string, change: (state: State) => void): Promise<void> {
  const { log, close } = await running(dir);
  const found = readSnapshot(fileOf(dir), log);
  if (!found || found === 'spoilt') throw new Error('there is none');
  const state = stateOf(found.text);
  change(state);
  await keepSnapshot(dir, log, { ...found, text: stateText(state) });
  await close();
}

test('a snapshot forged with the school’s own key is found by the check and by verify, thrown away, and said', async () => {
  const dir = await filled();
  await forge(dir, (state) => void state.zones.set('z1', { mode: 'inhibited', by: 'nobody', since: 1 }));
  expect(await verifyJournal(dir)).toMatchObject({ ok: false, snapshot: many });
  const { begin, snapshots, doubts, troubles, stop, journal } = await running(dir);
  expect((await begin())?.zones.size).toBe(1);
  // What was made of it meanwhile is as false.
  await journal.append(readings(many + 6, many));
  await stop();
  expect(snapshotPaths(dir)).toHaveLength(2);
  await snapshots.check(never, 1);
  expect(doubts).toEqual([{ what: 'snapshot-false', upTo: many }]);
  expect(troubles.get('snapshot')?.en).toMatch(/is not what the journal folds to.*restart the gateway soon/);
  expect(snapshotPaths(dir)).toEqual([]);
  const again = await running(dir);
  expect(await again.begin()).toBeUndefined();
  await again.stop();
  expect(await verifyJournal(dir)).toMatchObject({ ok: true });
});

test('the check knows what this run began from, also when that file is gone', async () => {
  const dir = await filled();
  await forge(dir, (state) => void state.sounding.set('a/b', { device: 'a', point: 'b' }));
  const { begin, snapshots, doubts } = await running(dir);
  await begin();
  rmSync(join(dir, 'snapshots'), { recursive: true });
  await snapshots.check(never, 1);
  expect(doubts).toEqual([{ what: 'snapshot-false', upTo: many }]);
});

test('a snapshot by which later lines cannot be folded does not keep a gateway from starting', async () => {
  const dir = await filled();
  await forge(dir, (state) => void Object.assign(state, { at: state.at + 1e9 }));
  const { begin, doubts } = await running(dir);
  expect(await begin()).toBeUndefined();
  expect(doubts).toEqual([{ what: 'snapshot-false', upTo: many }]);
});

test('the check finds a line that was changed before a snapshot, which no start reads any more', async () => {
  const dir = await filled();
  const db = new Database(join(dir, 'journal.db'));
  db.exec(`UPDATE events SET json = replace(json, '东墙-77"', '西墙-77"') WHERE seq = 77`);
  db.close();
  const { begin, snapshots, doubts, troubles } = await running(dir);
  expect(await begin()).toStrictEqual(folded(readings(1, many + 5)));
  await snapshots.check(never, 1);
  expect(doubts).toEqual([{ what: 'line', upTo: 77 }]);
  expect(troubles.get('recheck')?.en).toMatch(/Event 77 does not fit its hash/);
});

test('no snapshot is made of lines that do not fit the chain, or that no checkpoint was signed for', async () => {
  const dir = await dataFolder();
  const { journal, checkpoints, snapshots, troubles } = await running(dir);
  await journal.append(readings(1, many));
  await checkpoints.publish();
  const db = new Database(join(dir, 'journal.db'));
  onTestFinished(() => void db.close());
  db.exec(`UPDATE events SET json = replace(json, '东墙-77"', '西墙-77"') WHERE seq = 77`);
  await snapshots.keepLast(checkpoints.newest());
  expect(troubles.get('snapshot-keeping')?.en).toMatch(/Event 77 does not fit its hash/);
  // With every link made right again, the tree is not the one that was signed.
  let hash = '0'.repeat(64);
  for (const { seq, json } of db.prepare<[], { seq: number; json: string }>('SELECT seq, json FROM events').all()) {
    hash = link(hash, json);
    db.prepare('UPDATE events SET hash = ? WHERE seq = ?').run(hash, seq);
  }
  await snapshots.keepLast(checkpoints.newest());
  expect(troubles.get('snapshot-keeping')?.en).toMatch(/not those that the checkpoint was signed for/);
  expect(snapshotPaths(dir)).toEqual([]);
});

test('where no snapshot can be kept it is said, and everything else goes on', async () => {
  const dir = await dataFolder();
  mkdirSync(dir, { recursive: true });
  writeFileSync(join(dir, 'snapshots'), 'in the way');
  const { journal, begin, checkpoints, snapshots, troubles } = await running(dir);
  await journal.append(readings(1, many));
  await checkpoints.publish();
  await snapshots.keepLast(checkpoints.newest());
  expect(troubles.get('snapshot-keeping')?.en).toMatch(/could not be kept, so the next start takes longer/);
  expect(await begin()).toBeUndefined();
  rmSync(join(dir, 'snapshots'));
  await snapshots.keepLast(checkpoints.newest());
  expect(troubles.size).toBe(0);
  expect(snapshotPaths(dir)).toHaveLength(1);
});

test('a gateway that is stopped in the midst of the check is not kept waiting', async () => {
  const dir = await filled();
  const { begin, snapshots, doubts, troubles } = await running(dir);
  await begin();
  const stop = new AbortController();
  const checking = snapshots.check(stop.signal, 0.001);
  stop.abort();
  await checking;
  expect([...troubles.keys(), ...doubts]).toEqual([]);
});
