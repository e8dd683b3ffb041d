/** In which hours a camera must show something: the windows of the configuration on days of school. Pure; it reads no clock. */
import { localDay, stretches } from '../site/calendar.ts';
import type { CameraWatch, Schedule, Site, Time } from '../types.ts';

type HoursSite = Pick<Site, 'calendar' | 'utcOffsetMin'>;

/** Stretches of one local day in which something must be seen; [from, to), in order, none touching the next. */
export interface OpenStretch {
  readonly from: Time;
  readonly to: Time;
}

/** The windows as a schedule that has none on holidays: who cooks then is not seen, and nobody counts it. */
const asSchedule = ({ hours }: CameraWatch): Schedule => ({ id: 'cameras', armed: hours, holiday: [] });

/** The hours of one local day. Without any in the configuration it is all of it. */
export function openOn(watch: CameraWatch, site: HoursSite, day: number): OpenStretch[] {
  const all = stretches(
    watch.hours.length > 0
      ? asSchedule(watch)
      : {
          id: 'cameras',
          armed: [{ days: [0, 1, 2, 3, 4, 5, 6], from: 0, to: 0 }],
          holiday: [{ days: [0, 1, 2, 3, 4, 5, 6], from: 0, to: 0 }],
        },
    site,
    day,
    day,
  );
  return all.flatMap(({ from, to, mode }) => (mode === 'disarmed' ? [] : [{ from, to }]));
}

/** Whether something must be seen at this moment. */
export function isOpen(watch: CameraWatch, site: HoursSite, at: Time): boolean {
  return openOn(watch, site, localDay(at, site.utcOffsetMin)).some(({ from, to }) => from <= at && at < to);
}
