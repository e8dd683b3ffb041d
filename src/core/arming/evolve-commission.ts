/**
 * The part of `evolve` that folds what an installer does: walk tests, and limits given to zones. Like all of it, it holds
 * no rules.
 */
import { sameLimits } from '../site/zone-limits.ts';
import type { Event, SignalLimits, State, Time } from '../types.ts';

/** More people than these do not loosen one fence in a week. */
const peopleMax = 20;

/** A walk test of a whole school is a few hundred touches. */
const hitsMax = 500;

type CommissionEvent = Extract<
  Event,
  {
    kind:
      | 'walk-started'
      | 'zone-tested'
      | 'zone-restored'
      | 'walk-ended'
      | 'tuned'
      | 'vouched'
      | 'limits-dated'
      | 'untuned';
  }
>;

/** Folds one event of a walk test or of limits. */
export function foldCommission(state: State, event: CommissionEvent): void {
  const { at } = event;
  switch (event.kind) {
    case 'walk-started':
      state.walk = {
        zones: event.zones,
        by: event.by,
        at,
        until: event.until,
        active: event.active,
        touches: [],
      };
      return;
    case 'zone-tested': {
      if (!state.walk) return;
      const { zone, alarm, cause, ms } = event;
      const hit = { zone, alarm, cause, at, ...(ms !== undefined && { ms }) };
      const { touches, active } = state.walk;
      state.walk = {
        ...state.walk,
        active: event.active ? [...active, cause] : active,
        touches: [...touches, hit].slice(-hitsMax),
      };
      return;
    }
    case 'zone-restored':
      if (state.walk)
        state.walk = { ...state.walk, active: state.walk.active.filter((cause) => cause !== event.cause) };
      return;
    case 'walk-ended':
      if (state.walk) state.walk = { ...state.walk, ended: { by: event.by, at } };
      return;
    case 'tuned':
      return foldTuned(state, event);
    case 'vouched': {
      const { zone, by, limits } = event;
      state.vouched.set(zone, { by, at, limits });
      const was = state.tuned.get(zone);
      if (was && sameLimits(was.limits, limits)) {
        const { until: _until, enabled: _enabled, dated: _dated, ...lasting } = was;
        state.tuned.set(zone, lasting);
      }
      endLoose(state, zone, at);
      return;
    }
    case 'limits-dated': {
      const was = state.tuned.get(event.zone);
      if (was) state.tuned.set(event.zone, { ...was, until: event.until, dated: true });
      return;
    }
    case 'untuned': {
      const enabled = event.why === 'trial-over' ? state.tuned.get(event.zone)?.enabled : undefined;
      if (enabled) state.tuned.set(event.zone, enabled);
      else state.tuned.delete(event.zone);
      endLoose(state, event.zone, at);
      return;
    }
    default:
      event satisfies never;
  }
}

function foldTuned(state: State, event: Extract<CommissionEvent, { kind: 'tuned' }>): void {
  const { zone, by, at, reason, configured, limits, until, looseSince } = event;
  const was = state.tuned.get(zone);
  const enabled = was?.until === undefined ? was : was.enabled;
  const trial = until !== undefined && { until, ...(enabled && { enabled }) };
  state.tuned.set(zone, { by, at, reason, configured, limits, ...trial });
  if (until === undefined) endVouch(state, zone, limits);
  if (looseSince === undefined) return endLoose(state, zone, at);
  const span = state.loose.get(zone);
  const before = span?.since === looseSince ? (span.people ?? []) : [];
  state.loose.set(zone, { since: looseSince, people: [...new Set([...before, by])].slice(-peopleMax) });
}

/** A second person stood for these limits and no others; a trial of others comes back to them. */
function endVouch(state: State, zone: string, limits: SignalLimits): void {
  const known = state.vouched.get(zone);
  if (known && !sameLimits(known.limits, limits)) state.vouched.delete(zone);
}

/** The zone is judged by loose limits on one person's word no longer. */
function endLoose(state: State, zone: string, at: Time): void {
  const span = state.loose.get(zone);
  if (span && span.until === undefined) state.loose.set(zone, { ...span, until: at });
}
