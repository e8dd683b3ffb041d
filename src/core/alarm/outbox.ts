/**
 * The outbox: which of the messages that are owed go out now, and by which channel. Each is a fact before it leaves, so that after a
 * crash it is known which may have arrived. What is urgent goes first, among equals the first message of a new alarm before the next
 * of an old one; a channel that has no room lets the rest wait, and tells it in one message later. It never decides who is told.
 */
import type { Draft } from '../draft.ts';
import { lookup } from '../site/lookup.ts';
import { afterMinute, roomOf } from '../tell/pace.ts';
import type { Alarm, ChannelLoad, Fact, Notice, Site, State, Time } from '../types.ts';
import { takes } from './reach.ts';

/** Half a minute of tries by one channel; by then the next step of the chain is due, or its repetition. */
export const noticeTries = 5;
const pauseMaxMs = 60_000;
/** No try lasts longer than 30 s; what nobody has heard of after this long was never begun. */
const lostAfterMs = 40_000;
/** A channel that gives way gives way to another, and that to a third; more is a circle. */
const insteadMax = 3;

/** A message that is owed, and the alarm it is of. */
interface Owed {
  readonly alarm: Alarm;
  readonly notice: Notice;
}

/** The channels a message can go by: its own, then those that take over. One to single persons needs their address. */
export function waysOf(
  site: Site,
  { channel, people = [] }: Pick<Notice, 'channel' | 'people'>,
  covert = false,
): readonly string[] {
  const ways: string[] = [];
  for (let next: string | undefined = channel; next !== undefined && ways.length <= insteadMax; ) {
    if (ways.includes(next)) break;
    ways.push(next);
    next = lookup(site.channels, next)?.instead;
  }
  return ways.filter((way, n) => {
    const each = lookup(site.channels, way)?.each;
    // A group would learn of a silent call for help.
    if (n === 0 || (each === undefined && !covert)) return true;
    return each !== undefined && people.some((person) => site.people[person]?.ways?.includes(each));
  });
}

/** Whether it is under way, as far as is known. */
const flies = ({ tryAt }: Notice, at: Time): boolean => tryAt !== undefined && at < tryAt + lostAfterMs;

/** Whether no try follows any more, `tries` having failed. */
export function isGivenUp(site: Site, { priority, covert }: Alarm, notice: Notice, tries: number): boolean {
  // It may have arrived: what is urgent is told twice rather than not at all, the rest not.
  if (notice.doubt && priority > 2) return true;
  return tries >= Math.max(noticeTries, 2 * waysOf(site, notice, covert).length);
}

/** Whether it is to go out now, and not only later or never. */
function isDue({ site, state, at }: Draft, { alarm, notice }: Owed): boolean {
  if (notice.sentAt !== undefined || notice.at > at || flies(notice, at)) return false;
  const failed = state.duties.get(notice.id);
  if (isGivenUp(site, alarm, notice, failed?.tries ?? 0)) return false;
  if (!failed) return true;
  const ways = waysOf(site, notice, alarm.covert).length;
  // The next channel need not wait; once all were tried, there are pauses.
  const rounds = Math.floor(failed.tries / ways);
  return rounds === 0 || at >= failed.lastAt + Math.min(pauseMaxMs, 1000 * 2 ** rounds);
}

/** First what is urgent; then alarms nobody was told of, then those told longest ago. */
function inOrder(a: Owed, b: Owed): number {
  const told = ({ notices }: Alarm) => notices.flatMap(({ sentAt }) => (sentAt === undefined ? [] : [sentAt]));
  const [x, y] = [told(a.alarm), told(b.alarm)];
  return (
    Number(a.notice.taken ?? false) - Number(b.notice.taken ?? false) ||
    a.alarm.priority - b.alarm.priority ||
    Math.sign(x.length) - Math.sign(y.length) ||
    (x.at(-1) ?? 0) - (y.at(-1) ?? 0) ||
    a.notice.at - b.notice.at ||
    a.alarm.id - b.alarm.id
  );
}

