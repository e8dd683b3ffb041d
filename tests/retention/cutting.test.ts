/**
 * Cutting what was kept long enough: what is old goes, what is open or held stays, every line that is left is proved as before, and State and the
 * tables are what they were.
 */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { evolve } from '../../src/core/evolve.ts';
import type { Event, KeepDays, State } from '../../src/core/types.ts';
import { includeAll } from '../../src/proof/inclusion-walk.ts';
import { leafHash, rootByInclusion } from '../../src/proof/merkle-tree.ts';
import { openCheckpoint } from '../../src/proof/signed-note.ts';
import { cutOf, leafOfRow } from '../../src/store/journal/cut-lines.ts';
import { openJournal } from '../../src/store/journal/journal.ts';
import { verifyJournal } from '../../src/store/journal/verify.ts';
import { stateText } from '../../src/store/snapshot/state-text.ts';
import { dataFolder, listeningLog } from '../store/place.ts';
import { after, type DayWish, dayMs, fill, folded, keeping, longJournal } from './long-journal.ts';

interface Row {
  readonly seq: number;
  readonly kind: string;
  readonly json: string;
}
function rowsOf<R = Row>(dir: string, sql = 'SELECT seq, kind, json FROM events ORDER BY seq'): R[] {
  const db = new Database(join(dir, 'journal.db'), { readonly: true });
  try {
    return db.prepare<[], R>(sql).all();
  } finally {
    db.close();
  }
}
const eventsOf = (dir: string): Event[] => rowsOf(dir).flatMap(({ json }) => (cutOf(json) ? [] : [JSON.parse(json)]));
const recordsOf = (dir: string) =>
  ['alarms', 'rounds', 'scans', 'touches', 'posts'].map((table) => rowsOf<object>(dir, `SELECT * FROM ${table}`));

/** State as the journal gives it without a snapshot, as another version of the program would make it. */
async function stateWithoutSnapshots(dir: string, now: number): Promise<State> {
  rmSync(join(dir, 'snapshots'), { recursive: true, force: true });
  const { gateway, close } = await keeping(dir, now);
  const text = await gateway.read((state) => stateText(state as unknown as State));
  await close();
  return JSON.parse(text) as State;
}

/** The State of all events, and of those that came after. */
function stateOfAll(before: readonly Event[], dir: string): State {
  const state = folded(before);
  for (const event of eventsOf(dir)) if (event.seq > state.seq) evolve(state, event);
  return JSON.parse(stateText(state)) as State;
}

test('alarm and patrol records of ninety days ago are cut, access records stay for twice as long, and all verifies', async () => {
  const dir = await dataFolder();
  const events = longJournal(130);
  await fill(dir, events);
  const { cut, close } = await keeping(dir, after(events));
  expect(await cut()).toBeGreaterThan(400);
  await close();
  expect(await verifyJournal(dir)).toMatchObject({ ok: true });
  const old = rowsOf(dir).slice(0, 400);
  expect(new Set(old.map(({ kind }) => kind))).toEqual(
    new Set(['cut', 'started', 'logged-in', 'logged-out', 'exported']),
  );
  // Ninety whole days lie between what was cut and today.
  const told = eventsOf(dir).filter((event) => event.kind === 'pruned');
  expect(told.at(-1)).toMatchObject({ day: '2026-04-09', days: 90 });
  expect(new Set(told.map((fact) => fact.class))).toEqual(new Set(['alarm', 'patrol']));
  expect(told.reduce((all, { lines }) => all + lines, 0)).toBe(rowsOf(dir).filter(({ kind }) => kind === 'cut').length);
  const again = await keeping(dir, after(events) + dayMs / 2);
  expect(await again.cut()).toBe(0);
});

test('without a word of it in the configuration nothing is ever cut', async () => {
  const dir = await dataFolder();
  const events = longJournal(400);
  await fill(dir, events);
  const { cut, close } = await keeping(dir, after(events), {});
  expect(await cut()).toBe(0);
  await close();
  expect(rowsOf(dir).some(({ kind }) => kind === 'cut')).toBe(false);
});

test('a gateway that starts with a clock years ahead cuts nothing, nor when it has run so for two days', async () => {
  const dir = await dataFolder();
  const events = longJournal(60);
  await fill(dir, events);
  const leapt = await keeping(dir, after(events) + 900 * dayMs);
  expect(await leapt.cut()).toBe(0);
  await leapt.close();
  const later = await keeping(dir, after(events) + 901 * dayMs);
  expect(await later.cut()).toBe(0);
  await later.close();
  const calm = await keeping(dir, after(events) + 902 * dayMs - 600_000);
  expect(await calm.cut()).toBe(0);
  await calm.close();
  expect(rowsOf(dir).some(({ kind }) => kind === 'cut')).toBe(false);
});

test('less than the least is not cut, whatever the configuration was made to say', async () => {
  const dir = await dataFolder();
  const events = longJournal(130);
  await fill(dir, events);
  const { cut, close } = await keeping(dir, after(events), { alarm: 1, patrol: 1, access: 1 });
  await cut();
  await close();
  const kept = eventsOf(dir);
  const young = after(events) - 91 * dayMs;
  expect(kept.filter(({ at }) => at > young)).toHaveLength(
    events.filter(({ at }) => at > young).length + kept.filter(({ seq }) => seq > events.length).length,
  );
});

