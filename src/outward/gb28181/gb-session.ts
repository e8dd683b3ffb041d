/**
 * One standing with a platform: registered with its digest, kept alive, telling alarms in a subscription's dialog or as messages, and
 * handing on what the platform asks. Renewals and keep-alives go beside the alarms: none must wait behind them. It never stands up again
 * by itself: who holds it opens another.
 */
import { gbForgotten, gbNotNow, gbRefused, gbUnknownChallenge } from '../../words/outward/gb28181-words.ts';
import { WordedError } from '../../words/worded-error.ts';
import type { Words } from '../../words/words.ts';
import type { World } from '../../world/world.ts';
import { GbBeside } from './gb-beside.ts';
import { type GbAsked, type GbElement, readBody, writeBody } from './gb-body.ts';
import type { GbLetter, GbOptions } from './gb-options.ts';
import { type GbSubscription, GbSubscriptions } from './gb-subscriptions.ts';
import { answerChallenge, readChallenge } from './sip-digest.ts';
import { grantedSeconds, header, type SipMessage, userOf } from './sip-message.ts';
import { type SipAnswer, SipTalk, token } from './sip-talk.ts';
import type { WireFrom } from './sip-wire.ts';

export interface SessionParts {
  readonly options: GbOptions;
  readonly world: Pick<World, 'sleep' | 'elapsed'>;
  readonly program: string;
  /** Whether this is one of our ids. */
  knows(id: string): boolean;
  /** What is answered to a query or a control, after it was acknowledged. */
  answer(asked: GbAsked, transport: 'UDP' | 'TCP'): Promise<readonly GbElement[]>;
  /** What the platform says its time is, with each registration. */
  date(said: string): void;
}

/** The log-in was refused: it is not tried again at once. */
export class GbLoginRefused extends WordedError {}

/** Keep-alives or alarms in a row without an answer before all begins anew: 3, as platforms count. */
const missedMax = 3;
/** Answers that wait for their turn. Ours. */
const jobsMax = 20;
/** A registration is renewed when so much of its time is over. */
const renewAt = 0.8;
/** What was not renewed is asked again after this, ms. Ours. */
const renewAgainMs = 5_000;
/** Answers to a registration that are a no to us; every other is a platform that cannot just now. */
const refusals = new Set([401, 403, 404, 407]);
const gone = new Set([401, 403, 404, 407, 481]);
const allow = 'OPTIONS, MESSAGE, SUBSCRIBE, INVITE, ACK, BYE, CANCEL';
const ok: SipAnswer = { code: 200, reason: 'OK' };
const bodyType = ['Content-Type', 'Application/MANSCDP+xml'] as const;

export class GbSession {
  readonly #parts: SessionParts;
  readonly #subscriptions = new GbSubscriptions();
  readonly #callId = token();
  readonly #tag = token(4);
  #talk!: SipTalk;
  #challenge: ReadonlyMap<string, string> | undefined;
  #count = 0;
  #seq = 0;
  #sn = 0;
  #missed = 0;
  #forgotten = false;
  #renewAt = 0;
  /** When the platform forgets us. */
  #until = 0;
  #aliveAt = 0;
  #jobs = 0;
  readonly #beside = new GbBeside();
  #last: Promise<void> = Promise.resolve();

  private constructor(parts: SessionParts) {
    this.#parts = parts;
  }

  /** Opens the way and registers; rejects with words. */
  static async open(parts: SessionParts): Promise<GbSession> {
    const { options, world, program } = parts;
    const session = new GbSession(parts);
    const asked = (request: SipMessage, from: WireFrom) => session.#asked(request, from);
    session.#talk = await SipTalk.open(options, { agent: program, asked, world });
    try {
      await session.#register(options.expiresSec);
      return session;
    } catch (error) {
      session.#talk.close();
      throw error;
    }
  }

  /** It must be opened anew: forgotten, not heard, or registered no longer. */
  broken(): boolean {
    const over = this.#parts.world.elapsed() >= this.#until;
    return over || this.#forgotten || this.#missed >= missedMax || this.#talk.failure() !== undefined;
  }

  /** What of renewals and keep-alives was not answered, or refused, the last time. */
  trouble(): Words | undefined {
    return this.#beside.trouble();
  }

