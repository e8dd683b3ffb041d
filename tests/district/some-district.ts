/** A district without its addresses: a database with schools in it, and batches taken into it. */

import type { Database } from '../../src/district/database/database.ts';
import { openFolding } from '../../src/district/fold/folding.ts';
import { type IngestParts, takeBatch } from '../../src/district/ingest/take-batch.ts';
import { newSigner, type Signer, verifierKey } from '../../src/proof/signed-note.ts';
import type { IngestAnswer, IngestRequest } from '../../src/uplink/protocol.ts';
import { type MadeSchool, NOON } from './made-school.ts';

export interface TestNode extends IngestParts {
  /** The district's clock. */
  now: number;
  take(request: IngestRequest): Promise<IngestAnswer>;
}

/** One node on a database; nodes of one district share the signer. `stateMax`: what one school may make it hold; `dayBytesMax`: what it may bring in a day. */
export function testNode(
  db: Database,
  signer: Signer = newSigner('district'),
  stateMax?: number,
  dayBytesMax?: number,
): TestNode {
  const folding = openFolding({ version: 'test', ...(stateMax !== undefined && { stateMax }) });
  const node: TestNode = {
    ...{ db, signer, vkey: verifierKey(signer), folding, now: NOON },
    ...(dayBytesMax !== undefined && { dayBytesMax }),
    world: { now: () => node.now },
    take: (request) => takeBatch(node, request),
  };
  return node;
}

export async function addSchool(db: Database, school: Pick<MadeSchool, 'id'>, street = 'East'): Promise<void> {
  await db.query(
    `INSERT INTO school (school, name_zh, name_en, short_zh, short_en, street, kind, joined_at)
     VALUES ($1, $1, $1, $1, $1, $2, 'school', $3)`,
    [school.id, street, NOON],
  );
}

/** The leaves the district has of a school's present journal, in order, hex. */
export async function leavesOf(db: Database, school: string): Promise<string[]> {
  const rows = await db.query<{ leaf: string }>(
    'SELECT leaf FROM journal JOIN school USING (school, epoch) WHERE school = $1 ORDER BY seq',
    [school],
  );
  return rows.map(({ leaf }) => leaf);
}
