/**
 * How fast a channel may be written to: what its other side takes in a minute, a part of it kept for what is urgent, and not at the
 * full and half hour, when everybody sends. Pure. It never decides what is owed.
 */
import { lookup } from '../site/lookup.ts';
import type { Alarm, ChannelLoad, Priority, Site, Time } from '../types.ts';

export const minuteMs = 60_000;
/** WeCom and Feishu ask that nobody sends at the full and half hour; patrol windows end exactly then. */
const halfHourMs = 30 * minuteMs;
const jitterFromMs = 20_000;
const jitterSpanMs = 70_000;
/** A prime: neighbours in number are far apart in time. */
const spread = 7_919;

const hourMs = 60 * minuteMs;
/** More than any carrier takes in an hour; the oldest go. */
const timesMax = 100;

/** Of these times, those within `ms` before `at`. */
const within = (times: readonly Time[], at: Time, ms: number): readonly Time[] =>
  times.filter((time) => time > at - ms);

/** The load of a channel after a message at `at`: what counts of it for a minute. */
export const afterMinute = (load: ChannelLoad | undefined, at: Time): ChannelLoad => ({
  ...load,
  times: [...within(load?.times ?? [], at, minuteMs), at].slice(-timesMax),
});
/** The load of one person's way through a channel after a message at `at`: what counts of it for an hour. */
export const afterHour = (load: ChannelLoad | undefined, at: Time): ChannelLoad => ({
  times: [...within(load?.times ?? [], at, hourMs), at].slice(-timesMax),
});

/** By channel, and by `channel/person`. */
export type ChannelLoads = ReadonlyMap<string, ChannelLoad>;

/** What a message says of how soon it may go out. */
interface Paced {
  readonly priority: Priority;
  readonly people?: readonly string[] | undefined;
}

/** How many messages like this one may go out by a channel now; a third of what it takes in a minute is for P1 alone. */
export function roomOf(
  site: Site,
  channel: string,
  loads: ChannelLoads,
  { priority, people = [] }: Paced,
  at: Time,
): number {
  const load = loads.get(channel);
  if (load?.until !== undefined && at < load.until) return 0;
  const { perMin, perHourEach, each } = lookup(site.channels, channel) ?? {};
  const called = each !== undefined && perHourEach !== undefined && people.length > 0;
  const often = (person: string) => within(loads.get(`${channel}/${person}`)?.times ?? [], at, hourMs).length;
  if (called && people.every((person) => often(person) >= perHourEach)) return 0;
  if (perMin === undefined) return Number.POSITIVE_INFINITY;
  const most = priority === 1 ? perMin : perMin - Math.ceil(perMin / 3);
  return Math.max(0, most - within(load?.times ?? [], at, minuteMs).length);
}

/**
 * How long the messages of an alarm wait that nobody hurries for, ms: at the full or half hour 20 to 90 s where a channel counts what
 * it takes, else 0. The same for every try of one alarm.
 */
export function jitterOf(site: Site, { id, priority, kind }: Alarm, channels: readonly string[], at: Time): number {
  if (priority < 3 && kind !== 'missed') return 0;
  const near = (at + minuteMs) % halfHourMs < 2 * minuteMs;
  const counted = channels.some((channel) => lookup(site.channels, channel)?.perMin !== undefined);
  return near && counted ? jitterFromMs + ((id * spread) % jitterSpanMs) : 0;
}
