/**
 * Transactions over a wire (RFC 3261, 17, without INVITE): what we ask is sent again until it is answered or its time is over, and what we
 * are asked twice is answered twice and done once. It decides nothing of what is asked.
 */
import { randomBytes } from 'node:crypto';
import { gbSilent } from '../../words/outward/gb28181-words.ts';
import { WordedError } from '../../words/worded-error.ts';
import type { World } from '../../world/world.ts';
import { answerHeaders, header, parameter, type SipMessage, writeSip } from './sip-message.ts';
import { openWire, type SipWire, type WireFrom, type WireOptions } from './sip-wire.ts';

/** One request of ours. */
export interface SipAsk {
  readonly method: string;
  readonly uri: string;
  /** Without Via and Content-Length. */
  readonly headers: readonly (readonly [string, string])[];
  readonly body?: Buffer;
  /** Another place than the platform's. */
  readonly to?: WireFrom;
}

export interface SipAnswer {
  readonly code: number;
  readonly reason: string;
  /** Ours in a dialog that begins with this answer. */
  readonly tag?: string;
  readonly headers?: readonly (readonly [string, string])[];
}

/** What is answered to a request, at once. */
export type SipAsked = (request: SipMessage, from: WireFrom) => SipAnswer;

/** T1 and T2 of RFC 3261, ms; the whole wait is ours: 64 T1 would hold an alarm for half a minute before it is said that nobody hears. */
const t1Ms = 500;
const t2Ms = 4_000;
const wholeMs = 16_000;
/** Answers that are kept for requests that come again; the oldest goes. Ours. */
const answeredMax = 256;
/** Requests a second that are looked at, and the oldest are not answered beyond: a flood must not keep us busy. Ours. */
const askedPerSecond = 100;

export const token = (bytes = 8): string => randomBytes(bytes).toString('hex');

export class SipTalk {
  readonly #waiting = new Map<string, (answer: SipMessage) => void>();
  readonly #answered = new Map<string, Buffer>();
  readonly #world: Pick<World, 'sleep' | 'elapsed'>;
  readonly #asked: SipAsked;
  readonly #agent: string;
  #wire!: SipWire;
  #second = 0;
  #inSecond = 0;

  private constructor(world: Pick<World, 'sleep' | 'elapsed'>, agent: string, asked: SipAsked) {
    this.#world = world;
    this.#agent = agent;
    this.#asked = asked;
  }

  /** Opens a wire and talks over it; rejects with words. */
  static async open(
    options: WireOptions,
    { agent, asked, world }: { agent: string; asked: SipAsked; world: Pick<World, 'sleep' | 'elapsed'> },
  ): Promise<SipTalk> {
    const talk = new SipTalk(world, agent, asked);
    talk.#wire = await openWire(options, (message, from) => talk.#heard(message, from), world);
    return talk;
  }

  get local(): WireFrom {
    return this.#wire.local;
  }
  get transport(): 'UDP' | 'TCP' {
    return this.#wire.transport;
  }
  failure(): Error | undefined {
    return this.#wire.failure();
  }
  close(): void {
    this.#wire.close();
  }

  /** Resolves with the final answer; rejects with words where none comes. */
  async ask({ method, uri, headers, body, to }: SipAsk): Promise<SipMessage> {
    const branch = `z9hG4bK${token()}`;
    const { address, port } = this.local;
    const via = ['Via', `SIP/2.0/${this.transport} ${address}:${port};rport;branch=${branch}`] as const;
    const bytes = writeSip(`${method} ${uri} SIP/2.0`, [via, ...headers, ['User-Agent', this.#agent]], body);
    const answered = Promise.withResolvers<SipMessage>();
    const over = new AbortController();
    this.#waiting.set(branch, (answer) => {
      over.abort();
      answered.resolve(answer);
    });
    const until = this.#world.elapsed() + wholeMs;
    try {
      for (let pause = t1Ms; this.#world.elapsed() < until; pause = Math.min(2 * pause, t2Ms)) {
        const failure = this.failure();
        if (failure) throw failure;
        // A stream brings it by itself; only the answer is waited for.
        if (pause === t1Ms || this.transport === 'UDP') this.#wire.send(bytes, to);
        if (await this.#rested(pause, over.signal)) return await answered.promise;
      }
      throw new WordedError(gbSilent(wholeMs / 1_000));
    } finally {
      this.#waiting.delete(branch);
    }
  }

  /** True when it was broken off by the answer. */
  async #rested(ms: number, signal: AbortSignal): Promise<boolean> {
    if (signal.aborted) return true;
    await this.#world.sleep(ms, signal).catch((error: unknown) => {
      if (!signal.aborted) throw error;
    });
    return signal.aborted;
  }

  #heard(message: SipMessage, from: WireFrom): void {
    if (message.status !== undefined) {
      // 100 Trying and its like are not the answer.
      const branch = parameter(header(message, 'via'), 'branch');
      if (message.status >= 200 && branch !== undefined) this.#waiting.get(branch)?.(message);
      return;
    }
    if (message.method === 'ACK') return;
    const key = `${parameter(header(message, 'via'), 'branch') ?? ''} ${header(message, 'call-id') ?? ''} ${header(message, 'cseq') ?? ''}`;
    const known = this.#answered.get(key);
    if (known) return this.#wire.send(known, from);
    if (this.#tooMany()) return;
    const { code, reason, tag = token(4), headers = [] } = this.#asked(message, from);
    const answer = writeSip(`SIP/2.0 ${code} ${reason}`, [
      ...answerHeaders(message, tag),
      ...headers,
      ['User-Agent', this.#agent],
    ]);
    this.#answered.set(key, answer);
    if (this.#answered.size > answeredMax) this.#answered.delete(this.#answered.keys().next().value!);
    this.#wire.send(answer, from);
  }

  #tooMany(): boolean {
    const second = Math.floor(this.#world.elapsed() / 1_000);
    if (second !== this.#second) [this.#second, this.#inSecond] = [second, 0];
    this.#inSecond += 1;
    return this.#inSecond > askedPerSecond;
  }
}