  /** Begins what is due, and waits for none of it. */
  tend(): void {
    const now = this.#parts.world.elapsed();
    if (now >= this.#renewAt) this.#beside.begin('renewal', () => this.#renew());
    if (now >= this.#aliveAt) this.#beside.begin('keepalive', () => this.#keepAlive());
  }

  async #renew(): Promise<void> {
    try {
      await this.#register(this.#parts.options.expiresSec);
    } catch (error) {
      // The registration before it still runs: it is told by until its time is over.
      this.#renewAt = this.#parts.world.elapsed() + renewAgainMs;
      throw error;
    }
  }

  /** One that is not answered is asked again with the next step, not with the next minute. */
  async #keepAlive(): Promise<void> {
    const { options, world } = this.#parts;
    const next = world.elapsed() + options.keepaliveSec * 1_000;
    const alive: GbElement = [
      'Notify',
      [
        ['CmdType', 'Keepalive'],
        ['SN', this.#nextSn()],
        ['DeviceID', options.id],
        ['Status', 'OK'],
      ],
    ];
    await this.#message(this.#encoded(alive));
    this.#aliveAt = next;
  }

  /** Tells an alarm; resolves with what the platform answered: below 300 it has it. Rejects with words where it says nothing. */
  async tell(letter: GbLetter): Promise<number> {
    const subscription = this.#subscriptions.wantedBy(letter, this.#parts.world.elapsed());
    if (subscription) {
      // Whoever asked and does not answer must not hold it up: it goes the other way.
      const told = await this.#notify(subscription, letter.body).catch(() => undefined);
      if (told?.status !== undefined && told.status < 300) return told.status;
      this.#subscriptions.drop(subscription);
    }
    return await this.#message(letter.body);
  }

  /** Says good-bye, and waits for no answer longer than a moment. */
  async close(): Promise<void> {
    const over = new AbortController();
    const moment = this.#parts.world.sleep(1_000, over.signal).catch(() => undefined);
    if (!this.broken()) await Promise.race([this.#register(0).catch(() => undefined), moment]);
    over.abort();
    this.#talk.close();
  }

  #nextSn(): number {
    this.#sn += 1;
    return this.#sn;
  }

  #encoded(element: GbElement): Buffer {
    return writeBody(element, this.#parts.options.encoding);
  }

  get #contact(): string {
    const { address, port } = this.#talk.local;
    return `<sip:${this.#parts.options.id}@${address}:${port}>`;
  }

  /** A request to the platform, with its challenge answered. */
  async #ask(method: string, { callId, tag, more, body }: AskParts): Promise<SipMessage> {
    const { id, serverId, domain, user, password, version } = this.#parts.options;
    const uri = `sip:${serverId}@${domain}`;
    let answer: SipMessage | undefined;
    // A challenge, and one more where the nonce had become stale.
    for (let tries = 0; tries < 3; tries += 1) {
      const authorization =
        this.#challenge && password !== undefined && this.#authorization(method, uri, user, password);
      this.#seq += 1;
      answer = await this.#talk.ask({
        ...{ method, uri, ...(body && { body }) },
        headers: [
          ['From', `<sip:${id}@${domain}>;tag=${tag}`],
          ['To', method === 'REGISTER' ? `<sip:${id}@${domain}>` : `<${uri}>`],
          ...([
            ['Call-ID', callId],
            ['CSeq', `${this.#seq} ${method}`],
            ['Max-Forwards', '70'],
          ] as const),
          ['Contact', this.#contact],
          ['X-GB-Ver', version === '2022' ? '3.0' : '2.0'],
          ...(authorization ? [['Authorization', authorization] as const] : []),
          ...more,
        ],
      });
      const asked =
        answer.status === 401 ? 'www-authenticate' : answer.status === 407 ? 'proxy-authenticate' : undefined;
      const said = asked === undefined ? [] : (answer.headers.get(asked) ?? []);
      const fresh = said.map(readChallenge).find((one) => one !== undefined);
      if (!fresh || password === undefined) return answer;
      if (authorization && this.#challenge?.get('nonce') === fresh.get('nonce')) return answer;
      if (authorization && tries > 0 && fresh.get('stale')?.toLowerCase() !== 'true') return answer;
      this.#challenge = fresh;
      this.#count = 0;
    }
    return answer!;
  }

