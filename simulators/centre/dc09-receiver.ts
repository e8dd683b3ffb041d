/**
 * A receiver of an alarm centre that speaks SIA DC-09, written from the published format and sharing nothing with what sends to it: it checks
 * length, checksum, account, key and the time window, and answers as the standard has it. It can be told to be silent, to refuse, to break off.
 */
import { createCipheriv, createDecipheriv } from 'node:crypto';
import { createServer, type Socket } from 'node:net';

export interface HeardFrame {
  readonly token: string;
  readonly encrypted: boolean;
  readonly seq: string;
  readonly line: string;
  readonly account: string;
  /** What stood between the brackets, without padding. */
  readonly data: string;
  /** Blocks in brackets after it. */
  readonly more: string;
  readonly time: string;
}

/** How the next frames are met. `late`: by a clock that is so many seconds ahead. */
export type CentreMood =
  | 'ack'
  | 'silent'
  | 'duh'
  | 'nak'
  | 'cut'
  | 'garbage'
  | 'wrong-number'
  | { readonly late: number };

export interface CentreReceiver {
  readonly port: number;
  readonly heard: HeardFrame[];
  mood: CentreMood;
  stop(): Promise<void>;
}

/** DC-07: each byte, lowest bit first, through x^16 + x^15 + x^2 + 1. */
function checksum(text: string): string {
  const table = Array.from({ length: 256 }, (_, n) => {
    let value = n;
    for (let k = 0; k < 8; k += 1) value = value % 2 === 1 ? Math.floor(value / 2) ^ 0xa001 : Math.floor(value / 2);
    return value;
  });
  let sum = 0;
  for (const letter of text) sum = Math.floor(sum / 256) ^ table[(sum ^ letter.charCodeAt(0)) % 256]!;
  return sum.toString(16).toUpperCase().padStart(4, '0');
}

const zero = Buffer.alloc(16);
const pad2 = (n: number) => `${n}`.padStart(2, '0');
const stamp = (ms: number) => {
  const d = new Date(ms);
  return `_${pad2(d.getUTCHours())}:${pad2(d.getUTCMinutes())}:${pad2(d.getUTCSeconds())},${pad2(d.getUTCMonth() + 1)}-${pad2(d.getUTCDate())}-${d.getUTCFullYear()}`;
};

/** Opens and closes what stands behind a bracket. */
function ciphersOf(key: Buffer | undefined) {
  const clear = (cipher: string) => {
    const decipher = createDecipheriv(`aes-${key!.length * 8}-cbc`, key!, zero).setAutoPadding(false);
    return Buffer.concat([decipher.update(Buffer.from(cipher, 'hex')), decipher.final()]).toString('latin1');
  };
  const secret = (said: string) => {
    const filled = said.padStart(Math.ceil(said.length / 16) * 16, 'P');
    const cipher = createCipheriv(`aes-${key!.length * 8}-cbc`, key!, zero).setAutoPadding(false);
    return Buffer.concat([cipher.update(filled, 'latin1'), cipher.final()])
      .toString('hex')
      .toUpperCase();
  };
  return { clear, secret };
}

/** Starts one on a free port of this machine. */
export async function startCentre(known: { readonly account: string; readonly key?: Buffer }): Promise<CentreReceiver> {
  const receiver: { -readonly [K in keyof CentreReceiver]: CentreReceiver[K] } = {
    ...{ port: 0, heard: [], mood: 'ack' },
    stop: async () => undefined,
  };
  const sockets = new Set<Socket>();
  const framed = (text: string) =>
    `\n${checksum(text)}${text.length.toString(16).toUpperCase().padStart(4, '0')}${text}\r`;
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => undefined);
    let text = '';
    socket.on('data', (bytes) => {
      text += bytes.toString('latin1');
      const end = text.indexOf('\r');
      if (end < 0) return;
      const frame = text.slice(text.indexOf('\n') + 1, end);
      text = text.slice(end + 1);
      answer(socket, frame);
    });
  });
  const { clear, secret } = ciphersOf(known.key);
  const answer = (socket: Socket, frame: string) => {
    const { mood } = receiver;
    const body = frame.slice(8);
    if (checksum(body) !== frame.slice(0, 4) || Number.parseInt(frame.slice(4, 8), 16) !== body.length) return;
    const parts = /^"(\*?)([A-Z-]+)"(\d{4})((?:R[0-9A-F]{1,6})?L[0-9A-F]{1,6})#([0-9A-F]{3,16})\[(.*)$/s.exec(body);
    if (!parts) return;
    const [, star, token, seq, line, account, rest] = parts as unknown as string[];
    const plain = star === '*' ? clear(rest!).replace(/^[^|\]]*(\||(?=\]))/, '') : rest!;
    const content = /^([^\]]*)\]((?:\[[^\]]*\])*)(_[\d:,-]+)$/s.exec(plain);
    if (!content || account !== known.account || (star === '*') !== (known.key !== undefined)) return;
    const [, data, more, time] = content as unknown as string[];
    const [h, m, s, month, day, year] = time!.match(/\d+/g)!.map(Number) as [
      number,
      number,
      number,
      number,
      number,
      number,
    ];
    const now = Date.now() + (typeof mood === 'object' ? mood.late * 1_000 : 0);
    const off = Date.UTC(year, month - 1, day, h, m, s) - now;
    if (mood === 'silent') return;
    if (mood === 'cut') return socket.destroy();
    if (mood === 'garbage') return void socket.end(Buffer.from([0, 255, 13, 10, 34, 65, 67, 75, 34, 13]));
    if (mood === 'nak' || off < -40_000 || off > 20_000)
      return void socket.end(framed(`"NAK"0000R0L0A0[]${stamp(now)}`));
    receiver.heard.push({
      ...{ token: token!, encrypted: star === '*', seq: seq!, line: line! },
      ...{ account: account!, data: data!, more: more!, time: time! },
    });
    const word = mood === 'duh' ? 'DUH' : 'ACK';
    const number = mood === 'wrong-number' ? pad2(99).padStart(4, '9') : seq!;
    if (star === '*' && word === 'ACK')
      return void socket.end(framed(`"*ACK"${number}${line}#${account}[${secret(`]${stamp(now)}`)}`));
    socket.end(framed(`"${word}"${number}${line}#${account}[]`));
  };
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  receiver.port = (server.address() as { port: number }).port;
  receiver.stop = async () => {
    for (const socket of sockets) socket.destroy();
    await new Promise<void>((resolve) => server.close(() => resolve()));
  };
  return receiver;
}
