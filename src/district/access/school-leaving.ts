/**
 * A school leaves the district, and one that left joins again under its id: with a new key and a new journal, beside which the old one stays
 * to be read. It must never let an old key count again, nor join two journals to one.
 */
import { z } from 'zod';
import type { App } from '../../server/http/http-app.ts';
import { Problem } from '../../server/http/problem.ts';
import { schoolHasLeft, schoolIsHere } from '../../words/district/access-words.ts';
import { persisting } from '../database/open-database.ts';
import { beginEpoch, endOrders } from '../ingest/begin-epoch.ts';
import { knownCursor, saveCursor } from '../ingest/cursor-row.ts';
import type { AccessParts } from './access-context.ts';
import { needs, officerOf } from './district-door.ts';
import { type AddKey, keyMade } from './school-keys.ts';
import { seeSchool } from './street-sight.ts';

const one = z.object({ school: z.string().max(40) });
const nothing = z.strictObject({});

/** Hangs the addresses in. */
export function leavingRoutes(
  app: App,
  { db, fanout, world, trail }: Pick<AccessParts, 'db' | 'fanout' | 'world' | 'trail'>,
  addKey: AddKey,
): void {
  const asks = needs('keys');
  app.post(
    '/api/schools/:school/leave',
    { config: asks, schema: { params: one, body: nothing, response: { 204: z.null() } } },
    async (request, reply) => {
      const { school } = request.params;
      const officer = officerOf(request);
      await persisting(db, async (sql) => {
        await seeSchool(sql, officer, school);
        const now = world.now();
        const rows = await sql.query(
          'UPDATE school SET left_at = $2 WHERE school = $1 AND left_at IS NULL RETURNING school',
          [school, now],
        );
        if (rows.length === 0) throw new Problem(409, 'school-left', schoolHasLeft);
        await sql.query(
          'UPDATE school_key SET withdrawn_at = $2, withdrawn_by = $3 WHERE school = $1 AND withdrawn_at IS NULL',
          [school, now, officer.name],
        );
        await endOrders(sql, school, officer.name, now);
        await trail.appendIn(sql, { officer: officer.name, kind: 'school-left', school });
      });
      fanout.tell({ kind: 'access', school });
      return reply.code(204).send(null);
    },
  );
  app.post(
    '/api/schools/:school/rejoin',
    { config: asks, schema: { params: one, body: nothing, response: { 200: keyMade } } },
    async (request) => {
      const { school } = request.params;
      const { name: by, streets } = officerOf(request);
      return await persisting(db, async (sql) => {
        await seeSchool(sql, { streets }, school);
        const now = world.now();
        // The cursor first, as whoever takes a batch does.
        const row = await knownCursor(sql, school);
        const rows = await sql.query<{ epoch: number }>(
          'UPDATE school SET left_at = NULL, joined_at = $2 WHERE school = $1 AND left_at IS NOT NULL RETURNING epoch',
          [school, now],
        );
        if (rows.length === 0) throw new Problem(409, 'school-here', schoolIsHere);
        if (row) {
          await beginEpoch(sql, row, by, now);
          Object.assign(row, { held: null, held_at: null, boot: null, boots: [], seen_at: null, clock_off: null });
          await saveCursor(sql, row);
          await sql.query(
            `UPDATE quarantine SET settled_at = $2, settled_by = $3, settled_how = 'begin-anew'
             WHERE school = $1 AND settled_at IS NULL AND code <> 'line'`,
            [school, now, by],
          );
        }
        // Nobody was silent in a time in which it did not belong here.
        await sql.query('UPDATE outage SET until = $2 WHERE school = $1 AND until IS NULL', [school, now]);
        await sql.query('DELETE FROM school_trouble WHERE school = $1', [school]);
        const key = await addKey(sql, school, by);
        const body = { key: key.id, epoch: row?.epoch ?? rows[0]?.epoch };
        await trail.appendIn(sql, { officer: by, kind: 'school-rejoined', school, body });
        return key;
      });
    },
  );
}
