/**
 * A short journal, a checkpoint of it and exported days, made by the program itself; and ways to change what was exported. Records 5 to 18
 * are exported of 60 that are signed for.
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { exportBundle } from '../../src/commands/export-bundle.ts';
import type { Event } from '../../src/core/types.ts';
import type { KnownSchool } from '../../src/site/load-site.ts';
import { Checkpoints, schoolLog } from '../../src/store/checkpoint-keeping.ts';
import { openJournal } from '../../src/store/journal/journal.ts';
import { realWorld } from '../../src/world/world.ts';
import { listeningLog, readings } from '../store/place.ts';

const utcOffsetMin = 480;
const hourMs = 3_600_000;
/** Six in the morning of 2026-11-23 in China. */
export const morning = Date.UTC(2026, 10, 22, 22);

/** What the exporter needs of a configuration. */
export const schoolAt = (dir: string): KnownSchool => ({ dir, utcOffsetMin, name: { zh: '一中', en: 'School 1' } });

export interface Entry {
  seq: number;
  hash: string;
  line: string;
}

export const other = (line: string) => line.replace(/"at":(\d)/, (_, digit) => `"at":${(Number(digit) + 1) % 10}`);

/** Every link from the one before on made right again. */
export function linked(entries: readonly Entry[], before: string): Entry[] {
  let chain = before;
  return entries.map((entry) => {
    chain = createHash('sha256')
      .update(chain + entry.line)
      .digest('hex');
    return { ...entry, hash: chain };
  });
}

/** Runs the checker of a bundle. */
export function checked(folder: string, ...args: string[]): { code: number | null; said: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(folder, 'verify.mjs'), ...args], {
    encoding: 'utf8',
  });
  return { code: status, said: stdout + stderr };
}

/** Five hours between two records: the first of 2026-11-24 in China is number 5, and the last of the 26th number 18. */
export const spaced = (first: number, count: number): Event[] =>
  readings(first, count).map((event, i) => ({ ...event, at: morning + (first - 1 + i) * 5 * hourMs }));

export class Exported {
  readonly box = mkdtempSync(join(tmpdir(), 'gatehouse-bundle-'));
  readonly dir = mkdtempSync(join(this.box, 'data-'));
  readonly whole = join(this.box, 'whole');

  /** `events`: what the journal holds and signs for; three more come after. */
  static async make(events: readonly Event[] = spaced(1, 60)): Promise<Exported> {
    const made = new Exported();
    const { dir } = made;
    const journal = await openJournal({ dir, log: listeningLog() });
    await journal.append([...events]);
    const world = realWorld(listeningLog());
    const options = { dir, journal, world, witnesses: [], trouble: () => undefined, site: () => ({ utcOffsetMin }) };
    const checkpoints = await Checkpoints.open(options, await schoolLog(dir, '一中'));
    await checkpoints.publish();
    await journal.append(spaced(events.length + 1, 3));
    await journal.close();
    const answer = await made.wish('2026-11-24', '2026-11-26', 'whole');
    if (!answer.ok) throw new Error(answer.said.en);
    return made;
  }

  wish(from: string, to: string, into: string) {
    return exportBundle(schoolAt(this.dir), { from, to, into: join(this.box, into) });
  }

  read(name: string): string {
    return readFileSync(join(this.whole, name), 'utf8');
  }

  chainBefore(): string {
    return (JSON.parse(this.read('proof.json')) as { before: { chain: string } }).before.chain;
  }

  /** A copy whose files say something else. */
  rewritten(name: string, texts: Readonly<Record<string, string | Uint8Array>>): string {
    const folder = join(this.box, name);
    cpSync(this.whole, folder, { recursive: true });
    for (const [file, text] of Object.entries(texts)) writeFileSync(join(folder, file), text);
    return folder;
  }

  /** A copy with its records changed. */
  changed(name: string, change: (entries: Entry[]) => Entry[]): string {
    const entries = this.read('entries.jsonl').trimEnd().split('\n');
    const after = change(entries.map((line) => JSON.parse(line) as Entry));
    return this.rewritten(name, { 'entries.jsonl': after.map((entry) => `${JSON.stringify(entry)}\n`).join('') });
  }

  remove(): void {
    rmSync(this.box, { recursive: true, force: true });
  }
}
