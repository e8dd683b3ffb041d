/**
 * Addresses of calendars: making one, and answering at it. An address is a secret of 192 bits that stands in the link alone; what is kept
 * is its hash. Whoever has the link sees the shifts of one person, and nothing that tells whether another link exists.
 */
import { createHash, randomBytes } from 'node:crypto';
import { z } from 'zod';
import { lookup } from '../../core/site/lookup.ts';
import { mayAsk } from '../../core/site/rights.ts';
import type { World } from '../../world/world.ts';
import { sessionOf } from '../auth/authorization.ts';
import type { GatewayPort } from '../gateway-port.ts';
import type { App } from '../http/http-app.ts';
import { problems } from '../http/problem.ts';
import { ID } from '../report/record-routes.ts';
import { giveCommand } from './api.ts';
import { calendarOf } from './duty-calendar.ts';

const GIVEN_A_MINUTE = 20;
/** A phone asks once an hour; a school behind one address has some dozens. */
const ASKED_A_MINUTE = 120;
const TOKEN_BYTES = 24;
const TOKEN_FILE = /^([A-Za-z0-9_-]{32})\.ics$/;

const hashOfToken = (token: string): string => createHash('sha256').update(token).digest('hex');

export function dutyRoutes(app: App, gateway: GatewayPort, world: World): void {
  app.post(
    '/api/duty/calendars',
    {
      config: { ask: 'self', rateLimit: { max: GIVEN_A_MINUTE, timeWindow: 60_000 } },
      bodyLimit: 1_024,
      schema: {
        summary: 'Make the address of a person’s calendar; told this once. One before it leads nowhere from then on',
        body: z.strictObject({ person: ID }),
        response: {
          200: z.object({ path: z.string().describe('with the secret in it, from the root of this server') }),
        },
      },
    },
    async (request) => {
      const { user, kiosk } = sessionOf(request);
      if (kiosk || !mayAsk(user.role, 'rounds')) throw problems.right();
      const token = randomBytes(TOKEN_BYTES).toString('base64url');
      const { person } = request.body;
      await giveCommand(gateway, world, user, { do: 'give-calendar', person, hash: hashOfToken(token) });
      return { path: `/duty/${token}.ics` };
    },
  );

  app.get(
    '/duty/:file',
    {
      config: { open: true, rateLimit: { max: ASKED_A_MINUTE, timeWindow: 60_000 } },
      schema: {
        summary: 'The shifts of one person as text/calendar, to whoever has its address; 404 otherwise',
        params: z.object({ file: z.string().max(100) }),
      },
    },
    async (request, reply) => {
      const [, token] = TOKEN_FILE.exec(request.params.file) ?? [];
      if (token === undefined) throw problems.unknown();
      const hash = hashOfToken(token);
      const calendar = await gateway.read((state) => {
        const [person] = [...state.calendars].find(([, known]) => known.hash === hash) ?? [];
        const site = gateway.site();
        if (person === undefined || !lookup(site.people, person)) return undefined;
        return calendarOf(site, state, { person, mark: hash.slice(0, 12), now: gateway.now() });
      });
      if (calendar === undefined) throw problems.unknown();
      return reply
        .type('text/calendar; charset=utf-8')
        .header('cache-control', 'private, no-store')
        .header('referrer-policy', 'no-referrer')
        .send(calendar);
    },
  );
}
