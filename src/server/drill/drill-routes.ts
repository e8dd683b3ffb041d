/**
 * Drills for whoever holds them: the codes of the sheet that counts, and the report as CSV, XLSX, PDF or one printable page. Whoever takes
 * either leaves a fact in the journal, as with every export. A code is never given to somebody who may begin no drill.
 */
import { Readable } from 'node:stream';
import { z } from 'zod';
import { may } from '../../core/act/act-roles.ts';
import { sheetNow } from '../../core/drill/drills.ts';
import { drillBook } from '../../core/report/drill-book.ts';
import { localMinute, localSecond } from '../../core/site/calendar.ts';
import type { Drill } from '../../core/types.ts';
import { makePaper } from '../../paper/make-paper.ts';
import { paperCsv } from '../../paper/paper-csv.ts';
import { paperHtml, paperPolicy } from '../../paper/paper-html.ts';
import { paperXlsx } from '../../paper/paper-xlsx.ts';
import type { TablePaper } from '../../paper/table-paper.ts';
import { drillReportWords } from '../../words/drill/drill-report-words.ts';
import { refusals } from '../../words/refusal-words.ts';
import type { World } from '../../world/world.ts';
import { sessionOf } from '../auth/authorization.ts';
import type { GatewayPort } from '../gateway-port.ts';
import type { App } from '../http/http-app.ts';
import { Problem, problems } from '../http/problem.ts';
import { TIME_PARAM } from '../report/record-routes.ts';
import { drillCodeOf } from './drill-codes.ts';
import { drillsFound } from './drill-gather.ts';
import { drillTapRoutes } from './drill-tap-routes.ts';

const A_MINUTE = 20;
const ASKED = z.strictObject({
  from: TIME_PARAM,
  to: TIME_PARAM.exactOptional(),
  drill: z
    .string()
    .regex(/^\d{1,16}$/, 'expected the number of a drill')
    .transform(Number)
    .exactOptional(),
  lang: z.enum(['zh', 'en']).default('zh'),
});
const FORMAT = z.strictObject({ file: z.enum(['report.csv', 'report.xlsx', 'report.pdf', 'report.html']) });
const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
const CODES = z.object({
  sheet: z.number().describe('one for each drill; what was printed before is out of use once another begins'),
  codes: z.array(z.object({ class: z.string(), code: z.string() })),
});

function codesRoute(app: App, gateway: GatewayPort, secret: Uint8Array): void {
  app.get(
    '/api/drill/codes',
    {
      config: { ask: 'drill', rateLimit: { max: A_MINUTE, timeWindow: 60_000 } },
      schema: {
        summary:
          'The codes of all classes for the drill that runs, or the next one. A code is as good as a key: it gives the number of its class',
        response: { 200: CODES },
      },
    },
    async (request, reply) => {
      const { user, kiosk } = sessionOf(request);
      if (kiosk || !may(user.role, 'start-drill')) throw problems.right();
      const plan = gateway.site().drill;
      if (!plan) throw new Problem(409, 'no-drill-plan', refusals['no-drill-plan']);
      const { sheet, classes } = await gateway.read((state) => {
        const drills = state.drills as ReadonlyMap<number, Drill>;
        const running = [...drills.values()].find(({ over }) => !over);
        return { sheet: sheetNow({ drills }), classes: (running?.classes ?? plan.classes).map(({ id }) => id) };
      });
      reply.header('cache-control', 'no-store, private');
      reply.header('content-disposition', `inline; filename="drill-codes-${sheet}.json"`);
      return { sheet, codes: classes.map((id) => ({ class: id, code: drillCodeOf(secret, sheet, id) })) };
    },
  );
}

async function paperOf(gateway: GatewayPort, asked: z.infer<typeof ASKED>): Promise<TablePaper & { name: string }> {
  const site = gateway.site();
  const { utcOffsetMin } = site;
  const { seq, hash } = gateway.head();
  const { from, lang, drill } = asked;
  const to = Math.min(asked.to ?? gateway.now(), gateway.now());
  const found = await drillsFound(gateway, { from, to, ...(drill !== undefined && { drill }) });
  const day = (at: number) => localMinute(at, utcOffsetMin).slice(0, 10).replaceAll('-', '');
  return {
    ...{ of: site.name[lang], title: drillReportWords.title[lang], lang, utcOffsetMin, tables: drillBook(lang, found) },
    span: [from, to].map((at) => localSecond(at, utcOffsetMin).slice(0, 16)).join(' – '),
    definitions: [drillReportWords.definitions[lang]],
    head: `#${seq} ${hash}`,
    signed: [drillReportWords.signedHead[lang], drillReportWords.signedSchool[lang]],
    name: drill === undefined ? `drills-${day(from)}-${day(to)}` : `drill-${drill}`,
  };
}

function drillReportRoute(app: App, gateway: GatewayPort, world: World, font: string | undefined): void {
  const failed = (error: string) => world.log.error('a report of drills could not be printed', { error });
  app.get(
    '/api/drill/:file',
    {
      config: { ask: 'drill', rateLimit: { max: A_MINUTE, timeWindow: 60_000 } },
      schema: {
        summary:
          'The report of the drills that began in [from, to), at most 400 days, or of one: time in all and by class, pictures of the assembly point, problems. report.csv, report.xlsx, report.pdf, or report.html to print',
        params: FORMAT,
        querystring: ASKED,
      },
    },
    async (request, reply) => {
      if (sessionOf(request).kiosk) throw problems.right();
      const { name, ...paper } = await paperOf(gateway, request.query);
      const ending = request.params.file.split('.')[1] ?? '';
      reply.header(
        'content-disposition',
        `${ending === 'html' ? 'inline' : 'attachment'}; filename="${name}.${ending}"`,
      );
      reply.header('cache-control', 'no-store, private');
      if (ending === 'csv')
        return reply.type('text/csv; charset=utf-8').send(Readable.from(paperCsv(paper), { objectMode: false }));
      if (ending === 'xlsx') return reply.type(XLSX).send(Buffer.from(await paperXlsx(paper)));
      if (ending === 'pdf') {
        const pdf = await makePaper({ paper, ...(font !== undefined && { font }) }, failed);
        return reply.type('application/pdf').send(Buffer.from(pdf));
      }
      reply.type('text/html; charset=utf-8').header('content-security-policy', paperPolicy());
      return reply.send(paperHtml(paper, '/api/evidence/'));
    },
  );
}

/** Everything under `/api/drill`. `reportFont`: the setting `reports.font`. */
export function drillRoutes(
  app: App,
  gateway: GatewayPort,
  world: World,
  { secret, reportFont }: { readonly secret: Uint8Array; readonly reportFont?: string },
): void {
  codesRoute(app, gateway, secret);
  drillTapRoutes(app, gateway, world, secret);
  drillReportRoute(app, gateway, world, reportFont);
}
