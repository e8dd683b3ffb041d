/**
 * The door in front of every address of the bureau: nobody passes without a session, the right, and the right origin, unless the address says that
 * it is open, or that schools ask it with their key. An address that says nothing is closed to everybody. It must never be bypassed by
 * registering an address outside the instance it guards.
 */
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { App } from '../../server/http/http-app.ts';
import { Problem, problems } from '../../server/http/problem.ts';
import { storeFails } from '../../words/district/access-words.ts';
import type { World } from '../../world/world.ts';
import { type DistrictRight, mayDistrict } from '../board/district-rights.ts';
import { DatabaseError } from '../database/database-error.ts';
import { OFFICER_RENEW_MS, type OfficerSession, type OfficerSessions } from './officer-session.ts';
import type { Officer } from './officers.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** The right an officer needs. */
    right?: DistrictRight;
  }
  interface FastifyRequest {
    officer: OfficerSession | undefined;
  }
}

/** Seconds after which asking again makes sense. Ours. */
const STORE_AGAIN_S = 5;

/** What an address that asks for a right says of itself. */
export const needs = (right: DistrictRight): { readonly right: DistrictRight } => ({ right });

const secureOf = (request: FastifyRequest): boolean => request.protocol === 'https';
/** On TLS the prefix makes browsers hold the cookie to this host and to secure connections. */
const cookieName = (secure: boolean): string => (secure ? '__Host-gatehouse-district' : 'gatehouse-district');

export function setOfficerCookie(reply: FastifyReply, cookie: string, expires: number): void {
  const secure = secureOf(reply.request);
  const rest = { path: '/', httpOnly: true, sameSite: 'strict', secure } as const;
  reply.setCookie(cookieName(secure), cookie, { ...rest, expires: new Date(expires) });
}

export function clearOfficerCookie(reply: FastifyReply): void {
  const secure = secureOf(reply.request);
  reply.clearCookie(cookieName(secure), { path: '/', httpOnly: true, sameSite: 'strict', secure });
}

/** Whose request it is; throws a Problem where nobody is logged in. */
export function officerOf(request: FastifyRequest): Officer {
  return officerSessionOf(request).officer;
}

export function officerSessionOf(request: FastifyRequest): OfficerSession {
  if (!request.officer) throw problems.login();
  return request.officer;
}

/** The session that an open address may know of. Rejects with DatabaseError. */
export const peekOfficer = (sessions: OfficerSessions, request: FastifyRequest): Promise<OfficerSession | undefined> =>
  sessions.read(request.cookies[cookieName(secureOf(request))]);

function sameOrigin(origin: string, { protocol, host }: FastifyRequest): boolean {
  return URL.canParse(origin) && URL.canParse(`${protocol}://${host}`)
    ? new URL(origin).origin === new URL(`${protocol}://${host}`).origin
    : false;
}

/** The database's failure as anybody may read it, and the whole of it for the log; undefined where it is another's. */
export function databaseProblem(error: unknown, log: World['log']): Problem | undefined {
  if (!(error instanceof DatabaseError)) return undefined;
  log.error('the database failed a request', { error: error.why.en, code: error.code });
  const status = error.fault === 'unstorable' ? 422 : error.fault === 'full' ? 507 : 503;
  return new Problem(status, `store-${error.fault}`, storeFails, status === 503 ? STORE_AGAIN_S : undefined);
}

export interface DistrictDoor {
  readonly sessions: OfficerSessions;
  /** Origins allowed beside the host the request was sent to. */
  readonly origins: readonly string[];
  /** Told of each request that comes with a session. */
  readonly knows: (request: FastifyRequest) => void;
  readonly now: () => number;
}

/** An address behind the door, as the application itself told of it. */
export interface DistrictRoute {
  readonly method: string;
  readonly url: string;
  /** Who may come in: everybody, schools by their key, officers with a right, or nobody. */
  readonly whom: 'open' | 'school' | DistrictRight | 'nobody';
}

/** Hangs the door in; addresses registered afterwards, and unknown ones, are behind it. The list grows as they are registered. */
export function guardDistrict(app: App, { sessions, origins, knows, now }: DistrictDoor): readonly DistrictRoute[] {
  const routes: DistrictRoute[] = [];
  app.addHook('onRoute', ({ method, url, config }) => {
    const whom = config?.open ? 'open' : config?.school ? 'school' : (config?.right ?? 'nobody');
    for (const one of [method].flat()) routes.push({ method: one, url, whom });
  });
  const allowed = new Set(origins.map((origin) => new URL(origin).origin));

  function checkOrigin(request: FastifyRequest): void {
    const changes = request.method !== 'GET' && request.method !== 'HEAD' && request.method !== 'OPTIONS';
    if (!changes && request.headers.upgrade === undefined) return;
    const { origin } = request.headers;
    if (origin === undefined || !(allowed.has(origin) || sameOrigin(origin, request))) throw problems.origin();
  }

  app.decorateRequest('officer', undefined);
  app.addHook('onRequest', async (request, reply) => {
    const { open, school, right } = request.routeOptions.config;
    if (school) return;
    if (open) return checkOrigin(request);
    const session = await peekOfficer(sessions, request);
    if (!session) throw problems.login();
    request.officer = session;
    knows(request);
    if (!request.is404 && (right === undefined || !mayDistrict(session.officer.role, right))) throw problems.right();
    checkOrigin(request);
    if (request.headers.upgrade !== undefined || now() - session.token.issued <= OFFICER_RENEW_MS) return;
    const { cookie, expires } = sessions.issue(session.officer, session.token.id);
    setOfficerCookie(reply, cookie, expires);
  });
  return routes;
}
