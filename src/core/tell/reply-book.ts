/**
 * Answers by the way a message came: which small number an alarm has for a person, who wants no more messages, and what is still to be
 * said to whoever answered. A number is not given anew to a person before the 98 others were, by whatever channel, so that a late
 * answer or an old button meets no other alarm. It never decides what an answer does.
 */
import { lookup } from '../site/lookup.ts';
import type { Event, ReadOnly, ReplyAnswer, ReplyBook, ReplyBooks, Site, State } from '../types.ts';
import { afterHour } from './pace.ts';

/** Two digits at most: they are typed with cold fingers. */
const numberMax = 99;

export const bookKey = (channel: string, person: string): string => `${channel}/${person}`;
/** Where it is counted how often answers came lately: of one person, or of nobody known. Ids of channels hold no `~`. */
export const heardKey = (channel: string, person = ''): string => `reply~${channel}/${person}`;

const emptyBook: ReplyBook = { last: 0 };

/** Whether a person has said that he wants no more messages by a channel. */
export const isOff = (books: ReplyBooks, channel: string, person: string): boolean =>
  books.get(bookKey(channel, person))?.off === true;

/** The number that follows and that no alarm has for this person, by whichever channel; counted from 1, and from 1 again. */
function after(state: ReadOnly<State>, person: string, last: number): number {
  const used = new Set([...state.alarms.values()].map(({ numbers = {} }) => lookup(numbers, person)));
  let next = (last % numberMax) + 1;
  for (let n = 1; n < numberMax && used.has(next); n++) next = (next % numberMax) + 1;
  return next;
}

/** The books of a person, one a channel. */
const booksOf = (books: ReplyBooks, person: string) => [...books].filter(([key]) => key.endsWith(`/${person}`));

/** The last number that was given to a person, by whichever channel. */
const lastOf = (books: ReplyBooks, person: string): number =>
  booksOf(books, person).reduce((most, [, { last }]) => Math.max(most, last), 0);

/** Numbers that an alarm has, by person. */
export type ReplyNumbers = Readonly<Record<string, number>>;

/**
 * The numbers of an alarm for these persons, where answers come back by this channel: those it has, and new ones. `given`: what was given
 * in this step, by person and whatever the channel; it is added to.
 */
export function numbersFor(
  site: Site,
  state: ReadOnly<State>,
  { channel, people = [] }: { readonly channel: string; readonly people?: readonly string[] | undefined },
  has: ReplyNumbers = {},
  given = new Map<string, number>(),
): ReplyNumbers | undefined {
  if (!lookup(site.channels, channel)?.replies || people.length === 0) return undefined;
  const numbers: Record<string, number> = {};
  for (const person of people) {
    const known = lookup(has, person);
    const last = given.get(person) ?? lastOf(state.replyBooks, person);
    const number = known ?? after(state, person, last);
    if (known === undefined) given.set(person, number);
    numbers[person] = number;
  }
  return numbers;
}

function change(state: State, key: string, more: Partial<ReplyBook>): void {
  state.replyBooks.set(key, { ...(state.replyBooks.get(key) ?? emptyBook), ...more });
}

/** Numbers were given with a message: the last in every book of the person, since they begin anew after 99. */
export function foldNumbers(state: State, channel: string, numbers: ReplyNumbers, had: ReplyNumbers = {}): void {
  for (const [person, number] of Object.entries(numbers)) {
    if (had[person] !== undefined) continue;
    const others = booksOf(state.replyBooks, person).map(([key]) => key);
    for (const key of new Set([bookKey(channel, person), ...others])) change(state, key, { last: number });
  }
}

/** Somebody answered. */
export function foldReplied(state: State, event: Extract<Event, { kind: 'replied' }>): void {
  const { channel, person, came, alarm, answered, seq, at, covert } = event;
  const counted = heardKey(channel, person);
  if (!covert) state.channelLoads.set(counted, afterHour(state.channelLoads.get(counted), at));
  if (person === undefined) return;
  const key = bookKey(channel, person);
  const { off: _off, ...on } = state.replyBooks.get(key) ?? emptyBook;
  if (came === 'stopped') change(state, key, { off: true });
  if (came === 'started') state.replyBooks.set(key, on);
  const owed: ReplyAnswer = { seq, came, ...(alarm !== undefined && { alarm }) };
  if (answered) change(state, key, { owed });
}

/** Somebody gets messages again, by the desk's hand. */
export function foldResubscribed(state: State, { channel, person }: Extract<Event, { kind: 'resubscribed' }>): void {
  const key = bookKey(channel, person);
  const { off: _off, ...on } = state.replyBooks.get(key) ?? emptyBook;
  state.replyBooks.set(key, on);
}

/** What was to be said to whoever answered was said, or could not be: `answer/7/sms/li`. */
export function foldAnswered(state: State, { duty }: Extract<Event, { kind: 'done' }>): void {
  const [, seq, channel = '', person = ''] = duty.split('/');
  const key = bookKey(channel, person);
  const { owed, ...book } = state.replyBooks.get(key) ?? emptyBook;
  if (owed?.seq === Number(seq)) state.replyBooks.set(key, book);
}

/** What people are still to be told of their answers, by the duty that tells it. */
export function answersOwed({ replyBooks }: ReadOnly<State>): readonly {
  readonly id: string;
  readonly channel: string;
  readonly person: string;
  readonly owed: ReplyAnswer;
}[] {
  return [...replyBooks].flatMap(([key, { owed }]) => {
    const [channel = '', person = ''] = key.split('/');
    return owed ? [{ id: `answer/${owed.seq}/${key}`, channel, person, owed }] : [];
  });
}
