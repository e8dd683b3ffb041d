/**
 * Cuts an endless multipart answer into its parts, as bytes come. A part ends with its Content-Length where that is true, with
 * the next delimiter where it is not, and at once where its text says that it is whole: an event must not wait for the one after it.
 * It holds no more than one part of the largest size, and must never know what a part means.
 */

/** Texts are some hundred bytes, with regions of a rule some ten thousand. */
const TEXT_MAX = 262_144;
const HEAD_MAX = 8_192;
/** How much of a part that cannot be used is shown to a person, bytes. */
const SHOWN = 2_000;

/** One part, or what came in place of one. */
export type StreamPart =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'picture'; readonly bytes: Uint8Array }
  | {
      readonly kind: 'spoilt';
      readonly reason: 'too-large' | 'bad-payload';
      readonly shown: Uint8Array;
      readonly why: string;
    };

/** Whether a text is all of an event. `open`: its length is not known, so more may come. */
export type WholeText = (text: string, open: boolean) => boolean;

export interface PartLimits {
  /** Largest picture, bytes. */
  readonly pictureMax: number;
  readonly whole: WholeText;
}

interface Body {
  readonly picture: boolean;
  readonly length: number | undefined;
  readonly chunks: Buffer[];
  size: number;
  /** What is seen of it already, for a delimiter that two chunks share. */
  tail: Buffer;
  /** It is passed over: too large. */
  skip: boolean;
  /** Its Content-Length was not true. */
  lied: boolean;
}

const NOTHING = Buffer.alloc(0);

export class MultipartParts {
  readonly #needle: Buffer;
  readonly #limits: PartLimits;
  /** Bytes before a body: a delimiter, or a head, that is not whole yet. */
  #rest: Buffer = NOTHING;
  #inHead = false;
  #body: Body | undefined;
  #strays = 0;

  /** `boundary` as the answer names it: some write its dashes along, some do not. */
  constructor(boundary: string, limits: PartLimits) {
    this.#needle = Buffer.from(`--${boundary.replace(/^-+/, '')}`, 'latin1');
    this.#limits = limits;
  }

  /** Takes the next bytes; what they complete. */
  push(chunk: Buffer): StreamPart[] {
    const out: StreamPart[] = [];
    let bytes = chunk;
    while (bytes.length > 0) bytes = this.#body ? this.#fill(this.#body, bytes, out) : this.#between(bytes, out);
    return out;
  }

  /** Between two bodies: looks for the delimiter, then for the end of the head. Gives what is left for the body. */
  #between(bytes: Buffer, out: StreamPart[]): Buffer {
    let rest = this.#rest.length === 0 ? bytes : Buffer.concat([this.#rest, bytes]);
    this.#rest = NOTHING;
    if (!this.#inHead) {
      const at = rest.indexOf(this.#needle);
      const line = at < 0 ? -1 : rest.indexOf(0x0a, at);
      this.#stray(at < 0 ? Math.max(0, rest.length - this.#needle.length) : at, rest, out);
      if (line < 0) {
        // Not even a delimiter yet, or not all of its line.
        const from = at < 0 ? Math.max(0, rest.length - this.#needle.length) : at;
        this.#rest = Buffer.from(rest.subarray(from, from + HEAD_MAX));
        return NOTHING;
      }
      this.#strays = 0;
      this.#inHead = true;
      rest = rest.subarray(line + 1);
    }
    const end = /^\r?\n|\r?\n\r?\n/.exec(rest.subarray(0, HEAD_MAX).toString('latin1'));
    if (!end) {
      if (rest.length >= HEAD_MAX) {
        this.#inHead = false;
        out.push(spoilt('too-large', rest, `a part whose head is longer than ${HEAD_MAX} bytes`));
        return rest.subarray(HEAD_MAX);
      }
      this.#rest = Buffer.from(rest);
      return NOTHING;
    }
    this.#inHead = false;
    this.#begin(rest.subarray(0, end.index).toString('latin1'), out);
    return rest.subarray(end.index + end[0].length);
  }

  /** Bytes that belong to no part are told once for each place where they stand. */
  #stray(length: number, rest: Buffer, out: StreamPart[]): void {
    const stray = rest.subarray(0, length);
    if (!/\S/.test(stray.toString('latin1')) || this.#strays > 0) return;
    this.#strays = length;
    out.push(spoilt('bad-payload', stray, 'bytes that belong to no part'));
  }

  #begin(head: string, out: StreamPart[]): void {
    const said = /^content-length\s*:\s*(\d{1,15})\s*$/im.exec(head)?.[1];
    const length = said === undefined ? undefined : Number(said);
    const picture = /^content-type\s*:\s*image\//im.test(head);
    const skip = (length ?? 0) > this.#most(picture);
    this.#body = { picture, length, chunks: [], size: 0, tail: NOTHING, skip, lied: false };
    if (skip) out.push(spoilt('too-large', Buffer.from(head), `a part of ${length} bytes`));
  }

