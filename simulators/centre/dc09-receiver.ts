/**
 * A receiver of an alarm centre that speaks SIA DC-09, written from the published format and sharing nothing with what sends to it: it checks
 * length, checksum, account, key and the time window, and answers as the standard has it. It can be told to be silent, to refuse, to break off.
 */
import { createCipheriv, createDecipheriv } from 'node:crypto';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
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

/** Where an answer goes. */
interface AnswerWay {
  end(bytes: string | Buffer): void;
  /** Breaks off; of a datagram there is nothing to break off. */
  destroy(): void;
}

/** Takes frames from a stream, or from datagrams, and answers each where it came from. */
async function listening(transport: 'tcp' | 'udp', frame: (way: AnswerWay, text: string) => void) {
  const whole = (text: string) => text.slice(text.indexOf('\n') + 1, text.indexOf('\r'));
  if (transport === 'udp') {
    const socket = createSocket('udp4');
    socket.on('message', (bytes, { port, address }) => {
      const end = (answer: string | Buffer) =>
        socket.send(typeof answer === 'string' ? Buffer.from(answer, 'latin1') : answer, port, address);
      frame({ end, destroy: () => undefined }, whole(bytes.toString('latin1')));
    });
    socket.bind(0, '127.0.0.1');
    await once(socket, 'listening');
    return { port: socket.address().port, stop: async () => void socket.close() };
  }
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => undefined);
    let text = '';
    socket.on('data', (bytes) => {
      text += bytes.toString('latin1');
      const end = text.indexOf('\r');
      if (end < 0) return;
      const one = whole(text);
      text = text.slice(end + 1);
      frame(socket, one);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const stop = async () => {
    for (const socket of sockets) socket.destroy();
    await new Promise<void>((resolve) => server.close(() => resolve()));
  };
  return { port: (server.address() as { port: number }).port, stop };
}

/** Starts one on a free port of this machine. */
export async function startCentre(
  known: { readonly account: string; readonly key?: Buffer },
  transport: 'tcp' | 'udp' = 'tcp',
): Promise<CentreReceiver> {
  const receiver: { -readonly [K in keyof CentreReceiver]: CentreReceiver[K] } = {
    ...{ port: 0, heard: [], mood: 'ack' },
    stop: async () => undefined,
  };
  const framed = (text: string) =>
    `\n${checksum(text)}${text.length.toString(16).toUpperCase().padStart(4, '0')}${text}\r`;
  const { clear, secret } = ciphersOf(known.key);
  const answer = (socket: AnswerWay, frame: string) => {
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
  const { port, stop } = await listening(transport, answer);
  [receiver.port, receiver.stop] = [port, stop];
  return receiver;
}
