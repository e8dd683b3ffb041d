/** What each part of the district is given when it hangs its addresses in. Types only; it must never hold behaviour. */
import type { FastifyRequest } from 'fastify';
import type { Signer } from '../../proof/signed-note.ts';
import type { World } from '../../world/world.ts';
import type { Access } from '../access/access-context.ts';
import type { DistrictBoard, DistrictTrouble, SchoolTile } from '../board/board-types.ts';
import type { Database } from '../database/database.ts';
import type { Fanout } from '../fanout/fanout.ts';
import type { BureauConfig } from './district-config.ts';

/** The board as this node knows it. */
export interface BoardSource {
  /** All schools; whoever shows it cuts it to the officer's streets. */
  board(): DistrictBoard;
  troubles(): readonly DistrictTrouble[];
  /** Tiles that changed, as soon as this node knows. Returns the way to stop. */
  changed(heard: (tiles: readonly SchoolTile[]) => void): () => void;
}

export interface DistrictContext {
  /** Officers' sessions, and the trail of what they do. Each address names its right: `config: needs('alarms')`. */
  readonly access: Access;
  readonly db: Database;
  readonly world: World;
  readonly config: BureauConfig;
  readonly version: string;
  /** Signs orders and cosigns. */
  readonly signer: Signer;
  readonly board: BoardSource;
  readonly fanout: Fanout;
  /** The school whose key a request carries: for addresses with `config: { school: true }`. Rejects with SchoolRefused. */
  readonly keyOf: (request: FastifyRequest) => Promise<string>;
  /** A connection whose other end has said who it is: it is no stranger any more. */
  readonly knows: (request: FastifyRequest) => void;
  /** Folder of the built pages. */
  readonly ui: string | undefined;
  /** Ends when the district is stopped. */
  readonly signal: AbortSignal;
}
