/**
 * What belongs together when records are cut: an incident with all of its alarms, a round, a post. Each is cut whole or not at all, and not before its
 * last word is old enough; what is open or held stays. It must never let a part of one go while another part has to stay.
 */
import { alarmOfDuty } from '../site/duty-names.ts';
import type { CutClass, Event } from '../types.ts';
import { classOf } from './record-classes.ts';

/** What is open, or held by a person: nothing of it is cut. */
export interface HeldBack {
  /** Alarms, each with all of its incident. */
  readonly alarms: readonly number[];
  readonly rounds: readonly string[];
  /** Posts of one day. */
  readonly watches: readonly string[];
}

/** An alarm as the records know it. */
export interface AlarmTie {
  readonly id: number;
  readonly incident?: number | null;
  readonly round?: string | null;
}

/** Lines up to these may be cut, by class; a class that is absent is kept. */
export type CutLimits = { readonly [K in CutClass]?: number };

/** Alarms that a fact speaks of. */
function alarmsOf(event: Event): readonly number[] {
  if (event.kind === 'raised') return [event.seq];
  if (event.kind === 'joined') return [event.alarm, event.incident];
  if (event.kind === 'done') {
    const alarm = alarmOfDuty(event.duty);
    return alarm === undefined ? [] : [alarm];
  }
  if (event.kind === 'refused') return 'alarm' in event.command ? [Number(event.command.alarm)] : [];
  return 'alarm' in event && typeof event.alarm === 'number' ? [event.alarm] : [];
}

/** Rounds and posts that a fact of patrol is a part of. */
const plansOf = (event: Event): readonly string[] =>
  [
    classOf(event) === 'patrol' && 'round' in event ? `round ${event.round}` : '',
    'watch' in event ? `watch ${event.watch}` : '',
  ].filter((name) => name !== '' && !name.endsWith(' undefined'));

const noted = <K>(table: Map<K, number>, key: K, seq: number): void =>
  void table.set(key, Math.max(table.get(key) ?? 0, seq));

export class CutUnits {
  readonly #incidents = new Map<number, number>();
  /** The last line that speaks of an incident, a round or a post. */
  readonly #incidentEnds = new Map<number, number>();
  readonly #planEnds = new Map<string, number>();
  readonly #heldIncidents = new Set<number>();
  readonly #heldPlans = new Set<string>();
  readonly #ties: readonly AlarmTie[];
  /** Of what is held, where it begins. */
  #heldFrom = Number.POSITIVE_INFINITY;

  constructor(alarms: readonly AlarmTie[]) {
    this.#ties = alarms;
    for (const { id, incident } of alarms) this.#incidents.set(id, incident ?? id);
  }

  #incidentOf(alarm: number): number {
    return this.#incidents.get(alarm) ?? alarm;
  }

  /** Every line of the journal, before anything is asked. */
  note(event: Event): void {
    for (const alarm of alarmsOf(event)) noted(this.#incidentEnds, this.#incidentOf(alarm), event.seq);
    for (const plan of plansOf(event)) noted(this.#planEnds, plan, event.seq);
  }

  /** What is held from now on; what was held before is so no longer. */
  hold({ alarms, rounds, watches }: HeldBack): void {
    this.#heldIncidents.clear();
    this.#heldPlans.clear();
    // An alarm that others joined may have joined another itself.
    for (const alarm of alarms) this.#heldIncidents.add(alarm).add(this.#incidentOf(alarm));
    for (const round of rounds) this.#heldPlans.add(`round ${round}`);
    for (const watch of watches) this.#heldPlans.add(`watch ${watch}`);
    for (const { id, round } of this.#ties) {
      if (round && this.#heldIncidents.has(this.#incidentOf(id))) this.#heldPlans.add(`round ${round}`);
    }
    this.#heldFrom = Math.min(Number.POSITIVE_INFINITY, ...this.#heldIncidents);
  }

  /** Whether a line may be cut now; `not-yet`: it may when the limits are farther on. */
  mayCut(event: Event, limits: CutLimits): boolean | 'not-yet' {
    const of = classOf(event);
    if (of === 'kept') return false;
    if (event.seq > (limits[of] ?? 0)) return 'not-yet';
    // A silence covers alarms by their number.
    if (event.kind === 'silenced' || event.kind === 'unshelved') return event.seq < this.#heldFrom;
    const incidents = alarmsOf(event).map((alarm) => this.#incidentOf(alarm));
    const plans = plansOf(event);
    if (incidents.some((one) => this.#heldIncidents.has(one)) || plans.some((one) => this.#heldPlans.has(one))) {
      return false;
    }
    const ended =
      incidents.every((one) => (this.#incidentEnds.get(one) ?? 0) <= (limits.alarm ?? Number.POSITIVE_INFINITY)) &&
      plans.every((one) => (this.#planEnds.get(one) ?? 0) <= (limits.patrol ?? 0));
    return ended || 'not-yet';
  }
}
