/**
 * Sessions of officers: a signed cookie that says who, which version of him, and until when. Every node believes it, and none without asking the
 * database whether he is still that one. It must never be believed by its signature alone.
 */
import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import type { Database } from '../database/database.ts';
import { type Officer, officerOfSession } from './officers.ts';
import type { Seals } from './sealing.ts';

const HOUR_MS = 3_600_000;
/** An officer's session ends when it was not used this long. */
export const OFFICER_MS = 12 * HOUR_MS;
/** A screen's: nobody stands there to log in again. */
export const SCREEN_MS = 30 * 24 * HOUR_MS;
/** A cookie older than this is replaced by a fresh one when it is used. */
export const OFFICER_RENEW_MS = HOUR_MS / 2;
/** How old may be what a socket was last told of its session, ms. */
const SOCKET_ASKS_MS = 4_000;

const token = z.strictObject({
  name: z.string(),
  id: z.string(),
  version: z.number(),
  issued: z.number(),
  expires: z.number(),
});
export type OfficerToken = z.infer<typeof token>;

export interface OfficerSession {
  readonly officer: Officer;
  readonly token: OfficerToken;
}

export interface OfficerSessions {
  /** A fresh cookie, or the same session's with a new expiry. */
  issue(officer: Officer, id?: string): { readonly cookie: string; readonly expires: number };
  /** Undefined where it is forged, over or left, or the officer changed. Rejects with DatabaseError. */
  read(cookie: string | undefined): Promise<OfficerSession | undefined>;
  /** It is believed no more on any node. */
  leave(session: OfficerSession): Promise<void>;
  /** For a socket: whether the session still stands, by an answer of the database a few seconds old. */
  watch(session: OfficerSession): () => boolean;
}

export function openOfficerSessions(db: Database, seals: Seals, now: () => number): OfficerSessions {
  const lifeOf = ({ role }: Officer) => (role === 'screen' ? SCREEN_MS : OFFICER_MS);
  return {
    issue(officer, id = randomBytes(12).toString('base64url')) {
      const issued = now();
      const expires = issued + lifeOf(officer);
      const { name, version } = officer;
      return { cookie: seals.sign('session', { name, id, version, issued, expires } satisfies OfficerToken), expires };
    },
    async read(cookie) {
      const said = token.safeParse(seals.read('session', cookie));
      if (!said.success || said.data.expires <= now()) return undefined;
      const officer = await officerOfSession(db, said.data);
      return officer && { officer, token: said.data };
    },
    async leave({ token: { id } }) {
      // The cookie may have been renewed since: remember it as long as any renewal could last.
      await db.query('INSERT INTO left_session (id, until) VALUES ($1, $2) ON CONFLICT DO NOTHING', [
        id,
        now() + SCREEN_MS,
      ]);
      await db.query('DELETE FROM left_session WHERE until < $1', [now()]);
    },
    watch({ token: said }) {
      let lives = true;
      let askedAt = now();
      let asking = false;
      return () => {
        if (lives && !asking && now() - askedAt >= SOCKET_ASKS_MS) {
          asking = true;
          officerOfSession(db, said)
            .then(
              (officer) => {
                lives = officer !== undefined;
              },
              // While the database is away nothing new is shown either; the socket says so itself.
              () => undefined,
            )
            .finally(() => {
              asking = false;
              askedAt = now();
            });
        }
        return lives;
      };
    },
  };
}
