/**
 * The part of a log-in that has to do with one-time codes: the QR code that is shown once, and the code that counts once. What was shown comes
 * back in a signed text, so that any node may end what another began. It must never show the secret of somebody who has one.
 */
import { Problem } from '../../server/http/problem.ts';
import { codeAgain, wrongCode } from '../../words/district/access-words.ts';
import type { World } from '../../world/world.ts';
import type { Database } from '../database/database.ts';
import { persisting } from '../database/open-database.ts';
import { keepCodeSecret, type OfficerRow, useCode } from './officers.ts';
import { codeAddress, newCodeSecret, stepOf } from './one-time-code.ts';
import type { Seals } from './sealing.ts';
import type { OfficerTrail } from './trail.ts';

/** How long a QR code that was shown may be answered, ms. */
const ENROL_MS = 10 * 60_000;

/** What a log-in is done with. */
export interface LoginDesk {
  readonly db: Database;
  readonly world: World;
  readonly seals: Seals;
  readonly trail: OfficerTrail;
  /** What the app on the phone calls the district. */
  readonly issuer: string;
}

/** `address` is what the QR code says; `secret` the same for whoever types it; `enrol` comes back with the first code. */
export interface EnrolStep {
  readonly next: 'enrol';
  readonly secret: string;
  readonly address: string;
  readonly enrol: string;
}

interface EnrolToken {
  readonly name: string;
  readonly secret: string;
  readonly until: number;
}

/** `finish` and `check` reject with a Problem for the form. */
export function openCodeSteps({ db, world, seals, trail, issuer }: LoginDesk) {
  return {
    begin(row: OfficerRow): EnrolStep {
      const secret = newCodeSecret();
      const said: EnrolToken = { name: row.name, secret, until: world.now() + ENROL_MS };
      const enrol = seals.sign('enrol', { ...said, secret: seals.hide(secret) });
      return { next: 'enrol', secret, address: codeAddress(secret, row.name, issuer), enrol };
    },
    async finish(row: OfficerRow, code: string, enrol: string): Promise<void> {
      const said = seals.read('enrol', enrol) as EnrolToken | undefined;
      const secret = said && seals.reveal(said.secret);
      if (!said || !secret || said.name !== row.name || said.until < world.now())
        throw new Problem(409, 'enrol-over', codeAgain);
      const step = stepOf(secret, code, world.now());
      if (step === undefined) throw new Problem(401, 'wrong-code', wrongCode);
      await persisting(db, async (sql) => {
        if (!(await keepCodeSecret(sql, row.name, seals.hide(secret), step)))
          throw new Problem(409, 'enrol-over', codeAgain);
        await trail.appendIn(sql, { officer: row.name, kind: 'code-set-up' });
      });
    },
    async check(row: OfficerRow, hidden: string, code: string, address: string): Promise<void> {
      const secret = seals.reveal(hidden);
      const step = secret === undefined ? undefined : stepOf(secret, code, world.now());
      if (step !== undefined && (await useCode(db, row.name, step))) return;
      await trail.append({ officer: row.name, kind: 'login-refused', body: { address, code: true } });
      throw new Problem(401, 'wrong-code', wrongCode);
    },
  };
}
