/** Puts schools with their keys and the officers of the demonstration into a district that has none. It is for demonstrations alone. */
import type { DemoPlace } from '../../../simulators/district-names.ts';
import { addOfficer, setPassword } from '../../district/access/officers.ts';
import { makeSchoolKey } from '../../district/ingest/school-key.ts';
import type { DistrictContext } from '../../district/service/district-context.ts';
import { hashOf } from '../../server/auth/hash.ts';
import { demoDistrict } from '../../words/district/demo-words.ts';

/** The accounts that are made, by the name of their role; all have one password, and head and administrator set up their codes at the first log-in. */
const officers = ['duty', 'chief', 'admin', 'screen'] as const;

/** Resolves with the key of each school, by its id. */
export async function furnishDistrict(
  { db, world }: Pick<DistrictContext, 'db' | 'world'>,
  places: readonly DemoPlace[],
  password: string,
): Promise<ReadonlyMap<string, string>> {
  const keys = new Map<string, string>();
  const now = world.now();
  await db.transaction(async (sql) => {
    for (const { id, name, short, street, kind, x, y } of places) {
      const { key, id: keyId, hash } = makeSchoolKey(id);
      keys.set(id, key);
      await sql.query(
        `INSERT INTO school (school, name_zh, name_en, short_zh, short_en, street, kind, x, y, joined_at)
          VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
        [id, name.zh, name.en, short.zh, short.en, street, kind, x, y, now],
      );
      await sql.query(`INSERT INTO school_key (school, id, hash, made_at, made_by) VALUES ($1, $2, $3, $4, 'demo')`, [
        id,
        keyId,
        hash,
        now,
      ]);
    }
    const hash = await hashOf(password);
    for (const role of officers) {
      await addOfficer(
        sql,
        { name: role, role, shown: demoDistrict.officers[role].zh, streets: [], oidc: null },
        null,
        now,
      );
      // Nobody has to choose another for a demonstration.
      await setPassword(sql, role, hash, false);
    }
  });
  return keys;
}
