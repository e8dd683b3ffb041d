/**
 * What people answer to a message by the way it came, such as an SMS, and what is kept of it. Types only. No number of a telephone and no
 * text of an answer may stand here: facts are kept for ever, and what is written in an SMS can be anything.
 */

/** What an answer says, as far as it was understood: it is taken on, no more messages by this way, messages again. */
export type ReplySaid = 'acknowledge' | 'stop' | 'start' | 'other';

/** An answer that came. `person`: whose number it came from; nobody's that is known without it. */
export interface ReplyHeard {
  readonly channel: string;
  readonly person?: string;
  readonly said: ReplySaid;
  /** The number of the alarm, as it stood in the message to this person. */
  readonly number?: number;
  /** It said the number and no word: where several wait, that may mean yes to any of them. */
  readonly bare?: true;
}

/**
 * What came of it. ambiguous: several wait, and it names none; no-such: none with this number waits any more; nothing-waits: he was told of
 * nothing that waits; no-account: who answers may acknowledge nothing, or has no account; refused: his account may not.
 */
export type ReplyCame =
  | 'acknowledged'
  | 'part'
  | 'already'
  | 'ambiguous'
  | 'no-such'
  | 'nothing-waits'
  | 'no-account'
  | 'refused'
  | 'stopped'
  | 'started'
  | 'not-understood'
  | 'unknown-sender';

/** What a person is told of his answer. */
export interface ReplyAnswer {
  /** The fact that owes it. */
  readonly seq: number;
  readonly came: ReplyCame;
  /** The alarm it is about. */
  readonly alarm?: number;
}

/** One person's way by a channel that answers come back by, by `channel/person`. */
export interface ReplyBook {
  /** The last number that an alarm was given for him, by whichever channel; 0: none since this book is kept. */
  readonly last: number;
  /** He wants no more messages by it. */
  readonly off?: true;
  /** What he is to be told of his last answer. */
  readonly owed?: ReplyAnswer;
}

/** By `channel/person`. */
export type ReplyBooks = ReadonlyMap<string, ReplyBook>;

/** Somebody answered a message, or pretended to. `answered`: he is told what came of it. */
export type RepliedFact = ReplyHeard & {
  readonly kind: 'replied';
  readonly came: ReplyCame;
  readonly alarm?: number;
  readonly answered?: true;
  readonly covert?: true;
};
