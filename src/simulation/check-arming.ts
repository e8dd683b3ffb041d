/**
 * Arming: zones follow their schedules by the clock on the wall, and what a hand did holds until the next edge or the end
 * of the bypass. The plan is worked out here again from the configuration, minute by minute.
 */
import type { Schedule, Site, Time, Zone, ZoneState } from '../core/types.ts';
import { checker, type Desk } from './check.ts';

const minuteMs = 60_000;
const dayMs = 86_400_000;
/** A tick and a commit. */
const settleMs = 3_000;
const everyMs = 10_000;

/** Whether the schedule wants the zone armed at this moment of the wall's clock. */
export function plannedArmed(schedule: Schedule, wall: Time, utcOffsetMin: number): boolean {
  const local = wall + utcOffsetMin * minuteMs;
  const day = Math.floor(local / dayMs);
  const minute = (local - day * dayMs) / minuteMs;
  const on = (days: readonly number[], which: number) => days.includes((((which + 4) % 7) + 7) % 7);
  return schedule.armed.some(({ days, from, to }) => {
    if (to > from) return on(days, day) && minute >= from && minute < to;
    return (on(days, day) && minute >= from) || (on(days, day - 1) && minute < to);
  });
}

function wish(site: Site, zone: Zone, wall: Time): boolean {
  const schedule = zone.schedule === undefined ? undefined : site.schedules[zone.schedule];
  return schedule ? plannedArmed(schedule, wall, site.utcOffsetMin) : true;
}

interface Look {
  readonly at: Time;
  readonly wall: Time;
  readonly clockSetAt: Time;
  readonly zones: readonly (readonly [string, ZoneState])[];
}

export const schedulesKept = checker(() => {
  const looks: Look[] = [];
  return {
    name: 'schedules-kept',
    title: { zh: '按时布防撤防', en: 'zones are armed as the schedule says' },
    see(seen, { evidence }) {
      if (seen.what !== 'moment' || seen.at - (looks.at(-1)?.at ?? 0) < everyMs) return;
      const { at, wall } = seen;
      looks.push({ at, wall, clockSetAt: evidence.clockSetAt, zones: [...evidence.state.zones] });
    },
    end(desk) {
      for (const look of looks) {
        if (look.at - look.clockSetAt < settleMs || desk.evidence.disturbed(look.at - settleMs, look.at)) continue;
        const known = new Map(look.zones);
        for (const zone of Object.values(desk.evidence.site.zones)) judge(desk, look, zone, known.get(zone.id));
      }
    },
  };
});

function judge({ evidence, test }: Desk, { at, wall }: Look, zone: Zone, known: ZoneState | undefined): void {
  const now = wish(evidence.site, zone, wall);
  if (now !== wish(evidence.site, zone, wall - settleMs)) return;
  if (known?.mode === 'bypassed') {
    const over = known.until !== undefined && known.until < wall - settleMs;
    test(!over, at, `${zone.id} 的旁路没有到期结束`, `the bypass of ${zone.id} did not end`);
  } else if (known === undefined || known.by === 'schedule') {
    const right = (known?.mode ?? 'armed') === (now ? 'armed' : 'disarmed');
    test(right, at, `${zone.id} 未按计划布防`, `${zone.id} is not as its schedule says`);
  }
}