test('open alarms, incidents that a late alarm belongs to, and rounds that were judged anew stay whole', async () => {
  const dir = await dataFolder();
  const wishes = new Map<number, DayWish>([
    [3, { closes: 'never', joins: true }],
    [4, { closes: 100 }],
    [6, { rejudged: 110 }],
  ]);
  const events = longJournal(130, wishes);
  await fill(dir, events);
  const { cut, close } = await keeping(dir, after(events));
  await cut();
  await close();
  const kept = eventsOf(dir);
  const [open, joined, late] = events
    .filter((event) => event.kind === 'raised' && /^z[34]\./.test(event.key))
    .map(({ seq }) => seq);
  const about = (alarm: number | undefined) => (event: Event) =>
    event.seq === alarm || ('alarm' in event && event.alarm === alarm);
  for (const alarm of [open, joined, late]) {
    expect(kept.filter(about(alarm))).toEqual(events.filter(about(alarm)));
  }
  const sixth = events.find(
    (event) => event.kind === 'opened' && event.seq > late! + 20 && event.at > events[0]!.at + 6 * dayMs,
  );
  const round = sixth?.kind === 'opened' ? sixth.round : '';
  const ofRound = (event: Event) => 'round' in event && event.round === round;
  expect(events.filter(ofRound).length).toBe(5);
  expect(kept.filter(ofRound)).toEqual(events.filter(ofRound));
  expect(await verifyJournal(dir)).toMatchObject({ ok: true });
});

test('an incident whose file was taken stays until a person releases it, and goes then', async () => {
  const dir = await dataFolder();
  const events = longJournal(130, new Map([[2, { joins: true }]]));
  await fill(dir, events);
  const incident = events.find((event) => event.kind === 'raised' && event.key === 'z2.0/climb')!.seq;
  const ofIncident = (event: Event) =>
    event.kind !== 'displayed' && (event.seq === incident || ('alarm' in event && event.alarm === incident));
  const first = await keeping(dir, after(events));
  await first.gateway.offer({ kind: 'door', fact: { kind: 'held', incident, by: 'audit' } });
  expect(await first.cut()).toBeGreaterThan(0);
  await first.close();
  expect(eventsOf(dir).filter(ofIncident)).toEqual(events.filter(ofIncident));
  const second = await keeping(dir, after(events) + 600_000);
  const head = { name: 'zhao', role: 'head' } as const;
  await second.gateway.command(head, { do: 'release-case', incident, reason: '案件已结' });
  expect(await second.cut()).toBeGreaterThan(0);
  await second.close();
  expect(eventsOf(dir).filter(ofIncident)).toEqual([]);
  expect(eventsOf(dir).filter(({ kind }) => kind === 'released')).toHaveLength(1);
  expect(await verifyJournal(dir)).toMatchObject({ ok: true });
});

const wish: fc.Arbitrary<DayWish> = fc.record(
  {
    closes: fc.oneof(fc.integer({ min: 1, max: 120 }), fc.constant('never' as const)),
    joins: fc.boolean(),
    rejudged: fc.integer({ min: 1, max: 60 }),
    covert: fc.boolean(),
  },
  { requiredKeys: [] },
) as fc.Arbitrary<DayWish>;
const keep: fc.Arbitrary<KeepDays> = fc.record(
  { alarm: fc.integer({ min: 90, max: 150 }), patrol: fc.integer({ min: 90, max: 150 }), access: fc.constant(180) },
  { requiredKeys: [] },
) as fc.Arbitrary<KeepDays>;

test('whatever is cut: each line that stays is proved against an old checkpoint, State and tables are as without it', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 95, max: 200 }),
      fc.array(fc.tuple(fc.nat(199), wish), { maxLength: 12 }),
      keep,
      fc.integer({ min: 20, max: 400 }),
      fc.array(fc.nat(80), { maxLength: 3 }),
      async (days, wishes, keepDays, most, held) => {
        const dir = await dataFolder();
        const events = longJournal(days, new Map(wishes));
        await fill(dir, events);
        const first = await keeping(dir, after(events), keepDays);
        await first.checkpoints.publish();
        const note = first.checkpoints.newest()!.note;
        for (const day of held) {
          const raised = events.find((event) => event.kind === 'raised' && event.key === `z${day}.0/climb`);
          if (raised)
            await first.gateway.offer({ kind: 'door', fact: { kind: 'held', incident: raised.seq, by: 'audit' } });
        }
        await first.cut(most);
        await first.close();

        const head = openCheckpoint(note, first.log)!;
        const rows = rowsOf(dir);
        let at = 0;
        const kept = rows.slice(0, head.size).flatMap(({ seq, json }) => (cutOf(json) ? [] : [seq - 1]));
        const { root, proofs } = includeAll(head.size, kept, () => leafOfRow(rows[at++]!.json));
        expect(root).toEqual(head.root);
        for (const index of kept) {
          const leaf = leafHash(rows[index]!.json);
          expect(rootByInclusion(index, head.size, leaf, proofs.get(index)!)).toEqual(head.root);
        }
        expect(await verifyJournal(dir)).toMatchObject({ ok: true, checked: rows.length });
        const asTold = recordsOf(dir);
        await (await openJournal({ dir, log: listeningLog(), anew: true })).close();
        expect(recordsOf(dir)).toEqual(asTold);
        const state = await stateWithoutSnapshots(dir, after(events) + 60_000);
        expect(state).toEqual(stateOfAll(events, dir));
      },
    ),
    {
      numRuns: 4,
      examples: [
        [
          120,
          [
            [9, { closes: 'never', joins: true }],
            [12, { closes: 60 }],
            [14, { rejudged: 50 }],
          ],
          { alarm: 90, patrol: 100 },
          33,
          [11, 12],
        ],
      ],
    },
  );
});
