/** `GET /api/retention`: how much the district keeps, since when, how large, and by which rule it goes. It must never count by reading all of it. */
import type { App } from '../../server/http/http-app.ts';
import { needs, officerOf } from '../access/district-door.ts';
import { inSight, sightOf } from '../access/street-sight.ts';
import type { KeepFor, KeptAnswer, KeptOfSchool } from '../board/keep-rules.ts';
import type { Database } from '../database/database.ts';

/** A partition counts with the table it is of. */
const TABLES = `
  SELECT coalesce(p.relname, c.relname) AS table, sum(greatest(c.reltuples, 0))::bigint AS rows, sum(pg_total_relation_size(c.oid))::bigint AS bytes
    FROM pg_class c LEFT JOIN pg_inherits i ON i.inhrelid = c.oid LEFT JOIN pg_class p ON p.oid = i.inhparent
   WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace GROUP BY 1 ORDER BY bytes DESC, 1`;

const SCHOOLS = `
  SELECT s.school, s.name_zh AS zh, s.name_en AS en,
         (coalesce(c.seq, 0) + coalesce((SELECT sum(o.size) FROM (SELECT max(e.seq) AS size FROM journal e
            WHERE e.school = s.school AND e.epoch < s.epoch GROUP BY e.epoch) o), 0))::bigint AS lines,
         coalesce(k.lines, 0)::bigint AS cut, coalesce(k.before, s.joined_at) AS since
    FROM school s LEFT JOIN cursor c ON c.school = s.school
    LEFT JOIN (SELECT school, sum(lines) AS lines, max(before) AS before FROM cut GROUP BY school) k ON k.school = s.school
   WHERE ${inSight(1, 's.school')} ORDER BY s.school`;

/** Hangs the address in. */
export function retentionRoutes(app: App, { db, keep }: { readonly db: Database; readonly keep: KeepFor }): void {
  app.get(
    '/api/retention',
    { config: needs('retention'), schema: { summary: 'How much is kept, since when, how large' } },
    async (request): Promise<KeptAnswer> => {
      const tables = await db.query<KeptAnswer['tables'][number]>(TABLES);
      const schools = await db.query<KeptOfSchool>(SCHOOLS, [sightOf(officerOf(request))]);
      const [last] = await db.query<{ value: string }>("SELECT value FROM setting WHERE name = 'cut-at'");
      const bytes = tables.reduce((all, one) => all + one.bytes, 0);
      return { keep, lastAt: last ? Number(last.value) : null, bytes, tables, schools };
    },
  );
}
