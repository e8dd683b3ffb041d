/** The site of a school as it last sent it. It came from outside: what is missing is empty, and nothing of it is believed beyond names and lists. */
import type { Site } from '../../core/types.ts';
import type { Sql } from '../database/database.ts';

const nothing = { zh: '', en: '' };
/** Of a school that has sent none. */
const none: Site = {
  ...{ name: nothing, short: '', utcOffsetMin: 480, map: { width: 1, height: 1, buildings: [] } },
  ...{ zones: {}, devices: {}, areas: {}, schedules: {}, calendar: { terms: [], holidays: [], exceptions: [] } },
  ...{ procedures: {}, channels: {}, routes: {}, people: {}, roundsPerDay: 0 },
  ...({ escalation: {}, pledges: {} } as Pick<Site, 'escalation' | 'pledges'>),
};
const tables = ['zones', 'devices', 'areas', 'schedules', 'procedures', 'channels', 'routes', 'people'] as const;

/** A site with which nothing can be looked up in what is no table. */
export function soundSite(body: unknown): Site {
  if (typeof body !== 'object' || body === null) return none;
  const said = body as Partial<Record<keyof Site, unknown>>;
  const wrong = tables.filter((name) => typeof said[name] !== 'object' || said[name] === null);
  return { ...none, ...(said as Partial<Site>), ...Object.fromEntries(wrong.map((name) => [name, {}])) };
}

/** The site and its hash; an empty one where the school has sent none. */
export async function schoolSite(
  sql: Sql,
  school: string,
  known: { readonly hash: string; readonly site: Site } | undefined,
): Promise<{ readonly hash: string; readonly site: Site }> {
  const [row] = await sql.query<{ hash: string; body: unknown }>(
    'SELECT hash, CASE WHEN hash = $2 THEN NULL ELSE body END AS body FROM site WHERE school = $1',
    [school, known?.hash ?? ''],
  );
  if (!row) return { hash: '', site: none };
  if (known && row.hash === known.hash) return known;
  return { hash: row.hash, site: soundSite(row.body) };
}
