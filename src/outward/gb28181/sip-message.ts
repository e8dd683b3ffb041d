/**
 * SIP messages (RFC 3261) as bytes: read within fixed sizes, and written. It knows no transaction and nothing of what a body says. What it
 * cannot read is a value, never an exception.
 */

/** A request or a response; names of headers in lower case, the values of one name in their order. */
export interface SipMessage {
  /** Absent in a response. */
  readonly method?: string;
  readonly uri?: string;
  /** Absent in a request. */
  readonly status?: number;
  readonly reason?: string;
  readonly headers: ReadonlyMap<string, readonly string[]>;
  readonly body: Buffer;
}

/** Sizes we read at most; ours. A catalogue query has some 400 bytes. */
export const headMax = 16_384;
export const bodyMax = 65_536;
const headersMax = 100;

/** Short forms of RFC 3261, 7.3.3, and of RFC 6665. */
const short: Readonly<Record<string, string>> = {
  ...{ i: 'call-id', m: 'contact', l: 'content-length', c: 'content-type', f: 'from', t: 'to', v: 'via', o: 'event' },
};
const requestLine = /^([A-Z]{3,20}) (\S{1,500}) SIP\/2\.0$/;
const statusLine = /^SIP\/2\.0 ([1-6]\d\d) ?(.{0,200})$/;

/** The head of a message without its body; undefined where it is none. */
export function readHead(text: string): Omit<SipMessage, 'body'> | undefined {
  const lines = text.replace(/\r?\n[ \t]+/g, ' ').split(/\r?\n/);
  const first = lines.shift() ?? '';
  const asked = requestLine.exec(first);
  const answered = statusLine.exec(first);
  if (!asked && !answered) return undefined;
  if (lines.length > headersMax) return undefined;
  const headers = new Map<string, string[]>();
  for (const line of lines) {
    const colon = line.indexOf(':');
    if (colon < 1) return undefined;
    const said = line.slice(0, colon).trim().toLowerCase();
    const name = short[said] ?? said;
    headers.set(name, [...(headers.get(name) ?? []), line.slice(colon + 1).trim()]);
  }
  if (asked) return { method: asked[1]!, uri: asked[2]!, headers };
  return { status: Number(answered![1]), reason: answered![2]!, headers };
}

export const header = (message: Pick<SipMessage, 'headers'>, name: string): string | undefined =>
  message.headers.get(name)?.[0];

/** Content-Length; undefined where there is none, NaN where it is no length. */
export function contentLength(message: Pick<SipMessage, 'headers'>): number | undefined {
  const said = header(message, 'content-length');
  if (said === undefined) return undefined;
  return /^\d{1,7}$/.test(said) ? Number(said) : Number.NaN;
}

/** A datagram. A body shorter than it is said to be is not read; what is longer is cut off, as RFC 3261, 18.3, has it. */
export function readDatagram(bytes: Buffer): SipMessage | undefined {
  const end = bytes.indexOf('\r\n\r\n');
  if (end < 0 || end > headMax) return undefined;
  const head = readHead(bytes.toString('latin1', 0, end));
  if (!head) return undefined;
  const there = bytes.subarray(end + 4);
  const length = contentLength(head) ?? there.length;
  return length <= Math.min(there.length, bodyMax) ? { ...head, body: there.subarray(0, length) } : undefined;
}

/** Takes a stream apart. What cannot be one is the end of it: nobody knows where the next message begins. */
export class SipStream {
  #rest: Buffer = Buffer.alloc(0);

  /** Bytes of a message that is not whole. */
  get waiting(): number {
    return this.#rest.length;
  }

  /** Whole messages, or undefined where the stream is lost. */
  take(bytes: Buffer): readonly SipMessage[] | undefined {
    this.#rest = this.#rest.length === 0 ? bytes : Buffer.concat([this.#rest, bytes]);
    const whole: SipMessage[] = [];
    for (;;) {
      let from = 0;
      // Empty lines between messages keep a connection alive.
      while (this.#rest[from] === 13 || this.#rest[from] === 10) from += 1;
      this.#rest = this.#rest.subarray(from);
      const end = this.#rest.indexOf('\r\n\r\n');
      if (end > headMax || (end < 0 && this.#rest.length > headMax)) return undefined;
      if (end < 0) return whole;
      const head = readHead(this.#rest.toString('latin1', 0, end));
      const length = head && (contentLength(head) ?? 0);
      // NaN is not in order either.
      if (!head || length === undefined || !(length <= bodyMax)) return undefined;
      if (this.#rest.length < end + 4 + length) return whole;
      whole.push({ ...head, body: Buffer.from(this.#rest.subarray(end + 4, end + 4 + length)) });
      this.#rest = this.#rest.subarray(end + 4 + length);
    }
  }
}

const oneLine = (value: string) => value.replace(/[\r\n]+/g, ' ');

/** A message as it goes out; `Content-Length` counts bytes. */
export function writeSip(first: string, headers: readonly (readonly [string, string])[], body?: Buffer): Buffer {
  const lines = headers.map(([name, value]) => `${name}: ${oneLine(value)}`);
  const head = [first, ...lines, `Content-Length: ${body?.length ?? 0}`, '', ''].join('\r\n');
  return Buffer.concat([Buffer.from(head, 'latin1'), body ?? Buffer.alloc(0)]);
}

/** The headers that an answer takes over from what it answers. */
export function answerHeaders(request: SipMessage, tag: string): (readonly [string, string])[] {
  const taken: (readonly [string, string])[] = [];
  for (const via of request.headers.get('via') ?? []) taken.push(['Via', via]);
  const to = header(request, 'to') ?? '';
  taken.push(['From', header(request, 'from') ?? '']);
  taken.push(['To', /;\s*tag=/i.test(to) ? to : `${to};tag=${tag}`]);
  taken.push(['Call-ID', header(request, 'call-id') ?? '']);
  taken.push(['CSeq', header(request, 'cseq') ?? '']);
  return taken;
}

/** A parameter of a header, such as `tag` or `branch`. */
export const parameter = (value: string | undefined, name: string): string | undefined =>
  new RegExp(`;\\s*${name}\\s*=\\s*"?([^;,">\\s]+)`, 'i').exec(value ?? '')?.[1];
/** The user of the address in a header: `34020000002000000001`. */
export const userOf = (value: string | undefined): string | undefined => /sips?:([^@;>\s]+)@/i.exec(value ?? '')?.[1];

/** How long a registration holds, s: what was granted where that is less than was asked. Only whole seconds are lived by. */
export function grantedSeconds(answer: SipMessage, asked: number): number {
  const said = parameter(header(answer, 'contact'), 'expires') ?? header(answer, 'expires') ?? '';
  const granted = /^\d{1,9}$/.test(said) ? Number(said) : asked;
  return granted > 0 && granted < asked ? granted : asked;
}
