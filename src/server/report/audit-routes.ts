/**
 * The patrol report for page and export. What the page shows and the CSV are answered at once; XLSX and PDF are made in a thread,
 * one at a time, with their progress told, and then fetched by whoever asked. Nothing is reckoned here.
 */
import { randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import { setImmediate as breathe } from 'node:timers/promises';
import { z } from 'zod';
import type { AuditSite } from '../../core/report/audit-book.ts';
import type { PatrolAudit } from '../../core/report/audit-types.ts';
import { type AuditSpan, AuditTally } from '../../core/report/patrol-audit.ts';
import { localMinute } from '../../core/site/calendar.ts';
import { reportGone, reportRuns } from '../../words/screens/audit-words.ts';
import type { World } from '../../world/world.ts';
import { sessionOf } from '../auth/authorization.ts';
import type { GatewayPort } from '../gateway-port.ts';
import type { App } from '../http/http-app.ts';
import { Problem } from '../http/problem.ts';
import { answerInLines } from '../http/progress.ts';
import { auditLines } from './audit-csv.ts';
import { AUDIT_DAYS_MAX, auditSpanOf, exceptionsGathered, gathered, postsGathered } from './audit-gather.ts';
import { makeAudit } from './audit-make.ts';
import { paperOf, signedHead } from './audit-paper.ts';
import { TIME_PARAM } from './record-routes.ts';

const AUDITS_A_MINUTE = 60;
/** Being told that another is made counts as well, and one is made at a time anyway. */
const FILES_A_MINUTE = 300;
/** So many files wait to be fetched, the newest ones, and so long. Ours. */
const KEPT_MAX = 4;
const KEPT_MS = 600_000;
const TYPES = {
  pdf: 'application/pdf',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
} as const;

const PERIOD = z.strictObject({ from: TIME_PARAM, to: TIME_PARAM.exactOptional() });
const LANG = z.enum(['zh', 'en']).default('zh');

/** What a report reads of the site. */
export const auditSite = ({ name, routes, posts, people, utcOffsetMin, roundsPerDay }: AuditSite): AuditSite => ({
  ...{ name, routes, people, utcOffsetMin, roundsPerDay },
  ...(posts && { posts }),
});

/** The report of a span. */
async function auditOf(gateway: GatewayPort, span: AuditSpan): Promise<PatrolAudit> {
  const tally = new AuditTally(gateway.site(), span);
  for await (const { rounds } of gathered(gateway, span)) {
    for (const one of rounds) tally.take(one);
    await breathe();
  }
  for (const one of await postsGathered(gateway, span)) tally.takePost(one);
  tally.takeExceptions(await exceptionsGathered(gateway, span));
  return tally.result();
}

/** `patrol-20261101-20261130.pdf`, the days local to the school. */
export function auditName({ from, to }: AuditSpan, { utcOffsetMin }: AuditSite, ending: string): string {
  const day = (at: number) => localMinute(at, utcOffsetMin).slice(0, 10).replaceAll('-', '');
  return `patrol-${day(from)}-${day(to - 1)}.${ending}`;
}

interface KeptFile {
  readonly file: Uint8Array;
  readonly name: string;
  readonly type: string;
  readonly user: string;
  readonly until: number;
}

/** Files that wait to be fetched by whoever had them made. */
class KeptFiles {
  readonly #world: World;
  readonly #files = new Map<string, KeptFile>();

  constructor(world: World) {
    this.#world = world;
  }

  #clear(): void {
    for (const [id, { until }] of this.#files) if (this.#world.elapsed() > until) this.#files.delete(id);
    for (const id of this.#files.keys()) if (this.#files.size > KEPT_MAX) this.#files.delete(id);
  }

  keep(made: Omit<KeptFile, 'until'>): string {
    const id = randomUUID();
    this.#files.set(id, { ...made, until: this.#world.elapsed() + KEPT_MS });
    this.#clear();
    return id;
  }

  find(id: string, user: string): KeptFile | undefined {
    this.#clear();
    const kept = this.#files.get(id);
    return kept?.user === user ? kept : undefined;
  }
}

function makingRoutes(app: App, gateway: GatewayPort, world: World, font: string | undefined): void {
  const config = { ask: 'export', rateLimit: { max: FILES_A_MINUTE, timeWindow: 60_000 } } as const;
  const kept = new KeptFiles(world);
  let running = false;

  app.post(
    '/api/reports/patrol',
    {
      config,
      schema: {
        summary:
          'Makes the patrol report as XLSX or PDF. Answers application/x-ndjson: lines {"done","total"} meanwhile, last {"result":{"id","name"}} or {"error":{"zh","en"}}. One at a time',
        body: z.strictObject({
          from: z.int().min(0).max(8.64e15),
          to: z.int().min(0).max(8.64e15).exactOptional(),
          format: z.enum(['xlsx', 'pdf']),
          lang: LANG,
        }),
      },
    },
    async (request, reply) => {
      if (running) throw new Problem(429, 'running', reportRuns, 5);
      running = true;
      try {
        const { format, lang, ...asked } = request.body;
        const span = await auditSpanOf(gateway, asked);
        const site = auditSite(gateway.site());
        const user = sessionOf(request).user.name;
        const name = auditName(span, site, format);
        const posts = await postsGathered(gateway, span);
        const exceptions = await exceptionsGathered(gateway, span);
        const head = signedHead(gateway);
        const order = { posts, exceptions, format, lang, site, span, head, ...(font !== undefined && { font }) };
        const failed = (error: string) => world.log.error('a report could not be made', { error });
        return answerInLines(
          reply,
          async (say, signal) => {
            const progress = (done: number, total: number) => say({ done, total });
            const file = await makeAudit(gateway, order, { progress, signal, failed });
            return { id: kept.keep({ file, name, type: TYPES[format], user }), name };
          },
          {
            failed,
            over: () => {
              running = false;
            },
          },
        );
      } catch (error) {
        running = false;
        throw error;
      }
    },
  );

  app.get(
    '/api/reports/:id',
    {
      config: { ask: 'export' },
      schema: {
        summary: 'A report that was made within ten minutes, for whoever had it made',
        params: z.strictObject({ id: z.string().max(64) }),
      },
    },
    async (request, reply) => {
      const found = kept.find(request.params.id, sessionOf(request).user.name);
      if (!found) throw new Problem(404, 'report-gone', reportGone);
      const { file, name, type } = found;
      reply.type(type).header('content-disposition', `attachment; filename="${name}"`);
      return reply.header('cache-control', 'no-store, private').send(Buffer.from(file));
    },
  );
}

/** `font`: the setting `reports.font`. */
export function auditRoutes(app: App, gateway: GatewayPort, world: World, font: string | undefined): void {
  const config = { ask: 'export', rateLimit: { max: AUDITS_A_MINUTE, timeWindow: 60_000 } } as const;
  app.get(
    '/api/patrol-audit',
    {
      config,
      schema: {
        summary: `The patrol report of the rounds that begin in [from, to), at most ${AUDIT_DAYS_MAX} days; \`to\` defaults to now. \`rows=no\` leaves the records out`,
        querystring: PERIOD.extend({ rows: z.enum(['yes', 'no']).default('yes') }),
        response: { 200: z.record(z.string(), z.unknown()) },
      },
    },
    async ({ query: { rows, ...asked } }) => {
      const audit = await auditOf(gateway, await auditSpanOf(gateway, asked));
      return { ...audit, ...(rows === 'no' && { rows: [] }) };
    },
  );
  app.get(
    '/api/export/patrol.csv',
    {
      config,
      schema: { summary: 'The same report as CSV: UTF-8 with BOM, CRLF', querystring: PERIOD.extend({ lang: LANG }) },
    },
    async ({ query: { lang, ...asked } }, reply) => {
      const span = await auditSpanOf(gateway, asked);
      const site = auditSite(gateway.site());
      const { tables } = paperOf(await auditOf(gateway, span), site, lang, signedHead(gateway));
      reply.type('text/csv; charset=utf-8');
      reply.header('content-disposition', `attachment; filename="${auditName(span, site, 'csv')}"`);
      return reply.send(Readable.from(auditLines(tables, lang, site.utcOffsetMin), { objectMode: false }));
    },
  );
  makingRoutes(app, gateway, world, font);
}
