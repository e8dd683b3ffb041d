/**
 * Reads fragmented MP4 as it comes out of a pipe: first what a player must have before anything else (`ftyp` and `moov`), then
 * fragments (`moof` and `mdat`), each whole and with the word whether pictures can begin with it. It understands no picture, and
 * must never hold more than one fragment: what is larger than its bounds is an error.
 */

/** The beginning is a kilobyte or two; a fragment of a fifth of a second of the sharpest camera is below a megabyte. Ours. */
const BEGIN_MAX = 65_536;
export const FRAGMENT_MAX = 4 * 1024 ** 2;
const HEAD = 8;
/** Boxes of ISO/IEC 14496-12 that hold others on the way to what is asked here. */
const TRUN_FIRST_FLAGS = 0x4;
const TRUN_SAMPLE_FLAGS = 0x400;
const TFHD_DEFAULT_FLAGS = 0x20;
const NOT_A_KEY = 0x10000;

/** A piece of a stream. */
export type VideoPiece =
  | { readonly kind: 'begin'; readonly bytes: Buffer }
  | { readonly kind: 'fragment'; readonly bytes: Buffer; readonly key: boolean };

/** What comes is no fragmented MP4, or too much of it at once. */
export class NotFragments extends Error {}

/** The boxes in some bytes, as type and content. Ends at the first that is not whole. */
export function* boxesIn(bytes: Buffer): Generator<readonly [type: string, content: Buffer]> {
  let at = 0;
  while (at + HEAD <= bytes.length) {
    const size = bytes.readUInt32BE(at);
    if (size < HEAD || at + size > bytes.length) return;
    yield [bytes.toString('latin1', at + 4, at + HEAD), bytes.subarray(at + HEAD, at + size)];
    at += size;
  }
}

/** The content of the box along this path, the first of each name. */
export function boxAt(bytes: Buffer, ...path: readonly string[]): Buffer | undefined {
  const [name, ...rest] = path;
  for (const [type, content] of boxesIn(bytes)) {
    if (type === name) return rest.length === 0 ? content : boxAt(content, ...rest);
  }
  return undefined;
}

const flagsOf = (box: Buffer) => (box.length < 4 ? 0 : box.readUInt32BE(0) & 0xffffff);

/** Flags of the first picture of a `moof`; undefined where it leaves them to the beginning, or tells of no picture. */
function firstFlags(moof: Buffer): number | undefined {
  const trun = boxAt(moof, 'moof', 'traf', 'trun');
  const tfhd = boxAt(moof, 'moof', 'traf', 'tfhd');
  if (!trun || !tfhd) return undefined;
  const said = flagsOf(trun);
  // Version and flags, how many pictures, then (0x1) where their bytes are.
  let at = 8 + (said & 0x1 ? 4 : 0);
  if (said & TRUN_FIRST_FLAGS) return at + 4 <= trun.length ? trun.readUInt32BE(at) : undefined;
  if (said & TRUN_SAMPLE_FLAGS) {
    at += (said & 0x100 ? 4 : 0) + (said & 0x200 ? 4 : 0);
    return at + 4 <= trun.length ? trun.readUInt32BE(at) : undefined;
  }
  const usual = flagsOf(tfhd);
  if (!(usual & TFHD_DEFAULT_FLAGS)) return undefined;
  const before = (usual & 0x1 ? 8 : 0) + (usual & 0x2 ? 4 : 0) + (usual & 0x8 ? 4 : 0) + (usual & 0x10 ? 4 : 0);
  return 8 + before + 4 <= tfhd.length ? tfhd.readUInt32BE(8 + before) : undefined;
}

/** Takes bytes as they come and gives pieces as they become whole. */
export class Fragments {
  #rest: Buffer = Buffer.alloc(0);
  #begun = false;
  /** Boxes of the piece under way. */
  #held: Buffer[] = [];
  #heldBytes = 0;
  #key = false;

  /** Throws NotFragments; nothing can be made of what follows then. */
  push(chunk: Buffer): VideoPiece[] {
    const bytes = this.#rest.length === 0 ? chunk : Buffer.concat([this.#rest, chunk]);
    const pieces: VideoPiece[] = [];
    let at = 0;
    while (at + HEAD <= bytes.length) {
      const size = bytes.readUInt32BE(at);
      const most = this.#begun ? FRAGMENT_MAX : BEGIN_MAX;
      if (size < HEAD || size + this.#heldBytes > most) throw new NotFragments(`a box of ${size} bytes`);
      if (at + size > bytes.length) break;
      // A copy: the bytes of a pipe lie in a pool that is larger.
      const piece = this.#box(bytes.toString('latin1', at + 4, at + HEAD), Buffer.from(bytes.subarray(at, at + size)));
      if (piece) pieces.push(piece);
      at += size;
    }
    this.#rest = at === 0 ? bytes : Buffer.from(bytes.subarray(at));
    return pieces;
  }

  #box(type: string, box: Buffer): VideoPiece | undefined {
    if (type === 'moof') {
      const flags = firstFlags(box);
      this.#key = flags !== undefined && (flags & NOT_A_KEY) === 0;
    }
    if (!this.#begun && type !== 'ftyp' && type !== 'moov') return this.#strange(type);
    if (type === 'mfra' || type === 'sidx' || type === 'styp') return undefined;
    this.#held.push(box);
    this.#heldBytes += box.length;
    if (type === 'moov') {
      this.#begun = true;
      return { kind: 'begin', bytes: this.#whole() };
    }
    return type === 'mdat' ? { kind: 'fragment', bytes: this.#whole(), key: this.#key } : undefined;
  }

  #strange(type: string): never {
    throw new NotFragments(`it begins with a box ${JSON.stringify(type)}`);
  }

  #whole(): Buffer {
    const whole = Buffer.concat(this.#held);
    this.#held = [];
    this.#heldBytes = 0;
    return whole;
  }
}
