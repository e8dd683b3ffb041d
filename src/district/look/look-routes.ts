/**
 * The addresses of a school's own pages at the bureau, `/district/s/<school>/…`: its feed and its records, to be read. Every act answers 403.
 * Whoever looks is a line of the trail before he sees anything. It must never let an officer beyond his streets.
 */
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { sight } from '../../core/site/rights.ts';
import type { App } from '../../server/http/http-app.ts';
import { Problem, problems } from '../../server/http/problem.ts';
import { copyLacks, copyReadOnly } from '../../words/district/look-words.ts';
import { needs, officerOf, officerSessionOf } from '../access/district-door.ts';
import { seeSchool } from '../access/street-sight.ts';
import { schoolSite } from '../fold/school-site.ts';
import type { DistrictContext } from '../service/district-context.ts';
import { readAheadAlarm } from './copy-ahead.ts';
import { CopyFeeds } from './copy-feeds.ts';
import { type CopyQuestion, copyAlarms, copyEvents } from './copy-records.ts';
import { copyRole } from './copy-role.ts';
import { lookBook } from './look-book.ts';

const TIME = z
  .string()
  .regex(/^\d{1,16}$/)
  .transform(Number)
  .pipe(z.number().max(8.64e15));
const NAME = z.string().min(1).max(100);
const QUERY = z.strictObject({
  from: TIME.optional(),
  to: TIME.optional(),
  kind: NAME.optional(),
  device: NAME.optional(),
  alarm: z.coerce.number().int().positive().max(Number.MAX_SAFE_INTEGER).optional(),
  limit: z.coerce.number().int().min(1).max(1_000).default(200),
  cursor: z.string().max(40).optional(),
});
const PAGE = z.object({
  rows: z.array(z.record(z.string(), z.unknown())).describe('newest first'),
  next: z.string().optional().describe('absent on the last page'),
});
const PLACE = '/district/s/:school';
const METHODS = ['POST', 'PUT', 'PATCH', 'DELETE'] as const;

const schoolOf = (request: FastifyRequest): string => {
  const { school } = request.params as { school?: string };
  if (school === undefined || !/^[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?$/.test(school)) throw problems.unknown();
  return school;
};

/** Hangs the addresses in. */
export function lookRoutes(app: App, context: DistrictContext): void {
  const { db, access, world } = context;
  const feeds = new CopyFeeds(context);
  const looks = lookBook(access.trail, world);
  app.addHook('preClose', () => feeds.close());
  const config = needs('look');
  const seen = async (request: FastifyRequest): Promise<string> => {
    const school = schoolOf(request);
    await seeSchool(db, officerOf(request), school);
    return school;
  };
  app.get(
    `${PLACE}/feed`,
    {
      websocket: true,
      config,
      schema: { hide: true },
      preValidation: async (request) => {
        const school = await seen(request);
        const session = officerSessionOf(request);
        await feeds.open(school, session.officer.shown);
        await looks.note(session, school, {});
      },
    },
    (socket, request) => {
      feeds.join(schoolOf(request), socket, officerSessionOf(request)).catch(() => socket.terminate());
    },
  );
  app.get(`${PLACE}/api/me`, { config, schema: { hide: true } }, async (request) => {
    const school = await seen(request);
    const { shown, role } = officerOf(request);
    const [row] = await db.query<{ zh: string; en: string }>(
      'SELECT name_zh AS zh, name_en AS en FROM school WHERE school = $1',
      [school],
    );
    return { name: shown, role: copyRole(role), school: row };
  });
  recordRoutes(app, context, seen, looks);
  aheadRoute(app, context, seen, looks);
  closedRoutes(app);
}

type Looks = ReturnType<typeof lookBook>;

function recordRoutes(
  app: App,
  { db }: DistrictContext,
  seen: (request: FastifyRequest) => Promise<string>,
  looks: Looks,
): void {
  for (const table of ['alarms', 'events'] as const)
    app.get(
      `${PLACE}/api/${table}`,
      {
        config: needs('look'),
        schema: {
          summary: `The ${table} of one school, in the shape in which its gateway gives them`,
          querystring: QUERY,
          response: { 200: PAGE },
        },
      },
      async (request) => {
        const school = await seen(request);
        const role = copyRole(officerOf(request).role);
        const asked: CopyQuestion = request.query;
        if (asked.alarm !== undefined) await looks.note(officerSessionOf(request), school, { alarm: asked.alarm });
        const [row] = await db.query<{ epoch: number }>('SELECT epoch FROM school WHERE school = $1', [school]);
        const whose = { school, epoch: row?.epoch ?? 1, role };
        if (table === 'alarms') return { ...(await copyAlarms(db, whose, asked)) } as z.infer<typeof PAGE>;
        const { site } = await schoolSite(db, school, undefined);
        return { ...(await copyEvents(db, { ...whose, site }, asked)) } as z.infer<typeof PAGE>;
      },
    );
}

const words = z.object({ zh: z.string(), en: z.string() });
const aheadShown = z.object({
  ...{ id: z.number(), kind: z.string(), priority: z.number(), place: words, at: z.number() },
  ...{ ackedBy: z.string().optional(), ackedAt: z.number().optional() },
  ...{ closedBy: z.string().optional(), closedAt: z.number().optional() },
});

/** What is known of an alarm that overtook the backlog. */
function aheadRoute(
  app: App,
  { db }: DistrictContext,
  seen: (request: FastifyRequest) => Promise<string>,
  looks: Looks,
): void {
  app.get(
    `${PLACE}/api/ahead/:alarm`,
    {
      config: needs('look'),
      schema: {
        summary: 'An alarm that the copy does not hold yet, as far as it is known; nothing where there is no such',
        params: z.object({
          school: z.string(),
          alarm: z.coerce.number().int().positive().max(Number.MAX_SAFE_INTEGER),
        }),
        response: { 200: z.object({ alarm: aheadShown.optional() }) },
      },
    },
    async (request) => {
      const school = await seen(request);
      const { alarm: id } = request.params;
      await looks.note(officerSessionOf(request), school, { alarm: id });
      const full = sight(copyRole(officerOf(request).role)) === 'full';
      const alarm = await readAheadAlarm(db, school, { id, full });
      return { ...(alarm && { alarm }) };
    },
  );
}

/** What the copy does not hold, and every act. */
function closedRoutes(app: App): void {
  const schema = { hide: true } as const;
  const refuse = (status: number, why: typeof copyLacks, code: string) => async () => {
    throw new Problem(status, code, why);
  };
  const never = async () => undefined;
  // Before the body is read: whatever is sent is refused alike.
  app.get(`${PLACE}/api/*`, { config: needs('look'), schema, onRequest: refuse(404, copyLacks, 'not-in-copy') }, never);
  app.route({
    method: [...METHODS],
    url: `${PLACE}/api/*`,
    config: needs('look'),
    schema,
    onRequest: refuse(403, copyReadOnly, 'copy-read-only'),
    handler: never,
  });
}
