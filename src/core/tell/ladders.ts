/**
 * By what a person is told: his ladder, or everybody's, as far as he has the address each rung needs; and the messages that several
 * persons are owed by one step. Pure. It never asks whether a channel works: that is for whoever asks whom a step reaches.
 */
import { localDay, timeOf } from '../site/calendar.ts';
import { lookup } from '../site/lookup.ts';
import type { LadderTelling, Person, Priority, ReplyBooks, Rung, Site, Time } from '../types.ts';
import { isOff } from './reply-book.ts';

/** Whether a local minute lies between two others; `to` ≤ `from` runs into the next day. */
function lies(minute: number, { from, to }: { readonly from: number; readonly to: number }): boolean {
  return from < to ? minute >= from && minute < to : minute >= from || minute < to;
}

const minuteOfDay = (at: Time, utcOffsetMin: number) =>
  Math.floor((at - timeOf(localDay(at, utcOffsetMin), 0, utcOffsetMin)) / 60_000);

/** Whether a person is left in peace at `at`: in his quiet hours, by all that is not urgent. */
export function rests(site: Site, { quiet }: Person, priority: Priority, at: Time): boolean {
  return quiet !== undefined && priority !== 1 && lies(minuteOfDay(at, site.utcOffsetMin), quiet);
}

/** The rungs by which a person can be told and wants to be, soonest first. One to a group needs no address: without it he is not named there. */
export function ladderOf(site: Site, person: string, books: ReplyBooks = new Map()): readonly Rung[] {
  const known = lookup(site.people, person);
  if (!known) return [];
  return (known.ladder ?? site.ladder ?? []).filter(({ channel }) => {
    const way = lookup(site.channels, channel);
    if (way === undefined || isOff(books, channel, person)) return false;
    return way.each === undefined || (known.ways?.includes(way.each) ?? false);
  });
}

/** The channels that ladders lead through. */
export function ladderChannels(site: Site): readonly string[] {
  const ladders = [site.ladder ?? [], ...Object.values(site.people).map(({ ladder }) => ladder ?? [])];
  return [...new Set(ladders.flat().map(({ channel }) => channel))];
}

/** When, how urgent, and who wants no messages by which channel. */
interface TellingOf {
  readonly priority: Priority;
  readonly at: Time;
  readonly covert?: true | undefined;
  readonly books: ReplyBooks;
}

/**
 * The messages these persons are owed: one for each person and rung, and one for all who are told by the same group at the same
 * time. Who rests is left out. `covert`: nothing to a group.
 */
export function tellingsOf(
  site: Site,
  people: readonly string[],
  { priority, at, covert, books }: TellingOf,
): LadderTelling[] {
  const all = new Map<string, { readonly channel: string; readonly people: string[]; readonly afterMs: number }>();
  for (const person of new Set(people)) {
    const known = lookup(site.people, person);
    if (!known || rests(site, known, priority, at)) continue;
    for (const { channel, afterMs } of ladderOf(site, person, books)) {
      const single = site.channels[channel]!.each !== undefined;
      // A group would learn of a silent call for help.
      if (covert && !single) continue;
      const alone = single ? person : '';
      const key = `${afterMs} ${channel} ${alone}`;
      const telling = all.get(key) ?? { channel, people: [], afterMs };
      telling.people.push(person);
      all.set(key, telling);
    }
  }
  return [...all.values()].sort((a, b) => a.afterMs - b.afterMs);
}

/** Of these channels those that need a message of their own: who is named in a message to a group at once is told with it. */
export function channelsBeside(channels: readonly string[], tell: readonly LadderTelling[]): readonly string[] {
  const within = new Set(tell.flatMap(({ channel, afterMs }) => (afterMs === 0 ? [channel] : [])));
  return channels.filter((channel) => !within.has(channel));
}
