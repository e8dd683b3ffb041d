/**
 * One frame to one receiver and its answer, over a TCP connection of its own or as datagrams. What is no answer to this frame is passed over,
 * and nothing is waited for longer than a limit. It decides nothing.
 */
import { createSocket, type RemoteInfo } from 'node:dgram';
import type { LookupAddress } from 'node:dns';
import { lookup } from 'node:dns/promises';
import { connect } from 'node:net';
import { dc09Silent, dc09Unreachable, dc09Unreadable } from '../../words/outward/dc09-words.ts';
import { WordedError } from '../../words/worded-error.ts';
import type { World } from '../../world/world.ts';
import { type FrameReply, readReply, replyMax } from './dc09-frame.ts';

export interface ReceiverPlace {
  /** From 1, as people count. */
  readonly which: number;
  readonly host: string;
  readonly port: number;
  readonly transport: 'tcp' | 'udp';
  readonly key?: Uint8Array;
}

/** Longest wait for an answer, and after how long a datagram is sent again, ms. Ours. */
const limitMs = 10_000;
const againMs = 2_500;

interface FrameWait {
  readonly place: ReceiverPlace;
  readonly seq: number;
  heard(reply: FrameReply): void;
  failed(why: Error): void;
}

/** The address of a name, by the system; it may take as long as it likes. */
export type FindHost = (host: string) => Promise<LookupAddress>;

/** The answer to this number, or a NAK, which has none. */
const isMine = (reply: FrameReply, seq: number) => reply.seq === seq || (reply.token === 'NAK' && reply.seq === 0);

/** Asks; rejects with words. */
export async function askReceiver(
  place: ReceiverPlace,
  frame: Buffer,
  seq: number,
  world: Pick<World, 'sleep'>,
  find: FindHost = lookup,
): Promise<FrameReply> {
  const answer = Promise.withResolvers<FrameReply>();
  const over = new AbortController();
  answer.promise.catch(() => undefined);
  const waiting = { place, seq, heard: answer.resolve, failed: answer.reject };
  const pause = async (ms: number) =>
    await world.sleep(ms, over.signal).then(
      () => true,
      () => false,
    );
  void pause(limitMs).then((late) => {
    if (late) answer.reject(new WordedError(dc09Silent(place.which, limitMs / 1_000)));
  });
  const again = () => pause(againMs);
  const close =
    place.transport === 'tcp'
      ? overStream(waiting, frame)
      : overDatagrams(waiting, { frame, again, find, over: over.signal });
  try {
    return await answer.promise;
  } finally {
    over.abort();
    close();
  }
}

const unreachable = ({ which }: ReceiverPlace, error: NodeJS.ErrnoException) =>
  new WordedError(dc09Unreachable(which, error.code ?? 'unknown'));

function overStream({ place, seq, heard, failed }: FrameWait, frame: Buffer): () => void {
  const socket = connect({ host: place.host, port: place.port, noDelay: true });
  let rest: Buffer = Buffer.alloc(0);
  socket.on('connect', () => socket.write(frame));
  socket.on('error', (error) => failed(unreachable(place, error)));
  // Receivers close where they cannot read, and say nothing.
  socket.on('close', () => failed(new WordedError(dc09Unreadable(place.which))));
  socket.on('data', (bytes: Buffer) => {
    rest = Buffer.concat([rest, bytes]);
    for (let end = rest.indexOf(13); end >= 0; end = rest.indexOf(13)) {
      const reply = readReply(rest.subarray(Math.max(0, rest.lastIndexOf(10, end)), end), place.key);
      rest = rest.subarray(end + 1);
      if (reply && isMine(reply, seq)) heard(reply);
    }
    if (rest.length > replyMax) failed(new WordedError(dc09Unreadable(place.which)));
  });
  return () => socket.destroy();
}

interface Datagrams {
  readonly frame: Buffer;
  readonly over: AbortSignal;
  readonly find: FindHost;
  again(): Promise<boolean>;
}

/** A name that is found when all is over opens nothing. */
function overDatagrams(waiting: FrameWait, way: Datagrams): () => void {
  let close: () => void = () => undefined;
  way.find(waiting.place.host).then(
    (found) => {
      if (!way.over.aborted) close = toAddress(waiting, way, found);
    },
    (error: NodeJS.ErrnoException) => waiting.failed(unreachable(waiting.place, error)),
  );
  return () => close();
}

function toAddress(
  { place, seq, heard, failed }: FrameWait,
  { frame, again }: Datagrams,
  found: LookupAddress,
): () => void {
  const socket = createSocket(found.family === 6 ? 'udp6' : 'udp4');
  let open = true;
  socket.on('error', (error) => failed(unreachable(place, error)));
  socket.on('message', (bytes: Buffer, { port }: RemoteInfo) => {
    if (port !== place.port || bytes.length > replyMax) return;
    const reply = readReply(bytes, place.key);
    if (reply && isMine(reply, seq)) heard(reply);
  });
  // Without a way (no route, no right) this is called with an error, which its types do not say; sending would then throw.
  socket.connect(place.port, found.address, (error?: NodeJS.ErrnoException) => {
    if (error) return failed(unreachable(place, error));
    const send = async () => {
      do if (open) socket.send(frame, () => undefined);
      while (await again());
    };
    void send();
  });
  return () => {
    open = false;
    socket.close();
  };
}
