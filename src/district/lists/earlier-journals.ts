/**
 * The journals that a school had before the present one, given up by a person or left behind when it left: how much of each is here, and its
 * alarms, to be read. Nothing of them counts any more. It must never mix two journals: the numbers of one mean something else in another.
 */
import { z } from 'zod';
import type { App } from '../../server/http/http-app.ts';
import { needs, officerOf } from '../access/district-door.ts';
import { seeSchool } from '../access/street-sight.ts';
import { mayDistrict } from '../board/district-rights.ts';
import type { EarlierAlarm, EarlierJournal } from '../board/list-types.ts';
import type { DistrictContext } from '../service/district-context.ts';

/** Alarms in one answer. Ours. */
const PAGE = 100;

const ONE = z.object({ school: z.string().max(40) });

/** Hangs the addresses in. */
export function earlierJournals(app: App, { db, access }: Pick<DistrictContext, 'db' | 'access'>): void {
  const config = needs('alarms');
  app.get(
    '/api/schools/:school/journals',
    { config, schema: { summary: 'The journals a school had before the present one', params: ONE } },
    async (request): Promise<readonly EarlierJournal[]> => {
      const { school } = request.params;
      await seeSchool(db, officerOf(request), school);
      return await db.query<EarlierJournal>(
        `SELECT j.epoch, count(*) AS lines, min(j.at) AS "from", max(j.at) AS "to",
           (SELECT count(*) FROM alarm a WHERE a.school = $1 AND a.epoch = j.epoch AND (NOT a.covert OR $2)) AS alarms
         FROM journal j JOIN school s ON s.school = j.school WHERE j.school = $1 AND (j.epoch < s.epoch OR s.left_at IS NOT NULL)
         GROUP BY j.epoch ORDER BY j.epoch DESC`,
        [school, mayDistrict(officerOf(request).role, 'covert')],
      );
    },
  );
  app.get(
    '/api/schools/:school/journals/:epoch/alarms',
    {
      config,
      schema: {
        summary: 'Alarms of such a journal, the newest first',
        params: ONE.extend({ epoch: z.coerce.number().int().min(1).max(1_000_000) }),
        querystring: z.strictObject({ before: z.coerce.number().int().min(1).max(Number.MAX_SAFE_INTEGER).optional() }),
      },
    },
    async (request): Promise<readonly EarlierAlarm[]> => {
      const { school, epoch } = request.params;
      const { before } = request.query;
      const { name: officer, role, streets } = officerOf(request);
      await seeSchool(db, { streets }, school);
      // A page that goes on is the same look.
      if (before === undefined)
        await access.trail.append({ officer, kind: 'looked', school, body: { journal: epoch } });
      return await db.query<EarlierAlarm>(
        `SELECT a.id, a.kind, a.priority, a.place_zh AS zh, a.place_en AS en, a.raised_at AS "raisedAt", a.first_acked_by AS "ackedBy",
           a.closed_by AS "closedBy", a.closed_at AS "closedAt", a.reason
         FROM alarm a JOIN school s USING (school) WHERE a.school = $1 AND a.epoch = $2 AND (a.epoch < s.epoch OR s.left_at IS NOT NULL)
           AND (NOT a.covert OR $3) AND ($4::bigint IS NULL OR a.id < $4) ORDER BY a.id DESC LIMIT ${PAGE}`,
        [school, epoch, mayDistrict(role, 'covert'), before],
      );
    },
  );
}
