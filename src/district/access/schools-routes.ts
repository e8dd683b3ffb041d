/**
 * The addresses of the page of schools: which there are, how their keys stand, and what a school needs to join; what was not folded in, and what a
 * person decides about it. It must never show a key again.
 */
import { z } from 'zod';
import { labelWidth, schoolShortMax } from '../../core/site/naming.ts';
import { verifierKey } from '../../proof/signed-note.ts';
import type { App } from '../../server/http/http-app.ts';
import { Problem } from '../../server/http/problem.ts';
import { schoolId } from '../../uplink/protocol.ts';
import { schoolNotHeld, schoolTaken } from '../../words/district/access-words.ts';
import type { QuarantineShown, SchoolShown } from '../board/access-types.ts';
import { persisting } from '../database/open-database.ts';
import { schoolTroubles } from '../ingest/school-troubles.ts';
import { settleSchool } from '../ingest/settle.ts';
import type { BureauTls } from '../service/district-config.ts';
import type { AccessParts } from './access-context.ts';
import { needs, officerOf } from './district-door.ts';
import { keyMade, keyRoutes, openAddKey } from './school-keys.ts';
import { leavingRoutes } from './school-leaving.ts';
import { inSight, seeSchool, sightOf } from './street-sight.ts';

const name = z.string().trim().min(1).max(60);
/** As wide as the school's own configuration takes it, whatever letters it is written in. */
const short = name.refine((text) => labelWidth(text) <= schoolShortMax);
/** Why somebody decided so: a sentence that is read on paper, without signs that nobody sees. */
const reason = z
  .string()
  .trim()
  .min(1)
  .max(500)
  .regex(/^(?:[^\p{Cs}\p{Cc}]|[\n\t])*$/u);
const place = z.number().min(0).max(1_000).nullable();
const about = {
  nameZh: name,
  nameEn: name,
  shortZh: short,
  shortEn: short,
  street: name,
  kind: z.enum(['school', 'kindergarten']),
  x: place,
  y: place,
};
const made = z.strictObject({ school: schoolId, ...about });
const changed = z.strictObject(about);
const one = z.object({ school: z.string().max(40) });

const keyShown = z.object({
  id: z.string(),
  madeAt: z.number(),
  madeBy: z.string(),
  usedAt: z.number().nullable(),
  /** Of a certificate: when it runs out. */
  until: z.number().nullable(),
  withdrawnAt: z.number().nullable(),
});
const troubleShown = z.object({ code: z.string(), zh: z.string(), en: z.string(), since: z.number() });
const schoolShown = z.object({
  school: z.string(),
  ...about,
  epoch: z.number(),
  joinedAt: z.number(),
  leftAt: z.number().nullable(),
  /** Its last sign of life. */
  seenAt: z.number().nullable(),
  version: z.string().nullable(),
  /** `at` of the newest line that is here, by the school's clock. */
  toldAt: z.number().nullable(),
  /** Lines the district has, and the school says it has. */
  has: z.number().nullable(),
  head: z.number().nullable(),
  clockOff: z.number().nullable(),
  cosignedAt: z.number().nullable(),
  /** Why nothing of it is taken: a refusal code. */
  held: z.string().nullable(),
  heldAt: z.number().nullable(),
  /** Why it was refused and not heard since, or what else a person has to see to there. */
  troubles: z.array(troubleShown),
  keys: z.array(keyShown),
}) satisfies z.ZodType<SchoolShown>;

const LIST = `
  SELECT s.school, s.name_zh AS "nameZh", s.name_en AS "nameEn", s.short_zh AS "shortZh", s.short_en AS "shortEn", s.street, s.kind, s.x, s.y,
         s.epoch, s.joined_at AS "joinedAt", s.left_at AS "leftAt", c.seen_at AS "seenAt", c.told_at AS "toldAt", c.version, c.seq AS has, c.head,
         c.clock_off AS "clockOff", c.cosigned_at AS "cosignedAt", c.held, c.held_at AS "heldAt"
    FROM school s LEFT JOIN cursor c ON c.school = s.school WHERE ${inSight(1, 's.school')} ORDER BY s.school`;
const KEYS = `
  SELECT school, id, made_at AS "madeAt", made_by AS "madeBy", used_at AS "usedAt", withdrawn_at AS "withdrawnAt", until
    FROM school_key WHERE ${inSight(1)} ORDER BY school, made_at`;

const certificatesBy = ({ clientRequired = false }: BureauTls): 'count' | 'required' =>
  clientRequired ? 'required' : 'count';

