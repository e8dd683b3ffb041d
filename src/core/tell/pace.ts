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

/** Within the last minute of `at`. */
export const lately = (times: readonly Time[], at: Time): readonly Time[] =>
  times.filter((time) => time > at - minuteMs);

/** How many messages of this priority may go out by a channel now; a third of what it takes is for P1 alone. */
export function roomOf(
  site: Site,
  channel: string,
  load: ChannelLoad | undefined,
  priority: Priority,
  at: Time,
): number {
  if (load?.until !== undefined && at < load.until) return 0;
  const { perMin } = lookup(site.channels, channel) ?? {};
  if (perMin === undefined) return Number.POSITIVE_INFINITY;
  const most = priority === 1 ? perMin : perMin - Math.ceil(perMin / 3);
  return Math.max(0, most - lately(load?.times ?? [], at).length);
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
