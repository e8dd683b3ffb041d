/**
 * The sheet of checkpoint codes, for whoever puts them up. One is printed at a time, in a thread, and taking one away is a fact like
 * any other export.
 */
import { Worker } from 'node:worker_threads';
import { z } from 'zod';
import { phonePlaces } from '../../core/phone/phone-places.ts';
import type { Site } from '../../core/types.ts';
import { noPoints } from '../../words/patrol/point-words.ts';
import { reportFailed, reportRuns } from '../../words/screens/audit-words.ts';
import type { World } from '../../world/world.ts';
import type { GatewayPort } from '../gateway-port.ts';
import type { App } from '../http/http-app.ts';
import { Problem } from '../http/problem.ts';
import type { CodeOrder, FromCodes } from './code-worker.ts';
import { codeOf } from './point-codes.ts';

const SHEETS_A_MINUTE = 10;
const MEMORY_MB = 512;
const LIMIT_MS = 60_000;

async function print(order: CodeOrder, world: World): Promise<Uint8Array> {
  const worker = new Worker(new URL('./code-worker.ts', import.meta.url), {
    workerData: order,
    resourceLimits: { maxOldGenerationSizeMb: MEMORY_MB },
  });
  const over = new AbortController();
  const answer = Promise.withResolvers<Uint8Array>();
  const fail = (why: Problem, inside?: string) => {
    if (inside !== undefined) world.log.error('the sheet of codes could not be printed', { error: inside });
    answer.reject(why);
  };
  worker.on('message', (said: FromCodes) => {
    if ('file' in said) answer.resolve(said.file);
    else fail(new Problem(500, 'report-failed', said.error), said.inside);
  });
  worker.on('error', (error) => fail(new Problem(500, 'report-failed', reportFailed), String(error)));
  worker.on('exit', () => fail(new Problem(500, 'report-failed', reportFailed)));
  world.sleep(LIMIT_MS, over.signal).then(
    () => fail(new Problem(503, 'report-failed', reportFailed, 5), 'it took too long'),
    () => undefined,
  );
  try {
    return await answer.promise;
  } finally {
    over.abort();
    await worker.terminate();
  }
}

const codesOf = (site: Site, secret: Uint8Array) =>
  [...phonePlaces(site)].map(([reader, title]) => ({ title, code: codeOf(secret, reader) }));

/** `font`: the setting `reports.font`. */
export function pointCodeRoutes(
  app: App,
  gateway: GatewayPort,
  world: World,
  secret: Uint8Array,
  font: string | undefined,
): void {
  let running = false;
  app.get(
    '/api/export/point-codes.pdf',
    {
      config: { ask: 'point-codes', rateLimit: { max: SHEETS_A_MINUTE, timeWindow: 60_000 } },
      schema: {
        summary:
          'The codes of all checkpoints as QR codes on paper. A code is as good as a key: it touches its checkpoint',
        querystring: z.strictObject({ lang: z.enum(['zh', 'en']).default('zh') }),
      },
    },
    async ({ query: { lang } }, reply) => {
      const site = gateway.site();
      const codes = codesOf(site, secret);
      if (codes.length === 0) throw new Problem(422, 'no-points', noPoints);
      if (running) throw new Problem(429, 'running', reportRuns, 5);
      running = true;
      try {
        const file = await print({ lang, school: site.name, codes, ...(font !== undefined && { font }) }, world);
        reply.type('application/pdf').header('content-disposition', 'attachment; filename="point-codes.pdf"');
        return reply.header('cache-control', 'no-store, private').send(Buffer.from(file));
      } finally {
        running = false;
      }
    },
  );
}