/** The channel a message goes by now; undefined while it waits. */
function wayNow(site: Site, state: State, loads: Loads, { alarm, notice }: Owed, at: Time): string | undefined {
  const ways = waysOf(site, notice, alarm.covert);
  const tries = state.duties.get(notice.id)?.tries ?? 0;
  const turn = [...ways.slice(tries % ways.length), ...ways.slice(0, tries % ways.length)];
  const message = { priority: alarm.priority, people: notice.people };
  const room = (way: string) => alarm.covert || roomOf(site, way, loads, message, at) > 0;
  const works = turn.filter((way) => takes(site, state, way));
  const [first] = works.length > 0 ? works : turn;
  // Nobody hurries: it waits, and is told together with what else waits.
  if (alarm.priority > 1) return first !== undefined && room(first) ? first : undefined;
  return works.find(room) ?? turn.find(room);
}

type Loads = ReadonlyMap<string, ChannelLoad>;

/** Whom a message is for, as a word: messages to the same are told in one. */
const target = ({ people, taken }: Notice): string => `${taken ?? ''} ${people?.join(' ') ?? ''}`;

/** Whether two messages of different alarms go to the same by the same channel. Of a silent call for help nothing is told with others. */
const isLike = (one: Owed, other: Owed): boolean =>
  other !== one &&
  !other.alarm.covert &&
  other.notice.channel === one.notice.channel &&
  target(other.notice) === target(one.notice);

type Sent = Extract<Fact, { kind: 'sending' }>;

function sendingOf({ alarm, notice }: Owed, channel: string, bundles: readonly Owed[]): Sent {
  return {
    ...{ kind: 'sending', alarm: alarm.id, notice: notice.id, channel },
    ...(notice.people && { people: notice.people }),
    ...(notice.doubt && { again: true }),
    ...(bundles.length > 0 && { bundles: bundles.map((one) => one.notice.id) }),
  };
}

/** Lets out what is due, as far as channels take it. */
export function keepSending(draft: Draft): void {
  const { site, state, at } = draft;
  const due: Owed[] = [];
  for (const alarm of state.alarms.values())
    for (const notice of alarm.notices) if (isDue(draft, { alarm, notice })) due.push({ alarm, notice });
  due.sort(inOrder);
  const loads = new Map<string, ChannelLoad>(state.channelLoads);
  const out = new Set<Owed>();
  for (const one of due) {
    const channel = out.has(one) ? undefined : wayNow(site, state, loads, one, at);
    if (channel === undefined) continue;
    const room = roomOf(site, channel, loads, { priority: one.alarm.priority, people: one.notice.people }, at);
    const alike =
      one.alarm.covert || room === Number.POSITIVE_INFINITY
        ? []
        : due.filter((other) => !out.has(other) && isLike(one, other));
    const bundles = alike.length < room ? [] : alike;
    for (const told of [one, ...bundles]) out.add(told);
    draft.add(sendingOf(one, channel, bundles));
    if (!one.alarm.covert) loads.set(channel, afterMinute(loads.get(channel), at));
  }
}

/** A message on its way: the channel that carries it, and the duty that has it carried. */
interface Flying extends Owed {
  readonly duty: string;
  readonly by: string;
}

/** The messages that are on their way, most urgent first. A duty already under way appears again until its outcome is known. */
export function underWay(state: State): readonly Flying[] {
  const all: Flying[] = [];
  for (const alarm of state.alarms.values())
    for (const notice of alarm.notices) {
      if (notice.tryAt === undefined || notice.within !== undefined || notice.sentAt !== undefined) continue;
      const by = notice.by ?? notice.channel;
      all.push({ alarm, notice, by, duty: by === notice.channel ? notice.id : `${notice.id}~${by}` });
    }
  return all.sort((a, b) => a.alarm.priority - b.alarm.priority);
}
