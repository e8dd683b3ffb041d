/**
 * The addresses of the trail: what officers did, read by pages, and the chain reckoned anew. One reckoning runs at a time. It must never write
 * anything but that it was verified.
 */
import { z } from 'zod';
import type { App } from '../../server/http/http-app.ts';
import { problems } from '../../server/http/problem.ts';
import { trailKinds } from '../board/trail-kinds.ts';
import type { AccessParts } from './access-context.ts';
import { needs, officerOf } from './district-door.ts';
import { inSight, sightOf } from './street-sight.ts';
import { readTrail, verifyTrail } from './trail.ts';

const LINES_SHOWN = 200;
/** Seconds after which another reckoning may be asked for while one runs. */
const BUSY_S = 5;

const asked = z.strictObject({
  before: z.coerce.number().int().min(1).optional(),
  kind: z.enum(trailKinds).optional(),
  officer: z.string().min(1).max(40).optional(),
  school: z.string().min(1).max(40).optional(),
});
const line = z.object({
  n: z.number(),
  at: z.number(),
  officer: z.string(),
  kind: z.enum(trailKinds),
  school: z.string().optional(),
  body: z.record(z.string(), z.unknown()),
});
const verdict = z.object({ lines: z.number(), head: z.string(), brokenAt: z.number().optional() });

/** Hangs the addresses in. */
export function trailRoutes(app: App, { db, signal, trail }: Pick<AccessParts, 'db' | 'signal' | 'trail'>): void {
  const config = needs('trail');
  let running = false;
  app.get(
    '/api/trail',
    {
      config,
      schema: { querystring: asked, response: { 200: z.object({ lines: z.array(line), more: z.boolean() }) } },
    },
    async (request) => {
      const sight = { where: inSight(1, 'trail.school'), param: sightOf(officerOf(request)) };
      const lines = await readTrail(db, request.query, sight, LINES_SHOWN + 1);
      return { lines: lines.slice(0, LINES_SHOWN), more: lines.length > LINES_SHOWN };
    },
  );
  app.post(
    '/api/trail/verify',
    { config, schema: { body: z.strictObject({}), response: { 200: verdict } } },
    async (request) => {
      if (running) throw problems.busy(BUSY_S);
      running = true;
      try {
        const found = await verifyTrail(db, signal);
        await trail.append({ officer: officerOf(request).name, kind: 'trail-verified', body: { ...found } });
        return found;
      } finally {
        running = false;
      }
    },
  );
}
