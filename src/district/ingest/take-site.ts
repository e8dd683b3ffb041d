/** The site of a school as it is now: kept with the hash over its very letters, and what is shown of the school made anew. */
import { hash } from 'node:crypto';
import { jsonText } from '../database/json-rows.ts';
import { persisting } from '../database/open-database.ts';
import { lockCursor } from './cursor-row.ts';
import { nestsDeep } from './read-line.ts';
import { SchoolRefused } from './refuse.ts';
import type { IngestParts } from './take-batch.ts';

/** `text`: what was sent; `site`: what it says. Resolves with the hash. Rejects with SchoolRefused, or with DatabaseError. */
export async function takeSite({ db, world, folding }: IngestParts, school: string, text: string, site: unknown) {
  if (nestsDeep(text)) throw new SchoolRefused('malformed', school, 'depth');
  const own = hash('sha256', text, 'hex');
  const kept = await persisting(db, async (sql) => {
    const row = await lockCursor(sql, school);
    // What a held school calls its devices is not believed either.
    if (row.held !== null) throw new SchoolRefused('quarantined', school, row.held, row.seq);
    await sql.query(
      `INSERT INTO site (school, hash, body, at) VALUES ($1, $2, $3::jsonb, $4)
       ON CONFLICT (school) DO UPDATE SET hash = excluded.hash, body = excluded.body, at = excluded.at`,
      [school, own, jsonText(site), world.now()],
    );
    return await folding.retell(sql, { ...row, site: own });
  });
  kept();
  return own;
}
