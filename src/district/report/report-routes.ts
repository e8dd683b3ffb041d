/**
 * The bureau's reports over HTTP: assessment, accountability and the ledger, as JSON for the pages and as files. Every address is bounded by the
 * officer's streets; each file taken away is a line of the trail, written before the file is given.
 */
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { App } from '../../server/http/http-app.ts';
import { problems } from '../../server/http/problem.ts';
import { assessmentTitles } from '../../words/district/assessment-words.ts';
import { needs, officerOf } from '../access/district-door.ts';
import { mayDistrict } from '../board/district-rights.ts';
import type { AssessmentAnswer } from '../board/report-types.ts';
import type { DistrictContext } from '../service/district-context.ts';
import { accounts } from './accountability.ts';
import { assessed, assessmentRules, medianWait, ruleSaid, type SchoolScore } from './assessment.ts';
import { assessmentPaper } from './assessment-paper.ts';
import { gatherMonths, monthSpan } from './gather-months.ts';
import { dayText, give, headOf, trailHead } from './give-paper.ts';
import { ledgerRows } from './ledger-rows.ts';
import { accountPaper, ledgerPaper } from './list-papers.ts';

/** Rows of a page, and of a file. */
const PAGE = 50;
const FILE_MOST = 2_000;
const A_MINUTE = { rateLimit: { max: 20, timeWindow: 60_000 } };

