/**
 * The door in front of every route: nobody passes without a session, a right and the right origin, unless the route says
 * in its `config` that it is open. A route that says nothing is closed to everybody. It must never be bypassed by
 * registering a route outside the instance it guards.
 */
import { timingSafeEqual } from 'node:crypto';
import type { Socket } from 'node:net';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { mayAsk, type Request } from '../../core/site/rights.ts';
import type { Time } from '../../core/types.ts';
import { problems } from '../http/problem.ts';
import { RENEW_MS, type Sessions, type UserSession } from './session.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Everybody may come in; the route gives nothing away. */
    open?: true;
    /** Whoever asks is no browser and has signed what it says; the route looks at that. */
    signed?: true;
    /** The right a person needs. */
    ask?: Request;
    /** A machine may come in with the metrics token instead. */
    bearer?: true;
  }
  interface FastifyRequest {
    session: UserSession | undefined;
  }
}

export interface AuthorizationOptions {
  /** Told of each request that comes with a session. */
  readonly knows: (peer: Socket) => void;
  /** Origins allowed beside the host the request was sent to, `https://wall.school.example`. */
  readonly origins: readonly string[];
  readonly metricsToken: string | undefined;
  readonly sessions: Sessions;
  readonly now: () => Time;
}

/** Whether the person's browser speaks TLS, with us or with a proxy that is trusted to say so. */
const secureOf = (request: FastifyRequest): boolean => request.protocol === 'https';

/** The cookie's name. On TLS the prefix makes browsers hold it to this host and to secure connections. */
function cookieName(secure: boolean): string {
  return secure ? '__Host-gatehouse' : 'gatehouse';
}

export function setSession(reply: FastifyReply, token: string, expires: Time): void {
  const secure = secureOf(reply.request);
  const rest = { path: '/', httpOnly: true, sameSite: 'strict', secure } as const;
  reply.setCookie(cookieName(secure), token, { ...rest, expires: new Date(expires) });
}

export function clearSession(reply: FastifyReply): void {
  const secure = secureOf(reply.request);
  reply.clearCookie(cookieName(secure), { path: '/', httpOnly: true, sameSite: 'strict', secure });
}

/** A request's session when it has one; throws a Problem otherwise. */
export function sessionOf(request: FastifyRequest): UserSession {
  if (!request.session) throw problems.login();
  return request.session;
}

function sameOrigin(origin: string, { protocol, host }: FastifyRequest): boolean {
  try {
    return new URL(origin).origin === new URL(`${protocol}://${host}`).origin;
  } catch {
    // Not an address at all, `null` for example.
    return false;
  }
}

function bearerOf(request: FastifyRequest): string | undefined {
  return /^Bearer (\S{1,200})$/.exec(request.headers.authorization ?? '')?.[1];
}

function equal(a: string, b: string): boolean {
  const x = Buffer.from(a);
  const y = Buffer.from(b);
  return x.length === y.length && timingSafeEqual(x, y);
}

/** Hangs the door into the instance; routes registered afterwards, and unknown addresses, are behind it. */
export function authorizeRoutes(app: FastifyInstance, o: AuthorizationOptions): void {
  const allowed = new Set(o.origins.map((origin) => new URL(origin).origin));

  function checkRight(request: FastifyRequest): void {
    const { open, ask, bearer } = request.routeOptions.config;
    if (open) return;
    if (bearer && o.metricsToken !== undefined && equal(bearerOf(request) ?? '', o.metricsToken)) return;
    const session = sessionOf(request);
    if (request.is404) return;
    if (ask === undefined || !mayAsk(session.user.role, ask)) throw problems.right();
  }

  function checkOrigin(request: FastifyRequest): void {
    const changes = request.method !== 'GET' && request.method !== 'HEAD' && request.method !== 'OPTIONS';
    if ((!changes && request.headers.upgrade === undefined) || request.routeOptions.config.signed) return;
    const { origin } = request.headers;
    if (origin === undefined || !(allowed.has(origin) || sameOrigin(origin, request))) throw problems.origin();
  }

  app.decorateRequest('session', undefined);
  app.addHook('onRequest', async (request, reply) => {
    const session = o.sessions.read(request.cookies[cookieName(secureOf(request))]);
    request.session = session;
    if (session) o.knows(request.raw.socket);
    checkRight(request);
    checkOrigin(request);
    if (session && request.headers.upgrade === undefined && o.now() - session.issued > RENEW_MS) {
      const fresh = o.sessions.renew(session);
      if (!fresh) return;
      setSession(reply, fresh.token, fresh.session.expires);
    }
  });
}
