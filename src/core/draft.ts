/**
 * The events of one step while they are being decided. State stays untouched until the gateway folds them, so the draft
 * remembers which alarms this same step has opened, joined or settled: that is why one message can never raise twins. It
 * must never let a fact through that contradicts State or the facts before it; `evolve` relies on that and checks it again.
 */
import { assert, Contradiction } from './assert.ts';
import { gatewayName } from './site/armed-plan.ts';
import { alarmOfDuty } from './site/duty-names.ts';
import type { Event, Fact, Priority, Site, State, Time, WalkTest } from './types.ts';

/** What later decisions in the same step need to know of an open alarm. */
export interface OpenAlarm {
  readonly id: number;
  readonly causes: readonly string[];
  readonly priority: Priority;
}

/** The alarm a fact speaks of, if it speaks of one that is open already. */
function alarmOf(fact: Fact): number | undefined {
  if (fact.kind === 'done') return alarmOfDuty(fact.duty);
  // To whoever is told that there is no such alarm, the refusal must look like any other.
  if (fact.kind === 'refused' && fact.why === 'unknown-alarm') return undefined;
  const about = fact.kind === 'refused' ? fact.command : fact;
  return 'alarm' in about && typeof about.alarm === 'number' ? about.alarm : undefined;
}

export class Draft {
  readonly site: Site;
  readonly state: State;
  /** What the clock on the wall says: schedules and rounds go by it, even after it was set back. */
  readonly now: Time;
  /** When the events happen: never before the last one, unless the fact before says that the clock was set. */
  at: Time;
  readonly events: Event[] = [];
  readonly #alarms = new Map<string, OpenAlarm>();
  /** Alarms this step has raised that only heads may see. */
  readonly #quiet = new Set<number>();
  /** Alarms this step has closed. */
  readonly #closed = new Set<number>();
  #walked = false;
  /** Causes that this step has seen begin or end in a zone under walk test. */
  readonly #touched = new Map<string, boolean>();

  constructor(site: Site, state: State, now: Time, at: Time) {
    this.site = site;
    this.state = state;
    this.now = now;
    this.at = Math.max(at, state.at);
  }

  /** Adds a fact, numbered and timed. */
  add(fact: Fact): void {
    const seq = this.state.seq + this.events.length + 1;
    this.#agree(fact);
    if (fact.kind === 'clock-stepped') this.at = fact.to;
    this.events.push({ ...fact, ...(this.#ofQuiet(fact) && { covert: true }), seq, at: this.at });
    this.#follow(fact, seq);
  }

  /** Whatever is said of an alarm that only heads may see, only they may see: also a refusal, a picture, a message. */
  #ofQuiet(fact: Fact): boolean {
    const id = alarmOf(fact);
    if (id === undefined) return false;
    if (this.#quiet.has(id)) return true;
    const alarm = this.state.alarms.get(id);
    // A message that went out as its alarm was closed: whether that was a quiet one nobody remembers any more.
    return alarm ? alarm.covert === true : fact.kind === 'done' && fact.duty.startsWith('notify/');
  }

  /** The open alarm of a key, as it will stand after the events drafted so far. */
  open(key: string): OpenAlarm | undefined {
    const drafted = this.#alarms.get(key);
    if (drafted) return drafted;
    const id = this.state.keys.get(key);
    return id === undefined ? undefined : this.state.alarms.get(id);
  }

  /** The walk test that runs: begun, not ended before or in this step, and its time not over. */
  get walk(): WalkTest | undefined {
    const { walk } = this.state;
    return walk && !walk.ended && !this.#walked && walk.until > this.at ? walk : undefined;
  }

  /** Whether a cause stands in a zone under walk test, as it will after the events drafted so far. */
  touched(cause: string): boolean {
    return this.#touched.get(cause) ?? this.walk?.active.includes(cause) ?? false;
  }

  /** Throws when a fact cannot be so, as far as State and this step know. */
  #agree(fact: Fact): void {
    if ('alarm' in fact && typeof fact.alarm === 'number')
      assert(this.#isOpen(fact.alarm), `${fact.kind} speaks of alarm ${fact.alarm}, which is not open`);
    switch (fact.kind) {
      case 'raised':
        return assert(!this.open(fact.key), `${fact.key} is raised and open already`);
      case 'closed':
        return assert(
          fact.by === gatewayName || this.state.alarms.get(fact.alarm)?.acked,
          `alarm ${fact.alarm} is closed and not acknowledged`,
        );
      case 'shelved':
        return assert(!this.state.shelves.has(fact.key), `${fact.key} is shelved already`);
      case 'unshelved':
        return assert(this.state.shelves.has(fact.key), `${fact.key} is not shelved`);
      case 'flooded':
        return assert(fact.on === !this.state.flood, `a flood ${fact.on ? 'begins in' : 'ends without'} a flood`);
      default:
    }
  }

  #isOpen(id: number): boolean {
    if (this.state.alarms.has(id)) return !this.#closed.has(id);
    return [...this.#alarms.values()].some((open) => open.id === id);
  }

  #follow(fact: Fact, seq: number): void {
    if (fact.kind === 'closed') this.#closed.add(fact.alarm);
    if (fact.kind === 'walk-ended') this.#walked = true;
    else if (fact.kind === 'zone-tested' && fact.active) this.#touched.set(fact.cause, true);
    else if (fact.kind === 'zone-restored') this.#touched.set(fact.cause, false);
    if (fact.kind === 'raised' && fact.covert) this.#quiet.add(seq);
    if (fact.kind === 'raised') {
      const { priority, cause, active } = fact;
      this.#alarms.set(fact.key, { id: seq, priority, causes: active ? [cause] : [] });
      return;
    }
    if (fact.kind !== 'repeated' && fact.kind !== 'returned-to-normal') return;
    const key = this.#keyOf(fact.alarm);
    const open = this.open(key);
    assert(open, `alarm ${fact.alarm} is not open`);
    const others = open.causes.filter((cause) => cause !== fact.cause);
    const causes = fact.kind === 'repeated' && fact.active ? [...others, fact.cause] : others;
    const priority = fact.kind === 'repeated' && fact.priority < open.priority ? fact.priority : open.priority;
    this.#alarms.set(key, { id: open.id, priority, causes });
  }

  #keyOf(id: number): string {
    const alarm = this.state.alarms.get(id);
    if (alarm) return alarm.key;
    for (const [key, open] of this.#alarms) if (open.id === id) return key;
    throw new Contradiction(`alarm ${id} is not open`);
  }
}
