/**
 * The addresses of the page of people: who may log in to the district, as what and for which streets. First passwords are drawn here and shown
 * once. Each change ends the officer's sessions and stands in the trail. It must never leave the district without an administrator.
 */
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { hashOf } from '../../server/auth/hash.ts';
import type { App } from '../../server/http/http-app.ts';
import { Problem, problems } from '../../server/http/problem.ts';
import { lastAdmin, noSuchOfficer, officerNameWrong, officerTaken } from '../../words/district/access-words.ts';
import type { PersonShown } from '../board/access-types.ts';
import { districtRoles } from '../board/district-rights.ts';
import type { TrailKind } from '../board/trail-kinds.ts';
import type { Sql } from '../database/database.ts';
import { persisting } from '../database/open-database.ts';
import type { AccessParts } from './access-context.ts';
import { needs, officerOf } from './district-door.ts';
import {
  addOfficer,
  allOfficers,
  anotherAdmin,
  changeOfficer,
  findOfficer,
  forgetCodes,
  lockOfficer,
  type OfficerRow,
  officerName,
  setPassword,
} from './officers.ts';
import { drawPassword } from './password-rule.ts';

const nothing = z.strictObject({});
const about = {
  shown: z.string().trim().min(1).max(60),
  role: z.enum(districtRoles),
  streets: z.array(z.string().trim().min(1).max(60)).max(200),
  oidc: z.string().trim().min(1).max(255).nullable(),
};
const added = z.strictObject({ name: z.string().max(40), ...about });
const changed = z.strictObject(about);
const named = z.object({ name: z.string().max(40) });

/** An officer as the page of people shows him. */
const person = z.object({
  name: z.string(),
  shown: z.string(),
  role: z.enum(districtRoles),
  streets: z.array(z.string()),
  oidc: z.string().nullable(),
  madeAt: z.number(),
  lockedAt: z.number().nullable(),
  codes: z.boolean().describe('has one-time codes'),
  fresh: z.boolean().describe('has not logged in with a password of his own yet'),
});
type PersonRow = z.infer<typeof person> & PersonShown;
const drawn = z.object({ password: z.string().describe('shown this once') });

const shownOf = (row: OfficerRow): PersonRow => ({
  ...{ name: row.name, shown: row.shown, role: row.role, streets: [...row.streets], oidc: row.oidc },
  ...{ madeAt: row.made_at, lockedAt: row.locked_at, codes: row.totp !== null, fresh: row.fresh },
});

/** Whether these streets are all among an administrator's own: whoever is bounded by streets appoints nobody beyond them, himself included. */
const within = (own: readonly string[], streets: readonly string[]): boolean =>
  own.length === 0 || (streets.length > 0 && streets.every((street) => own.includes(street)));

/** Does something to an officer, with its line in the trail, in one transaction. */
function openChange({ db, trail }: Pick<AccessParts, 'db' | 'trail'>) {
  return (
    request: FastifyRequest,
    name: string,
    kind: TrailKind,
    work: (sql: Sql, row: OfficerRow) => Promise<Record<string, unknown> | undefined>,
  ) =>
    persisting(db, async (sql) => {
      // Whoever takes an administrator away waits for whoever takes the other one.
      const another = await anotherAdmin(sql, name);
      const row = await findOfficer(sql, name);
      if (!row || !within(officerOf(request).streets, row.streets))
        throw new Problem(404, 'no-such-officer', noSuchOfficer);
      const body = await work(sql, row);
      const after = await findOfficer(sql, name);
      const takenAway = row.role === 'admin' && !(after?.role === 'admin' && after.locked_at === null);
      if (takenAway && !another) throw new Problem(409, 'last-admin', lastAdmin);
      await trail.appendIn(sql, { officer: officerOf(request).name, kind, body: { name, ...body } });
    });
}

/** Hangs the addresses in. */
export function peopleRoutes(app: App, { db, world, trail }: AccessParts): void {
  const config = needs('people');
  const change = openChange({ db, trail });

  app.get('/api/people', { config, schema: { response: { 200: z.array(person) } } }, async (request) =>
    (await allOfficers(db)).filter(({ streets }) => within(officerOf(request).streets, streets)).map(shownOf),
  );
  app.post('/api/people', { config, schema: { body: added, response: { 200: drawn } } }, async (request) => {
    const { name, shown, role, streets, oidc } = request.body;
    if (!officerName.test(name)) throw new Problem(422, 'bad-name', officerNameWrong);
    if (!within(officerOf(request).streets, streets)) throw problems.right();
    const password = drawPassword();
    const hash = await hashOf(password);
    await persisting(db, async (sql) => {
      if (!(await addOfficer(sql, request.body, hash, world.now())))
        throw new Problem(409, 'officer-taken', officerTaken);
      const body = { name, shown, role, streets, oidc };
      await trail.appendIn(sql, { officer: officerOf(request).name, kind: 'officer-made', body });
    });
    return { password };
  });
  app.put(
    '/api/people/:name',
    { config, schema: { params: named, body: changed, response: { 204: z.null() } } },
    async (request, reply) => {
      const { name } = request.params;
      const { body } = request;
      if (!within(officerOf(request).streets, body.streets)) throw problems.right();
      await change(request, name, 'officer-changed', async (sql, was) => {
        const other =
          body.oidc === null
            ? []
            : await sql.query('SELECT name FROM officer WHERE oidc = $1 AND name <> $2', [body.oidc, name]);
        if (other.length > 0) throw new Problem(409, 'officer-taken', officerTaken);
        await changeOfficer(sql, { name, ...body });
        return { ...body, was: { shown: was.shown, role: was.role, streets: was.streets, oidc: was.oidc } };
      });
      return reply.code(204).send(null);
    },
  );
  app.post(
    '/api/people/:name/password',
    { config, schema: { params: named, body: nothing, response: { 200: drawn } } },
    async (request) => {
      const password = drawPassword();
      const hash = await hashOf(password);
      await change(request, request.params.name, 'officer-password', async (sql, { name }) => {
        await setPassword(sql, name, hash, true);
        return undefined;
      });
      return { password };
    },
  );
  actRoutes(app, world, change);
}

/** What is done to an officer and gives nothing back. */
function actRoutes(app: App, world: AccessParts['world'], change: ReturnType<typeof openChange>): void {
  const config = needs('people');
  const acts = [
    ['code-reset', 'officer-code-reset', (sql: Sql, name: string) => forgetCodes(sql, name)],
    ['lock', 'officer-locked', (sql: Sql, name: string) => lockOfficer(sql, name, world.now())],
    ['unlock', 'officer-unlocked', (sql: Sql, name: string) => lockOfficer(sql, name, undefined)],
  ] as const;
  for (const [act, kind, work] of acts)
    app.post(
      `/api/people/:name/${act}`,
      { config, schema: { params: named, body: nothing, response: { 204: z.null() } } },
      async (request, reply) => {
        await change(request, request.params.name, kind, async (sql, { name }) => {
          await work(sql, name);
          return undefined;
        });
        return reply.code(204).send(null);
      },
    );
}
