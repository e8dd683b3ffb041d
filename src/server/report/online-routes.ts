/**
 * How much of the time each camera showed something, for the canteen's page and its reports. It reads the journal through the core's tally and
 * computes nothing of its own. It names cameras and no person. Beside it: what
 * the gateway sees in each camera's pictures just now, for whoever sets them up.
 */
import { z } from 'zod';
import { OnlineTally, onlineKinds, onlineLeadMs } from '../../core/report/online-rate.ts';
import type { OnlineReport, OnlineStep } from '../../core/report/online-types.ts';
import { cutWithin } from '../../core/retention/cut-spans.ts';
import type { Time } from '../../core/types.ts';
import { periodEmpty, periodTooLong } from '../../words/server-words.ts';
import type { GatewayPort } from '../gateway-port.ts';
import type { App } from '../http/http-app.ts';
import { Problem } from '../http/problem.ts';
import { history } from './history.ts';
import { TIME_PARAM } from './record-routes.ts';

/** A quarter; more is asked for in parts. */
const DAYS_MAX = 93;
const A_MINUTE = 30;

const ASKED = z.strictObject({
  from: TIME_PARAM,
  to: TIME_PARAM.exactOptional(),
  by: z.enum(['day', 'week', 'month']).default('day'),
});

/** The rates of [from, to), which ends no later than now. Rejects with a Problem when the period will not do. */
export async function onlineOf(
  gateway: GatewayPort,
  { from, to, by }: { readonly from: Time; readonly to?: Time; readonly by: OnlineStep },
): Promise<OnlineReport> {
  const end = Math.min(to ?? gateway.now(), gateway.now());
  if (end <= from) throw new Problem(422, 'empty-period', periodEmpty);
  if (end - from > DAYS_MAX * 86_400_000) throw new Problem(422, 'too-long', periodTooLong(DAYS_MAX));
  const tally = new OnlineTally(gateway.site(), { from, to: end });
  for await (const events of history(gateway, { from: from - onlineLeadMs, to: end }, onlineKinds))
    for (const event of events) tally.take(event);
  return tally.result(by);
}

export function onlineRoutes(app: App, gateway: GatewayPort): void {
  app.get(
    '/api/cameras/online',
    {
      config: { ask: 'canteen', rateLimit: { max: A_MINUTE, timeWindow: 60_000 } },
      schema: {
        summary: `How much of [from, to), at most ${DAYS_MAX} days, each camera, room and the school could be seen; \`to\` defaults to now`,
        querystring: ASKED,
        response: { 200: z.record(z.string(), z.unknown()) },
      },
    },
    async (request) => {
      const report = await onlineOf(gateway, request.query);
      const pruned = await gateway.read((state) => cutWithin(state, ['alarm'], report.from));
      return { ...report, ...(pruned.length > 0 && { pruned }) };
    },
  );
  app.get(
    '/api/cameras/looks',
    {
      config: { ask: 'samples' },
      schema: {
        summary:
          'What the gateway sees in the pictures of each camera it judges: figures of the last still, and references as grey thumbnails',
        response: { 200: z.object({ cameras: z.array(z.record(z.string(), z.unknown())) }) },
      },
    },
    async (_request, reply) => {
      reply.header('cache-control', 'no-store, private');
      return { cameras: gateway.cameraLooks().map((look) => ({ ...look })) };
    },
  );
}
