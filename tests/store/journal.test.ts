/** The journal on a real file: what is kept, what comes back, and what the pages may ask. */
import { statSync } from 'node:fs';
import Database from 'better-sqlite3';
import { expect, onTestFinished, test } from 'vitest';
import type { Event, Fact } from '../../src/core/types.ts';
import { openJournal } from '../../src/store/journal/journal.ts';
import { type Journal, StoreGone } from '../../src/store/store-types.ts';
import { untranslated } from '../../src/words/words.ts';
import { dataFolder, listeningLog, readings, startOfTime } from './place.ts';

async function opened(dir: string): Promise<Journal> {
  const journal = await openJournal({ dir, log: listeningLog() });
  onTestFinished(() => journal.close());
  return journal;
}

async function replayed(journal: Journal): Promise<Event[]> {
  const events: Event[] = [];
  await journal.replay((event) => events.push(event));
  return events;
}

function numbered(facts: readonly Fact[], first = 1): Event[] {
  return facts.map((fact, i) => ({ ...fact, seq: first + i, at: startOfTime + (first + i) * 1000 }));
}

test('a replay gives exactly what was appended, also after closing and opening again', async () => {
  const dir = await dataFolder();
  const events = readings(1, 25_000);
  const first = await openJournal({ dir, log: listeningLog() });
  for (let i = 0; i < events.length; i += 1000) await first.append(events.slice(i, i + 1000));
  expect(await replayed(first)).toEqual(events);
  const head = first.head();
  await first.close();

  const second = await opened(dir);
  expect(second.head()).toEqual(head);
  expect(await replayed(second)).toEqual(events);
  await second.append(readings(25_001, 1));
  expect(second.head().seq).toBe(25_001);
});

test('text with line ends, quotes, Chinese and unpaired surrogates comes back unchanged', async () => {
  const journal = await opened(await dataFolder());
  const events = numbered(
    ['a\nb', '"\\', '围墙\u2028', '\ud800', '\u0000'].map((why) => ({
      kind: 'linked',
      device: 'd',
      up: false,
      why: untranslated(why),
    })),
  );
  await journal.append(events);
  expect(await replayed(journal)).toEqual(events);
});

test('appends asked without waiting are kept in the order they were asked', async () => {
  const journal = await opened(await dataFolder());
  await Promise.all(Array.from({ length: 50 }, (_, i) => journal.append(readings(1 + i * 3, 3))));
  expect((await replayed(journal)).map(({ seq }) => seq)).toEqual(Array.from({ length: 150 }, (_, i) => i + 1));
});

test('read gives the events after a number and no more than asked', async () => {
  const journal = await opened(await dataFolder());
  await journal.append(readings(1, 20));
  expect(await journal.read(5, 4)).toEqual(readings(6, 4));
  expect(await journal.read(20, 4)).toEqual([]);
});

test('an append that does not follow the last event keeps nothing, and the right one is kept after it', async () => {
  const journal = await opened(await dataFolder());
  await journal.append(readings(1, 3));
  await expect(journal.append([...readings(4, 2), ...readings(7, 1)])).rejects.toThrow(/expects event 6 .* given 7/);
  expect(journal.head().seq).toBe(3);
  await journal.append(readings(4, 2));
  expect(await replayed(journal)).toEqual(readings(1, 5));
});

test('an append in which time runs backwards keeps nothing, and says that only a restart helps', async () => {
  const journal = await opened(await dataFolder());
  await journal.append(readings(1, 3));
  const [late] = readings(4, 1);
  const back = journal.append([{ ...late!, at: startOfTime - 1 }]);
  await expect(back).rejects.toThrow(/contradicts itself \(time ran backwards at event 4\)/);
  await expect(back).rejects.toBeInstanceOf(StoreGone);
  expect(journal.head().seq).toBe(3);
  await journal.append([late!]);
  expect(await replayed(journal)).toEqual(readings(1, 4));
});

