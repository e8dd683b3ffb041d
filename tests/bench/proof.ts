/**
 * What the checker beside exported records finds, and how long a million of them take it: as whoever was handed them runs it, in a process of its
 * own. The floor reads the file and hashes each line once.
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { createReadStream, statSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { newSigner } from '../../src/proof/signed-note.ts';
import { figure, table, times } from './figures.ts';
import { reckonedBundle } from './proof-bundle.ts';
import { changesTable, tryChanges } from './proof-changes.ts';

const seed = 20_261_129;
const changes = 1_000;

async function floorMs(path: string): Promise<number> {
  const began = performance.now();
  for await (const line of createInterface({ input: createReadStream(path), crlfDelay: Number.POSITIVE_INFINITY }))
    createHash('sha256').update(line).digest();
  return performance.now() - began;
}

export async function proof(dir: string, records: number): Promise<string> {
  const found = changesTable(await tryChanges(seed, changes), seed);
  const folder = join(dir, 'proof');
  const began = performance.now();
  await reckonedBundle(folder, { size: records, first: 1, last: records, signer: newSigner('school') });
  const writtenMs = performance.now() - began;
  const path = join(folder, 'entries.jsonl');
  const low = await floorMs(path);
  const start = performance.now();
  // Little memory: what is checked may be larger than that.
  const args = ['--max-old-space-size=64', join(folder, 'verify.mjs')];
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' });
  const own = performance.now() - start;
  if (status !== 0) throw new Error(`the checker did not find the records whole: ${stdout}${stderr}`);
  const row = (name: string, ms: number, factor = '') => [
    name,
    figure(ms / 1_000),
    figure((records / ms) * 1_000),
    factor,
  ];
  return `${found}${table(
    `Check of ${figure(records)} exported records, ${figure(statSync(path).size / 1e6)} MB, with 64 MB of heap`,
    ['', 's', 'records/s', 'factor'],
    [
      row('written by the exporter', writtenMs),
      row('floor: read and hash each line', low),
      row('verify.mjs', own, times(own, low)),
    ],
  )}`;
}
