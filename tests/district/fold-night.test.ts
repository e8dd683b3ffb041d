/**
 * What a district makes of a night at a real gateway's journal: the same alarms and rounds as the school's own tables, which are made by other
 * code, however the batches are cut, whichever node takes them, and whatever transaction came to nothing on the way.
 */
import Sqlite from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { stories } from '../../simulators/virtual/stories.ts';
import { leavingKinds } from '../../src/core/retention/leaving-kinds.ts';
import type { Event } from '../../src/core/types.ts';
import type { Database } from '../../src/district/database/database.ts';
import { takeBatch } from '../../src/district/ingest/take-batch.ts';
import { takeSite } from '../../src/district/ingest/take-site.ts';
import { recorder, resetRecords } from '../../src/store/journal/projections.ts';
import { campus, play } from '../simulation/night.ts';
import { embedded } from './embedded-store.ts';
import { leafOf, MadeSchool } from './made-school.ts';
import { addSchool, leavesOf, type TestNode, testNode } from './some-district.ts';

/** What the school's own tables say after these events. */
function ownTables(events: readonly Event[]) {
  const db = new Sqlite(':memory:');
  resetRecords(db);
  const record = recorder(db);
  for (const event of events) record(event);
  const alarms = db.prepare(
    `SELECT id, key, kind, priority, device, zone, raisedAt, lastAt, count, returnedAt, ackedBy, ackedAt, firstAckedBy, firstAckedAt,
     dispatchedTo, arrivedAt, level, incident, finding, closedBy, closedAt, reason, note FROM alarms ORDER BY id`,
  );
  const rounds = db.prepare(
    'SELECT id, route, start, person, openedAt, completedAt, result, coalesce(missed, 0) + coalesce(unknownCard, 0) + coalesce(byHand, 0) AS missed, onTime FROM rounds WHERE completedAt IS NOT NULL ORDER BY id',
  );
  return { alarms: alarms.all(), rounds: rounds.all() };
}

/** The same as the district has it. */
async function districtTables(db: Database, school: string) {
  const alarms = await db.query(
    `SELECT id, key, kind, priority, device, zone, raised_at AS "raisedAt", last_at AS "lastAt", count, returned_at AS "returnedAt",
     acked_by AS "ackedBy", acked_at AS "ackedAt", first_acked_by AS "firstAckedBy", first_acked_at AS "firstAckedAt",
     dispatched_to AS "dispatchedTo", arrived_at AS "arrivedAt", level, incident, finding, closed_by AS "closedBy",
     closed_at AS "closedAt", reason, note FROM alarm WHERE school = $1 ORDER BY id`,
    [school],
  );
  const rounds = await db.query(
    `SELECT id, route, start, person, opened_at AS "openedAt", completed_at AS "completedAt", result, missed, on_time AS "onTime"
     FROM round WHERE school = $1 AND completed_at IS NOT NULL ORDER BY id COLLATE "C"`,
    [school],
  );
  return { alarms, rounds };
}

describe('the fold of a night', () => {
  let db: Database;
  beforeAll(async () => {
    ({ db } = await embedded.open());
  });
  afterAll(async () => await db.close());

  test.each(['school-day', 'guard-late', 'storm', 'two-at-once'])(
    '%s: the district’s tables are the school’s',
    async (name) => {
      const config = await campus();
      const events: Event[] = [];
      const story = stories.get(name)!;
      await play({
        ...{ config, story, seed: 3, hours: 1.2 },
        each: (seen) => {
          if (seen.what === 'kept') events.push(...seen.events);
        },
      });
      const school = new MadeSchool(name);
      const leaves: ReadonlySet<string> = new Set(leavingKinds([]));
      for (const event of events) {
        school.lines.push(JSON.stringify(event));
        if (!leaves.has(event.kind)) school.kept.add(event.seq);
      }
      school.at = events.at(-1)?.at ?? 0;
      await addSchool(db, school);
      const first = testNode(db);
      const nodes: TestNode[] = [first, testNode(db, first.signer)];
      for (const node of nodes) node.now = school.at;
      await first.take(school.batch(1, 0));
      await takeSite(first, school.id, JSON.stringify(config.site), config.site);
      const sizes = [1, 37, 500, 3, 211, 1_900];
      let have = 0;
      for (let i = 0; have < school.lines.length; i++) {
        const node = nodes[i % 2]!;
        const batch = school.batch(have + 1, sizes[i % sizes.length]!);
        // Folded, and then given up: nothing of it may be remembered.
        if (i % 4 === 1) {
          const transaction: Database['transaction'] = (work) =>
            db.transaction(async (sql) => {
              await work(sql);
              throw new Error('the power went');
            });
          const breaking: Database = { ...db, transaction };
          await expect(testTake(node, breaking, batch)).rejects.toThrow('the power went');
        }
        ({ have } = await node.take(batch));
      }
      expect(await db.query('SELECT seq, en FROM quarantine WHERE school = $1', [school.id])).toEqual([]);
      expect(await leavesOf(db, school.id)).toEqual(school.lines.map((line) => leafOf(line).toString('hex')));
      const [own, theirs] = [ownTables(events), await districtTables(db, school.id)];
      expect(own.alarms.length).toBeGreaterThan(0);
      expect(theirs).toEqual(own);
    },
  );
});

/** Takes a batch by the node's own memory, over another way to the database. */
async function testTake(node: TestNode, db: Database, batch: Parameters<TestNode['take']>[0]): Promise<unknown> {
  return await takeBatch({ ...node, db }, batch);
}