test('the folder is closed to other users and so is every file in it', async () => {
  const dir = await dataFolder();
  const journal = await opened(`${dir}/deep/data`);
  await journal.append(readings(1, 1));
  expect(statSync(`${dir}/deep/data`).mode & 0o777).toBe(0o700);
  for (const name of ['journal.db', 'journal.db-wal', 'journal.db-shm', 'gateway.lock']) {
    expect([name, statSync(`${dir}/deep/data/${name}`).mode & 0o777]).toEqual([name, 0o600]);
  }
});

const story: readonly Fact[] = [
  {
    kind: 'raised',
    key: 'z1/climb',
    alarm: 'climb',
    priority: 2,
    device: 'f1',
    cause: 'f1/a',
    zone: 'z1',
    value: true,
    active: true,
  },
  { kind: 'repeated', alarm: 1, device: 'f1', cause: 'f1/b', active: true, priority: 1, value: 12.5 },
  { kind: 'returned-to-normal', alarm: 1, cause: 'f1/a' },
  { kind: 'returned-to-normal', alarm: 1, cause: 'f1/b' },
  { kind: 'acknowledged', alarm: 1, by: 'li' },
  { kind: 'done', duty: 'snapshot/1', ok: true, brought: '1.jpg' },
  { kind: 'closed', alarm: 1, by: 'li', reason: 'B1', note: '猫' },
  { kind: 'raised', key: 'c1/masked', alarm: 'masked', priority: 2, device: 'c1', cause: 'c1/masked', active: true },
  { kind: 'opened', round: 'r/1', route: 'r', start: startOfTime, person: 'wang' },
  {
    kind: 'checked',
    round: 'r/1',
    checkpoint: 'gate',
    verdict: 'late',
    sourceTime: startOfTime,
    offMs: 60_000,
    uploaded: true,
  },
  { kind: 'checked', round: 'r/1', checkpoint: 'yard', verdict: 'missed' },
  { kind: 'completed', round: 'r/1', counts: { 'on-time': 0, early: 0, late: 1, missed: 1, 'wrong-order': 0 } },
];

async function checkStory(journal: Journal): Promise<void> {
  const t = (seq: number): number => startOfTime + seq * 1000;
  const [second, first] = await journal.query({ table: 'alarms' });
  expect(first).toEqual({
    id: 1,
    key: 'z1/climb',
    kind: 'climb',
    priority: 1,
    device: 'f1',
    zone: 'z1',
    raisedAt: t(1),
    lastAt: t(2),
    count: 2,
    causes: [],
    value: 12.5,
    returnedAt: t(4),
    ackedBy: 'li',
    ackedAt: t(5),
    firstAckedBy: 'li',
    firstAckedAt: t(5),
    closedBy: 'li',
    closedAt: t(7),
    reason: 'B1',
    note: '猫',
    picture: '1.jpg',
  });
  expect(second).toMatchObject({ id: 8, kind: 'masked', causes: ['c1/masked'] });
  expect(second).not.toHaveProperty('closedAt');
  expect(await journal.query({ table: 'rounds' })).toEqual([
    {
      id: 'r/1',
      route: 'r',
      start: startOfTime,
      person: 'wang',
      openedAt: t(9),
      completedAt: t(12),
      onTime: 0,
      early: 0,
      late: 1,
      missed: 1,
      wrongOrder: 0,
      wrongPerson: 0,
      unknownCard: 0,
      byHand: 0,
      cancelled: 0,
      result: 'incomplete',
    },
  ]);
  const scan = { at: t(10), round: 'r/1', checkpoint: 'gate', sourceTime: startOfTime, offMs: 60_000, uploaded: true };
  expect(await journal.query({ table: 'scans', kind: 'late' })).toEqual([{ seq: 10, verdict: 'late', ...scan }]);
}

