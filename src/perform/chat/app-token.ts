/**
 * The token that a chat's servers give an application of the school for its secret, and without which they take nothing: had when it
 * is first needed, kept until it runs out or is refused. What needs it is sent a second time only after an old token was refused, and
 * then with a fresh one. Without a token nothing was sent, so nothing is unknown. It must know nothing of what is sent.
 */
import { channelUnreachable } from '../../words/channel-words.ts';
import type { World } from '../../world/world.ts';
import type { NotTold } from '../sending/http-post.ts';
import type { Taken } from './chat-answer.ts';

/** A token is asked for anew so long before it runs out, ms. Ours. */
const earlyMs = 60_000;

/** How one vendor gives tokens. */
export interface TokenGiver {
  /** The channel, as verdicts name it. */
  readonly id: string;
  /** Asks for a token, until `end` at the latest, ms of the world's elapsed time. */
  ask(end: number, world: World): Promise<Taken | NotTold>;
  /** The token in an answer, and for how long it is good, s. */
  read(said: Taken['said']): { readonly token: string; readonly seconds: number };
  /** What is answered to a token that is no longer good, or never was. */
  readonly stale: ReadonlySet<string>;
}

/** How long may be waited until `end`, ms: to a tenth of a second, as it is told when it was not enough. */
export const leftUntil = (end: number, world: World): number =>
  Math.max(100, Math.ceil((end - world.elapsed()) / 100) * 100);

export class AppToken {
  readonly #giver: TokenGiver;
  #held: { readonly token: string; readonly until: number } | undefined;
  /** The question that is under way: messages of the same moment share what comes of it. */
  #asking: Promise<string | NotTold> | undefined;

  constructor(giver: TokenGiver) {
    this.#giver = giver;
  }

  /** Sends with a token that is good, a second time with a fresh one where that was not. */
  async with(end: number, world: World, send: (token: string) => Promise<Taken | NotTold>): Promise<Taken | NotTold> {
    const token = await this.#token(end, world);
    if (typeof token !== 'string') return token;
    const first = await send(token);
    if (first.is !== 'refused' || !this.#giver.stale.has(first.code)) return first;
    if (this.#held?.token === token) this.#held = undefined;
    const fresh = await this.#token(end, world);
    return typeof fresh === 'string' ? await send(fresh) : fresh;
  }

  /** A token, or why there is none. */
  async #token(end: number, world: World): Promise<string | NotTold> {
    if (this.#held && world.elapsed() < this.#held.until) return this.#held.token;
    this.#asking ??= this.#ask(end, world).finally(() => {
      this.#asking = undefined;
    });
    return await this.#asking;
  }

  async #ask(end: number, world: World): Promise<string | NotTold> {
    const { id, ask, read } = this.#giver;
    const answer = await ask(end, world);
    if (answer.is === 'unknown') return { is: 'refused', code: 'timeout', why: channelUnreachable(id, 'timeout') };
    if (answer.is !== 'taken') return answer;
    const { token, seconds } = read(answer.said);
    this.#held = { token, until: world.elapsed() + Math.max(0, seconds * 1_000 - earlyMs) };
    return token;
  }
}
