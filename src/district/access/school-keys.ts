/**
 * Keys of schools as people make and withdraw them. A key is shown once and kept as a hash; a new one counts beside the old ones until they are
 * withdrawn, so that nobody is cut off by changing it. It must never show a key again.
 */
import { X509Certificate } from 'node:crypto';
import { z } from 'zod';
import type { App } from '../../server/http/http-app.ts';
import { Problem } from '../../server/http/problem.ts';
import { keysEnough, noSuchKey, schoolHasLeft } from '../../words/district/access-words.ts';
import { certificateOfOther, noSuchCertificate } from '../../words/district/revoked-list-words.ts';
import type { Sql } from '../database/database.ts';
import { persisting } from '../database/open-database.ts';
import { makeSchoolKey } from '../ingest/school-key.ts';
import type { AccessParts } from './access-context.ts';
import { needs, officerOf } from './district-door.ts';
import { seeSchool } from './street-sight.ts';

/** Keys of one school that count at once. */
const KEYS_MAX = 5;

const one = z.object({ school: z.string().max(40) });
const oneKey = one.extend({ id: z.string().max(8) });
const nothing = z.strictObject({});
/** A key that was just made. */
export const keyMade = z.object({ key: z.string().describe('shown this once'), id: z.string() });

/** Makes a key of a school, with its line in the trail. */
export type AddKey = (sql: Sql, school: string, by: string) => Promise<z.infer<typeof keyMade>>;

export const openAddKey =
  ({ world, trail }: Pick<AccessParts, 'world' | 'trail'>): AddKey =>
  async (sql, school, by) => {
    const { key, id, hash } = makeSchoolKey(school);
    const counted = await sql.query(
      'SELECT id FROM school_key WHERE school = $1 AND withdrawn_at IS NULL AND until IS NULL',
      [school],
    );
    if (counted.length >= KEYS_MAX) throw new Problem(409, 'keys-enough', keysEnough);
    await sql.query('INSERT INTO school_key (school, id, hash, made_at, made_by) VALUES ($1, $2, $3, $4, $5)', [
      ...[school, id, hash, world.now(), by],
    ]);
    await trail.appendIn(sql, { officer: by, kind: 'key-made', school, body: { key: id } });
    return { key, id };
  };

/** RFC 5280's end of a certificate that has none: of one that is known by its fingerprint alone. */
const NO_END = Date.UTC(9999, 11, 31, 23, 59, 59);

interface NamedCertificate {
  /** SHA-256, hex. */
  readonly hash: string;
  /** ms since 1970. */
  readonly until: number;
}

/** Which certificate is meant: by its text (PEM), or by its SHA-256 fingerprint. Throws Problem. */
function namedCertificate(school: string, text: string): NamedCertificate {
  const hex = text.replace(/^.*=/, '').replaceAll(/[:\s]/g, '').toLowerCase();
  if (/^[0-9a-f]{64}$/.test(hex)) return { hash: hex, until: NO_END };
  let read: X509Certificate;
  try {
    read = new X509Certificate(text);
  } catch {
    throw new Problem(422, 'no-such-certificate', noSuchCertificate);
  }
  const name = /^CN=(.*)$/m.exec(read.subject)?.[1] ?? '';
  if (name !== school) throw new Problem(422, 'certificate-other', certificateOfOther(name));
  return { hash: read.fingerprint256.replaceAll(':', '').toLowerCase(), until: read.validToDate.getTime() };
}

/** A certificate is withdrawn whether or not it was ever shown here: one that was lost on its way is. */
function certificateRoute(
  app: App,
  { db, fanout, world, trail }: Pick<AccessParts, 'db' | 'fanout' | 'world' | 'trail'>,
): void {
  app.post(
    '/api/schools/:school/certificates/withdraw',
    {
      config: needs('keys'),
      schema: {
        params: one,
        body: z.strictObject({ certificate: z.string().max(20_000) }),
        response: { 204: z.null() },
      },
    },
    async (request, reply) => {
      const { school } = request.params;
      const officer = officerOf(request);
      const { hash, until } = namedCertificate(school, request.body.certificate);
      const id = hash.slice(0, 8);
      await persisting(db, async (sql) => {
        await seeSchool(sql, officer, school);
        const rows = await sql.query(
          `INSERT INTO school_key (school, id, hash, made_at, made_by, until, withdrawn_at, withdrawn_by) VALUES ($1, $2, $3, $4, $5, $6, $4, $5)
           ON CONFLICT (school, id) DO UPDATE SET withdrawn_at = excluded.withdrawn_at, withdrawn_by = excluded.withdrawn_by
             WHERE school_key.hash = excluded.hash AND school_key.withdrawn_at IS NULL RETURNING id`,
          [school, id, hash, world.now(), officer.name, until],
        );
        if (rows.length === 0) throw new Problem(404, 'no-such-key', noSuchKey);
        await trail.appendIn(sql, { officer: officer.name, kind: 'key-withdrawn', school, body: { key: id } });
      });
      fanout.tell({ kind: 'access', school });
      return reply.code(204).send(null);
    },
  );
}

/** Hangs the addresses of keys in. */
export function keyRoutes(
  app: App,
  { db, fanout, world, trail }: Pick<AccessParts, 'db' | 'fanout' | 'world' | 'trail'>,
  addKey: AddKey,
): void {
  certificateRoute(app, { db, fanout, world, trail });
  const asks = needs('keys');
  app.post(
    '/api/schools/:school/keys',
    { config: asks, schema: { params: one, body: nothing, response: { 200: keyMade } } },
    async (request) => {
      const { school } = request.params;
      const officer = officerOf(request);
      return await persisting(db, async (sql) => {
        await seeSchool(sql, officer, school);
        const [row] = await sql.query<{ left_at: number | null }>(
          'SELECT left_at FROM school WHERE school = $1 FOR UPDATE',
          [school],
        );
        if (row?.left_at) throw new Problem(409, 'school-left', schoolHasLeft);
        return await addKey(sql, school, officer.name);
      });
    },
  );
  app.post(
    '/api/schools/:school/keys/:id/withdraw',
    { config: asks, schema: { params: oneKey, body: nothing, response: { 204: z.null() } } },
    async (request, reply) => {
      const { school, id } = request.params;
      const officer = officerOf(request);
      await persisting(db, async (sql) => {
        await seeSchool(sql, officer, school);
        const rows = await sql.query(
          `UPDATE school_key SET withdrawn_at = $3, withdrawn_by = $4 WHERE school = $1 AND id = $2 AND withdrawn_at IS NULL RETURNING id`,
          [school, id, world.now(), officer.name],
        );
        if (rows.length === 0) throw new Problem(404, 'no-such-key', noSuchKey);
        await trail.appendIn(sql, { officer: officer.name, kind: 'key-withdrawn', school, body: { key: id } });
      });
      fanout.tell({ kind: 'access', school });
      return reply.code(204).send(null);
    },
  );
}
