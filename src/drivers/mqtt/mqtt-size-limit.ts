/**
 * A doorman between a socket and the broker: it reads MQTT packet lengths as they are announced and refuses a packet
 * that is too large before a byte of it is kept. aedes has no such limit and would gather 200 MB in memory.
 * It must never change a byte that passes.
 */
import type { Socket } from 'node:net';
import { Duplex } from 'node:stream';

export class PacketTooLarge extends Error {
  /** What the sender announced, bytes. */
  readonly announced: number;
  constructor(announced: number) {
    super(`announced a packet of ${announced} bytes`);
    this.announced = announced;
  }
}

/** Counts through a byte stream of MQTT packets; returns the announced size of the first packet above `max`. */
export function packetMeter(max: number): (chunk: Uint8Array) => number | undefined {
  let rest = 0;
  let length = 0;
  let shift = -1;
  return (chunk) => {
    let at = 0;
    while (at < chunk.length) {
      if (rest > 0) {
        const taken = Math.min(rest, chunk.length - at);
        rest -= taken;
        at += taken;
      } else if (shift < 0) {
        shift = 0;
        length = 0;
        at += 1;
      } else {
        const byte = chunk[at++]!;
        length += (byte & 0x7f) * 2 ** shift;
        shift += 7;
        const last = byte < 0x80;
        // A length has four bytes at most; a fifth would be no MQTT.
        if ((last || shift > 21) && length > max) return length;
        if (shift > 28) return Number.POSITIVE_INFINITY;
        if (last) {
          rest = length;
          shift = -1;
        }
      }
    }
    return undefined;
  };
}

/** The duplex the broker is handed in place of the socket. Destroying either side destroys the other. */
export class Guard extends Duplex {
  readonly address: string;
  readonly #socket: Socket;
  #held = false;

  constructor(socket: Socket, maxBytes: number) {
    super({ readableHighWaterMark: 16_384, writableHighWaterMark: 16_384 });
    this.#socket = socket;
    this.address = socket.remoteAddress ?? 'unknown address';
    const meter = packetMeter(maxBytes);
    socket.on('data', (chunk: Buffer) => {
      const tooLarge = meter(chunk);
      if (tooLarge !== undefined) this.destroy(new PacketTooLarge(tooLarge));
      else if (!this.push(chunk) || this.#held) socket.pause();
    });
    socket.on('end', () => this.push(null));
    socket.on('error', (error) => this.destroy(error));
    socket.on('close', () => this.destroy());
  }

  /** Reads nothing more from the sender until it is let go again; what has arrived already still passes. */
  hold(held: boolean): void {
    if (held === this.#held) return;
    this.#held = held;
    if (held) this.#socket.pause();
    else this.#socket.resume();
  }

  override _read(): void {
    if (!this.#held) this.#socket.resume();
  }

  override _write(chunk: Buffer, encoding: BufferEncoding, done: (error?: Error | null) => void): void {
    this.#socket.write(chunk, encoding, done);
  }

  override _writev(chunks: { chunk: Buffer; encoding: BufferEncoding }[], done: (error?: Error | null) => void): void {
    this.#socket.write(Buffer.concat(chunks.map((c) => c.chunk)), done);
  }

  override _final(done: () => void): void {
    this.#socket.end(done);
  }

  override _destroy(error: Error | null, done: (error?: Error | null) => void): void {
    this.#socket.destroy();
    done(error);
  }
}
