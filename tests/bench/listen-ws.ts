/**
 * The screens of a benchmark: logs in if there is a log-in, opens sockets on the feed, and takes the age of every event
 * the load generator marked. The first socket reads every event; the others only the first of each frame, because a
 * hundred readers in one process would measure themselves.
 */
import { setTimeout as delay } from 'node:timers/promises';
import { WebSocket } from 'ws';
import { Durations, type Spread } from './figures.ts';
import { type Login, logIn } from './login.ts';
import { clock, play, within } from './peer.ts';

export interface ListenOptions {
  /** `http://host:port`; the feed is under the same address. */
  readonly url: string;
  readonly login?: Login;
  readonly sockets: number;
}
export interface Heard {
  /** Ages of the events on the first socket. */
  readonly age: Spread;
  /** Ages of the first event of each frame, over all sockets. */
  readonly all: Spread;
  /** Different events of the run on the first socket. */
  readonly events: number;
  readonly duplicates: number;
  /** Frames over all sockets. */
  readonly frames: number;
}

const ID = /"id":"b(\d+)\.(\d+)\.(\d+)"/g;

await play(async ({ url, login, sockets }: ListenOptions) => {
  const cookie = login ? await logIn(url, login) : '';
  const age = new Durations();
  const all = new Durations();
  const seen = new Set<number>();
  let run = 0;
  let frames = 0;
  let duplicates = 0;
  let arrived = () => {};

  function whole(text: string, now: number): void {
    for (const [, of, n, sent] of text.matchAll(ID)) {
      if (Number(of) !== run) continue;
      age.add(now - Number(sent) / 1000);
      if (seen.has(Number(n))) duplicates += 1;
      seen.add(Number(n));
    }
    arrived();
  }
  /** When each number of the Modbus plant arrived. */
  const flips = new Map<number, number>();
  let flipped = () => {};
  function note(text: string, now: number): void {
    for (const event of (JSON.parse(text) as { events: { point?: string; value: number }[] }).events) {
      if (event.point === 'flip') flips.set(event.value, now);
    }
    flipped();
  }

  function onFrame(bytes: Buffer, first: boolean): void {
    const now = clock();
    const text = bytes.toString('latin1');
    if (first && text.startsWith('{"t":"events"') && text.includes('"point":"flip"')) note(text, now);
    const at = text.indexOf('"id":"b');
    if (at < 0) return;
    frames += 1;
    const sent = /^\d+\.\d+\.(\d+)/.exec(text.slice(at + 7, at + 60));
    if (sent) all.add(now - Number(sent[1]) / 1000);
    if (first) whole(text, now);
  }

  await Promise.all(
    Array.from({ length: sockets }, (_, index) => {
      const headers = { origin: url, ...(cookie ? { cookie } : {}) };
      const socket = new WebSocket(`${url.replace('http', 'ws')}/feed`, { headers, perMessageDeflate: false });
      socket.on('message', (bytes: Buffer) => onFrame(bytes, index === 0));
      socket.on('close', (code) => process.stderr.write(`socket ${index} was closed with ${code}\n`));
      return new Promise((resolve, reject) => {
        socket.once('open', resolve);
        socket.once('error', reject);
      });
    }),
  );

  return {
    acts: {
      /** From now on, events of this run count. */
      begin(next: number): void {
        run = next;
        frames = 0;
        duplicates = 0;
        seen.clear();
        age.clear();
        all.clear();
      },
      /** When this number arrived; rejects when it does not within the limit. */
      async flipped({ number, limitMs }: { number: number; limitMs: number }): Promise<number> {
        const { promise, resolve } = Promise.withResolvers<void>();
        flipped = () => flips.has(number) && resolve();
        flipped();
        await within(limitMs, `number ${number} did not arrive`, promise);
        return flips.get(number)!;
      },
      /** What was heard, once this many events came or the time is over. */
      async heard({ expect, limitMs }: { expect: number; limitMs: number }): Promise<Heard> {
        const { promise, resolve } = Promise.withResolvers<void>();
        arrived = () => seen.size >= expect && resolve();
        arrived();
        await Promise.race([promise, delay(limitMs, undefined, { ref: false })]);
        return { age: age.summary(), all: all.summary(), events: seen.size, duplicates, frames };
      },
    },
  };
});
