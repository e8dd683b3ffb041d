/**
 * Watch that people took away, where a head of security should hear of it: many zones left out at a time, or any at night against the
 * plan. Whoever did it may stand under force, and may be the one to be asked: so it is told silently, to heads alone. It never changes
 * what is armed.
 */
import { unwatchedWords } from '../../words/link-words.ts';
import { returnToNormal, trigger } from '../alarm/alarms.ts';
import type { Draft } from '../draft.ts';
import { areaOf, gatewayName, modeIn, planner, schedulerName } from '../site/armed-plan.ts';
import { localDay, timeOf } from '../site/calendar.ts';
import { desk } from '../site/naming.ts';
import type { Time, Zone, ZoneState } from '../types.ts';

/** One for the school, and of no device. */
export const unwatchedKey = 'school/unwatched';
/** So many zones left out by name at a time are no repair any more. Ours. */
const many = 3;
/** Minutes after local midnight between which nobody has a reason to take watch away. Ours. */
const night = { from: 22 * 60, to: 5 * 60 };

interface Left {
  readonly zone: Zone;
  readonly known: ZoneState;
}

/** Zones that somebody has taken out of watch by hand, whatever the plan wants. */
function leftByHand({ site, state }: Draft): Left[] {
  return Object.values(site.zones).flatMap((zone) => {
    const known = state.zones.get(zone.id);
    if (!known || known.mode === 'armed' || known.by === schedulerName || known.by === gatewayName) return [];
    // While people leave, the zones they leave by are armed in a moment.
    const leaving = state.areas.get(areaOf(site, zone.id)?.id ?? '')?.exitUntil !== undefined;
    return leaving ? [] : [{ zone, known }];
  });
}

/** Whether a moment lies in the night. */
function atNight(at: Time, utcOffsetMin: number): boolean {
  const minute = (at - timeOf(localDay(at, utcOffsetMin), 0, utcOffsetMin)) / 60_000;
  return minute >= night.from || minute < night.to;
}

/** What there is to tell, by its cause: who did it, and to which zones. */
function findings(draft: Draft, causes: readonly string[]): Map<string, readonly Left[]> {
  const { site, now } = draft;
  const left = leftByHand(draft);
  const byName = left.filter(({ known: { mode } }) => mode === 'inhibited' || mode === 'out-of-service');
  const found = new Map<string, readonly Left[]>();
  // More of them is told anew, and fewer is not.
  const told = Math.max(0, ...causes.flatMap((cause) => Number(/^many\/(\d+)$/.exec(cause)?.[1] ?? 0)));
  if (byName.length >= many) found.set(`many/${Math.max(told, byName.length)}`, byName);
  const planned = planner(site, now);
  const wanted = ({ zone }: Left) => {
    const area = areaOf(site, zone.id);
    return zone.always || modeIn(area, planned(area ? area.schedule : zone.schedule).mode, zone) === 'armed';
  };
  for (const one of left) {
    // What was left out by day has a reason and an end; what was disarmed is open all night.
    const atNightNow = atNight(now, site.utcOffsetMin);
    const since = one.known.mode === 'disarmed' ? atNightNow : atNight(one.known.since, site.utcOffsetMin);
    if (!since || !wanted(one)) continue;
    const cause = `night/${one.known.since}`;
    found.set(cause, [...(found.get(cause) ?? []), one]);
  }
  return found;
}

/** Tells of what was taken away, and that it is given back. */
export function keepWatchGiven(draft: Draft): void {
  const open = draft.open(unwatchedKey);
  const found = findings(draft, open?.causes ?? []);
  for (const cause of open?.causes ?? []) if (!found.has(cause)) returnToNormal(draft, unwatchedKey, cause);
  for (const [cause, left] of found) {
    if (open?.causes.includes(cause)) continue;
    const people = [...new Set(left.map(({ known }) => known.by))];
    trigger(draft, {
      ...{ key: unwatchedKey, alarm: 'unwatched', priority: 2, device: desk, cause, active: true, covert: true },
      why: unwatchedWords(
        left.map(({ zone }) => zone.number),
        people,
        cause.startsWith('many/'),
      ),
    });
  }
}
