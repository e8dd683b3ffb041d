/**
 * What the plan wants of a zone at a moment, worked out again from the configuration minute by minute: term and holidays,
 * areas and their schedules, 24-hour zones. It must share nothing with the gateway's own reckoning, which it is held against.
 */
import type { Calendar, Schedule, Site, Time, Window, Zone } from '../../core/types.ts';

const minuteMs = 60_000;
const dayMinutes = 1_440;
const wholeDay: readonly Window[] = [{ days: [0, 1, 2, 3, 4, 5, 6], from: 0, to: 0 }];

/** The weekday a local day counts as, or that it is a day off. 1970-01-01 was a Thursday. */
function dayOf({ terms, holidays, exceptions }: Calendar, day: number): number | 'off' {
  const exception = exceptions.find((one) => one.day === day);
  if (exception) return exception.as === 'holiday' ? 'off' : exception.as;
  const within = ({ from, to }: { from: number; to: number }) => day >= from && day <= to;
  if (holidays.some(within) || (terms.length > 0 && !terms.some(within))) return 'off';
  return (((day + 4) % 7) + 7) % 7;
}

/** The windows that begin on a local day. */
function windowsOf(schedule: Schedule, calendar: Calendar, day: number): readonly Window[] {
  const kind = dayOf(calendar, day);
  if (kind !== 'off') return schedule.armed.filter(({ days }) => days.includes(kind));
  if (schedule.holiday) return schedule.holiday;
  return wholeDay;
}

/** What a schedule wants at a moment of the wall's clock. */
function wanted(site: Site, name: string | undefined, wall: Time): 'away' | 'stay' | 'disarmed' {
  const schedule = name === undefined ? undefined : site.schedules[name];
  if (!schedule) return 'away';
  const minutes = wall / minuteMs + site.utcOffsetMin;
  const today = Math.floor(minutes / dayMinutes);
  const covering = [today - 1, today].flatMap((day) =>
    windowsOf(schedule, site.calendar, day).filter(({ from, to }) => {
      const now = minutes - day * dayMinutes;
      return now >= from && now < (to > from ? to : to + dayMinutes);
    }),
  );
  if (covering.some(({ mode }) => mode !== 'stay')) return 'away';
  return covering.length > 0 ? 'stay' : 'disarmed';
}

/** The area of a zone. */
export const areaOf = (site: Site, zone: string) => Object.values(site.areas).find(({ zones }) => zones.includes(zone));

/** Whether the plan wants the zone armed at this moment of the wall's clock. */
export function plannedArmed(site: Site, zone: Zone, wall: Time): boolean {
  if (zone.always) return true;
  const area = areaOf(site, zone.id);
  const mode = wanted(site, area ? area.schedule : zone.schedule, wall);
  return mode === 'away' || (mode === 'stay' && (!area || area.stay.includes(zone.id)));
}
