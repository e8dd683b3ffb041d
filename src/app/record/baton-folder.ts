/**
 * A folder into which the program of the batons writes its exports. Every minute each file that has come to rest is taken in and put
 * into `taken`, or put into `refused` with the reason beside it. What it brings is decided by the core, as from the page. Off
 * unless a folder is configured: whoever may write there may take in touches. It must never take in half a file, and lose none.
 */
import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rename, stat, writeFile } from 'node:fs/promises';
import { join, parse } from 'node:path';
import type { BatonRow } from '../../baton/baton-types.ts';
import { fitRows } from '../../baton/fit-baton.ts';
import { fileMb, readBaton } from '../../baton/read-baton.ts';
import { gatewayName } from '../../core/site/armed-plan.ts';
import type { Command, Event, Site, User, Words } from '../../core/types.ts';
import {
  columnNames,
  fileFaulty,
  fileTooBig,
  folderAway,
  folderRefused,
  inCell,
} from '../../words/baton/baton-words.ts';
import { WordedError, wordsOf } from '../../words/worded-error.ts';
import type { World } from '../../world/world.ts';

const everyMs = 60_000;
/** Files looked at in one minute; the others wait. Ours. */
const perLook = 20;
/** Faults named beside a refused file. Ours. */
const faultsNamed = 20;
const takenName = 'taken';
const refusedName = 'refused';
const by: User = { name: gatewayName, role: 'operator' };

export interface BatonFolderOptions {
  readonly folder: string;
  readonly world: Pick<World, 'sleep' | 'log'>;
  readonly site: () => Site;
  readonly command: (by: User, command: Command) => Promise<readonly Event[]>;
  readonly trouble: (part: string, why: Words | undefined) => void;
}

type ReadFile = { readonly batch: string; readonly rows: readonly BatonRow[] } | { readonly why: readonly Words[] };

export class BatonFolder {
  readonly #options: BatonFolderOptions;
  /** Size and time of each file at the look before: one that still grows is left alone. */
  #seen = new Map<string, string>();

  constructor(options: BatonFolderOptions) {
    this.#options = options;
  }

  /** Looks every minute until the signal. */
  async run(signal: AbortSignal): Promise<void> {
    const stopped = new Promise<void>((resolve) => {
      signal.addEventListener('abort', () => resolve(), { once: true });
    });
    while (!signal.aborted) {
      // A share that hangs must not hold up the end.
      await Promise.race([this.look(), stopped]);
      await this.#options.world.sleep(everyMs, signal).catch(() => undefined);
    }
  }

  /** One look. What hinders it is a trouble, and is tried again. */
  async look(): Promise<void> {
    const { folder, trouble } = this.#options;
    try {
      for (const name of await this.#atRest()) await this.#take(name);
      const refused = (await readdir(join(folder, refusedName)).catch(() => [])).filter((one) => !one.endsWith('.txt'));
      trouble('baton-folder', refused.length === 0 ? undefined : folderRefused(folder, refused.length, refused[0]!));
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      trouble('baton-folder', code === undefined ? wordsOf(error) : folderAway(folder, code));
      if (code === undefined)
        this.#options.world.log.error('the folder of the batons could not be looked at', { error });
    }
  }

  /** Files that are as they were at the look before, by name. */
  async #atRest(): Promise<string[]> {
    const { folder } = this.#options;
    const entries = await readdir(folder, { withFileTypes: true });
    const seen = new Map<string, string>();
    const names = entries
      .filter((one) => one.isFile() && !/^[.~]|\.(part|tmp)$/i.test(one.name))
      .map(({ name }) => name);
    for (const name of names.sort().slice(0, perLook)) {
      const { size, mtimeMs } = await stat(join(folder, name));
      seen.set(name, `${size} ${mtimeMs}`);
    }
    const before = this.#seen;
    this.#seen = seen;
    return [...seen].filter(([name, is]) => before.get(name) === is).map(([name]) => name);
  }

  async #take(name: string): Promise<void> {
    const { folder, site, command } = this.#options;
    const read = await this.#read(join(folder, name));
    if ('why' in read) return await this.#refuse(name, read.why);
    const { batch, rows } = read;
    const { touches } = fitRows(site(), rows);
    // One that is known already is refused by the core, and has come in all the same.
    await command(by, { do: 'import-touches', file: name.slice(0, 200), batch, touches });
    await this.#put(name, takenName);
  }

  /** The rows of a file, or why none of it can be taken in. */
  async #read(path: string): Promise<ReadFile> {
    if ((await stat(path)).size > fileMb * 1_048_576) return { why: [fileTooBig(fileMb)] };
    const bytes = await readFile(path);
    try {
      const { utcOffsetMin } = this.#options.site();
      const { rows, faults, faultCount } = await readBaton(bytes, { utcOffsetMin });
      if (faultCount === 0) return { batch: createHash('sha256').update(bytes).digest('hex'), rows };
      const named = faults
        .slice(0, faultsNamed)
        .map(({ row, column, why, sheet }) => inCell(row, columnNames[column], why, sheet));
      return { why: [fileFaulty(faultCount), ...named] };
    } catch (error) {
      if (!(error instanceof WordedError)) throw error;
      return { why: [error.why] };
    }
  }

  async #refuse(name: string, why: readonly Words[]): Promise<void> {
    const put = await this.#put(name, refusedName);
    const text = [...why.map(({ zh }) => zh), '', ...why.map(({ en }) => en), ''].join('\r\n');
    await writeFile(`${put}.txt`, `\ufeff${text}`, { mode: 0o600 });
  }

  /** Moves a file into a folder of ours; one of that name is not written over. */
  async #put(name: string, into: string): Promise<string> {
    const { folder } = this.#options;
    await mkdir(join(folder, into), { recursive: true, mode: 0o700 });
    const there = new Set(await readdir(join(folder, into)));
    const { name: stem, ext } = parse(name);
    let free = name;
    for (let n = 2; there.has(free); n++) free = `${stem}-${n}${ext}`;
    const to = join(folder, into, free);
    await rename(join(folder, name), to);
    return to;
  }
}
