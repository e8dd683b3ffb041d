/**
 * The addresses of the log-in: by name and password in steps, by the bureau's single sign-on, who one is, and leaving. It must never tell
 * whether a name exists, nor lead a browser to another host than the issuer's.
 */
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { App } from '../../server/http/http-app.ts';
import { Problem, problems } from '../../server/http/problem.ts';
import { claimUnknown, goOn } from '../../words/district/access-words.ts';
import { districtPages, firstDistrictPage } from '../board/district-pages.ts';
import { districtRoles } from '../board/district-rights.ts';
import type { AccessParts } from './access-context.ts';
import { clearOfficerCookie, needs, officerOf, officerSessionOf, setOfficerCookie } from './district-door.ts';
import { openLoginSteps } from './login-steps.ts';
import { type Officer, officerOfClaim } from './officers.ts';
import { OFFICER_PASSWORD_MAX } from './password-rule.ts';
import { openSignOn, SIGN_ON_MS } from './single-sign-on.ts';

const BACK = '/login/back';
/** Sent along when the issuer leads back here: another site does that, so the browser must not hold it to ours. */
const STATE_COOKIE = 'gatehouse-sign-on';

const words = z.object({ zh: z.string(), en: z.string() });
const me = z.object({
  name: z.string(),
  shown: z.string(),
  role: z.enum(districtRoles),
  streets: z.array(z.string()).describe('none: all'),
  district: words,
  utcOffsetMin: z.number(),
  now: z.number(),
});
const password = z.string().min(1).max(OFFICER_PASSWORD_MAX);
const loginBody = z.strictObject({
  user: z.string().min(1).max(40),
  password,
  newPassword: password.optional(),
  code: z.string().max(10).optional(),
  enrol: z.string().max(2_000).optional(),
});
const loginAnswer = z.union([
  z.object({ next: z.literal('in'), me }),
  z.object({ next: z.enum(['password', 'code']) }),
  z.object({ next: z.literal('enrol'), secret: z.string(), address: z.string(), enrol: z.string() }),
]);

/** Hangs the addresses in. */
export function loginRoutes(app: App, context: AccessParts): void {
  const { db, world, config, seals, sessions, trail } = context;
  const { name: district } = config.district;
  const login = openLoginSteps({ db, world, seals, trail, issuer: district.zh });
  const open = { open: true } as const;
  const meOf = ({ version: _, ...officer }: Officer) => ({
    ...officer,
    streets: [...officer.streets],
    district,
    utcOffsetMin: config.utcOffsetMin,
    now: world.now(),
  });
  const enter = (reply: FastifyReply, officer: Officer) => {
    const { cookie, expires } = sessions.issue(officer);
    setOfficerCookie(reply, cookie, expires);
  };

  app.get(
    '/api/login-ways',
    { config: open, schema: { response: { 200: z.object({ district: words, signOn: z.boolean() }) } } },
    async () => ({ district, signOn: config.login.oidc !== undefined }),
  );
  app.post(
    '/api/login',
    { config: open, bodyLimit: 8_192, schema: { body: loginBody, response: { 200: loginAnswer } } },
    async (request, reply) => {
      const step = await login(request.body, request.ip);
      if (step.next !== 'in') return step;
      enter(reply, step.officer);
      return { next: 'in' as const, me: meOf(step.officer) };
    },
  );
  app.post(
    '/api/logout',
    { config: needs('self'), schema: { body: z.strictObject({}), response: { 204: z.null() } } },
    async (request, reply) => {
      const session = officerSessionOf(request);
      await sessions.leave(session);
      clearOfficerCookie(reply);
      await trail.append({ officer: session.officer.name, kind: 'logout' });
      return reply.code(204).send(null);
    },
  );
  app.get('/api/me', { config: needs('self'), schema: { response: { 200: me } } }, async (request) =>
    meOf(officerOf(request)),
  );
  signOnRoutes(app, context, enter);
}

/** The two addresses of the single sign-on; without one in the configuration there are none. */
function signOnRoutes(app: App, context: AccessParts, enter: (reply: FastifyReply, officer: Officer) => void): void {
  const { db, world, config, seals, trail } = context;
  const { oidc } = config.login;
  if (!oidc) return;
  const open = { config: { open: true }, schema: { hide: true } } as const;
  const signOn = openSignOn(oidc, seals, world);
  const here = (request: FastifyRequest) => config.server.pages ?? `${request.protocol}://${request.host}`;
  const cookieOf = (request: FastifyRequest) => ({
    ...{ path: BACK, httpOnly: true, sameSite: 'lax' as const, secure: request.protocol === 'https' },
  });
  app.get('/login/begin', open, async (request, reply) => {
    const { to, cookie } = await signOn.begin(new URL(BACK, here(request)).href);
    reply.setCookie(STATE_COOKIE, cookie, { ...cookieOf(request), maxAge: SIGN_ON_MS / 1_000 });
    return reply.redirect(to);
  });
  app.get(BACK, open, async (request, reply) => {
    const cookie = request.cookies[STATE_COOKIE];
    reply.clearCookie(STATE_COOKIE, cookieOf(request));
    const claim = await signOn.end(new URL(request.url, here(request)), cookie);
    const row = await officerOfClaim(db, claim);
    if (!row || row.locked_at !== null) {
      if (row)
        await trail.append({ officer: row.name, kind: 'login-refused', body: { address: request.ip, signOn: true } });
      throw new Problem(403, 'claim-unknown', claimUnknown);
    }
    if (row.role === 'screen') throw problems.right();
    await trail.append({ officer: row.name, kind: 'login', body: { address: request.ip, signOn: true } });
    const { name, shown, role, streets, version } = row;
    enter(reply, { name, shown, role, streets, version });
    const { path } = districtPages[firstDistrictPage(role)];
    // A redirect would still count as coming from the issuer's site, and the browser would keep the cookie back.
    return reply.type('text/html; charset=utf-8').send(
      `<!doctype html><html lang="zh-CN"><meta charset="utf-8"><meta http-equiv="refresh" content="0; url=${path}">
<title>${goOn.zh} ${goOn.en}</title><p><a href="${path}">${goOn.zh} ${goOn.en}</a></p></html>`,
    );
  });
}