const TIME = z.coerce.number().int().min(0).max(4e12);
const SCHOOL = z.string().regex(/^[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?$/);
const BEFORE = z.string().max(80);
const FILE = z.strictObject({ file: z.enum(['report.csv', 'report.xlsx', 'report.pdf', 'report.html']) });
const LANG = z.enum(['zh', 'en']).default('zh');
const MONTH = { month: z.string().regex(/^20\d\d-(0[1-9]|1[0-2])$/) };
const ACCOUNT = {
  from: TIME,
  to: TIME.optional(),
  school: SCHOOL.optional(),
  priority: z.coerce.number().int().min(1).max(4).default(2),
};
const LEDGER = { state: z.enum(['open', 'overdue', 'all']).default('open'), school: SCHOOL.optional() };

/** Hangs the addresses in. */
export function reportRoutes(app: App, context: DistrictContext): void {
  assessmentRoutes(app, context);
  accountRoutes(app, context);
  ledgerRoutes(app, context);
}

async function scoresOf({ db, world, config }: DistrictContext, month: string, streets: readonly string[]) {
  const now = world.now();
  const span = monthSpan(month, config.utcOffsetMin, now);
  if (!span) throw problems.unknown();
  return { over: span.to < now, scores: assessed(await gatherMonths(db, span, streets)) };
}

const assessmentAnswer = (month: string, over: boolean, scores: readonly SchoolScore[]): AssessmentAnswer => ({
  ...{ month, over },
  rules: assessmentRules.map((rule) => {
    const { id, weight, unit } = rule;
    return { ...ruleSaid(rule), id, title: assessmentTitles[id].title, weight, unit };
  }),
  schools: scores.map(({ month: one, rules, score, rank }) => {
    const median = medianWait(one);
    return {
      ...{ school: one.school, name: one.name, street: one.street, lostMs: one.lostMs },
      ...(score !== undefined && { score }),
      ...(rank !== undefined && { rank }),
      points: rules.map(({ points }) => points ?? null),
      figures: rules.map(({ figure }) => figure ?? null),
      ...(median !== undefined && { medianMs: median }),
    };
  }),
});

function assessmentRoutes(app: App, context: DistrictContext): void {
  const { config } = context;
  app.get(
    '/api/assessment',
    {
      config: needs('assessment'),
      schema: {
        summary: 'The schools of a month by the printed rules, the best first',
        querystring: z.strictObject(MONTH),
      },
    },
    async (request) => {
      const { month } = request.query;
      const { over, scores } = await scoresOf(context, month, officerOf(request).streets);
      return assessmentAnswer(month, over, scores);
    },
  );
  app.get(
    '/api/assessment/:file',
    {
      config: { ...needs('assessment'), ...A_MINUTE },
      schema: { summary: 'The same as a file', params: FILE, querystring: z.strictObject({ ...MONTH, lang: LANG }) },
    },
    async (request, reply) => {
      const { month, lang } = request.query;
      const { over, scores } = await scoresOf(context, month, officerOf(request).streets);
      const { district, utcOffsetMin } = { district: config.district.name, utcOffsetMin: config.utcOffsetMin };
      const head = await trailHead(context);
      const paper = assessmentPaper(scores, { district, lang, month, over, utcOffsetMin, head });
      return await give(context, request, reply, { name: `assessment-${month}`, file: request.params.file, paper });
    },
  );
}

function accountRoutes(app: App, context: DistrictContext): void {
  const { db, world, config } = context;
  const asked = (
    request: FastifyRequest,
    query: { from: number; to?: number | undefined; school?: string | undefined; priority: number },
  ) => {
    const { role, streets } = officerOf(request);
    const { from, priority, school } = query;
    const to = query.to ?? world.now() + 60_000;
    return {
      from,
      to,
      priority,
      streets,
      covert: mayDistrict(role, 'covert'),
      ...(school !== undefined && { school }),
    };
  };
  app.get(
    '/api/accountability',
    {
      config: needs('accountability'),
      schema: {
        summary: 'Alarms with who was told and who acted, the newest first; raised in [from, to)',
        querystring: z.strictObject({ ...ACCOUNT, before: BEFORE.optional() }),
      },
    },
    async (request) => {
      const { before, ...query } = request.query;
      return await accounts(db, { ...asked(request, query), limit: PAGE, ...(before !== undefined && { before }) });
    },
  );
  app.get(
    '/api/accountability/:file',
    {
      config: { ...needs('accountability'), ...A_MINUTE },
      schema: { summary: 'The same as a file', params: FILE, querystring: z.strictObject({ ...ACCOUNT, lang: LANG }) },
    },
    async (request, reply) => {
      const { lang, ...query } = request.query;
      const question = asked(request, query);
      const { alarms, next } = await accounts(db, { ...question, limit: FILE_MOST });
      const days = [question.from, question.to].map((at) => dayText(at, config.utcOffsetMin));
      const paper = accountPaper(alarms, await headOf(context, lang, days.join(' – '), next !== undefined));
      return await give(context, request, reply, {
        name: `accountability-${days[0]}`,
        file: request.params.file,
        paper,
      });
    },
  );
}

function ledgerRoutes(app: App, context: DistrictContext): void {
  const { db, world, config } = context;
  app.get(
    '/api/ledger',
    {
      config: needs('ledger'),
      schema: {
        summary: 'Rectifications of all schools, the newest first',
        querystring: z.strictObject({ ...LEDGER, before: BEFORE.optional() }),
      },
    },
    async (request) => {
      const { state, school, before } = request.query;
      const { streets } = officerOf(request);
      const more = { ...(school !== undefined && { school }), ...(before !== undefined && { before }) };
      return await ledgerRows(db, { state, streets, now: world.now(), limit: PAGE, ...more });
    },
  );
  app.get(
    '/api/ledger/:file',
    {
      config: { ...needs('ledger'), ...A_MINUTE },
      schema: { summary: 'The same as a file', params: FILE, querystring: z.strictObject({ ...LEDGER, lang: LANG }) },
    },
    async (request, reply) => {
      const { state, school, lang } = request.query;
      const { streets } = officerOf(request);
      const now = world.now();
      const found = await ledgerRows(db, {
        state,
        streets,
        now,
        limit: FILE_MOST,
        ...(school !== undefined && { school }),
      });
      const day = dayText(now, config.utcOffsetMin);
      const paper = ledgerPaper(found.rows, await headOf(context, lang, day, found.next !== undefined));
      return await give(context, request, reply, { name: `ledger-${day}`, file: request.params.file, paper });
    },
  );
}
