/**
 * Which rounds and posts the plan has on which days: by weekday, by dates, in term alone; posts by the bells of the weekday a day counts
 * as. Pages, gateway and reports ask here. From the configuration alone; it must never ask what has happened.
 */
import type { Post, PostPlan, RoundPlan, Route, Site, Time } from '../types.ts';
import { dayKind, localDay, localMinute, timeOf, weekday } from './calendar.ts';
import { lookup } from './lookup.ts';

/** A round that is planned. */
export interface PlannedRound {
  readonly start: Time;
  readonly person?: string;
  readonly second?: string;
}

function isOn({ days, from, to, only }: RoundPlan, { calendar }: Site, day: number): boolean {
  if (day < (from ?? day) || day > (to ?? day)) return false;
  if (only === undefined) return days.includes(weekday(day));
  // A make-up school day counts as the weekday it stands for.
  const { as } = dayKind(calendar, day);
  return as !== 'holiday' && days.includes(as);
}

/** What a round is called: its route, and the local minute it is planned to begin in. */
export const roundId = (route: string, start: Time, utcOffsetMin: number): string =>
  `${route}@${localMinute(start, utcOffsetMin)}`;

/** The round of this id, as it is planned; undefined where the plan has none. */
export function plannedRound(site: Site, id: string): (PlannedRound & { readonly route: Route }) | undefined {
  const cut = id.lastIndexOf('@');
  const route = lookup(site.routes, id.slice(0, cut));
  const minute = id.slice(cut + 1);
  // Years that a calendar has: the text comes from outside, and farther times cannot be written as it is.
  const at = /^\d{4}-\d\d-\d\dT\d\d:\d\d$/.test(minute) ? Date.parse(`${minute}:00Z`) : Number.NaN;
  if (!route || Number.isNaN(at)) return undefined;
  const found = roundsOn(site, route, localDay(at, 0)).find(
    ({ start }) => roundId(route.id, start, site.utcOffsetMin) === id,
  );
  return found && { ...found, route };
}

/** The rounds of a route that begin on a local day. */
export function roundsOn(site: Site, route: Route, day: number): PlannedRound[] {
  return route.rounds
    .filter((plan) => isOn(plan, site, day))
    .map(({ start, person, second }) => ({
      start: timeOf(day, start, site.utcOffsetMin),
      ...(person !== undefined && { person }),
      ...(second !== undefined && { second }),
    }));
}

/** A post of one day, as it is planned. */
export interface PlannedPost {
  /** Names the post of this day, whenever it begins: a changed bell does not make it a second one. */
  readonly id: string;
  readonly post: Post;
  readonly plan: PostPlan;
}

/** When batons are read out: the first such time after the post is over. */
function dueOf({ uploadBy }: Post, day: number, until: Time, utcOffsetMin: number): Time | undefined {
  if (uploadBy === undefined) return undefined;
  const due = timeOf(day, uploadBy, utcOffsetMin);
  return due > until ? due : timeOf(day + 1, uploadBy, utcOffsetMin);
}

/** The posts of a local day, by when they begin. */
export function postsOn(site: Pick<Site, 'posts' | 'calendar' | 'utcOffsetMin'>, day: number): PlannedPost[] {
  const { posts = {}, calendar, utcOffsetMin } = site;
  const { as } = dayKind(calendar, day);
  const date = localMinute(timeOf(day, 0, utcOffsetMin), utcOffsetMin).slice(0, 10);
  return Object.values(posts)
    .flatMap((post) => {
      const hours = post.hours.find(({ weekday }) => weekday === as);
      if (!hours) return [];
      const [from, until] = [timeOf(day, hours.from, utcOffsetMin), timeOf(day, hours.until, utcOffsetMin)];
      const { reader, persons, earlyMs, everyMs, graceMs } = post;
      const due = dueOf(post, day, until, utcOffsetMin);
      const plan = {
        ...{ reader, from, until, persons, earlyMs, graceMs },
        ...(everyMs !== undefined && { everyMs }),
        ...(due !== undefined && { due }),
      };
      return [{ id: `${post.id}@${date}`, post, plan }];
    })
    .sort((a, b) => a.plan.from - b.plan.from || (a.id < b.id ? -1 : 1));
}

/** The key of the alarm that a post is short-handed; no device is called so. */
export const postKey = (post: string): string => `post/${post}/short-handed`;

/** The post an alarm speaks of, by its key. */
export const postOfKey = (key: string): string | undefined => /^post\/([^/]+)\/short-handed$/.exec(key)?.[1];
