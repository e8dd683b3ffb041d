/**
 * Which schools an officer may know of: those of his streets. Every address of the bureau asks here, lists by the condition and single schools by
 * the question. A school outside is answered like one that does not exist. It must never be asked for less than every read.
 */
import { problems } from '../../server/http/problem.ts';
import { mayStreet } from '../board/district-rights.ts';
import type { Sql } from '../database/database.ts';
import type { Officer } from './officers.ts';

/** For the parameter that `inSight` names. */
export const sightOf = ({ streets }: Pick<Officer, 'streets'>): string => JSON.stringify(streets);

/**
 * A condition of SQL: `column`, a school, is within the streets that parameter `n` holds (`sightOf`). Both are ours, never what somebody sent.
 */
export const inSight = (n: number, column = 'school'): string =>
  `($${n}::jsonb = '[]'::jsonb OR ${column} IN (SELECT one.school FROM school one WHERE one.street IN (SELECT jsonb_array_elements_text($${n}::jsonb))))`;

/** Resolves where the officer may know of the school. Rejects with a Problem (404) where he may not, or there is none. */
export async function seeSchool(sql: Sql, officer: Pick<Officer, 'streets'>, school: string): Promise<void> {
  const [row] = await sql.query<{ street: string }>('SELECT street FROM school WHERE school = $1', [school]);
  if (!row || !mayStreet(officer.streets, row.street)) throw problems.unknown();
}