  #most(picture: boolean): number {
    return picture ? this.#limits.pictureMax : TEXT_MAX;
  }

  /** Gives a body its next bytes; what is left when it ends. */
  #fill(body: Body, bytes: Buffer, out: StreamPart[]): Buffer {
    const before = body.size;
    // A delimiter may have begun in what came before.
    const seen = body.tail.length === 0 ? bytes : Buffer.concat([body.tail, bytes]);
    const found = this.#delimiter(seen, before === body.tail.length);
    const cut = found < 0 ? bytes.length : Math.max(0, found - body.tail.length);
    const short = found >= 0 && found < body.tail.length ? body.tail.length - found : 0;
    const toLength = body.length === undefined || body.lied ? Number.POSITIVE_INFINITY : body.length - before;
    const take = Math.min(cut, Math.max(0, toLength));
    this.#keep(body, bytes.subarray(0, take), out);
    if (found >= 0 && take === cut) {
      this.#finish(body, body.size - short, out);
      return short > 0 ? Buffer.concat([body.tail.subarray(found), bytes]) : bytes.subarray(take);
    }
    if (take >= toLength && this.#ends(body)) {
      this.#finish(body, body.size, out);
      return bytes.subarray(take);
    }
    if (take >= toLength) body.lied = true;
    else if (body.length === undefined && this.#mayEnd(body, bytes) && this.#whole(body, true)) {
      this.#finish(body, body.size, out);
      return NOTHING;
    }
    const all = before === 0 ? bytes.subarray(0, take) : Buffer.concat([body.tail, bytes.subarray(0, take)]);
    body.tail = Buffer.from(all.subarray(Math.max(0, all.length - this.#needle.length - 4)));
    return bytes.subarray(take);
  }

  /** Whether the body is over where its Content-Length says so. */
  #ends(body: Body): boolean {
    return body.skip || body.picture || this.#whole(body, false);
  }

  /** Whether it is worth looking if a text without a length is whole: not at each of a thousand crumbs. */
  #mayEnd(body: Body, last: Buffer): boolean {
    return !body.skip && !body.picture && /[>\n]\s*$/.test(last.subarray(-8).toString('latin1'));
  }

  #whole(body: Body, open: boolean): boolean {
    return this.#limits.whole(Buffer.concat(body.chunks).toString('utf8'), open);
  }

  #keep(body: Body, bytes: Buffer, out: StreamPart[]): void {
    body.size += bytes.length;
    if (body.skip) return;
    // A copy: what was read is a view of a larger block, which would be kept along.
    body.chunks.push(Buffer.from(bytes));
    if (body.size <= this.#most(body.picture)) return;
    body.skip = true;
    out.push(spoilt('too-large', Buffer.concat(body.chunks), `a part of more than ${this.#most(body.picture)} bytes`));
    body.chunks.length = 0;
  }

  #finish(body: Body, size: number, out: StreamPart[]): void {
    this.#body = undefined;
    if (body.skip) return;
    const bytes = Buffer.concat(body.chunks).subarray(0, Math.max(0, size));
    if (body.picture) out.push({ kind: 'picture', bytes });
    else if (/\S/.test(bytes.toString('latin1'))) out.push({ kind: 'text', text: bytes.toString('utf8') });
  }

  /** Where the line of a delimiter begins; `first`: the bytes are the first of the body. */
  #delimiter(bytes: Buffer, first: boolean): number {
    for (let at = bytes.indexOf(this.#needle); at >= 0; at = bytes.indexOf(this.#needle, at + 1)) {
      let from = at;
      while (from > 0 && bytes[from - 1] === 0x2d) from--;
      if (from === 0 ? first : bytes[from - 1] === 0x0a) return from;
    }
    return -1;
  }
}

function spoilt(reason: 'too-large' | 'bad-payload', bytes: Buffer, why: string): StreamPart {
  return { kind: 'spoilt', reason, shown: Buffer.from(bytes.subarray(0, SHOWN)), why };
}
