/**
 * Which rounds the plan has on which days: by weekday, by dates, in term alone. Pages, gateway and reports ask here. From the
 * configuration alone; it must never ask what has happened.
 */
import type { RoundPlan, Route, Site, Time } from '../types.ts';
import { dayKind, localDay, timeOf, weekday } from './calendar.ts';

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

/** Every round that is planned to begin from `at` on within so many days, by start. */
export function roundsAhead(site: Site, at: Time, days = 7): (PlannedRound & { readonly route: Route })[] {
  const today = localDay(at, site.utcOffsetMin);
  const all = Array.from({ length: days + 1 }, (_, i) => today + i).flatMap((day) =>
    Object.values(site.routes).flatMap((route) => roundsOn(site, route, day).map((planned) => ({ ...planned, route }))),
  );
  return all
    .filter(({ start }) => start >= at && start < at + days * 86_400_000)
    .sort((a, b) => a.start - b.start || (a.route.id < b.route.id ? -1 : 1));
}
