/**
 * Checkpoints of a journal on a disk: signed as it grows, found again after a restart, given to witnesses, and held against a
 * journal that was rewritten whole, with every link of its chain right.
 */
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import type { Words } from '../../src/core/types.ts';
import { hashesOf, leafHash } from '../../src/proof/merkle-tree.ts';
import { openCheckpoint, readVerifierKey } from '../../src/proof/signed-note.ts';
import { Checkpoints, putCheckpointsAside, schoolLog, witnessHeads } from '../../src/store/checkpoint-keeping.ts';
import { openJournal } from '../../src/store/journal/journal.ts';
import { verifyJournal } from '../../src/store/journal/verify.ts';
import { knownHeads } from '../../src/store/known-heads.ts';
import { realWorld } from '../../src/world/world.ts';
import { dataFolder, listeningLog, readings } from '../store/place.ts';

const school = '一中 Nr+1';
const hourMs = 3_600_000;
/** Noon of a day, UTC. */
const noon = Date.UTC(2026, 10, 29, 12);

interface Stand {
  readonly dir: string;
  readonly witness: string;
}

async function stand(): Promise<Stand> {
  const dir = await dataFolder();
  const witness = await dataFolder();
  return { dir, witness };
}

/** A gateway's journal and checkpoints over one data folder; `at` may be moved on. */
async function running({ dir, witness }: Stand) {
  const journal = await openJournal({ dir, log: listeningLog() });
  const clock = { at: noon };
  const troubles = new Map<string, Words>();
  const log = await schoolLog(dir, school);
  const options = {
    ...{ dir, journal, world: { ...realWorld(listeningLog()), now: () => clock.at }, witnesses: [witness] },
    trouble: (part: string, why: Words | undefined) => void (why ? troubles.set(part, why) : troubles.delete(part)),
    site: () => ({ utcOffsetMin: 480 }),
  };
  const checkpoints = await Checkpoints.open(options, log);
  let open = true;
  const close = async () => {
    if (open) await journal.close();
    open = false;
  };
  onTestFinished(close);
  return { journal, clock, troubles, log, checkpoints, close };
}

const notes = (dir: string) => readdirSync(join(dir, 'checkpoints')).filter((name) => name.endsWith('.note'));
const noteOf = ({ dir }: Stand) => readFileSync(join(dir, 'checkpoints/latest.note'), 'utf8');
const keyOf = ({ dir }: Stand) => readVerifierKey(readFileSync(join(dir, 'proof.vkey'), 'utf8'))!;

test('each hour the journal is signed as far as it is, by a key that only its owner can read', async () => {
  const place = await stand();
  const { journal, clock, checkpoints, log } = await running(place);
  await checkpoints.keep();
  expect(readdirSync(place.dir)).not.toContain('checkpoints');

  await journal.append(readings(1, 12_345));
  clock.at += hourMs;
  await checkpoints.keep();
  const lines = readings(1, 12_345).map((event) => leafHash(JSON.stringify(event)));
  const first = openCheckpoint(noteOf(place), keyOf(place));
  expect(first).toMatchObject({ origin: 'gatehouse/%E4%B8%80%E4%B8%AD%20Nr%2B1', size: 12_345 });
  expect(first?.root).toEqual(hashesOf(lines)(0, 12_345));
  expect(first?.more).toEqual([`chain ${journal.head().hash}`]);
  expect(statSync(join(place.dir, 'proof.key')).mode & 0o777).toBe(0o600);

  await journal.append(readings(12_346, 5));
  clock.at += hourMs / 2;
  await checkpoints.keep();
  expect(noteOf(place)).toBe(checkpoints.newest()?.note);
  expect(openCheckpoint(noteOf(place), log)?.size).toBe(12_345);
  clock.at += hourMs / 2;
  await checkpoints.keep();
  expect(openCheckpoint(noteOf(place), log)?.size).toBe(12_350);
});

test('the last checkpoint of a day by the school’s clock stays as that of the day', async () => {
  const place = await stand();
  const { journal, clock, checkpoints } = await running(place);
  await journal.append(readings(1, 10));
  // 23:30 in China, and half a minute after the midnight that follows.
  clock.at = Date.UTC(2026, 10, 29, 15, 30);
  await checkpoints.keep();
  await journal.append(readings(11, 10));
  clock.at = Date.UTC(2026, 10, 29, 16, 0, 30);
  await checkpoints.keep();
  expect(notes(place.dir).sort()).toEqual(['2026-11-29.note', 'latest.note']);
  await journal.append(readings(21, 10));
  clock.at += hourMs;
  await checkpoints.keep();
  expect(notes(place.dir).sort()).toEqual(['2026-11-29.note', '2026-11-30.note', 'latest.note']);
  const day = readFileSync(join(place.dir, 'checkpoints/2026-11-29.note'), 'utf8');
  expect(openCheckpoint(day, keyOf(place))?.size).toBe(20);
});

