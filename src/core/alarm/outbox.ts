/**
 * The outbox: which of the messages that are owed go out now, and by which channel. Each is a fact before it leaves, so that after a
 * crash it is known which may have arrived. What is urgent goes first, among equals the first message of a new alarm before the next
 * of an old one; a channel that has no room lets the rest wait, and tells it in one message later. It never decides who is told.
 */
import type { Draft } from '../draft.ts';
import { lookup } from '../site/lookup.ts';
import { afterMinute, roomOf } from '../tell/pace.ts';
import { isOff, numbersFor } from '../tell/reply-book.ts';
import type { Alarm, ChannelLoad, Fact, Notice, Site, State, Time } from '../types.ts';
import { lostAfterMs } from './evolve-alarm.ts';
import { takes, triesAgain } from './reach.ts';

/** Half a minute of tries by one channel; by then the next step of the chain is due, or its repetition. */
export const noticeTries = 5;
const pauseMaxMs = 60_000;
/** A channel that gives way gives way to another, and that to a third; more is a circle. */
const insteadMax = 3;
/** On their way by one channel at a time. What waits behind one that hangs can still go by another; once it left, it could not. */
export const underWayMax = 4;

/** A message that is owed, the alarm it is of, and when anybody was last told of that; 0: never. */
interface OwedNotice {
  readonly alarm: Alarm;
  readonly notice: Notice;
  readonly toldAt: Time;
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

/** Whether it is on its way by itself, and nobody has heard of it yet. */
export const flies = ({ tryAt, within, sentAt }: Notice): boolean =>
  tryAt !== undefined && within === undefined && sentAt === undefined;

/** What channels have to carry already: what went out lately, how much is on its way, and by which duties. */
interface Traffic {
  readonly loads: Map<string, ChannelLoad>;
  readonly flying: Map<string, number>;
  readonly heads: ReadonlySet<string>;
}

function trafficOf(state: State): Traffic {
  const flying = new Map<string, number>();
  const heads = new Set<string>();
  for (const { notices, covert } of state.alarms.values())
    for (const notice of notices) {
      if (!flies(notice)) continue;
      heads.add(notice.id);
      const by = notice.by ?? notice.channel;
      if (!covert) flying.set(by, (flying.get(by) ?? 0) + 1);
    }
  return { loads: new Map(state.channelLoads), flying, heads };
}

/** Whether no try follows any more, `tries` having failed. */
export function isGivenUp(site: Site, { priority, covert }: Alarm, notice: Notice, tries: number): boolean {
  // It may have arrived: what is urgent is told twice rather than not at all, the rest not.
  if (notice.doubt && priority > 2) return true;
  return tries >= Math.max(noticeTries, 2 * waysOf(site, notice, covert).length);
}

/** Whether it is to go out now, and not only later or never. */
function isDue({ site, state, at }: Draft, { heads }: Traffic, alarm: Alarm, notice: Notice): boolean {
  const { sentAt, tryAt, within } = notice;
  if (sentAt !== undefined || notice.at > at) return false;
  if (tryAt !== undefined && (at < tryAt + lostAfterMs || (within !== undefined && heads.has(within)))) return false;
  // What left and nobody has heard of may have arrived as well.
  if (flies(notice) && alarm.priority > 2) return false;
  const failed = state.duties.get(notice.id);
  if (isGivenUp(site, alarm, notice, failed?.tries ?? 0)) return false;
  if (!failed) return true;
  const ways = waysOf(site, notice, alarm.covert).length;
  // The next channel need not wait; once all were tried, there are pauses.
  const rounds = Math.floor(failed.tries / ways);
  return rounds === 0 || at >= failed.lastAt + Math.min(pauseMaxMs, 1000 * 2 ** rounds);
}

function allDue(draft: Draft, traffic: Traffic): OwedNotice[] {
  const due: OwedNotice[] = [];
  for (const alarm of draft.state.alarms.values()) {
    const own = alarm.notices.filter((notice) => isDue(draft, traffic, alarm, notice));
    if (own.length === 0) continue;
    const toldAt = Math.max(0, ...alarm.notices.map(({ sentAt = 0 }) => sentAt));
    for (const notice of own) due.push({ alarm, notice, toldAt });
  }
  return due.sort(inOrder);
}

/** First what is urgent; then alarms nobody was told of, then those told longest ago. */
function inOrder(a: OwedNotice, b: OwedNotice): number {
  return (
    Number(a.notice.taken ?? false) - Number(b.notice.taken ?? false) ||
    a.alarm.priority - b.alarm.priority ||
    a.toldAt - b.toldAt ||
    a.notice.at - b.notice.at ||
    a.alarm.id - b.alarm.id
  );
}

/** The channel a message goes by now; undefined while it waits. */
function wayNow(
  { site, state, at }: Draft,
  { loads, flying }: Traffic,
  { alarm, notice }: OwedNotice,
): string | undefined {
  const { covert, priority } = alarm;
  const { people } = notice;
  const wanted = (way: string) => !people?.length || people.some((person) => !isOff(state.replyBooks, way, person));
  const ways = waysOf(site, notice, covert).filter((way, n) => n === 0 || wanted(way));
  const tries = state.duties.get(notice.id)?.tries ?? 0;
  const turn = [...ways.slice(tries % ways.length), ...ways.slice(0, tries % ways.length)];
  const busy = (way: string) => flying.get(way) ?? 0;
  const room = (way: string) =>
    covert || (busy(way) < underWayMax && roomOf(site, way, loads, { priority, people }, at) > 0);
  // One that was down is tried again with what would be told twice rather than not at all.
  const works = turn.filter(
    (way) => takes(site, state, way) || (priority <= 2 && busy(way) === 0 && triesAgain(site, state, way, at)),
  );
  const [first] = works.length > 0 ? works : turn;
  // Nobody hurries: it waits, and is told together with what else waits.
  if (priority > 1) return first !== undefined && room(first) ? first : undefined;
  return works.find(room) ?? turn.find(room);
}

/** Where a message goes and to whom, as a word: messages of different alarms to the same can be told in one. */
const goal = ({ channel, people, taken }: Notice): string => `${channel} ${taken ?? ''} ${people?.join(' ') ?? ''}`;

/** What is due, by where it goes. Of a silent call for help nothing is told with others; nor is anything more told with what may have left. */
function byGoal(due: readonly OwedNotice[]): ReadonlyMap<string, Set<OwedNotice>> {
  const found = new Map<string, Set<OwedNotice>>();
  for (const one of due) {
    if (one.alarm.covert || flies(one.notice)) continue;
    const key = goal(one.notice);
    found.set(key, (found.get(key) ?? new Set()).add(one));
  }
  return found;
}

/** What goes out by which channel, and the numbers that were given in this step. */
interface Carrying {
  readonly channel: string;
  readonly bundles: readonly OwedNotice[];
  readonly given: Map<string, number>;
}

type SentFact = Extract<Fact, { kind: 'sending' }>;

function sendingOf(
  { site, state }: Draft,
  { alarm, notice }: OwedNotice,
  { channel, bundles, given }: Carrying,
): SentFact {
  const { people } = notice;
  const numbers = notice.taken ? undefined : numbersFor(site, state, { channel, people }, alarm.numbers, given);
  return {
    ...(numbers && { numbers }),
    ...{ kind: 'sending', alarm: alarm.id, notice: notice.id, channel },
    ...(notice.people && { people: notice.people }),
    ...([notice, ...bundles.map((one) => one.notice)].some((one) => one.doubt || flies(one)) && { again: true }),
    ...(bundles.length > 0 && { bundles: bundles.map((one) => one.notice.id) }),
  };
}

/** Lets out what is due, as far as channels take it. */
export function keepSending(draft: Draft): void {
  const { site, at } = draft;
  const traffic = trafficOf(draft.state);
  const { loads, flying } = traffic;
  const due = allDue(draft, traffic);
  const waiting = byGoal(due);
  const crowd = new Map<string, number>();
  for (const one of due) crowd.set(one.notice.channel, (crowd.get(one.notice.channel) ?? 0) + 1);
  const out = new Set<OwedNotice>();
  const given = new Map<string, number>();
  for (const one of due) {
    const channel = out.has(one) ? undefined : wayNow(draft, traffic, one);
    if (channel === undefined) continue;
    const alike = waiting.get(goal(one.notice)) ?? new Set();
    const together = alike.delete(one);
    // What can go by itself does; a channel that is counted and has no room for all tells the rest in this one.
    const room = roomOf(site, channel, loads, { priority: one.alarm.priority, people: one.notice.people }, at);
    const bundles = together && (crowd.get(one.notice.channel) ?? 0) > room ? [...alike] : [];
    for (const told of bundles) alike.delete(told);
    for (const told of [one, ...bundles]) {
      out.add(told);
      crowd.set(told.notice.channel, (crowd.get(told.notice.channel) ?? 0) - 1);
    }
    draft.add(sendingOf(draft, one, { channel, bundles, given }));
    if (one.alarm.covert) continue;
    loads.set(channel, afterMinute(loads.get(channel), at));
    flying.set(channel, (flying.get(channel) ?? 0) + 1);
  }
}

/** A message on its way: the channel that carries it, the duty that has it carried, and the alarms that are told of within it. */
interface Flying extends Pick<OwedNotice, 'alarm' | 'notice'> {
  readonly duty: string;
  readonly by: string;
  readonly within: readonly Alarm[];
  /** It, or what is told within it, may have arrived before. */
  readonly again: boolean;
}

/** The messages that are on their way, most urgent first. A duty already under way appears again until its outcome is known. */
export function underWay(state: State): readonly Flying[] {
  const all: Flying[] = [];
  const told = new Map<string, Set<Alarm>>();
  const doubts = new Set<string>();
  for (const alarm of state.alarms.values())
    for (const { id, within, doubt } of alarm.notices) {
      if (within !== undefined) told.set(within, (told.get(within) ?? new Set()).add(alarm));
      if (doubt) doubts.add(within ?? id);
    }
  for (const alarm of state.alarms.values())
    for (const notice of alarm.notices) {
      if (!flies(notice)) continue;
      const by = notice.by ?? notice.channel;
      const duty = by === notice.channel ? notice.id : `${notice.id}~${by}`;
      all.push({ alarm, notice, by, duty, within: [...(told.get(notice.id) ?? [])], again: doubts.has(notice.id) });
    }
  return all.sort((a, b) => a.alarm.priority - b.alarm.priority);
}
