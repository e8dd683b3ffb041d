/**
 * Pairing a phone: the desk asks for a code for a person, the phone gives it back by a tap and becomes a session of that person, and the
 * desk takes a lost one away. Only a POST uses a code up: what a chat server fetches beforehand pairs nothing.
 */
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { onDuty } from '../../core/duty/on-duty.ts';
import type { Time } from '../../core/types.ts';
import { phoneGone } from '../../words/reach/pairing-words.ts';
import type { World } from '../../world/world.ts';
import type { GatewayPort } from '../gateway-port.ts';
import type { App } from '../http/http-app.ts';
import { Problem, problems } from '../http/problem.ts';
import { sessionOf, setSession } from './authorization.ts';
import type { DoorFacts } from './door-facts.ts';
import { inviteMs, type PairedPhone, type PairedPhones, pairedAtMostMs, shiftMs } from './paired-phones.ts';
import type { Sessions, UserSession } from './session.ts';

/** Nobody pairs more, and no code is found by trying. */
const TRIES_A_MINUTE = 20;

const PERSON = z.string().min(1).max(200);
const PHONES = z.object({
  phones: z.array(
    z.object({
      ...{ id: z.string(), person: z.string(), name: z.string(), by: z.string() },
      ...{ since: z.number(), until: z.number() },
      seenAgoMs: z.number().optional().describe('absent: not since the gateway started'),
    }),
  ),
});

export interface PairingParts {
  readonly gateway: GatewayPort;
  readonly world: World;
  readonly sessions: Sessions;
  readonly phones: PairedPhones;
  readonly facts: DoorFacts;
  /** Tells that every session of a phone is over. */
  ended(phone: string): void;
}

/** Who asks at the desk; a wall pairs nothing. */
function deskOf(request: FastifyRequest): UserSession {
  const session = sessionOf(request);
  if (session.kiosk) throw problems.right();
  return session;
}

/** The end of the person's shift, where he is in one. */
async function shiftEnd({ gateway }: PairingParts, person: string): Promise<Time | undefined> {
  const now = gateway.now();
  const shifts = await gateway.read((state) =>
    onDuty(gateway.site(), state, now).filter((one) => one.person === person),
  );
  return shifts.length === 0 ? undefined : Math.max(...shifts.map(({ until }) => until));
}

function deskRoutes(app: App, parts: PairingParts): void {
  const { phones, world, facts, ended } = parts;
  app.post(
    '/api/phones/invites',
    {
      config: { ask: 'phones', rateLimit: { max: TRIES_A_MINUTE, timeWindow: 60_000 } },
      bodyLimit: 2_048,
      schema: {
        summary:
          'A code that pairs one phone with a person, once, within five minutes. Without `until` the phone is paired until the end of his shift, or for 12 hours where none is planned',
        body: z.strictObject({
          person: PERSON.describe('id of a person of the configuration'),
          until: z.number().int().min(0).max(4e12).exactOptional().describe('at most 31 days from now'),
        }),
        response: { 200: z.object({ token: z.string(), name: z.string(), until: z.number(), expiresMs: z.number() }) },
      },
    },
    async (request) => {
      const { user } = deskOf(request);
      const { person, until: asked } = request.body;
      const until = asked ?? (await shiftEnd(parts, person)) ?? world.now() + shiftMs;
      const { token, name } = phones.invite(person, user.name, until);
      return { token, name, until: Math.min(until, world.now() + pairedAtMostMs), expiresMs: inviteMs };
    },
  );
  app.get(
    '/api/phones',
    { config: { ask: 'phones' }, schema: { summary: 'Phones that are paired', response: { 200: PHONES } } },
    async () => {
      const now = world.elapsed();
      const row = ({ seen, ...phone }: PairedPhone) => ({
        ...phone,
        ...(seen !== undefined && { seenAgoMs: Math.max(0, now - seen) }),
      });
      return { phones: phones.list().map(row) };
    },
  );
  app.post(
    '/api/phones/revoke',
    {
      config: { ask: 'phones' },
      bodyLimit: 2_048,
      schema: {
        summary:
          'Take a phone away; its sessions and its feed end at once. 503: they have ended, and the disk does not have it yet',
        body: z.strictObject({ id: z.string().min(1).max(40) }),
        response: { 204: z.null() },
      },
    },
    async (request, reply) => {
      const { user } = deskOf(request);
      const gone = phones.revoke(request.body.id);
      if (!gone) throw new Problem(404, 'unknown-phone', phoneGone);
      // Also while the disk is full: the phone is out at once, and the record says so.
      if (gone.fresh) {
        ended(gone.phone.id);
        facts.phoneRevoked(user.name, gone.phone);
      }
      await gone.saved;
      return reply.code(204).send(null);
    },
  );
}

export function pairingRoutes(app: App, parts: PairingParts): void {
  const { sessions, phones, facts } = parts;
  deskRoutes(app, parts);
  app.post(
    '/api/phones/pair',
    {
      config: { open: true, rateLimit: { max: TRIES_A_MINUTE, timeWindow: 60_000 } },
      bodyLimit: 2_048,
      schema: {
        summary: 'Pair this phone by a code from the desk; sets the session cookie of a guard',
        body: z.strictObject({ token: z.string().min(1).max(100) }),
        response: { 200: z.object({ name: z.string(), until: z.number() }) },
      },
    },
    async (request, reply) => {
      const { phone, secret, name, until, ...rest } = await phones.pair(request.body.token);
      const { token, session } = sessions.issuePhone({ phone, secret }, name, until);
      setSession(reply, token, session.expires);
      facts.phonePaired({ ...rest, name, until }, request.ip);
      return { name, until };
    },
  );
}
