/**
 * A folder into which the program of the batons writes its exports. Every minute each file that has come to rest is moved into
 * `working`, taken in and put into `taken`, or put into `refused` with the reason beside it. What it brings is decided by the core, as from the page. Off
 * unless a folder is configured: whoever may write there may take in touches. It must never take in half a file, and lose none.
 */
import { lstat, mkdir, readdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join, parse } from 'node:path';
import type { BatonRow } from '../../baton/baton-types.ts';
import { fitRows } from '../../baton/fit-baton.ts';
import { batchOf, fileMb, readBaton } from '../../baton/read-baton.ts';
import { gatewayName } from '../../core/site/armed-plan.ts';
import type { Command, Event, Site, User, Words } from '../../core/types.ts';
import {
  columnNames,
  fileFaulty,
  fileTooBig,
  fileUnknown,
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
/** Characters of a name that are kept: with a number behind them they fit every disk. Ours. */
const stemMax = 60;
const by: User = { name: gatewayName, role: 'operator' };

export interface BatonFolderOptions {
  readonly folder: string;
  readonly world: Pick<World, 'sleep' | 'log'>;
  readonly site: () => Site;
  readonly command: (by: User, command: Command) => Promise<readonly Event[]>;
  readonly trouble: (part: string, why: Words | undefined) => void;
}

type ReadFile = { readonly batch: string; readonly rows: readonly BatonRow[] } | { readonly why: readonly Words[] };

/** What is done with files: claimed, then taken or refused. */
const folders = { claimed: 'working', taken: 'taken', refused: 'refused' } as const;

/** A name that every disk takes and nobody has to fear: what was written in GBK is read so, and long ones are cut. */
function plainName(raw: Buffer): string {
  const utf8 = raw.toString('utf8');
  const said = utf8.includes('\ufffd') ? new TextDecoder('gbk').decode(raw) : utf8;
  const { name, ext } = parse(said.replace(/[\p{Cc}\p{Cf}\ufffd/\\<>]/gu, '_'));
  return `${[...name].slice(0, stemMax).join('')}${[...ext].slice(0, 8).join('')}`;
}

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

  /** One look. What hinders it, or a file, is a trouble, and is tried again; other files go on. */
  async look(): Promise<void> {
    const { folder, trouble } = this.#options;
    let hindered: Words | undefined;
    try {
      for (const name of Object.values(folders)) await mkdir(join(folder, name), { recursive: true, mode: 0o700 });
      for (const raw of await this.#atRest()) await this.#claim(raw);
      for (const name of (await readdir(join(folder, folders.claimed))).sort())
        await this.#take(name).catch((error: unknown) => {
          hindered = this.#said(error, name);
        });
      const put = await readdir(join(folder, folders.refused));
      // The reason lies beside each.
      const refused = put.filter((one) => !(one.endsWith('.txt') && put.includes(one.slice(0, -4))));
      if (refused.length > 0) hindered ??= folderRefused(folder, refused.length, refused[0]!);
    } catch (error) {
      hindered = this.#said(error);
    }
    trouble('baton-folder', hindered);
  }

  #said(error: unknown, name = ''): Words {
    const { code } = error as NodeJS.ErrnoException;
    if (code !== undefined) return folderAway(join(this.#options.folder, name), code);
    this.#options.world.log.error('a file of the folder of the batons could not be taken in', { error, name });
    return wordsOf(error);
  }

  /** Names of files, as the disk has them, that are as they were at the look before. */
  async #atRest(): Promise<Buffer[]> {
    const { folder } = this.#options;
    const names = (await readdir(folder, { encoding: 'buffer' })).sort(Buffer.compare);
    const seen = new Map<string, string>();
    const rest: Buffer[] = [];
    for (const name of names) {
      if (seen.size >= perLook || /^[.~]|\.(part|tmp)$/i.test(name.toString('latin1'))) continue;
      const found = await lstat(this.#raw(name)).catch(() => undefined);
      if (!found?.isFile()) continue;
      const [key, is] = [name.toString('hex'), `${found.ino} ${found.size} ${found.mtimeMs}`];
      seen.set(key, is);
      if (this.#seen.get(key) === is) rest.push(name);
    }
    this.#seen = seen;
    return rest;
  }

  #raw = (name: Buffer): Buffer => Buffer.concat([Buffer.from(`${this.#options.folder}/`), name]);

  /** Takes a file out of the way of whoever writes: the next export of that name is another file. */
  async #claim(raw: Buffer): Promise<void> {
    await rename(this.#raw(raw), await this.#free(folders.claimed, plainName(raw)));
  }

  async #take(name: string): Promise<void> {
    const { folder, site, command } = this.#options;
    const path = join(folder, folders.claimed, name);
    const read = await this.#read(path);
    if ('why' in read) {
      const put = await this.#free(folders.refused, name);
      const text = [...read.why.map(({ zh }) => zh), '', ...read.why.map(({ en }) => en), ''].join('\r\n');
      await writeFile(`${put}.txt`, `\ufeff${text}`, { mode: 0o600 });
      return await rename(path, put);
    }
    const { batch, rows } = read;
    const { touches } = fitRows(site(), rows);
    // One that is known already is refused by the core, and has come in all the same.
    await command(by, { do: 'import-touches', file: name, batch, touches });
    await rename(path, await this.#free(folders.taken, name));
  }

  /** The rows of a file, or why none of it can be taken in. */
  async #read(path: string): Promise<ReadFile> {
    const found = await lstat(path);
    // Put in its place at the last moment, it would be waited for without end.
    if (!found.isFile()) return { why: [fileUnknown] };
    if (found.size > fileMb * 1_048_576) return { why: [fileTooBig(fileMb)] };
    const bytes = await readFile(path);
    try {
      const { utcOffsetMin } = this.#options.site();
      const { rows, faults, faultCount } = await readBaton(bytes, { utcOffsetMin });
      if (faultCount === 0) return { batch: batchOf(bytes), rows };
      const named = faults
        .slice(0, faultsNamed)
        .map(({ row, column, why, sheet }) => inCell(row, columnNames[column], why, sheet));
      return { why: [fileFaulty(faultCount), ...named] };
    } catch (error) {
      if (!(error instanceof WordedError)) throw error;
      return { why: [error.why] };
    }
  }

  /** A path in one of our folders that is not taken; nothing is written over. */
  async #free(into: string, name: string): Promise<string> {
    const { folder } = this.#options;
    const there = new Set(await readdir(join(folder, into)));
    const { name: stem, ext } = parse(name);
    let free = name;
    for (let n = 2; there.has(free) || there.has(`${free}.txt`); n++) free = `${stem}-${n}${ext}`;
    return join(folder, into, free);
  }
}