test('touches can be asked as they were made, and those that were undone or withdrawn say so', async () => {
  const journal = await opened(await dataFolder());
  const touch = { reader: 'gate', card: 'FF', source: 'import', batch: 'b' } as const;
  const hand = { reader: 'gate', card: '', person: 'li', source: 'hand', reason: '没电' } as const;
  const facts: Fact[] = [
    {
      kind: 'touched',
      reader: 'yard',
      card: 'AA',
      person: 'li',
      sourceTime: startOfTime,
      source: 'online',
      doubt: true,
    },
    { kind: 'touched', ...touch, sourceTime: startOfTime - 1_000 },
    { kind: 'import-undone', batch: 'b', by: 'wang' },
    { kind: 'touched', ...hand, by: 'wang', sourceTime: startOfTime - 2_000 },
    { kind: 'touch-withdrawn', touch: 4, by: 'chen', reason: '写错' },
  ];
  await journal.append(numbered(facts));
  const t = (seq: number): number => startOfTime + seq * 1000;
  expect(await journal.query({ table: 'touches' })).toEqual([
    {
      ...{ seq: 1, at: t(1), reader: 'yard', card: 'AA', person: 'li', sourceTime: startOfTime },
      ...{ source: 'online', doubt: true },
    },
    { seq: 2, at: t(2), ...touch, sourceTime: startOfTime - 1_000, doubt: false, undoneAt: t(3) },
    {
      ...{ seq: 4, at: t(4), ...hand, writtenBy: 'wang', sourceTime: startOfTime - 2_000 },
      ...{ doubt: false, undoneAt: t(5) },
    },
  ]);
  expect(await journal.query({ table: 'touches', device: 'gate', kind: 'import' })).toHaveLength(1);
  expect(await journal.query({ table: 'touches', kind: 'hand' })).toHaveLength(1);
});

test('a round that was changed before it was opened says so, and who was planned stands with its check', async () => {
  const journal = await opened(await dataFolder());
  const round = { round: 'r/2', route: 'r', start: startOfTime } as const;
  const covered = { how: 'covered', by: 'wang', reason: '请假', person: 'wu', of: 'li' } as const;
  const counts = { 'on-time': 1, early: 0, late: 0, missed: 2, 'wrong-order': 0 };
  await journal.append(
    numbered([
      { kind: 'round-changed', ...round, ...covered },
      { kind: 'opened', ...round, person: 'li' },
      { kind: 'checked', round: 'r/2', checkpoint: 'gate', verdict: 'missed', planned: 'wu' },
      { kind: 'round-changed', ...round, how: 'cancelled', by: 'wang', reason: '暴雨', review: true },
      { kind: 'completed', round: 'r/2', counts, brokenAt: 'gate' },
    ]),
  );
  expect(await journal.query({ table: 'rounds' })).toMatchObject([
    {
      ...{ id: 'r/2', person: 'li', openedAt: startOfTime + 2_000, result: 'broken-off', brokenAt: 'gate' },
      changes: [
        { ...covered, at: startOfTime + 1_000 },
        { how: 'cancelled', by: 'wang', at: startOfTime + 4_000, reason: '暴雨', review: true },
      ],
    },
  ]);
  expect(await journal.query({ table: 'scans' })).toMatchObject([{ checkpoint: 'gate', planned: 'wu' }]);
});

test('alarms, rounds and scans can be asked as they went', async () => {
  const journal = await opened(await dataFolder());
  await journal.append(numbered(story));
  await checkStory(journal);
  expect(await journal.query({ table: 'alarms', device: 'c1' })).toHaveLength(1);
  expect(await journal.query({ table: 'alarms', to: startOfTime + 1000 })).toMatchObject([{ id: 1 }]);
  expect(await journal.query({ table: 'alarms', from: startOfTime + 1001, limit: 5 })).toMatchObject([{ id: 8 }]);
});

test('what is for the eyes of a few can be left out of alarms and events, and does not use up a page', async () => {
  const journal = await opened(await dataFolder());
  const call = { alarm: 'duress', priority: 1, device: 'console', cause: 'duress/li', active: false } as const;
  await journal.append(
    numbered([
      story[0]!,
      { kind: 'raised', key: 'duress/yard', ...call, covert: true },
      { kind: 'acknowledged', alarm: 2, by: 'chen', covert: true },
    ]),
  );
  expect(await journal.query({ table: 'alarms' })).toMatchObject([{ id: 2, covert: true }, { id: 1 }]);
  expect(await journal.query({ table: 'alarms', covert: false, limit: 1 })).toMatchObject([{ id: 1 }]);
  expect(await journal.query({ table: 'events', covert: false, limit: 1 })).toMatchObject([{ seq: 1 }]);
  expect(await journal.query({ table: 'events', kind: 'acknowledged', covert: false })).toEqual([]);
});

