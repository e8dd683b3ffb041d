/**
 * What is amiss with the duty roster, for the list of troubles and for whoever reads figures: a shift nobody has signed on to, shifts
 * within a week that lack people. It reckons from State and asks nobody.
 */
import { aheadDays, dutyNow, rosterAhead, type ShiftAhead, toldAheadDays } from '../../core/duty/duty-ahead.ts';
import { localDay, localMinute } from '../../core/site/calendar.ts';
import type { Durable, ReadOnly, Site, State, Time, Words } from '../../core/types.ts';
import { type NamedShiftDay, nobodySignedOn, shiftsLack } from '../../words/duty/duty-trouble-words.ts';

type KnownRoster = Durable<State> | ReadOnly<State>;

const named = ({ utcOffsetMin }: Site, { shift, day, from }: ShiftAhead): NamedShiftDay => ({
  title: shift.title,
  day,
  from: localMinute(from, utcOffsetMin).slice(11),
});

/** Nobody has signed on to a shift that began a while ago. */
export function signOnTrouble(site: Site, state: KnownRoster, now: Time): Words | undefined {
  const late = dutyNow(site, state, now).unsigned.filter(({ overdue }) => overdue);
  const [first] = late;
  if (!first) return undefined;
  const planned = first.crew.map(({ person }) => site.people[person]?.name ?? person);
  return nobodySignedOn(named(site, first), planned, late.length - 1, localDay(now, site.utcOffsetMin));
}

/** Shifts of the next week that lack people. */
export function gapTrouble(site: Site, state: KnownRoster, now: Time): Words | undefined {
  const { gaps } = rosterAhead(site, state, now, toldAheadDays);
  const [first] = gaps;
  return first && shiftsLack(named(site, first), first.lacking, gaps.length - 1);
}

/** The roster in numbers; none where the school has none. */
export function dutyCounts(site: Site, state: KnownRoster, now: Time): Readonly<Record<string, number>> {
  if (!site.roster) return {};
  const { gaps, idle, doubles, unreachable, untested } = rosterAhead(site, state, now, aheadDays);
  const { signed, unsigned } = dutyNow(site, state, now);
  return {
    duty_signed_on: signed.length,
    duty_sign_on_overdue: unsigned.filter(({ overdue }) => overdue).length,
    duty_gaps_14_days: gaps.length,
    duty_changes_without_effect: idle.length,
    duty_double_shifts: doubles.length,
    duty_people_unreachable: unreachable.length,
    duty_people_untested: untested.length,
  };
}
