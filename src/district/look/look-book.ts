/**
 * Looks as lines of the trail: who looked at which school, and at which alarm of it. A page that comes back within some minutes is the same look.
 * It must never let anybody see what could not be written down.
 */
import type { World } from '../../world/world.ts';
import type { OfficerSession } from '../access/officer-session.ts';
import type { OfficerTrail } from '../access/trail.ts';

/** Ours: a network that breaks off each minute makes no trail of a hundred lines. */
const SAME_LOOK_MS = 600_000;
const KEPT_MAX = 10_000;

export interface LookBook {
  /** Resolves when it is durable. Rejects with DatabaseError. */
  note(session: OfficerSession, school: string, body: Readonly<Record<string, unknown>>): Promise<void>;
}

export function lookBook(trail: OfficerTrail, world: World): LookBook {
  /** In the order of their writing. */
  const written = new Map<string, number>();
  return {
    async note({ officer, token }, school, body) {
      const key = JSON.stringify([token.id, school, body]);
      const at = written.get(key);
      if (at !== undefined && world.elapsed() - at < SAME_LOOK_MS) return;
      await trail.append({ officer: officer.name, kind: 'looked', school, body });
      written.delete(key);
      written.set(key, world.elapsed());
      for (const oldest of written.keys()) {
        if (written.size <= KEPT_MAX) break;
        written.delete(oldest);
      }
    },
  };
}
