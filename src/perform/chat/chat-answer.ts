/**
 * What the servers of chats mean by an answer. All of them answer 200 whether they took a message or not, and say in a number
 * inside which it was; numbers that a school can do something about are turned into what to do. Of the answer's text only the
 * number leaves this file, and which of a few known sayings it was.
 */
import {
  type ChatReason,
  type ChatVendor,
  chatRefused,
  chatTooFast,
  noChatAnswer,
} from '../../words/reach/robot-words.ts';
import type { World } from '../../world/world.ts';
import { codeOf, objectOf } from '../sending/answer-text.ts';
import { exchange, type HttpRequest, type NotTold, refusedBy, unfinished } from '../sending/http-post.ts';

/** How one vendor's servers answer. */
export interface ChatDialect {
  readonly vendor: ChatVendor;
  /** The fields one of which holds the number; 0 means taken. */
  readonly fields: readonly string[];
  /** Where a vendor has names in place of numbers, and none for success: what such a name is like, and the field that an answer of success has. */
  readonly names?: { readonly like: RegExp; readonly success: string };
  /** The field with the vendor's saying. */
  readonly saying: string;
  /** Numbers that mean that too much was sent, and for how long nothing is taken then, ms, where the vendor says so. */
  readonly tooFast: Readonly<Record<string, number | undefined>>;
  /** What a number means; by the saying, where one number stands for several things. */
  readonly reasons: Readonly<Record<string, ChatReason | ((saying: string) => ChatReason)>>;
}

/** A message was taken, and what was said of it. */
export interface Taken {
  readonly is: 'taken';
  readonly said: Readonly<Record<string, unknown>>;
}

/** Asks a vendor's server, and says whether it took what it was asked. */
export async function askChat(asked: HttpRequest, dialect: ChatDialect, world: World): Promise<Taken | NotTold> {
  const answer = await exchange({ ...asked, refusalsSpeak: true }, world);
  if (answer.is !== 'answered') return answer;
  const { id } = asked;
  const { ok, status, text } = answer;
  const said = text === undefined ? undefined : objectOf(text);
  const value = dialect.fields.map((field) => said?.[field]).find((one) => one !== undefined);
  const named = typeof value === 'string' && dialect.names?.like.test(value) === true;
  const code = named ? String(value) : codeOf(value);
  const given = value === undefined && dialect.names !== undefined && typeof said?.[dialect.names.success] === 'string';
  if (ok && said && (code === '0' || given)) return { is: 'taken', said };
  if (said && value !== undefined && code !== '0')
    return refusal(id, dialect, code, String(said[dialect.saying] ?? ''));
  if (!ok) return refusedBy(id, status);
  // An answer that broke off may have been a yes; a page is none of the vendor's, who therefore has not been asked.
  return text === undefined
    ? unfinished(asked, answer)
    : { is: 'refused', code, why: noChatAnswer(id, dialect.vendor) };
}

function refusal(id: string, dialect: ChatDialect, code: string, saying: string): NotTold {
  const { vendor, tooFast, reasons } = dialect;
  if (Object.hasOwn(tooFast, code)) {
    const retryAfterMs = tooFast[code];
    return {
      is: 'too-fast',
      ...(retryAfterMs !== undefined && { retryAfterMs }),
      why: chatTooFast(id, vendor, code),
    };
  }
  const known = Object.hasOwn(reasons, code) ? reasons[code] : undefined;
  const reason = typeof known === 'function' ? known(saying) : (known ?? 'unexplained');
  return { is: 'refused', code, why: chatRefused(id, vendor, code, reason) };
}
