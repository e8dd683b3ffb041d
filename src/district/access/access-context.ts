/** What the district's access is given, and what the other parts take of it. Types only; it must never hold behaviour. */
import type { FastifyRequest } from 'fastify';
import type { Signer } from '../../proof/signed-note.ts';
import type { World } from '../../world/world.ts';
import type { Database } from '../database/database.ts';
import type { Fanout } from '../fanout/fanout.ts';
import type { BureauConfig } from '../service/district-config.ts';
import type { DistrictRoute } from './district-door.ts';
import type { OfficerSessions } from './officer-session.ts';
import type { Seals } from './sealing.ts';
import type { OfficerTrail } from './trail.ts';

/** What access is opened with. */
export interface AccessGround {
  readonly db: Database;
  readonly world: World;
  readonly config: BureauConfig;
  /** Told where keys of schools changed: nodes believe them for some seconds. */
  readonly fanout: Pick<Fanout, 'tell'>;
  /** The key of the district, which all its nodes have. */
  readonly signer: Signer;
  /** Told of each request that comes with a session. */
  readonly knows: (request: FastifyRequest) => void;
  /** Ends when the district is stopped. */
  readonly signal: AbortSignal;
}

/** What the other parts of the district take of it. */
export interface Access {
  readonly sessions: OfficerSessions;
  readonly trail: OfficerTrail;
  /** Every address of this node; a test walks them all. */
  readonly routes: readonly DistrictRoute[];
}

/** What its own addresses are given. */
export interface AccessParts extends AccessGround, Omit<Access, 'routes'> {
  readonly seals: Seals;
}
