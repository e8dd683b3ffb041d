/** The addresses of the page of hourly values: which schools, which gauges, and the hours of one. Without a store they say so, and nothing else is different. */
import { z } from 'zod';
import type { App } from '../../server/http/http-app.ts';
import { Problem } from '../../server/http/problem.ts';
import { valuesAway } from '../../words/district/value-words.ts';
import { needs, officerOf } from '../access/district-door.ts';
import { inSight, seeSchool, sightOf } from '../access/street-sight.ts';
import type { ValueGauge, ValueHours, ValueSchools } from '../board/value-types.ts';
import type { Database } from '../database/database.ts';
import type { HourStore } from './hour-store.ts';

const DAY = 86_400_000;
const NAME = z.string().regex(/^[\w.:-]{1,64}$/);
const SCHOOL = z.string().max(40);

export interface ValueParts {
  readonly db: Database;
  readonly hours: HourStore | undefined;
  readonly now: () => number;
}

const asked = async <T>(work: Promise<T>): Promise<T> => {
  try {
    return await work;
  } catch {
    throw new Problem(503, 'series-away', valuesAway);
  }
};

/** Hangs the addresses in. */
export function valueRoutes(app: App, { db, hours, now }: ValueParts): void {
  const config = needs('look');
  app.get(
    '/api/hours',
    { config, schema: { summary: 'Schools of which there may be hourly values' } },
    async (request): Promise<ValueSchools> => {
      const schools = await db.query<ValueSchools['schools'][number]>(
        `SELECT school, name_zh AS zh, name_en AS en FROM school WHERE left_at IS NULL AND ${inSight(1)} ORDER BY name_zh, school`,
        [sightOf(officerOf(request))],
      );
      return { store: hours !== undefined, schools };
    },
  );
  app.get(
    '/api/hours/:school',
    { config, schema: { summary: 'Gauges of a school with hourly values', params: z.object({ school: SCHOOL }) } },
    async (request): Promise<readonly ValueGauge[]> => {
      const { school } = request.params;
      await seeSchool(db, officerOf(request), school);
      if (!hours) return [];
      const gauges = await asked(hours.gauges(school, now() - 366 * DAY));
      const titles = await titlesOf(db, school);
      return gauges.map(({ device, point }) => {
        const title = titles.get(device);
        return { device, point, ...(title && { title }) };
      });
    },
  );
  app.get(
    '/api/hours/:school/:device/:point',
    {
      config,
      schema: {
        summary: 'The hours of one gauge, the oldest first',
        params: z.object({ school: SCHOOL, device: NAME, point: NAME }),
        querystring: z.strictObject({ days: z.enum(['7', '30', '366']).default('7') }),
      },
    },
    async (request): Promise<ValueHours> => {
      const { school, device, point } = request.params;
      await seeSchool(db, officerOf(request), school);
      const to = now() + DAY;
      const from = now() - Number(request.query.days) * DAY;
      const rows = hours ? await asked(hours.read({ school, device, point }, { from, to })) : [];
      return { from, to: now(), hours: rows.map(({ hour, mean, min, max }) => ({ hour, mean, min, max })) };
    },
  );
}

/** What a school calls its devices. */
async function titlesOf(db: Database, school: string): Promise<ReadonlyMap<string, { zh: string; en: string }>> {
  const rows = await db.query<{ device: string; zh: string | null; en: string | null }>(
    `SELECT d.key AS device, d.value -> 'title' ->> 'zh' AS zh, d.value -> 'title' ->> 'en' AS en
     FROM site, jsonb_each(CASE WHEN jsonb_typeof(body -> 'devices') = 'object' THEN body -> 'devices' ELSE '{}' END) d WHERE school = $1`,
    [school],
  );
  return new Map(
    rows.flatMap(({ device, zh, en }) => (zh === null || en === null ? [] : [[device, { zh, en }] as const])),
  );
}
