/**
 * The references of cameras as files: outlines in numbers and a grey thumbnail of 40 by 22, readable by the gateway alone. The journal holds their hash; a
 * file that is not what the journal says is none. They may show the outline of a room, and never a person who passed.
 */
import { createHash } from 'node:crypto';
import { mkdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { PictureReference } from '../core/camera/still-types.ts';
import type { PictureHours } from '../core/types.ts';
import { writeDurably } from '../world/durable-file.ts';

const hoursAll: readonly PictureHours[] = ['day', 'night', 'infrared'];
const nameOf = (camera: string, hours: PictureHours) => `${camera}.${hours}.json`;
const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

export class ReferenceFiles {
  readonly #dir: string;

  /** `dir`: the data folder. */
  constructor(dir: string) {
    this.#dir = join(dir, 'references');
  }

  /** Writes a reference; its hash. Rejects when the disk does not take it. */
  async keep(camera: string, hours: PictureHours, { light, edges, ...figures }: PictureReference): Promise<string> {
    await mkdir(this.#dir, { recursive: true, mode: 0o700 });
    const table = (numbers: Uint8Array) => Buffer.from(numbers).toString('base64');
    const text = JSON.stringify({ light: table(light), edges: table(edges), ...figures });
    await writeDurably(join(this.#dir, nameOf(camera, hours)), text);
    return sha256(text);
  }

  /** The reference whose file has this hash; undefined when it is lost or another. */
  async read(camera: string, hours: PictureHours, hash: string): Promise<PictureReference | undefined> {
    const text = await readFile(join(this.#dir, nameOf(camera, hours)), 'utf8').catch(() => undefined);
    if (text === undefined || sha256(text) !== hash) return undefined;
    const { light, edges, ...figures } = JSON.parse(text) as Omit<PictureReference, 'light' | 'edges'> &
      Record<'light' | 'edges', string>;
    const table = (numbers: string) => new Uint8Array(Buffer.from(numbers, 'base64'));
    return { ...figures, light: table(light), edges: table(edges) };
  }

  /** Takes all references of a camera away. */
  async drop(camera: string): Promise<void> {
    for (const hours of hoursAll) await rm(join(this.#dir, nameOf(camera, hours)), { force: true });
  }
}
