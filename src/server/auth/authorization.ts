/**
 * The door in front of every route: nobody passes without a session, a right and the right origin, unless the route says
 * in its `config` that it is open. A route that says nothing is closed to everybody. It must never be bypassed by
 * registering a route outside the instance it guards.
 */
import { timingSafeEqual } from 'node:crypto';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { mayAsk, type Request } from '../../core/site/rights.ts';
import type { Time } from '../../core/types.ts';
import { problems } from '../http/problem.ts';
import type { Users } from './accounts.ts';
import { RENEW_MS, type Sessions, type UserSession } from './session.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Everybody may come in; the route gives nothing away. */
    open?: true;
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
  readonly tls: boolean;
  /** Origins allowed beside the host the request was sent to, `https://wall.school.example`. */
  readonly origins: readonly string[];
  readonly metricsToken: string | undefined;
  readonly sessions: Sessions;
  readonly users: Users;
  readonly now: () => Time;
}

/** The cookie's name. On TLS the prefix makes browsers hold it to this host and to secure connections. */
export function cookieName(tls: boolean): string {
  return tls ? '__Host-gatehouse' : 'gatehouse';
}

export function setSession(reply: FastifyReply, tls: boolean, token: string, expires: Time): void {
  reply.setCookie(cookieName(tls), token, {
    path: '/',
    httpOnly: true,
    sameSite: 'strict',
    secure: tls,
    expires: new Date(expires),
  });
}

/** A request's session when it has one; throws a Problem otherwise. */
export function sessionOf(request: FastifyRequest): UserSession {
  if (!request.session) throw problems.login();
  return request.session;
}

function sameOrigin(origin: string, host: string | undefined, tls: boolean): boolean {
  try {
    return new URL(origin).origin === new URL(`${tls ? 'https' : 'http'}://${host ?? ''}`).origin;
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
    if (!changes && request.headers.upgrade === undefined) return;
    const { origin, host } = request.headers;
    if (origin === undefined || !(allowed.has(origin) || sameOrigin(origin, host, o.tls))) throw problems.origin();
  }

  app.decorateRequest('session', undefined);
  app.addHook('onRequest', async (request, reply) => {
    const session = o.sessions.read(request.cookies[cookieName(o.tls)]);
    request.session = session;
    checkRight(request);
    checkOrigin(request);
    if (session && request.headers.upgrade === undefined && o.now() - session.issued > RENEW_MS) {
      const account = o.users.find(session.user.name);
      if (!account) return;
      const fresh = o.sessions.issue(account, session.id);
      setSession(reply, o.tls, fresh.token, fresh.session.expires);
    }
  });
}
