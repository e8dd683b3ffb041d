/**
 * Writes a ZIP archive whose parts are stored as they are: pictures and PDFs do not get smaller, and a reader needs no unpacking code. Names are
 * UTF-8; no part and no archive above 4 GB. It must never take a name that leads out of the folder it is unpacked to.
 */
import { crc32 } from 'node:zlib';

export interface ArchivePart {
  /** `stills/1-2.jpg`: letters, digits, dots and hyphens, with folders. */
  readonly name: string;
  readonly bytes: Uint8Array;
}

const nameRule = /^[\w-][\w.-]*(\/[\w-][\w.-]*)*$/;
const sizeMax = 0xffff_ffff;
const partsMax = 0xffff;
const utf8Names = 0x0800;
const version = 20;

/** The fields of a number of bytes each, little-endian. */
function fields(...pairs: readonly (readonly [value: number, bytes: 2 | 4])[]): Buffer {
  const buffer = Buffer.alloc(pairs.reduce((sum, [, bytes]) => sum + bytes, 0));
  let at = 0;
  for (const [value, bytes] of pairs) at = buffer.writeUIntLE(value, at, bytes);
  return buffer;
}

/** A time as the format keeps it, in steps of two seconds; `at` in ms, read as UTC. */
function dosTime(at: number): readonly [time: number, date: number] {
  const moment = new Date(Math.max(at, Date.UTC(1980, 0, 1)));
  const time = (moment.getUTCHours() << 11) | (moment.getUTCMinutes() << 5) | (moment.getUTCSeconds() >> 1);
  const date = ((moment.getUTCFullYear() - 1980) << 9) | ((moment.getUTCMonth() + 1) << 5) | moment.getUTCDate();
  return [time, date];
}

/** The archive; `at` is the time its parts bear, already moved to the school's clock. Throws on names and sizes it cannot bear. */
export function storedZip(parts: readonly ArchivePart[], at: number): Buffer {
  const names = new Set(parts.map(({ name }) => name));
  if (names.size < parts.length || parts.length > partsMax) throw new Error('an archive cannot hold these parts');
  const [time, date] = dosTime(at);
  const [pieces, directory]: [Uint8Array[], Buffer[]] = [[], []];
  let offset = 0;
  for (const { name, bytes } of parts) {
    if (!nameRule.test(name) || name.length > 200) throw new Error(`an archive cannot hold a part named ${name}`);
    const title = Buffer.from(name);
    const size = bytes.length;
    const about = [
      ...([
        [version, 2],
        [utf8Names, 2],
        [0, 2],
        [time, 2],
        [date, 2],
      ] as const),
      ...([
        [crc32(bytes), 4],
        [size, 4],
        [size, 4],
        [title.length, 2],
        [0, 2],
      ] as const),
    ] as const;
    const head = fields([0x04034b50, 4], ...about);
    directory.push(fields([0x02014b50, 4], [version, 2], ...about, [0, 2], [0, 2], [0, 2], [0, 4], [offset, 4]), title);
    pieces.push(head, title, bytes);
    offset += head.length + title.length + size;
    if (offset > sizeMax) throw new Error('an archive cannot hold more than 4 GB');
  }
  const list = Buffer.concat(directory);
  const count = parts.length;
  const end = fields([0x06054b50, 4], [0, 2], [0, 2], [count, 2], [count, 2], [list.length, 4], [offset, 4], [0, 2]);
  return Buffer.concat([...pieces, list, end]);
}
