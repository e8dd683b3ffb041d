/**
 * The bureau's lists over HTTP: alarms of all schools as they are looked for, figures of patrol and canteens, as JSON for the pages and as files.
 * Every address is bounded by the officer's streets; a list of alarms that is asked for is a look, and each file a line of the trail.
 */
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { App } from '../../server/http/http-app.ts';
import { Problem } from '../../server/http/problem.ts';
import { spanWrong } from '../../words/district/bureau-list-words.ts';
import { needs, officerOf } from '../access/district-door.ts';
import { inSight, sightOf } from '../access/street-sight.ts';
import { mayDistrict } from '../board/district-rights.ts';
import type { RatesAnswer } from '../board/list-types.ts';
import { dayText, give, headOf } from '../report/give-paper.ts';
import type { DistrictContext } from '../service/district-context.ts';
import { findAlarms } from './alarm-search.ts';
import { earlierJournals } from './earlier-journals.ts';
import { alarmSheet, canteenSheet, patrolSheet } from './list-sheets.ts';
import { canteenRates, daysFrom, patrolRates, type RatesQuestion } from './school-rates.ts';

const PAGE = 50;
const FILE_MOST = 2_000;
const SCHOOLS = 100;
const SCHOOLS_MOST = 1_000;
/** Days of one table of figures. */
const DAYS_MAX = 92;
const A_MINUTE = { rateLimit: { max: 20, timeWindow: 60_000 } };

const TIME = z.coerce.number().int().min(0).max(4e12);
const DAY = z.iso.date();
const SCHOOL = z.string().regex(/^[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?$/);
const SHORT = z.string().min(1).max(60);
const FILE = z.strictObject({ file: z.enum(['report.csv', 'report.xlsx', 'report.pdf', 'report.html']) });
const LANG = z.enum(['zh', 'en']).default('zh');
const ALARMS = {
  text: z.string().max(100).optional(),
  kind: SHORT.optional(),
  priority: z.coerce.number().int().min(1).max(4).optional(),
  street: SHORT.optional(),
  school: SCHOOL.optional(),
  from: TIME.optional(),
  to: TIME.optional(),
  state: z.enum(['open', 'closed', 'all']).default('all'),
  reason: z
    .string()
    .regex(/^[A-G]\d{0,2}$/)
    .optional(),
};
const RATES = { from: DAY, to: DAY, street: SHORT.optional(), school: SCHOOL.optional() };

/** Hangs the addresses in. */
export function listRoutes(app: App, context: DistrictContext): void {
  alarmRoutes(app, context);
  earlierJournals(app, context);
  ratesRoutes(app, context, 'patrol-rates', patrolRates, patrolSheet);
  ratesRoutes(app, context, 'canteen-rates', canteenRates, canteenSheet);
}

const sightIn = (request: FastifyRequest) => {
  const { role, streets } = officerOf(request);
  return { streets, covert: mayDistrict(role, 'covert') };
};

function alarmRoutes(app: App, context: DistrictContext): void {
  const { access, db, config, world } = context;
  app.get(
    '/api/streets',
    { config: needs('alarms'), schema: { summary: 'The streets whose schools an officer may know of' } },
    async (request) => {
      const rows = await db.query<{ street: string }>(
        `SELECT DISTINCT street FROM school WHERE left_at IS NULL AND ${inSight(1)} ORDER BY street`,
        [sightOf(officerOf(request))],
      );
      return { streets: rows.map(({ street }) => street) };
    },
  );
  app.get(
    '/api/alarms',
    {
      config: needs('alarms'),
      schema: {
        summary: 'Alarms of all schools that fit, the newest first; raised in [from, to)',
        querystring: z.strictObject({ ...ALARMS, before: z.string().max(80).optional() }),
      },
    },
    async (request) => {
      const { before, ...asked } = request.query;
      // A page that goes on is the same look.
      if (before === undefined)
        await access.trail.append({ officer: officerOf(request).name, kind: 'looked', body: { alarms: asked } });
      return await findAlarms(db, sightIn(request), { ...asked, before }, PAGE);
    },
  );
  app.get(
    '/api/alarms/:file',
    {
      config: { ...needs('export'), ...A_MINUTE },
      schema: { summary: 'The same as a file', params: FILE, querystring: z.strictObject({ ...ALARMS, lang: LANG }) },
    },
    async (request, reply) => {
      const { lang, ...asked } = request.query;
      const { rows, next } = await findAlarms(db, sightIn(request), asked, FILE_MOST);
      const [from, to] = [asked.from ?? rows.at(-1)?.raisedAt ?? world.now(), asked.to ?? world.now()];
      const span = [from, to].map((at) => dayText(at, config.utcOffsetMin));
      const paper = alarmSheet(rows, await headOf(context, lang, span.join(' – '), next !== undefined));
      return await give(context, request, reply, { name: `alarms-${span[0]}`, file: request.params.file, paper });
    },
  );
}

type RatesOf<T> = (sql: DistrictContext['db'], asked: RatesQuestion) => Promise<RatesAnswer<T>>;
type SheetOf<T> = (
  rows: readonly T[],
  days: readonly string[],
  head: Parameters<typeof patrolSheet>[2],
) => ReturnType<typeof patrolSheet>;

function ratesRoutes<T>(app: App, context: DistrictContext, name: string, rates: RatesOf<T>, sheet: SheetOf<T>): void {
  const { db, config, world } = context;
  const question = (
    request: FastifyRequest,
    asked: {
      from: string;
      to: string;
      street?: string | undefined;
      school?: string | undefined;
      after?: string | undefined;
    },
    limit: number,
  ): RatesQuestion => {
    const days = daysFrom(asked.from, asked.to).length;
    if (days < 1 || days > DAYS_MAX) throw new Problem(400, 'bad-span', spanWrong(DAYS_MAX));
    const begin = (day: string, more: number) => Date.parse(day) + more * 86_400_000 - config.utcOffsetMin * 60_000;
    const span = [begin(asked.from, 0), begin(asked.to, 1)] as const;
    return { ...asked, span, streets: officerOf(request).streets, limit, now: world.now() };
  };
  app.get(
    `/api/${name}`,
    {
      config: needs('figures'),
      schema: {
        summary: 'Figures of schools by day, both days included',
        querystring: z.strictObject({ ...RATES, after: SCHOOL.optional() }),
      },
    },
    async (request) => await rates(db, question(request, request.query, SCHOOLS)),
  );
  app.get(
    `/api/${name}/:file`,
    {
      config: { ...needs('export'), ...A_MINUTE },
      schema: { summary: 'The same as a file', params: FILE, querystring: z.strictObject({ ...RATES, lang: LANG }) },
    },
    async (request, reply) => {
      const { lang, ...asked } = request.query;
      const { rows, days, next } = await rates(db, question(request, asked, SCHOOLS_MOST));
      const head = await headOf(context, lang, `${asked.from} – ${asked.to}`, next !== undefined);
      const paper = sheet(rows, days, head);
      return await give(context, request, reply, { name: `${name}-${asked.from}`, file: request.params.file, paper });
    },
  );
}
