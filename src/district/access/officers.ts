/**
 * The officers of the bureau as the database has them: who may log in, as what, and for which streets. It must never give away a password's hash
 * or a secret, nor leave the district without an administrator who can log in.
 */
import type { DistrictRole } from '../board/district-rights.ts';
import type { Sql } from '../database/database.ts';

/** Whose request it is. */
export interface Officer {
  /** What he logs in with. */
  readonly name: string;
  /** As schools and colleagues read it. */
  readonly shown: string;
  readonly role: DistrictRole;
  /** The streets whose schools he may know of; none: all. */
  readonly streets: readonly string[];
  /** Raised with every change that ends his sessions. */
  readonly version: number;
}

/** A row as it stands; within this room alone. */
export interface OfficerRow extends Officer {
  readonly hash: string | null;
  readonly fresh: boolean;
  readonly totp: string | null;
  readonly oidc: string | null;
  readonly made_at: number;
  readonly locked_at: number | null;
}

const COLUMNS = 'name, shown, role, streets, version, hash, fresh, totp, oidc, made_at, locked_at';

/** Names officers log in with: letters of any script, digits, `.`, `_`, `-`; at most 40. */
export const officerName = /^[\p{L}\p{N}._-]{1,40}$/u;

export async function findOfficer(sql: Sql, name: string): Promise<OfficerRow | undefined> {
  return (await sql.query<OfficerRow>(`SELECT ${COLUMNS} FROM officer WHERE name = $1`, [name]))[0];
}

export async function officerOfClaim(sql: Sql, claim: string): Promise<OfficerRow | undefined> {
  return (await sql.query<OfficerRow>(`SELECT ${COLUMNS} FROM officer WHERE oidc = $1`, [claim]))[0];
}

export async function allOfficers(sql: Sql): Promise<readonly OfficerRow[]> {
  return await sql.query<OfficerRow>(`SELECT ${COLUMNS} FROM officer ORDER BY name`);
}

/** The officer of a session, in one question; undefined when he may come in no more or has left it. */
export async function officerOfSession(
  sql: Sql,
  session: { readonly name: string; readonly id: string; readonly version: number },
): Promise<Officer | undefined> {
  const [row] = await sql.query<Officer>(
    `SELECT name, shown, role, streets, version FROM officer
      WHERE name = $1 AND version = $2 AND locked_at IS NULL AND NOT EXISTS (SELECT 1 FROM left_session WHERE id = $3)`,
    [session.name, session.version, session.id],
  );
  return row;
}

export interface OfficerMade {
  readonly name: string;
  readonly shown: string;
  readonly role: DistrictRole;
  readonly streets: readonly string[];
  readonly oidc: string | null;
}

/** False where the name, or what the claim says, is somebody's already. */
export async function addOfficer(sql: Sql, made: OfficerMade, hash: string | null, now: number): Promise<boolean> {
  const rows = await sql.query(
    `INSERT INTO officer (name, shown, role, streets, oidc, hash, made_at) VALUES ($1, $2, $3, $4::jsonb, $5, $6, $7)
     ON CONFLICT DO NOTHING RETURNING name`,
    [made.name, made.shown, made.role, JSON.stringify(made.streets), made.oidc, hash, now],
  );
  return rows.length > 0;
}

/** His sessions end. */
export async function changeOfficer(sql: Sql, made: OfficerMade): Promise<void> {
  await sql.query(
    `UPDATE officer SET shown = $2, role = $3, streets = $4::jsonb, oidc = $5, version = version + 1 WHERE name = $1`,
    [made.name, made.shown, made.role, JSON.stringify(made.streets), made.oidc],
  );
}

/** `fresh`: somebody else gave it, and it is changed at the next log-in. His sessions end. */
export async function setPassword(sql: Sql, name: string, hash: string, fresh: boolean): Promise<void> {
  await sql.query('UPDATE officer SET hash = $2, fresh = $3, version = version + 1 WHERE name = $1', [
    name,
    hash,
    fresh,
  ]);
}

/** Keeps the hidden secret of his codes with the step of the first one; false where he has one already. */
export async function keepCodeSecret(sql: Sql, name: string, hidden: string, step: number): Promise<boolean> {
  const rows = await sql.query(
    'UPDATE officer SET totp = $2, totp_step = $3 WHERE name = $1 AND totp IS NULL RETURNING name',
    [name, hidden, step],
  );
  return rows.length > 0;
}

/** Takes the code of this half minute, once: false where it or a later one was used. */
export async function useCode(sql: Sql, name: string, step: number): Promise<boolean> {
  const rows = await sql.query(
    'UPDATE officer SET totp_step = $2 WHERE name = $1 AND (totp_step IS NULL OR totp_step < $2) RETURNING name',
    [name, step],
  );
  return rows.length > 0;
}

/** His phone is lost: the next log-in shows a new QR code. His sessions end. */
export async function forgetCodes(sql: Sql, name: string): Promise<void> {
  await sql.query('UPDATE officer SET totp = NULL, totp_step = NULL, version = version + 1 WHERE name = $1', [name]);
}

/** `at` undefined: he may log in again. His sessions end. */
export async function lockOfficer(sql: Sql, name: string, at: number | undefined): Promise<void> {
  await sql.query('UPDATE officer SET locked_at = $2, version = version + 1 WHERE name = $1', [name, at ?? null]);
}

/** Whether an administrator other than this officer can log in. Within the transaction that takes one away: it locks their rows. */
export async function anotherAdmin(sql: Sql, name: string): Promise<boolean> {
  const rows = await sql.query<{ name: string; locked_at: number | null }>(
    "SELECT name, locked_at FROM officer WHERE role = 'admin' ORDER BY name FOR UPDATE",
  );
  return rows.some((row) => row.name !== name && row.locked_at === null);
}
