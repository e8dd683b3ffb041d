/**
 * The ledger on a guard's phone: what was given to him or reported by him, to answer it with a photograph, and to report what he found. He sees
 * nothing of anybody else's; whoever takes a report on sees it on the canteen's page or at the desk.
 */
import { z } from 'zod';
import { ownLedger } from '../../core/rectify/own-ledger.ts';
import type { World } from '../../world/world.ts';
import type { GatewayPort } from '../gateway-port.ts';
import type { App } from '../http/http-app.ts';
import { ID } from '../report/record-routes.ts';
import { walkerOf } from '../routes/point-routes.ts';
import { ANSWERED, acting, DONE, OFFENCE, ONE_LINE, photographed } from './photo-acts.ts';

const REPORTED = z.strictObject({
  area: ID.exactOptional(),
  place: ONE_LINE.exactOptional(),
  offence: OFFENCE,
  what: ONE_LINE,
});

/** Where something may be found, beyond what a person writes: areas of the canteen, and every checkpoint once. */
function placesOf(gateway: GatewayPort) {
  const { canteen, routes } = gateway.site();
  const areas = Object.values(canteen?.areas ?? {}).map(({ id, title }) => ({ area: id, title }));
  const points = Object.values(routes).flatMap(({ checkpoints }) => checkpoints.map(({ title }) => ({ title })));
  return [...areas, ...new Map(points.map((one) => [one.title.zh, one])).values()];
}

/** `app`: of a scope that takes files. */
export function ownLedgerRoutes(app: App, gateway: GatewayPort, world: World): void {
  const give = photographed(gateway, world);
  app.get(
    '/api/rectifications/mine',
    {
      config: { ask: 'own-ledger' },
      schema: {
        summary:
          'What has to be put right by this person, what he reported or answered, and where something may be found',
        response: { 200: z.record(z.string(), z.unknown()) },
      },
    },
    async (request, reply) => {
      const [user, now] = [walkerOf(request), gateway.now()];
      reply.header('cache-control', 'no-store, private');
      const rectifications = await gateway.read((state) => ownLedger(gateway.site(), state, user, now));
      return { rectifications, places: placesOf(gateway) };
    },
  );
  const report = acting('own-ledger', 'Report something amiss, for somebody to take on');
  app.post(
    '/api/rectifications/reports',
    { ...report, schema: { summary: report.summary, querystring: REPORTED, response: DONE } },
    async (request) => give(request, { do: 'report-rectification', ...request.query }),
  );
  const answer = acting('own-ledger', 'Say what was done about a rectification that was given to this person');
  app.post(
    '/api/rectifications/answers',
    { ...answer, schema: { summary: answer.summary, querystring: ANSWERED, response: DONE } },
    async (request) => give(request, { do: 'answer-rectification', ...request.query }),
  );
}