/** Hangs the addresses in. */
export function schoolsRoutes(app: App, { db, world, config, fanout, signer, trail }: AccessParts): void {
  const join = {
    url: config.server.pages ?? null,
    witness: verifierKey(signer),
    district: { zh: config.district.name.zh, en: config.district.name.en },
    certificates: config.server.tls?.clientAuthority === undefined ? null : certificatesBy(config.server.tls),
  };
  const joining = z.object({
    url: z.string().nullable().describe('where schools find the district; null: as this page was found'),
    witness: z.string(),
    district: z.object({ zh: z.string(), en: z.string() }),
    certificates: z.enum(['count', 'required']).nullable().describe('whether schools are known by certificates here'),
  });
  app.get(
    '/api/schools',
    {
      config: needs('schools'),
      schema: { response: { 200: z.object({ join: joining, schools: z.array(schoolShown) }) } },
    },
    async (request) => {
      const param = [sightOf(officerOf(request))];
      const schools = await db.query<Omit<SchoolShown, 'keys' | 'troubles'>>(LIST, param);
      const keys = await db.query<z.infer<typeof keyShown> & { school: string }>(KEYS, param);
      const troubles = await schoolTroubles(db, world.now());
      const of = <T extends { readonly school: string }>(all: readonly T[], row: { readonly school: string }) =>
        all.filter(({ school }) => school === row.school);
      return {
        join,
        schools: schools.map((row) => ({ ...row, troubles: of(troubles, row), keys: of(keys, row) })),
      };
    },
  );
  changeRoutes(app, { db, world, fanout, trail });
  settleRoutes(app, { db, world, trail });
}

const quarantined = z.object({
  id: z.string(),
  at: z.number(),
  code: z.string(),
  seq: z.number(),
  zh: z.string(),
  en: z.string(),
  settledAt: z.number().nullable(),
  settledBy: z.string().nullable(),
  settledHow: z.string().nullable(),
}) satisfies z.ZodType<QuarantineShown>;
/** Newest lines of a school's quarantine that are shown. */
const QUARANTINED_SHOWN = 100;

type KeyGround = Pick<AccessParts, 'db' | 'world' | 'fanout' | 'trail'>;

/** What was not folded in, and what a person decides about it. */
function settleRoutes(app: App, { db, world, trail }: Pick<AccessParts, 'db' | 'world' | 'trail'>): void {
  app.get(
    '/api/schools/:school/quarantine',
    { config: needs('schools'), schema: { params: one, response: { 200: z.array(quarantined) } } },
    async (request) => {
      const { school } = request.params;
      await seeSchool(db, officerOf(request), school);
      return [
        ...(await db.query<z.infer<typeof quarantined>>(
          `SELECT id, at, code, seq, zh, en, settled_at AS "settledAt", settled_by AS "settledBy", settled_how AS "settledHow"
             FROM quarantine WHERE school = $1 ORDER BY at DESC, id LIMIT ${QUARANTINED_SHOWN}`,
          [school],
        )),
      ];
    },
  );
  app.post(
    '/api/schools/:school/settle',
    {
      config: needs('settle'),
      schema: {
        params: one,
        body: z.strictObject({ how: z.enum(['keep', 'begin-anew']), reason }),
        response: { 204: z.null() },
      },
    },
    async (request, reply) => {
      const { school } = request.params;
      const { how, reason: why } = request.body;
      const officer = officerOf(request);
      await seeSchool(db, officer, school);
      const held = await settleSchool(db, { school, how, officer: officer.name }, world.now(), (sql) =>
        trail.appendIn(sql, { officer: officer.name, kind: 'settled', school, body: { how, reason: why } }),
      );
      if (!held) throw new Problem(409, 'not-held', schoolNotHeld);
      return reply.code(204).send(null);
    },
  );
}

function changeRoutes(app: App, { db, world, fanout, trail }: KeyGround): void {
  const asks = needs('keys');
  const addKey = openAddKey({ world, trail });
  app.post('/api/schools', { config: asks, schema: { body: made, response: { 200: keyMade } } }, async (request) => {
    const { school, ...more } = request.body;
    const { name: by, streets } = officerOf(request);
    return await persisting(db, async (sql) => {
      const rows = await sql.query(
        `INSERT INTO school (school, name_zh, name_en, short_zh, short_en, street, kind, x, y, joined_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) ON CONFLICT DO NOTHING RETURNING school`,
        [
          school,
          more.nameZh,
          more.nameEn,
          more.shortZh,
          more.shortEn,
          more.street,
          more.kind,
          more.x,
          more.y,
          world.now(),
        ],
      );
      if (rows.length === 0) throw new Problem(409, 'school-taken', schoolTaken);
      await seeSchool(sql, { streets }, school);
      const key = await addKey(sql, school, by);
      await trail.appendIn(sql, { officer: by, kind: 'school-made', school, body: more });
      return key;
    });
  });
  app.put(
    '/api/schools/:school',
    { config: asks, schema: { params: one, body: changed, response: { 204: z.null() } } },
    async (request, reply) => {
      const { school } = request.params;
      const { body } = request;
      const { name: by, streets } = officerOf(request);
      await persisting(db, async (sql) => {
        await seeSchool(sql, { streets }, school);
        await sql.query(
          `UPDATE school SET name_zh = $2, name_en = $3, short_zh = $4, short_en = $5, street = $6, kind = $7, x = $8, y = $9 WHERE school = $1`,
          [school, body.nameZh, body.nameEn, body.shortZh, body.shortEn, body.street, body.kind, body.x, body.y],
        );
        // He does not push it out of his own sight either.
        await seeSchool(sql, { streets }, school);
        await trail.appendIn(sql, { officer: by, kind: 'school-changed', school, body });
      });
      return reply.code(204).send(null);
    },
  );
  keyRoutes(app, { db, fanout, trail, world }, addKey);
  leavingRoutes(app, { db, fanout, trail, world }, addKey);
}
