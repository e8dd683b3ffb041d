/**
 * The file of an incident over HTTP: asked for by the number of any of its alarms, made while it is waited for, one at a time. That it was
 * taken away is a fact, as of every file.
 */
import { z } from 'zod';
import { localSecond } from '../../core/site/calendar.ts';
import { caseRuns } from '../../words/proof/case-words.ts';
import { WordedError } from '../../words/worded-error.ts';
import type { World } from '../../world/world.ts';
import { sessionOf } from '../auth/authorization.ts';
import type { GatewayPort } from '../gateway-port.ts';
import type { App } from '../http/http-app.ts';
import { Problem } from '../http/problem.ts';
import { type CaseFile, gatherCase } from './case-gather.ts';
import { makeCase } from './case-make.ts';

const CASES_A_MINUTE = 20;

/** Whoever takes the file of an incident needs it: nothing of it is cut from then on. */
async function hold(gateway: GatewayPort, { incident, facts }: CaseFile, by: string): Promise<void> {
  if (await gateway.read(({ held }) => held.has(incident))) return;
  const covert = facts.some((fact) => 'covert' in fact && fact.covert);
  await gateway.note({ kind: 'held', incident, by, ...(covert && { covert: true }) });
}

/** `font`: the setting `reports.font`. */
export function caseRoutes(app: App, gateway: GatewayPort, world: World, font: string | undefined): void {
  let running = false;
  const failed = (error: string) => world.log.error('the file of an incident could not be made', { error });
  // It keeps the records from being cut: a link that somebody sends, or that a browser fetches ahead, must not do that.
  app.post(
    '/api/cases/:name',
    {
      config: { ask: 'export', rateLimit: { max: CASES_A_MINUTE, timeWindow: 60_000 } },
      schema: {
        summary:
          'The file of the incident an alarm belongs to, `<alarm>.zip`: time line, pictures, records with their proofs, checkers. One at a time',
        params: z.strictObject({ name: z.string().regex(/^[1-9]\d{0,14}\.zip$/) }),
      },
    },
    async (request, reply) => {
      if (running) throw new Problem(429, 'running', caseRuns, 5);
      running = true;
      try {
        const alarm = Number.parseInt(request.params.name, 10);
        const site = gateway.site();
        const { user } = sessionOf(request);
        const found = await gatherCase(gateway, user.role, alarm);
        await hold(gateway, found, user.name);
        const now = gateway.now();
        const archive = await makeCase(site, found, { now, font, failed });
        const day = localSecond(now, site.utcOffsetMin).slice(0, 10).replaceAll('-', '');
        reply.type('application/zip').header('cache-control', 'no-store, private');
        reply.header('content-disposition', `attachment; filename="case-${found.incident}-${day}.zip"`);
        return await reply.send(archive);
      } catch (error) {
        if (error instanceof Problem || !(error instanceof WordedError)) throw error;
        throw new Problem(503, 'not-made', error.why, 10);
      } finally {
        running = false;
      }
    },
  );
}
