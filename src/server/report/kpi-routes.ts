/**
 * The alarm figures of a period for page and export: reads the journal through the core's tally. It computes nothing of its
 * own and keeps nothing; both give the same numbers because there is one place they come from.
 */
import { Readable } from 'node:stream';
import { z } from 'zod';
import { KpiTally, kpiLeadMs } from '../../core/report/kpi.ts';
import { kpiKinds } from '../../core/report/kpi-kinds.ts';
import type { Kpi } from '../../core/report/kpi-types.ts';
import { cutWithin } from '../../core/retention/cut-spans.ts';
import type { Time } from '../../core/types.ts';
import { periodEmpty, periodTooLong } from '../../words/server-words.ts';
import type { GatewayPort } from '../gateway-port.ts';
import type { App } from '../http/http-app.ts';
import { Problem } from '../http/problem.ts';
import { history } from './history.ts';
import { kpiLines } from './kpi-csv.ts';
import { TIME_PARAM } from './record-routes.ts';

/** A quarter; more is asked for in parts. */
const DAYS_MAX = 93;
const KPIS_A_MINUTE = 30;

const PERIOD = z.strictObject({ from: TIME_PARAM, to: TIME_PARAM.exactOptional() });

/** The period that can be judged: not before the journal began, not beyond now. */
async function periodOf(
  gateway: GatewayPort,
  { from, to }: { from: Time; to?: Time },
): Promise<{ from: Time; to: Time }> {
  const { since, at } = await gateway.read((state) => ({ since: state.since, at: state.at }));
  // What was learned may be ahead of a clock that was set back.
  const now = Math.max(gateway.now(), at + 1);
  const end = Math.min(to ?? now, now);
  if ((to ?? now) <= from) throw new Problem(422, 'empty-period', periodEmpty);
  if (end - from > DAYS_MAX * 86_400_000) throw new Problem(422, 'too-long', periodTooLong(DAYS_MAX));
  return { from: Math.min(Math.max(from, since), end), to: end };
}

/** The figures of [from, to). Rejects with a Problem when the period will not do, with Untold while State is not durable. */
export async function kpiOf(gateway: GatewayPort, asked: { from: Time; to?: Time }): Promise<Kpi> {
  const period = await periodOf(gateway, asked);
  const carried = (await gateway.openAt(period.from)).flatMap((event) => (event.kind === 'raised' ? [event] : []));
  const tally = new KpiTally({ ...period, utcOffsetMin: gateway.site().utcOffsetMin }, carried);
  for await (const events of history(gateway, { from: period.from - kpiLeadMs, to: period.to }, kpiKinds)) {
    for (const event of events) tally.take(event);
  }
  return tally.result();
}

export function kpiRoutes(app: App, gateway: GatewayPort): void {
  // Names of people and what each did: for those who may take records out of the gateway.
  const config = { ask: 'export', rateLimit: { max: KPIS_A_MINUTE, timeWindow: 60_000 } } as const;
  app.get(
    '/api/kpi',
    {
      config,
      schema: {
        summary: `Alarm figures of [from, to), at most ${DAYS_MAX} days; \`to\` defaults to now. Each with whether its target is met`,
        querystring: PERIOD,
        response: { 200: z.record(z.string(), z.unknown()) },
      },
    },
    async (request) => {
      const kpi = await kpiOf(gateway, request.query);
      const pruned = await gateway.read((state) => cutWithin(state, ['alarm'], kpi.from));
      return { ...kpi, ...(pruned.length > 0 && { pruned }) };
    },
  );
  app.get(
    '/api/export/kpi.csv',
    { config, schema: { summary: 'The same figures as CSV: UTF-8 with BOM, CRLF', querystring: PERIOD } },
    async (request, reply) => {
      const kpi = await kpiOf(gateway, request.query);
      reply.type('text/csv; charset=utf-8');
      reply.header('content-disposition', 'attachment; filename="kpi.csv"');
      const cut = (await gateway.read((state) => cutWithin(state, ['alarm'], kpi.from)))[0];
      return reply.send(Readable.from(kpiLines(kpi, gateway.site(), cut), { objectMode: false }));
    },
  );
}