test('the records are made anew from the events when their tables are of another version', async () => {
  const dir = await dataFolder();
  const first = await openJournal({ dir, log: listeningLog() });
  await first.append(numbered(story));
  await first.close();
  const db = new Database(`${dir}/journal.db`);
  db.exec("UPDATE head SET records = 0; DROP TABLE scans; UPDATE alarms SET kind = 'sos'; DELETE FROM rounds");
  db.close();

  const log = listeningLog();
  const second = await openJournal({ dir, log });
  onTestFinished(() => second.close());
  await checkStory(second);
  expect(log.said.map(({ message }) => message)).toEqual([expect.stringContaining('anew from 12 events')]);
});

test('events are found by time, device and kind, newest first, each with its hash', async () => {
  const journal = await opened(await dataFolder());
  await journal.append([
    ...readings(1, 30),
    ...numbered([{ kind: 'zone-armed', zone: 'z', mode: 'armed', by: 'li' }], 31),
  ]);
  const seqs = async (q: object): Promise<unknown[]> =>
    (await journal.query({ table: 'events', ...q })).map(({ seq }) => seq);
  expect(await seqs({ limit: 2 })).toEqual([31, 30]);
  expect(await seqs({ from: startOfTime + 3000, to: startOfTime + 5999 })).toEqual([5, 4, 3]);
  expect(await seqs({ to: startOfTime + 7000, device: 'fence-0' })).toEqual([6, 3]);
  expect(await seqs({ kind: 'zone-armed' })).toEqual([31]);
  expect(await seqs({ from: startOfTime + 99_000 })).toEqual([]);
  expect(await journal.query({ table: 'events', limit: 1 })).toMatchObject([{ hash: journal.head().hash }]);
});

test('of one alarm the journal gives every fact that speaks of it, and no other', async () => {
  const journal = await opened(await dataFolder());
  const raised = { kind: 'raised', alarm: 'climb', priority: 1, device: 'f', cause: 'f/a', active: true } as const;
  const by = { by: 'li' };
  await journal.append(
    numbered([
      { ...raised, key: 'z1/climb' },
      { ...raised, key: 'z2/climb' },
      { kind: 'read', device: 'f', point: 'alarm', value: 1 },
      { kind: 'silenced', ...by, until: startOfTime + 9e5, upTo: 2 },
      { kind: 'acknowledged', alarm: 1, ...by },
      { kind: 'acknowledged', alarm: 2, ...by },
      { kind: 'joined', alarm: 2, incident: 1, why: 'neighbour' },
      { kind: 'done', duty: 'snapshot/1', ok: true, brought: '1-1.jpg' },
      { kind: 'done', duty: 'snapshot/11', ok: true, brought: '11-1.jpg' },
      { kind: 'done', duty: 'notify/1/1/wecom', ok: false, why: untranslated('late') },
      { kind: 'shelved', key: 'z2/climb', alarm: 2, ...by, reason: 'wind', until: startOfTime + 9e6 },
      { kind: 'unshelved', key: 'z2/climb', ...by, why: 'hand' },
      { kind: 'silenced', ...by, until: startOfTime + 9e5, upTo: 1 },
      { kind: 'closed', alarm: 1, ...by, reason: 'B1' },
      { kind: 'silenced', ...by, until: startOfTime + 9e5, upTo: 2 },
    ]),
  );
  const of = async (alarm: number) => (await journal.query({ table: 'events', alarm })).map(({ seq }) => seq);
  expect(await of(1)).toEqual([14, 13, 10, 8, 7, 5, 4, 1]);
  expect(await of(2)).toEqual([15, 12, 11, 7, 6, 4, 2]);
  expect((await journal.query({ table: 'events', alarm: 1, kind: 'done' })).map(({ seq }) => seq)).toEqual([10, 8]);
});