test('after a restart the same key goes on where the tree stood, also when what was kept of it is spoilt', async () => {
  const place = await stand();
  const before = await running(place);
  await before.journal.append(readings(1, 100));
  await before.checkpoints.publish();
  await before.close();
  writeFileSync(join(place.dir, 'checkpoints/edge.json'), '{"size":100,"roots":["00"]}');
  const after = await running(place);
  await after.journal.append(readings(101, 100));
  await after.checkpoints.publish();
  const lines = readings(1, 200).map((event) => leafHash(JSON.stringify(event)));
  expect(openCheckpoint(noteOf(place), before.log)?.root).toEqual(hashesOf(lines)(0, 200));
  expect(await verifyJournal(place.dir)).toMatchObject({ ok: true });
});

/** Puts another journal, as long and with every link right, in the place of the one that was signed. */
async function rewrite({ dir }: Stand, size: number): Promise<void> {
  const other = await dataFolder();
  const journal = await openJournal({ dir: other, log: listeningLog() });
  await journal.append(readings(1, size).map((event, i) => (i === 7 ? { ...event, at: event.at + 1 } : event)));
  await journal.close();
  for (const tail of ['', '-wal', '-shm']) {
    rmSync(join(dir, `journal.db${tail}`), { force: true });
    if (readdirSync(other).includes(`journal.db${tail}`))
      renameSync(join(other, `journal.db${tail}`), join(dir, `journal.db${tail}`));
  }
  for (const name of ['journal.head.json', 'series.db']) rmSync(join(dir, name), { force: true });
}

test('a journal rewritten whole with every link right is found by a checkpoint, at verify and at the start', async () => {
  const place = await stand();
  const { journal, checkpoints, close } = await running(place);
  await journal.append(readings(1, 100));
  await checkpoints.publish();
  await close();
  await rewrite(place, 120);
  expect(await verifyJournal(place.dir)).toMatchObject({ ok: false, broken: 100 });
  expect(knownHeads(place.dir)).toMatchObject([{ place: 'checkpoint', seq: 100 }]);
});

test('a witness keeps what it has when the tree is another, says so, and is asked at the next start', async () => {
  const place = await stand();
  const first = await running(place);
  await first.journal.append(readings(1, 100));
  await first.checkpoints.publish();
  await first.close();
  const [name = ''] = readdirSync(place.witness);
  const kept = readFileSync(join(place.witness, name), 'utf8');
  expect(kept).toBe(noteOf(place));

  await rewrite(place, 120);
  await putCheckpointsAside(place.dir, noon);
  const second = await running(place);
  await second.checkpoints.publish();
  expect(readFileSync(join(place.witness, name), 'utf8')).toBe(kept);
  expect([...second.troubles.values()].map(({ en }) => en)).toEqual([
    expect.stringMatching(/checkpoint in .* \(100 lines\) does not agree with the journal/),
  ]);
  const [head] = await witnessHeads([place.witness], second.log, realWorld(listeningLog()));
  expect(head).toMatchObject({ place: 'witness', seq: 100 });
});

test('a stick that is away, or holds something else, is said, and signing goes on', async () => {
  const place = await stand();
  const { journal, checkpoints, troubles } = await running(place);
  await journal.append(readings(1, 100));
  rmSync(place.witness, { recursive: true });
  await checkpoints.publish();
  expect([...troubles.values()].map(({ en }) => en)).toEqual([expect.stringMatching(/cannot be used \(ENOENT\)/)]);
  mkdirSync(place.witness);
  await checkpoints.publish();
  expect(troubles.size).toBe(0);
  const [name = ''] = readdirSync(place.witness);
  writeFileSync(join(place.witness, name), 'holiday pictures');
  await checkpoints.publish();
  expect([...troubles.values()].map(({ en }) => en)).toEqual([expect.stringMatching(/not signed with this school/)]);
  expect(readFileSync(join(place.witness, name), 'utf8')).toBe('holiday pictures');
});
