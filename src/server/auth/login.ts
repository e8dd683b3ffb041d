/**
 * Logging in and out, and who one is. The answer to a wrong log-in must never tell whether the name exists.
 */
import { z } from 'zod';
import { everyRole } from '../../core/site/rights.ts';
import type { Words } from '../../core/types.ts';
import { wrongLogin } from '../../words/server-words.ts';
import type { World } from '../../world/world.ts';
import type { App } from '../http/http-app.ts';
import { Problem, problems } from '../http/problem.ts';
import { PASSWORD_MAX, type Users } from './accounts.ts';
import { openAttempts } from './attempts.ts';
import { clearSession, sessionOf, setSession } from './authorization.ts';
import type { DoorFacts } from './door-facts.ts';
import type { KeptLogouts } from './kept-logouts.ts';
import type { PairedPhones } from './paired-phones.ts';
import { SESSION_MS, type Sessions, type UserSession } from './session.ts';

const ME = z.object({
  name: z.string(),
  role: z.enum(everyRole),
  kiosk: z.boolean(),
  pin: z.boolean().describe('taking watch away needs a code'),
  expires: z.number().describe('ms since the epoch; every use of the session moves it'),
});

/** With where he is: pages that follow no feed say it too. */
const ME_HERE = ME.extend({ school: z.object({ zh: z.string(), en: z.string() }) });

function me(users: Users, session: UserSession): z.infer<typeof ME> {
  const { user, kiosk, expires } = session;
  const pin = !session.paired && users.find(user.name)?.pin === true;
  return { name: user.name, role: user.role, kiosk, pin, expires };
}

export interface LoginParts {
  readonly users: Users;
  readonly sessions: Sessions;
  readonly world: World;
  readonly facts: DoorFacts;
  readonly phones: PairedPhones;
  readonly logouts: KeptLogouts;
  /** The school's name. */
  school(): Words;
  /** Tells that a session was ended by its person. */
  ended(session: UserSession): void;
}

/** A journal that works takes a log-out well within this time; after it there is no waiting for one that does not. Ours. */
const JOURNAL_MS = 1_000;

/** Whether a log-out is where a restart finds it: in the journal, or beside it while that takes nothing. */
async function kept({ world, facts, logouts }: LoginParts, { id, user }: UserSession): Promise<boolean> {
  const left = { session: id, by: user.name };
  const at = world.now();
  const told = facts.loggedOut(left).then(
    () => true,
    () => false,
  );
  const waited = new AbortController();
  const late = world.sleep(JOURNAL_MS, waited.signal).then(
    () => false,
    () => false,
  );
  const inJournal = await Promise.race([told, late]);
  waited.abort();
  if (inJournal) return true;
  const beside = await logouts.keep({ ...left, at });
  void told.then((is) => (is ? logouts.settle(id) : undefined));
  return beside;
}

function logoutRoute(app: App, parts: LoginParts): void {
  const { sessions, world, facts, phones, ended } = parts;
  app.post(
    '/api/logout',
    {
      config: { ask: 'self' },
      schema: {
        summary:
          'Log out; ends the session and its feeds. 200 where that could not be kept: whoever has the cookie is out until the gateway is restarted',
        body: z.strictObject({}),
        response: { 200: z.object({ kept: z.literal(false) }), 204: z.null() },
      },
    },
    async (request, reply) => {
      const session = sessionOf(request);
      sessions.end(session);
      ended(session);
      clearSession(reply);
      const gone = session.paired && phones.revoke(session.paired.phone);
      if (gone) {
        facts.phoneRevoked(session.user.name, gone.phone);
        await gone.saved;
      } else if (!(await kept(parts, session))) {
        world.log.warn('a log-out could not be kept: it holds until the gateway is restarted', {
          user: session.user.name,
        });
        return reply.code(200).send({ kept: false as const });
      }
      return reply.code(204).send(null);
    },
  );
}

export function loginRoutes(app: App, parts: LoginParts): void {
  const { users, sessions, world, facts, school } = parts;
  const attempts = openAttempts(world.elapsed);

  app.post(
    '/api/login',
    {
      config: { open: true },
      bodyLimit: 2_048,
      schema: {
        summary: 'Log in; sets the session cookie',
        body: z.strictObject({ user: z.string().min(1).max(40), password: z.string().min(1).max(PASSWORD_MAX) }),
        response: { 200: ME },
      },
    },
    async (request, reply) => {
      const { user: name, password } = request.body;
      const waitMs = attempts.begin(request.ip, name);
      if (waitMs > 0) throw problems.often(waitMs / 1_000);
      const account = await users.verify(name, password);
      if (!account) {
        world.log.warn('a log-in was refused', { address: request.ip });
        facts.refused(users.list().find((one) => one.user.name === name)?.user.name, request.ip);
        throw new Problem(401, 'bad-login', wrongLogin);
      }
      attempts.forgive(request.ip, name);
      const { token, session } = sessions.issue(account);
      setSession(reply, token, session.expires);
      facts.loggedIn(session, request.ip);
      return me(users, session);
    },
  );

  logoutRoute(app, parts);

  app.get(
    '/api/me',
    {
      config: { ask: 'self' },
      schema: {
        summary: `Who is logged in. A page that only listens to the feed asks this hourly: use renews the session, which otherwise ends after ${SESSION_MS / 3_600_000} h`,
        response: { 200: ME_HERE },
      },
    },
    async (request) => ({ ...me(users, sessionOf(request)), school: school() }),
  );
}
