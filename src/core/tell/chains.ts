/**
 * Which chain an alarm goes up, and whom a step of it names at a moment: rules of the school first, by urgency else. The chain of an
 * alarm stays the same while it waits, whatever the hour becomes. Pure.
 */
import { onDuty } from '../duty/on-duty.ts';
import { dayKind, localDay, timeOf, weekday } from '../site/calendar.ts';
import { personOf } from '../site/naming.ts';
import type {
  Alarm,
  Escalation,
  EscalationRule,
  EscalationStep,
  LastResort,
  ReadOnly,
  Role,
  Site,
  State,
  Time,
  Window,
} from '../types.ts';

/** What of an alarm says which chain is its. */
export type Chained = Pick<Alarm, 'priority' | 'kind' | 'zone' | 'covert' | 'waitingSince'>;

/** Whether a moment lies in a window; one across midnight belongs to the day it begins on. */
function inWindow({ utcOffsetMin }: Site, { days, from, to }: Window, at: Time): boolean {
  const today = localDay(at, utcOffsetMin);
  return [today - 1, today].some((day) => {
    const end = timeOf(to <= from ? day + 1 : day, to, utcOffsetMin);
    return days.includes(weekday(day)) && timeOf(day, from, utcOffsetMin) <= at && at < end;
  });
}

/** Whether a moment is on a school day. */
const inTerm = ({ calendar, utcOffsetMin }: Site, at: Time): boolean =>
  dayKind(calendar, localDay(at, utcOffsetMin)).as !== 'holiday';

function fits(site: Site, rule: EscalationRule, { priority, kind, zone, waitingSince }: Chained): boolean {
  if (rule.priorities && !rule.priorities.includes(priority)) return false;
  if (rule.kinds && !rule.kinds.includes(kind)) return false;
  if (rule.zones && (zone === undefined || !rule.zones.includes(zone))) return false;
  if (rule.only && inTerm(site, waitingSince) !== (rule.only === 'term')) return false;
  return !rule.windows || rule.windows.some((window) => inWindow(site, window, waitingSince));
}

/** The rule whose chain an alarm goes up; undefined where none fits. Silent calls for help and maintenance have none. */
export function ruleOf(site: Site, alarm: Chained): EscalationRule | undefined {
  if (alarm.covert || alarm.priority === 4) return undefined;
  return site.rules?.find((rule) => fits(site, rule, alarm));
}

/** That watch was taken away is told once to each, and not every two minutes of a night. */
const unhurried = (chain: Escalation): Escalation => ({ ...chain, repeatMs: Math.max(chain.repeatMs, 30 * 60_000) });

/** The chain an alarm goes up; undefined for maintenance. */
export function chainFor(site: Site, alarm: Chained): Escalation | undefined {
  if (alarm.covert) return alarm.kind === 'unwatched' ? unhurried(site.escalation.quiet) : site.escalation.quiet;
  if (alarm.priority === 4) return undefined;
  return ruleOf(site, alarm)?.chain ?? site.escalation[alarm.priority];
}

/** Whom a step names at a moment. */
export interface Named extends Pick<LastResort, 'roles' | 'channels'> {
  readonly people: readonly string[];
}

/** Roles of those who work by shifts: where there is a roster, only who is on duty is told by his role. */
const byShifts: ReadonlySet<Role> = new Set(['operator', 'guard']);

/** The persons behind the accounts of these roles. */
function holders(site: Site, { accounts }: AccountsKnown, roles: readonly Role[], there: readonly string[]): string[] {
  return [...accounts].flatMap(([name, { role, wall, disabled }]) => {
    if (wall || disabled || !roles.includes(role)) return [];
    const person = personOf(site, { name })?.id;
    if (person === undefined || (site.roster && byShifts.has(role) && !there.includes(person))) return [];
    return [person];
  });
}

type AccountsKnown = Pick<ReadOnly<State>, 'accounts'>;

/** What was last answered of each State, for many alarms ask the same of one moment; it goes with its State. */
const answers = new WeakMap<object, { site: Site; seq: number; at: Time; persons: readonly string[] }>();

/** Who is on duty at a moment, by name. */
function personsOn(site: Site, state: ReadOnly<State>, at: Time): readonly string[] {
  const { seq } = state;
  const last = answers.get(state);
  if (last?.site === site && last.seq === seq && last.at === at) return last.persons;
  const persons = onDuty(site, state, at).map(({ person }) => person);
  answers.set(state, { site, seq, at, persons });
  return persons;
}

/** A step as it is at a moment: its roles and whoever is on duty by name. */
export function namedBy(site: Site, state: ReadOnly<State>, step: EscalationStep, at: Time): Named {
  const { roles, channels, people = [], onDuty: wanted } = step;
  const there = wanted || site.roster ? personsOn(site, state, at) : [];
  const named = [...people, ...(wanted ? there : []), ...holders(site, state, roles, there)];
  return { roles, channels, people: [...new Set(named)] };
}
