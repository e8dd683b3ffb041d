/**
 * An officer changes his own password: with the old one and, where he has them, a one-time code. His other sessions end and this one goes on. Guessing
 * costs as much as at the log-in. It must never tell a stranger's browser more than that something was wrong, nor log what it was given.
 */
import { z } from 'zod';
import { hashOf, matches, narrow } from '../../server/auth/hash.ts';
import type { App } from '../../server/http/http-app.ts';
import { Problem, problems } from '../../server/http/problem.ts';
import { oldPasswordWrong, passwordElsewhere, samePassword } from '../../words/district/access-words.ts';
import { persisting } from '../database/open-database.ts';
import type { AccessParts } from './access-context.ts';
import { openCodeSteps } from './code-steps.ts';
import { needs, officerOf, setOfficerCookie } from './district-door.ts';
import { beginAttempt, forgiveAttempts, takeBackAttempt } from './lock-out.ts';
import { findOfficer, setPassword } from './officers.ts';
import { OFFICER_PASSWORD_MAX, weakPassword } from './password-rule.ts';

const password = z.string().min(1).max(OFFICER_PASSWORD_MAX);
const given = z.strictObject({ password, newPassword: password, code: z.string().max(10).optional() });
const answer = z.object({
  next: z.enum(['code', 'done']).describe('code: one is asked for; done: the new password counts'),
});

/** Hangs the address in. */
export function ownPassword(app: App, context: AccessParts): void {
  const { db, world, seals, sessions, trail, config } = context;
  const gate = narrow();
  const codes = openCodeSteps({ db, world, seals, trail, issuer: config.district.name.zh });
  /** Whoever sits at a desk that was left open is no officer: the page stays, and says what was wrong. */
  const refused = async (work: Promise<void>) => {
    try {
      await work;
    } catch (error) {
      if (error instanceof Problem && error.status === 401) throw new Problem(422, error.code, error.why);
      throw error;
    }
  };
  app.post(
    '/api/me/password',
    { config: needs('self'), bodyLimit: 8_192, schema: { body: given, response: { 200: answer } } },
    async (request, reply) => {
      const { name, ...officer } = officerOf(request);
      const { ip: address, body } = request;
      const waitMs = await persisting(db, (sql) => beginAttempt(sql, name, address, world.now()));
      if (waitMs > 0) throw problems.often(waitMs / 1_000);
      const row = await findOfficer(db, name);
      const { hash } = row ?? { hash: null };
      if (!row || hash === null) throw new Problem(409, 'no-password', passwordElsewhere);
      if (!(await gate(() => matches(hash, body.password)))) {
        await trail.append({ officer: name, kind: 'login-refused', body: { address, own: true } });
        throw new Problem(422, 'bad-password', oldPasswordWrong);
      }
      const weak = weakPassword(name, body.newPassword) ?? (body.newPassword === body.password && samePassword);
      if (weak || (row.totp !== null && body.code === undefined)) {
        await persisting(db, (sql) => takeBackAttempt(sql, name, address));
        if (weak) throw new Problem(422, 'weak-password', weak);
        return { next: 'code' as const };
      }
      if (row.totp !== null) await refused(codes.check(row, row.totp, body.code ?? '', address));
      const fresh = await gate(() => hashOf(body.newPassword));
      await persisting(db, async (sql) => {
        await setPassword(sql, name, fresh, false);
        await forgiveAttempts(sql, name, address);
        await trail.appendIn(sql, { officer: name, kind: 'password-changed' });
      });
      const { cookie, expires } = sessions.issue({ name, ...officer, version: row.version + 1 });
      setOfficerCookie(reply, cookie, expires);
      return { next: 'done' as const };
    },
  );
}
