/**
 * The key this district signs orders and cosigns checkpoints with: made at the first start of all, and the same on every node. It must never be
 * made anew where schools already know another: that is a person's to decide.
 */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { newSigner, readSigner, type Signer, secretText, verifierKey } from '../../proof/signed-note.ts';
import { witnessKeyOther } from '../../words/district/district-node-words.ts';
import { WordedError } from '../../words/worded-error.ts';
import { makeDurably, makeFolder } from '../../world/durable-file.ts';
import type { Database } from '../database/database.ts';

/** Rejects with WordedError where the database knows another key than the folder holds. */
export async function witnessKey(db: Database, folder: string, id: string): Promise<Signer> {
  const path = join(folder, 'witness.key');
  const known = async () =>
    (await db.query<{ value: string }>("SELECT value FROM setting WHERE name = 'witness'"))[0]?.value;
  const pem = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
  if (pem === undefined && (await known()) !== undefined) throw new WordedError(witnessKeyOther(path));
  makeFolder(folder);
  if (pem === undefined) await makeDurably(path, secretText(newSigner(id)));
  const signer = readSigner(id, await readFile(path, 'utf8'));
  await db.query("INSERT INTO setting (name, value) VALUES ('witness', $1) ON CONFLICT DO NOTHING", [
    verifierKey(signer),
  ]);
  if ((await known()) !== verifierKey(signer)) throw new WordedError(witnessKeyOther(path));
  return signer;
}
