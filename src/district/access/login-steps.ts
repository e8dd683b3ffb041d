/**
 * Logging in to the district with a name and a password, in as many steps as it takes: the password, a new one where somebody else gave it, the QR
 * code where there is none yet, the one-time code. Nothing is given before all are done. Every answer to a wrong name or password is the same and
 * takes as long. It must never log what it was given.
 */
import { decoyHash, hashOf, matches, narrow } from '../../server/auth/hash.ts';
import { Problem, problems } from '../../server/http/problem.ts';
import { samePassword } from '../../words/district/access-words.ts';
import { wrongLogin } from '../../words/server-words.ts';
import { needsCode } from '../board/district-rights.ts';
import { persisting } from '../database/open-database.ts';
import { type EnrolStep, type LoginDesk, openCodeSteps } from './code-steps.ts';
import { beginAttempt, forgiveAttempts, takeBackAttempt } from './lock-out.ts';
import { findOfficer, type Officer, type OfficerRow, setPassword } from './officers.ts';
import { OFFICER_PASSWORD_MAX, weakPassword } from './password-rule.ts';

export interface LoginGiven {
  readonly user: string;
  readonly password: string;
  readonly newPassword?: string | undefined;
  readonly code?: string | undefined;
  /** What came with the QR code. */
  readonly enrol?: string | undefined;
}

/** What is wanted next, or who has come in. */
export type LoginStep =
  | { readonly next: 'password' }
  | EnrolStep
  | { readonly next: 'code' }
  | { readonly next: 'in'; readonly officer: Officer };

/** Takes a new password; resolves with the officer as he is then. */
function openPasswordStep({
  db,
  trail,
  gate,
}: Pick<LoginDesk, 'db' | 'trail'> & { readonly gate: ReturnType<typeof narrow> }) {
  return async (row: OfficerRow, given: LoginGiven, password: string): Promise<OfficerRow> => {
    const weak = weakPassword(row.name, password) ?? (password === given.password ? samePassword : undefined);
    if (weak) throw new Problem(422, 'weak-password', weak);
    const hash = await gate(() => hashOf(password));
    await persisting(db, async (sql) => {
      await setPassword(sql, row.name, hash, false);
      await trail.appendIn(sql, { officer: row.name, kind: 'password-changed' });
    });
    return { ...row, hash, fresh: false, version: row.version + 1 };
  };
}

export function openLoginSteps({ db, world, seals, trail, issuer }: LoginDesk) {
  const gate = narrow();
  const decoy = decoyHash();
  const codes = openCodeSteps({ db, world, seals, trail, issuer });
  const renewPassword = openPasswordStep({ db, trail, gate });

  async function checkPassword(given: LoginGiven, address: string): Promise<OfficerRow> {
    const waitMs = await persisting(db, (sql) => beginAttempt(sql, given.user, address, world.now()));
    if (waitMs > 0) throw problems.often(waitMs / 1_000);
    const row = await findOfficer(db, given.user);
    const wanted = row?.hash ?? decoy;
    const right = given.password.length <= OFFICER_PASSWORD_MAX && (await gate(() => matches(wanted, given.password)));
    if (row?.hash && right && row.locked_at === null) return row;
    world.log.warn('a log-in was refused', { address });
    // Nobody waits for it: an answer that takes longer would tell that there is such a name.
    if (row)
      void trail
        .append({ officer: row.name, kind: 'login-refused', body: { address } })
        .catch((error: Error) => world.log.error('a refused log-in is not in the trail', { error: error.message }));
    throw new Problem(401, 'bad-login', wrongLogin);
  }

  /** Rejects with a Problem for the form, or with DatabaseError. */
  return async (given: LoginGiven, address: string): Promise<LoginStep> => {
    let row = await checkPassword(given, address);
    const wait = async (step: LoginStep): Promise<LoginStep> => {
      await persisting(db, (sql) => takeBackAttempt(sql, given.user, address));
      return step;
    };
    const { newPassword, code, enrol } = given;
    // Whoever has codes shows one before the password is changed.
    if (row.totp !== null) {
      if (code === undefined) return await wait({ next: 'code' });
      if (row.fresh && newPassword === undefined) return await wait({ next: 'password' });
      await codes.check(row, row.totp, code, address);
    }
    if (row.fresh) {
      if (newPassword === undefined) return await wait({ next: 'password' });
      row = await renewPassword(row, given, newPassword);
    }
    if (row.totp === null && needsCode(row.role)) {
      if (code === undefined || enrol === undefined) return await wait(codes.begin(row));
      await codes.finish(row, code, enrol);
    }
    await persisting(db, (sql) => forgiveAttempts(sql, given.user, address));
    await trail.append({ officer: row.name, kind: 'login', body: { address } });
    const { name, shown, role, streets, version } = row;
    return { next: 'in', officer: { name, shown, role, streets, version } };
  };
}
