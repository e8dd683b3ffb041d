/**
 * Opens the archive a spreadsheet is, without trusting it: its directory is read before anything is unpacked, each part is
 * unpacked into what room is left, and what comes out must be what was said. A file made to fill the memory costs a sentence.
 */
import { crc32, inflateRawSync } from 'node:zlib';
import { fileArchive, fileBinaryExcel, fileBomb, fileDamaged } from '../words/baton/baton-words.ts';
import { WordedError } from '../words/worded-error.ts';

/** All parts together, unpacked: sixty times a month of the largest school. Ours. */
export const unpackedMb = 64;
/** A spreadsheet of patrol records has about ten parts. Ours. */
const partsMax = 100;
const mb = 1_048_576;

const directoryEnd = 0x06054b50;
const directoryPart = 0x02014b50;
const localPart = 0x04034b50;
/** The end of a directory, and the longest remark behind it. */
const endLength = 22;
const remarkLength = 65_535;

interface ZipPart {
  readonly name: string;
  readonly flags: number;
  readonly method: number;
  readonly crc: number;
  readonly packed: number;
  readonly unpacked: number;
  readonly at: number;
}

const damaged = () => new WordedError(fileDamaged);
const bomb = () => new WordedError(fileBomb(unpackedMb));

/** The directory, as it says. Of an archive of more than 4 GB or many parts nothing is read. */
function directory(zip: Buffer): ZipPart[] {
  let end = zip.length - endLength;
  const lowest = Math.max(0, end - remarkLength);
  while (end >= lowest && zip.readUInt32LE(end) !== directoryEnd) end -= 1;
  if (end < lowest) throw damaged();
  const count = zip.readUInt16LE(end + 10);
  if (count > partsMax) throw bomb();
  const parts: ZipPart[] = [];
  let at = zip.readUInt32LE(end + 16);
  for (let n = 0; n < count; n++) {
    if (at + 46 > end || zip.readUInt32LE(at) !== directoryPart) throw damaged();
    const nameLength = zip.readUInt16LE(at + 28);
    parts.push({
      name: zip.toString('utf8', at + 46, at + 46 + nameLength),
      flags: zip.readUInt16LE(at + 8),
      method: zip.readUInt16LE(at + 10),
      crc: zip.readUInt32LE(at + 16),
      packed: zip.readUInt32LE(at + 20),
      unpacked: zip.readUInt32LE(at + 24),
      at: zip.readUInt32LE(at + 42),
    });
    at += 46 + nameLength + zip.readUInt16LE(at + 30) + zip.readUInt16LE(at + 32);
  }
  if (parts.reduce((sum, part) => sum + part.unpacked, 0) > unpackedMb * mb) throw bomb();
  return parts;
}

function unpack(zip: Buffer, part: ZipPart): Buffer {
  if (part.at + 30 > zip.length || zip.readUInt32LE(part.at) !== localPart) throw damaged();
  const from = part.at + 30 + zip.readUInt16LE(part.at + 26) + zip.readUInt16LE(part.at + 28);
  const packed = zip.subarray(from, from + part.packed);
  // Bit 0: with a password. 0 is stored, 8 deflated; a spreadsheet uses no other way.
  if (packed.length !== part.packed || part.flags & 1 || ![0, 8].includes(part.method)) throw damaged();
  let out: Buffer;
  try {
    out = part.method === 0 ? packed : inflateRawSync(packed, { maxOutputLength: part.unpacked + 1 });
  } catch (error) {
    // More comes out than the directory said: it was written to deceive.
    if ((error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE') throw bomb();
    throw damaged();
  }
  if (out.length > part.unpacked) throw bomb();
  if (out.length !== part.unpacked || crc32(out) !== part.crc) throw damaged();
  return out;
}

const book = 'xl/workbook.xml';
const relations = 'xl/_rels/workbook.xml.rels';
const strings = 'xl/sharedStrings.xml';
const sheetName = /^xl\/worksheets\/sheet\d+\.xml$/;

/** What a reader of spreadsheets needs, unpacked: the book, its texts, its sheets. Nothing else of the archive is touched. */
export function spreadsheetParts(zip: Buffer): ReadonlyMap<string, Buffer> {
  const parts = directory(zip);
  const named = (name: string) => parts.find((part) => part.name === name);
  if (named('xl/workbook.bin')) throw new WordedError(fileBinaryExcel);
  if (!named(book)) throw new WordedError(fileArchive);
  if (!named(relations)) throw damaged();
  const sheets = parts.filter(({ name }) => sheetName.test(name));
  const needed = [named(relations), named(book), named(strings), ...sheets];
  const unpacked = new Map<string, Buffer>();
  for (const part of needed) if (part) unpacked.set(part.name, unpack(zip, part));
  return unpacked;
}

/** How many rows a sheet holds, by its text. */
export const rowsSaid = (sheet: Buffer): number =>
  sheet.toString('utf8').match(/<(?:\w+:)?row(?=[\s>/])/g)?.length ?? 0;

/** The sheets among the parts. */
export const sheetsOf = (parts: ReadonlyMap<string, Buffer>): readonly Buffer[] =>
  [...parts].filter(([name]) => sheetName.test(name)).map(([, content]) => content);

/** Letters beyond ASCII by their number: the reader decodes piece by piece, and a letter cut in two would be lost. */
const asAscii = (content: Buffer): Buffer =>
  Buffer.from(
    content.toString('utf8').replace(/[^\0-\x7f]/gu, (letter) => `&#x${letter.codePointAt(0)?.toString(16)};`),
  );

/**
 * The parts as an archive again, stored and in the order in which a reader that goes through it once can use them: the
 * texts before the sheets, so that nothing has to be put aside on the disk. Its end is left out: at an end the reader drops
 * what it has not yet given.
 */
export function restored(parts: ReadonlyMap<string, Buffer>): Buffer {
  const noStrings = Buffer.from('<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"/>');
  const sheets = [...parts.keys()].filter((name) => sheetName.test(name));
  const pieces: Buffer[] = [];
  for (const name of [relations, book, strings, ...sheets]) {
    const content = asAscii(parts.get(name) ?? noStrings);
    const title = Buffer.from(name);
    const head = Buffer.alloc(30);
    head.writeUInt32LE(localPart, 0);
    head.writeUInt16LE(20, 4);
    head.writeUInt32LE(crc32(content), 14);
    head.writeUInt32LE(content.length, 18);
    head.writeUInt32LE(content.length, 22);
    head.writeUInt16LE(title.length, 26);
    pieces.push(head, title, content);
  }
  return Buffer.concat(pieces);
}
