/**
 * What a person asks for and is answered at once: commands, health, discovery, the check of the chain, the metrics and
 * the descriptions of all this. History is in `records`, pictures in `pictures`.
 */
import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { mayAsk, mayReadNames } from '../../core/site/rights.ts';
import { maySee, redact } from '../../core/site/sight-facts.ts';
import { redactTroubles, redactUnread } from '../../core/site/sight-records.ts';
import type { Command, Event, Trouble } from '../../core/types.ts';
import { checkRuns, notKept } from '../../words/server-words.ts';
import { wordsOf } from '../../words/worded-error.ts';
import type { World } from '../../world/world.ts';
import { sessionOf } from '../auth/authorization.ts';
import type { PinCheck } from '../auth/pins.ts';
import type { Standby } from '../auth/standby.ts';
import type { GatewayPort } from '../gateway-port.ts';
import type { App } from '../http/http-app.ts';
import { Problem, problems, refusal } from '../http/problem.ts';
import { answerInLines } from '../http/progress.ts';
import { stateCounts } from '../report/state-counts.ts';
import { REQUEST } from './command-schema.ts';
import type { openMetrics } from './metrics.ts';
import { detail } from './refusal-detail.ts';

/** A page gives up after ten seconds. */
const COMMAND_MS = 8_000;
const COMMANDS_A_MINUTE = 600;
const HEAVY_A_MINUTE = 10;

const EVENTS = z.object({ events: z.array(z.record(z.string(), z.unknown())).describe('what the command caused') });

/** While the disk is full the gateway waits with a command in its hands; the person must not wait with it for ever. */
export async function keptInTime<T>(events: Promise<T>, world: World): Promise<T> {
  const answered = new AbortController();
  const late = world.sleep(COMMAND_MS, answered.signal).then(() => {
    throw new Problem(503, 'not-kept', notKept);
  });
  try {
    return await Promise.race([events, late]);
  } finally {
    answered.abort();
  }
}

/** What a command caused, once it is durable. Rejects with a Problem when it was refused or could not be kept. */
export async function giveCommand(
  gateway: GatewayPort,
  world: World,
  by: Parameters<GatewayPort['command']>[0],
  asked: Command,
): Promise<readonly Event[]> {
  let events: readonly Event[];
  try {
    events = await keptInTime(gateway.command(by, asked), world);
  } catch (error) {
    if (error instanceof Problem) throw error;
    world.log.error('a command could not be kept', { error: wordsOf(error).en });
    throw new Problem(503, 'not-kept', wordsOf(error), 5);
  }
  const refused = events.find((e) => e.kind === 'refused');
  const site = gateway.site();
  if (refused) {
    const { first: _first, ...unnamed } = refused;
    throw refusal(mayReadNames(by.role) ? refused : unnamed, site, detail(refused, site));
  }
  return events;
}

export function commandRoute(app: App, gateway: GatewayPort, world: World, pins: PinCheck): void {
  app.post(
    '/api/commands',
    {
      config: {
        ask: 'self',
        rateLimit: {
          max: COMMANDS_A_MINUTE,
          timeWindow: 60_000,
          keyGenerator: (request) => `user ${request.session?.user.name ?? request.ip}`,
        },
      },
      bodyLimit: 8_192,
      schema: {
        summary:
          'Give a command; answered when what it caused is durable. A refused command is a problem whose `code` says why',
        body: REQUEST,
        response: { 200: EVENTS },
      },
    },
    async (request) => {
      const { user, kiosk } = sessionOf(request);
      // A wall hangs where anybody can reach it: it shows, and may be quietened, and gives no other order.
      if (kiosk && request.body.do !== 'silence') throw problems.right();
      const events = await giveCommand(gateway, world, user, await pins(user, request.body, request.ip));
      const site = gateway.site();
      return { events: events.filter((e) => maySee(user.role, e)).map((e) => ({ ...redact(user.role, site, e) })) };
    },
  );
}

