/**
 * What will be armed in the days to come, and why: the plan, the calendar, and the hands that are on it now. A query beside
 * the rules that tick by tick make it so; a test holds the two together. It promises nothing about hands to come.
 */

import { areaOf, modeIn, schedulerName } from '../site/armed-plan.ts';
import { localDay, type Stretch, stretches } from '../site/calendar.ts';
import { lookup } from '../site/lookup.ts';
import type { Area, AreaMode, ArmMode, Site, State, Time, Words, Zone } from '../types.ts';

export const previewDays = 7;
const dayMs = 86_400_000;

/** Why something is as it will be. `no-schedule`: nothing ever changes it but a hand. */
export type PlanWhy =
  | 'plan'
  | 'holiday'
  | 'outside-term'
  | 'exception'
  | 'no-schedule'
  | 'always'
  | 'hand'
  | 'inhibited'
  | 'out-of-service';

/** A stretch of one mode for one reason. */
export interface ModeSpan<Mode> {
  readonly from: Time;
  readonly to: Time;
  readonly mode: Mode;
  readonly why: PlanWhy;
  /** The name of the holiday or exception. */
  readonly title?: Words;
  /** Whose hand. */
  readonly by?: string;
}

export interface Preview {
  /** From now on without a gap, by area and by zone. */
  readonly areas: Readonly<Record<string, readonly ModeSpan<AreaMode>[]>>;
  readonly zones: Readonly<Record<string, readonly ModeSpan<ArmMode>[]>>;
}

/** What the preview needs to know of State. */
export type ArmedState = Pick<State, 'zones' | 'areas'>;

/** Joins neighbours of one mode and one reason. */
function joined<Mode>(spans: readonly ModeSpan<Mode>[]): ModeSpan<Mode>[] {
  const found: ModeSpan<Mode>[] = [];
  for (const span of spans) {
    const last = found.at(-1);
    const same = last?.mode === span.mode && last.why === span.why && last.title === span.title && last.by === span.by;
    if (last && same) found[found.length - 1] = { ...last, to: span.to };
    else found.push(span);
  }
  return found;
}

function spanOf({ from, to, mode, day: { why, title } }: Stretch): ModeSpan<AreaMode> {
  return { from, to, mode, why, ...(title && { title }) };
}

/** What is looked at, from when until when, and each schedule's plan for that time. */
interface Outlook {
  readonly site: Site;
  readonly state: ArmedState;
  readonly from: Time;
  readonly to: Time;
  plan(schedule: string | undefined): readonly ModeSpan<AreaMode>[];
}

function planOf(site: Site, name: string | undefined, from: Time, to: Time): ModeSpan<AreaMode>[] {
  const schedule = name === undefined ? undefined : lookup(site.schedules, name);
  if (!schedule) return [{ from, to, mode: 'away', why: 'no-schedule' }];
  const first = localDay(from, site.utcOffsetMin);
  return stretches(schedule, site, first, localDay(to, site.utcOffsetMin))
    .filter((stretch) => stretch.to > from && stretch.from < to)
    .map((stretch) => ({ ...spanOf(stretch), from: Math.max(from, stretch.from), to: Math.min(to, stretch.to) }));
}

function outlook(site: Site, state: ArmedState, from: Time): Outlook {
  const to = from + previewDays * dayMs;
  const plans = new Map<string | undefined, ModeSpan<AreaMode>[]>();
  return {
    ...{ site, state, from, to },
    plan(schedule) {
      const plan = plans.get(schedule) ?? planOf(site, schedule, from, to);
      plans.set(schedule, plan);
      return plan;
    },
  };
}

interface Hand<Mode> {
  readonly mode: Mode;
  readonly by: string;
}

/** A plan with a hand on it until the next edge of the schedule behind it. */
function withHand<Mode>(plan: readonly ModeSpan<Mode>[], schedule: readonly ModeSpan<AreaMode>[], hand: Hand<Mode>) {
  const edge = schedule.find(({ mode }) => mode !== schedule[0]?.mode)?.from ?? Number.POSITIVE_INFINITY;
  return plan.map((span): ModeSpan<Mode> => {
    const { from, to } = span;
    return to <= edge ? { from, to, mode: hand.mode, why: 'hand', by: hand.by } : span;
  });
}

function areaSpans({ state, plan }: Outlook, area: Area): readonly ModeSpan<AreaMode>[] {
  const planned = plan(area.schedule);
  const known = state.areas.get(area.id);
  const hand = known && known.by !== schedulerName && known.mode !== planned[0]?.mode ? known : undefined;
  return hand ? withHand(planned, planned, { mode: hand.mode, by: hand.by }) : planned;
}

/** What the zone's plan is without a hand of its own. */
function zonePlan(zone: Zone, area: Area | undefined, above: readonly ModeSpan<AreaMode>[]): ModeSpan<ArmMode>[] {
  return above.map((span) => {
    const mode = modeIn(area, span.mode, zone);
    return zone.always ? { from: span.from, to: span.to, mode, why: 'always' } : { ...span, mode };
  });
}

function zoneSpans(look: Outlook, zone: Zone): ModeSpan<ArmMode>[] {
  const { site, state, from, to } = look;
  const area = areaOf(site, zone.id);
  const schedule = look.plan(area ? area.schedule : zone.schedule);
  const plan = zonePlan(zone, area, area ? areaSpans(look, area) : schedule);
  const known = state.zones.get(zone.id);
  if (known?.mode === 'inhibited' || known?.mode === 'out-of-service') {
    const { mode, by, until = to } = known;
    const after = plan.filter((span) => span.to > until).map((span) => ({ ...span, from: Math.max(until, span.from) }));
    return [{ from, to: Math.min(until, to), mode, why: mode, by }, ...after].filter((span) => span.from < span.to);
  }
  const leaving = area !== undefined && state.areas.get(area.id)?.exitUntil !== undefined;
  const hand = known && known.by !== schedulerName && known.mode !== plan[0]?.mode && !zone.always && !leaving;
  return hand ? withHand(plan, schedule, { mode: known.mode, by: known.by }) : plan;
}

/** The next seven days of every area and zone. */
export function preview(site: Site, state: ArmedState, now: Time): Preview {
  const look = outlook(site, state, now);
  const areas = Object.values(site.areas).map((area) => [area.id, joined(areaSpans(look, area))] as const);
  const zones = Object.values(site.zones).map((zone) => [zone.id, joined(zoneSpans(look, zone))] as const);
  return { areas: Object.fromEntries(areas), zones: Object.fromEntries(zones) };
}
