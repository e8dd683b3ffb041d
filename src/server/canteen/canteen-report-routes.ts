/**
 * The report of the canteen for a day, a week or a month, as CSV, XLSX, PDF or one printable page. Whoever takes one leaves a fact in the journal, as with
 * every export. Nothing is reckoned here.
 */
import { Readable } from 'node:stream';
import { z } from 'zod';
import { canteenBook } from '../../core/report/canteen-book.ts';
import { localMinute, localSecond } from '../../core/site/calendar.ts';
import type { Time, User } from '../../core/types.ts';
import { makePaper } from '../../paper/make-paper.ts';
import { paperCsv } from '../../paper/paper-csv.ts';
import { paperHtml, paperPolicy } from '../../paper/paper-html.ts';
import { paperXlsx } from '../../paper/paper-xlsx.ts';
import type { TablePaper } from '../../paper/table-paper.ts';
import { sessionOf } from '../auth/authorization.ts';
import type { GatewayPort } from '../gateway-port.ts';
import type { App } from '../http/http-app.ts';
import { problems } from '../http/problem.ts';
import { TIME_PARAM } from '../report/record-routes.ts';
import { canteenFound } from './canteen-gather.ts';

const A_MINUTE = 20;
const ASKED = z.strictObject({
  from: TIME_PARAM,
  to: TIME_PARAM.exactOptional(),
  by: z.enum(['day', 'week', 'month']).default('day'),
  lang: z.enum(['zh', 'en']).default('zh'),
});
const FORMAT = z.strictObject({ file: z.enum(['report.csv', 'report.xlsx', 'report.pdf', 'report.html']) });
const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

/** The report, and the time it is about. */
export interface CanteenPaper extends TablePaper {
  readonly days: readonly [from: Time, to: Time];
}

/** The report of a span, as far as `user` sees the canteen. Rejects with a Problem where the span will not do. */
export async function canteenPaper(
  gateway: GatewayPort,
  { from, to, by, lang }: z.infer<typeof ASKED>,
  user: User,
): Promise<CanteenPaper> {
  const site = gateway.site();
  const { seq, hash } = gateway.head();
  const span = { from, to: Math.min(to ?? gateway.now(), gateway.now()), by };
  const { utcOffsetMin } = site;
  const { title, span: days, tables, definitions } = canteenBook(site, lang, await canteenFound(gateway, span, user));
  const spanText = days.map((at) => localSecond(at, utcOffsetMin).slice(0, 16)).join(' – ');
  const head = `#${seq} ${hash}`;
  const rest = { title, tables, lang, utcOffsetMin, head, days };
  return { of: site.name[lang], span: spanText, definitions: [definitions], ...rest };
}

/** `canteen-20261101-20261130.csv`, the days local to the school. */
export function canteenName({ days, utcOffsetMin }: CanteenPaper, ending: string): string {
  const [from, to] = days.map((at) => localMinute(at, utcOffsetMin).slice(0, 10).replaceAll('-', ''));
  return `canteen-${from}-${to}.${ending}`;
}

/** `font`: the setting `reports.font`; `failed` hears what went wrong in printing. */
export function canteenReportRoutes(
  app: App,
  gateway: GatewayPort,
  font: string | undefined,
  failed: (error: string) => void,
): void {
  app.get(
    '/api/canteen/:file',
    {
      config: { ask: 'canteen', rateLimit: { max: A_MINUTE, timeWindow: 60_000 } },
      schema: {
        summary:
          'The report of [from, to), at most 93 days: coverage, online rate, events, rectifications, samples, check lists, sensors. report.csv, report.xlsx, report.pdf, or report.html to print',
        params: FORMAT,
        querystring: ASKED,
      },
    },
    async (request, reply) => {
      const { user, kiosk } = sessionOf(request);
      if (kiosk) throw problems.right();
      const paper = await canteenPaper(gateway, request.query, user);
      const ending = request.params.file.split('.')[1] ?? '';
      const how = ending === 'html' ? 'inline' : 'attachment';
      reply.header('content-disposition', `${how}; filename="${canteenName(paper, ending)}"`);
      reply.header('cache-control', 'no-store, private');
      if (ending === 'csv')
        return reply.type('text/csv; charset=utf-8').send(Readable.from(paperCsv(paper), { objectMode: false }));
      if (ending === 'xlsx') return reply.type(XLSX).send(Buffer.from(await paperXlsx(paper)));
      if (ending === 'pdf') {
        const pdf = await makePaper({ paper, ...(font !== undefined && { font }) }, failed);
        return reply.type('application/pdf').send(Buffer.from(pdf));
      }
      reply.type('text/html; charset=utf-8').header('content-security-policy', paperPolicy());
      return reply.send(paperHtml(paper, '/api/canteen/evidence/'));
    },
  );
}
