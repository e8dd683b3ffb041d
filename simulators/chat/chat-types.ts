/**
 * What the pretended servers of chats are made of: what they took, how they may misbehave, who has an account with them. Types
 * and two small things that all of them need; nothing here knows one vendor's answers.
 */

/** The kinds of conversation that are pretended. */
export type ChatKind = 'wecom-robot' | 'wecom-app' | 'dingtalk-robot' | 'dingtalk-app' | 'feishu-robot';

/** One message that was taken, as the people in the group see it. */
export interface ChatMessage {
  /** ms since the epoch, by the server's clock. */
  readonly at: number;
  readonly kind: ChatKind;
  /** The vendor's name for its form: text, markdown, image, textcard, interactive … */
  readonly form: string;
  readonly text: string;
  /** Whom it rings: mobile numbers or ids, `@all` for everybody; of an application, whom it was delivered to. */
  readonly rings: readonly string[];
  readonly link?: string;
  /** The key of its button; of DingTalk what it writes. */
  readonly button?: string;
  readonly picture?: Uint8Array;
}

/** Each may be switched while the server runs. */
export interface ChatFaults {
  /** Refuses with this number in an answer of 200; `only`: messages of this form. */
  refuse: { readonly code: number; readonly saying?: string; readonly only?: string } | undefined;
  /** Takes the message and never answers. */
  hang: boolean;
  /** Takes the message and breaks off in the middle of the answer. */
  cut: boolean;
  /** Answers so much later, ms. */
  slowMs: number;
  /** Answers 200 with the sign-in page of a network, and takes nothing. */
  page: boolean;
  /** Answers this status with a page of a proxy, and takes nothing. */
  status: number | undefined;
  /** How far the server's clock is ahead of the machine's, ms. */
  clockOffsetMs: number;
}

export const noChatFaults: ChatFaults = {
  ...{ refuse: undefined, hang: false, cut: false, slowMs: 0, page: false, status: undefined, clockOffsetMs: 0 },
};

/** A robot of a group, with the security settings it was given. */
export interface RobotAccount {
  /** What its address ends in. */
  readonly key: string;
  /** Messages have to be signed with this. */
  readonly secret?: string;
  /** One of these has to be in the text. */
  readonly keywords?: readonly string[];
}

/** An application of a school in WeCom. */
export interface AppAccount {
  readonly corp: string;
  readonly secret: string;
  readonly agent: number;
  /** Who may see it, by id. */
  readonly users: readonly string[];
  /** Whether requests come from an address it trusts. */
  trusted: boolean;
  /** How long a token is good, s. */
  readonly tokenSeconds: number;
}

/** An internal application of a school in DingTalk, with its robot. */
export interface DingtalkAccount {
  readonly appKey: string;
  readonly secret: string;
  readonly robot: string;
  /** Who may see it, by user id. */
  readonly users: readonly string[];
  /** Whether it may send by its robot, and whether that is published. */
  allowed: boolean;
  published: boolean;
  /** How long a token is good, s. */
  readonly tokenSeconds: number;
}

export interface ChatAccounts {
  readonly wecom: RobotAccount;
  readonly dingtalk: RobotAccount;
  readonly feishu: RobotAccount;
  readonly app: AppAccount;
  /** Nobody has an application in DingTalk without it. */
  readonly dingtalkApp?: DingtalkAccount;
}

/** A request as a vendor's side sees it. */
export interface ChatAsked {
  readonly path: string;
  /** As servers of forms read it: `+` is a space. */
  readonly query: URLSearchParams;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly body: string;
  /** The same as it came, for what is no text. */
  readonly raw: Buffer;
  /** The server's clock, ms since the epoch. */
  readonly now: number;
}

/** What a vendor's side answers, with 200 where no status is said, and the message when it was taken. */
export interface ChatReply {
  readonly status?: number;
  readonly said: object;
  readonly message?: ChatMessage;
}

/** Counts messages of each sender, and shuts the door on who sends too many in a time, for `shutMs` more. */
export class ChatPace {
  readonly #most: number;
  readonly #spanMs: number;
  readonly #shutMs: number;
  readonly #sent = new Map<string, number[]>();
  readonly #shut = new Map<string, number>();

  constructor(most: number, spanMs: number, shutMs = 0) {
    this.#most = most;
    this.#spanMs = spanMs;
    this.#shutMs = shutMs;
  }

  /** Whether one more is let through. */
  lets(sender: string, now: number): boolean {
    if (now < (this.#shut.get(sender) ?? Number.NEGATIVE_INFINITY)) return false;
    const recent = (this.#sent.get(sender) ?? []).filter((at) => now - at < this.#spanMs);
    this.#sent.set(sender, recent);
    if (recent.length >= this.#most) {
      if (this.#shutMs > 0) this.#shut.set(sender, now + this.#shutMs);
      return false;
    }
    recent.push(now);
    return true;
  }
}

/** A part of a JSON value, along names; undefined where there is none. */
export function partOf(value: unknown, ...names: readonly (string | number)[]): unknown {
  return names.reduce<unknown>(
    (part, name) => (typeof part === 'object' && part !== null ? (part as Record<string, unknown>)[name] : undefined),
    value,
  );
}

/** The text at the end of these names; empty where there is none. */
export const textAt = (value: unknown, ...names: readonly (string | number)[]): string => {
  const found = partOf(value, ...names);
  return typeof found === 'string' ? found : '';
};

/** The texts of a list at the end of these names. */
export const textsAt = (value: unknown, ...names: readonly (string | number)[]): string[] => {
  const found = partOf(value, ...names);
  return Array.isArray(found) ? found.filter((one) => typeof one === 'string') : [];
};

/** JSON as it came; undefined where it is none. */
export function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}

export const bytesOf = (text: string): number => Buffer.byteLength(text, 'utf8');