export function healthRoutes(
  app: App,
  gateway: GatewayPort,
  troubles: () => readonly Trouble[],
  standby: Standby,
): void {
  app.get(
    '/api/health',
    {
      config: { ask: 'feed' },
      schema: {
        summary:
          'Lines with their ledgers, troubles, the head of the chain, and what was put aside as unreadable. `gauges` leaves out what comes from State while the journal cannot be written',
        response: { 200: z.record(z.string(), z.unknown()) },
      },
    },
    async (request) => {
      const { role } = sessionOf(request).user;
      return {
        version: gateway.version,
        at: gateway.now(),
        head: gateway.head(),
        lines: gateway.lines(),
        troubles: redactTroubles(role, troubles()),
        nobody: await standby.steps(),
        walls: standby.walls(),
        unlistedWalls: standby.unlisted(),
        ...(gateway.district && { district: gateway.district() }),
        quarantine: mayAsk(role, 'quarantine') ? redactUnread(role, gateway.site(), gateway.quarantine()) : [],
        gauges: { ...gateway.gauges(), ...(await stateCounts(gateway)) },
      };
    },
  );

  app.get(
    '/healthz',
    {
      // A monitor behind the address of others must not be told that it asks too often.
      config: { open: true, rateLimit: false },
      exposeHeadRoute: true,
      schema: { summary: 'Open to everybody: `ok`, or 503 `not ok` while the journal cannot be written' },
    },
    async (_request, reply) => {
      const ok = !gateway.troubles().some((t) => t.part === 'journal');
      return reply
        .code(ok ? 200 : 503)
        .type('text/plain')
        .send(ok ? 'ok' : 'not ok');
    },
  );

  app.get(
    '/api/discover',
    {
      config: { ask: 'discover', rateLimit: { max: HEAVY_A_MINUTE, timeWindow: 60_000 } },
      schema: {
        summary: 'Cameras that answer a WS-Discovery probe',
        response: { 200: z.object({ found: z.array(z.record(z.string(), z.unknown())) }) },
      },
    },
    async () => ({ found: (await gateway.discover()).map((f) => ({ ...f })) }),
  );
}

/** Walking the chain takes a while: the answer is a stream of lines, each one JSON object. */
export function verifyRoute(app: App, gateway: GatewayPort, world: World): void {
  let running = false;
  app.post(
    '/api/verify',
    {
      config: { ask: 'verify', rateLimit: { max: HEAVY_A_MINUTE, timeWindow: 60_000 } },
      schema: {
        summary:
          'Walk the whole chain. Answers application/x-ndjson: lines {"done","total"} while it runs, last {"result":{"ok","checked","broken"?,"why"?}} or {"error":{"zh","en"}}',
        body: z.strictObject({}),
      },
    },
    async (_request, reply) => {
      if (running) throw new Problem(409, 'running', checkRuns, 5);
      running = true;
      return answerInLines(reply, (say) => gateway.verify((done, total) => say({ done, total })), {
        failed: (error) => world.log.error('the chain could not be checked', { error }),
        over: () => {
          running = false;
        },
      });
    },
  );
}

export function descriptionRoutes(app: App, gateway: GatewayPort, metrics: ReturnType<typeof openMetrics>): void {
  app.get(
    '/metrics',
    { config: { ask: 'metrics', bearer: true }, schema: { summary: 'Prometheus' } },
    async (_r, reply) => reply.type(metrics.type).send(await metrics.text()),
  );
  app.get(
    '/api/openapi.json',
    { config: { ask: 'feed' }, schema: { summary: 'This description' } },
    async (_r, reply) => reply.type('application/json').send(app.swagger()),
  );
  app.get(
    '/asyncapi.json',
    { config: { ask: 'feed' }, schema: { summary: 'What goes over MQTT, as AsyncAPI 3' } },
    async (_r, reply) => reply.type('application/json').send(await gateway.asyncapi()),
  );
  app.get(
    '/api/feed.md',
    { config: { ask: 'feed' }, schema: { summary: 'The frames of the feed' } },
    async (_r, reply) =>
      reply
        .type('text/markdown; charset=utf-8')
        .send(await readFile(new URL('../feed/feed.md', import.meta.url), 'utf8')),
  );
}
