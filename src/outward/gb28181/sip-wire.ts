/**
 * The bytes between us and one platform: a UDP socket of our own that hears nobody else's address, or one TCP connection that we open. It
 * knows messages, no transactions. What is no message is counted and dropped; a stream that is lost is the end of the wire.
 */
import { createSocket } from 'node:dgram';
import { lookup } from 'node:dns/promises';
import { once } from 'node:events';
import { connect } from 'node:net';
import { gbEnded, gbGarbage, gbPortTaken, gbUnreachable } from '../../words/outward/gb28181-words.ts';
import { WordedError } from '../../words/worded-error.ts';
import type { World } from '../../world/world.ts';
import { headMax, readDatagram, type SipMessage, SipStream } from './sip-message.ts';

export interface WireOptions {
  readonly host: string;
  readonly port: number;
  readonly transport: 'udp' | 'tcp';
  /** Where we hear; 0 takes a free one. TCP goes out from any. */
  readonly localPort: number;
}

/** Where something came from, and where its answer goes. */
export interface WireFrom {
  readonly address: string;
  readonly port: number;
}

export interface SipWire {
  readonly local: WireFrom;
  readonly transport: 'UDP' | 'TCP';
  send(bytes: Buffer, to?: WireFrom): void;
  /** Why it is over; undefined while it stands. */
  failure(): Error | undefined;
  close(): void;
}

/** Longest wait for a connection, and for the rest of a message that has begun, ms. Ours. */
const limitMs = 10_000;
/** What may wait in a connection that takes nothing before it is given up. Ours. */
const unsentMax = 1_000_000;

export type Heard = (message: SipMessage, from: WireFrom) => void;

/** Opens the way to a platform; rejects with words. */
export async function openWire(options: WireOptions, heard: Heard, world: Pick<World, 'sleep'>): Promise<SipWire> {
  const { host, port } = options;
  const found = await lookup(host, { family: 4 }).catch((error: NodeJS.ErrnoException) => {
    throw new WordedError(gbUnreachable(error.code ?? 'unknown'));
  });
  const peer = { address: found.address, port };
  return await (options.transport === 'udp' ? openUdp(peer, options.localPort, heard) : openTcp(peer, heard, world));
}

/** Which address of ours the platform is reached from. */
async function localAddress({ address, port }: WireFrom): Promise<string> {
  const probe = createSocket('udp4');
  try {
    probe.connect(port, address);
    await once(probe, 'connect');
    return probe.address().address;
  } catch (error) {
    throw new WordedError(gbUnreachable((error as NodeJS.ErrnoException).code ?? 'unknown'));
  } finally {
    probe.close();
  }
}

async function openUdp(peer: WireFrom, localPort: number, heard: Heard): Promise<SipWire> {
  const address = await localAddress(peer);
  const socket = createSocket('udp4');
  let failure: Error | undefined;
  socket.on('message', (bytes, { address: from, port }) => {
    // Whoever else is in the network has nothing to say here.
    if (from !== peer.address) return;
    const message = readDatagram(bytes);
    if (message) heard(message, { address: from, port });
  });
  socket.bind(localPort);
  try {
    await once(socket, 'listening');
  } catch (error) {
    throw new WordedError(gbPortTaken(localPort, (error as NodeJS.ErrnoException).code ?? 'unknown'));
  }
  socket.on('error', (error) => {
    failure ??= new WordedError(gbUnreachable((error as NodeJS.ErrnoException).code ?? 'unknown'));
  });
  return {
    local: { address, port: socket.address().port },
    transport: 'UDP',
    // What the network refuses is tried again by the transaction.
    send: (bytes, to = peer) => {
      if (!failure) socket.send(bytes, to.port, to.address, () => undefined);
    },
    failure: () => failure,
    close: () => {
      failure ??= new WordedError(gbEnded);
      socket.close();
    },
  };
}

async function openTcp(peer: WireFrom, heard: Heard, world: Pick<World, 'sleep'>): Promise<SipWire> {
  const socket = connect({ host: peer.address, port: peer.port, noDelay: true });
  const over = new AbortController();
  let failure: Error | undefined;
  const end = (error: Error) => {
    failure ??= error;
    over.abort();
    socket.destroy();
  };
  const late = async (ms: number, signal: AbortSignal, why: Error) =>
    await world.sleep(ms, AbortSignal.any([signal, over.signal])).then(
      () => end(why),
      () => undefined,
    );
  const connected = new AbortController();
  void late(limitMs, connected.signal, new WordedError(gbUnreachable('ETIMEDOUT')));
  socket.on('error', (error: NodeJS.ErrnoException) => end(new WordedError(gbUnreachable(error.code ?? 'unknown'))));
  socket.on('close', () => end(new WordedError(gbEnded)));
  const stream = new SipStream();
  let half: AbortController | undefined;
  socket.on('data', (bytes: Buffer) => {
    half?.abort();
    half = undefined;
    const messages = stream.take(bytes);
    if (!messages) return end(new WordedError(gbGarbage(headMax)));
    for (const message of messages) if (!failure) heard(message, peer);
    if (stream.waiting === 0 || failure) return;
    half = new AbortController();
    void late(limitMs, half.signal, new WordedError(gbGarbage(headMax)));
  });
  await once(socket, 'connect').catch(() => undefined);
  connected.abort();
  if (failure) throw failure;
  return {
    local: { address: socket.localAddress ?? peer.address, port: socket.localPort ?? 0 },
    transport: 'TCP',
    send: (bytes) => {
      if (failure) return;
      if (socket.writableLength > unsentMax) return end(new WordedError(gbEnded));
      socket.write(bytes);
    },
    failure: () => failure,
    close: () => end(new WordedError(gbEnded)),
  };
}