  #authorization(method: string, uri: string, user: string, password: string): string {
    this.#count += 1;
    const who = { user, password, method, uri, cnonce: token(), count: this.#count };
    const value = answerChallenge(this.#challenge!, who);
    if (value === undefined) throw new GbLoginRefused(gbUnknownChallenge);
    return value;
  }

  async #register(expires: number): Promise<void> {
    const more = [['Expires', String(expires)] as const];
    const answer = await this.#ask('REGISTER', { callId: this.#callId, tag: this.#tag, more });
    const { status = 0 } = answer;
    if (status >= 300 && !refusals.has(status)) throw new WordedError(gbNotNow(status));
    if (status >= 300) {
      this.#forgotten = true;
      throw new GbLoginRefused(gbRefused(status));
    }
    const seconds = grantedSeconds(answer, expires);
    const now = this.#parts.world.elapsed();
    [this.#renewAt, this.#until] = [now + seconds * renewAt * 1_000, now + seconds * 1_000];
    const date = header(answer, 'date');
    if (date !== undefined) this.#parts.date(date);
  }

  async #message(body: Buffer): Promise<number> {
    const { status = 0 } = await this.#counted(
      this.#ask('MESSAGE', { callId: token(), tag: token(4), more: [bodyType], body }),
    );
    if (!gone.has(status)) return status;
    this.#forgotten = true;
    throw new WordedError(gbForgotten(status));
  }

  async #notify(subscription: GbSubscription, body: Buffer): Promise<SipMessage> {
    const { us, them, callId, event, uri, to, until } = subscription;
    subscription.seq += 1;
    const left = Math.max(0, Math.round((until - this.#parts.world.elapsed()) / 1_000));
    return await this.#counted(
      this.#talk.ask({
        ...{ method: 'NOTIFY', uri, to, body },
        headers: [
          ...([
            ['From', us],
            ['To', them],
            ['Call-ID', callId],
            ['CSeq', `${subscription.seq} NOTIFY`],
          ] as const),
          ...([
            ['Max-Forwards', '70'],
            ['Contact', this.#contact],
            ['Event', event],
          ] as const),
          ['Subscription-State', `active;expires=${left}`],
          bodyType,
        ],
      }),
    );
  }

  async #counted<T>(asked: Promise<T>): Promise<T> {
    try {
      const answer = await asked;
      this.#missed = 0;
      return answer;
    } catch (error) {
      this.#missed += 1;
      throw error;
    }
  }

  #asked(request: SipMessage, from: WireFrom): SipAnswer {
    const { options } = this.#parts;
    if (request.method === 'OPTIONS') return { ...ok, headers: [['Allow', allow]] };
    if (request.method === 'INVITE') return { code: 488, reason: 'Not Acceptable Here' };
    if (request.method === 'BYE' || request.method === 'CANCEL')
      return { code: 481, reason: 'Call/Transaction Does Not Exist' };
    if (request.method !== 'MESSAGE' && request.method !== 'SUBSCRIBE')
      return { code: 405, reason: 'Method Not Allowed', headers: [['Allow', allow]] };
    if (userOf(header(request, 'from')) !== options.serverId) return { code: 403, reason: 'Forbidden' };
    const body = request.body.length === 0 ? undefined : readBody(request.body);
    if (request.body.length > 0 && !body) return { code: 400, reason: 'Bad Request' };
    if (request.method === 'SUBSCRIBE')
      return this.#subscriptions.take(request, from, body, this.#contact, this.#parts.world.elapsed());
    if (!body) return { code: 400, reason: 'Bad Request' };
    // What is told to us, and what is answered to what we told, is only taken.
    if (body.root !== 'Query' && body.root !== 'Control') return ok;
    if (!this.#parts.knows(body.fields.get('DeviceID') ?? '')) return { code: 404, reason: 'Not Found' };
    if (this.#jobs >= jobsMax) return { code: 503, reason: 'Service Unavailable', headers: [['Retry-After', '5']] };
    this.#jobs += 1;
    this.#last = this.#last
      .then(() => this.#job(body))
      .finally(() => {
        this.#jobs -= 1;
      });
    return ok;
  }

  /** What a platform that does not take its answer asks again is its own affair. */
  async #job(asked: GbAsked): Promise<void> {
    try {
      for (const element of await this.#parts.answer(asked, this.#talk.transport))
        await this.#message(this.#encoded(element));
    } catch {
      // Said with the next keep-alive, where it lasts.
    }
  }
}

interface AskParts {
  readonly callId: string;
  readonly tag: string;
  readonly more: readonly (readonly [string, string])[];
  readonly body?: Buffer;
}
