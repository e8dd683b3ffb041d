/**
 * Who else hears of an alarm: step by step up its chain while nobody acknowledges, by itself when no wall has painted it, and
 * never after somebody has. Worked out again from when alarms began to wait and from what the wall really painted.
 */
import type { AlarmKind, Escalation, Event, Time, Words } from '../../core/types.ts';
import {
  escalatedAfterAck,
  escalatedTooSoon,
  notEscalated,
  notToldAgain,
  unshownNotEscalated,
} from '../../words/check-words.ts';
import { promises } from '../../words/night-words.ts';
import { checker } from './check.ts';
import type { Evidence, TimeSpan } from './evidence.ts';

export type EscalatedEvent = Extract<Event, { kind: 'escalated' }>;

/** A tick and a commit. */
const stepMs = 3_000;
/** What no wall has painted in this time is told to others. */
const paintMs = 10_000;
/** That watch was taken away is said again no sooner. */
const unhurriedMs = 30 * 60_000;
/** From the frame to the fact that it was painted. */
const sayMs = 2_000;

export interface Step {
  readonly event: EscalatedEvent;
  readonly at: Time;
  readonly ran: Time;
  /** The alarm was one of several of an incident. */
  readonly joined: boolean;
}

/** A time in which an alarm waits for an acknowledgement. */
export interface Wait {
  readonly alarm: number;
  readonly priority: 1 | 2 | 3 | 4;
  readonly quiet: boolean;
  readonly kind: AlarmKind;
  /** True time, and the gateway's own, whose differences are lengths. */
  readonly from: Time;
  readonly fromRan: Time;
  to: Time;
  readonly steps: Step[];
}

export const chainOf = (
  { site }: Evidence,
  { priority, quiet, kind }: Pick<Wait, 'priority' | 'quiet' | 'kind'>,
): Escalation | undefined => {
  const { quiet: silent } = site.escalation;
  if (quiet) return kind === 'unwatched' ? { ...silent, repeatMs: Math.max(silent.repeatMs, unhurriedMs) } : silent;
  return priority === 4 ? undefined : site.escalation[priority];
};

interface OpenChain {
  wait: Wait | undefined;
  readonly key: string;
  priority: Wait['priority'];
  readonly quiet: boolean;
  readonly kind: AlarmKind;
  joined: boolean;
  acked: boolean;
}

/** When each alarm waited, as the journal tells it, and what went up the chain when none did. */
export function waitsOf(evidence: Evidence): { readonly waits: readonly Wait[]; readonly stray: readonly Step[] } {
  const waits: Wait[] = [];
  const stray: Step[] = [];
  const open = new Map<number, OpenChain>();
  const end = (one: OpenChain, to: Time) => {
    if (one.wait) one.wait.to = to;
    one.wait = undefined;
  };
  const begin = (alarm: number, one: OpenChain, event: Event, from: Time) => {
    end(one, from);
    const { priority, quiet, kind } = one;
    one.acked = false;
    one.wait = { alarm, priority, quiet, kind, from, fromRan: evidence.ran(event), to: evidence.endedAt, steps: [] };
    waits.push(one.wait);
  };
  for (const { event, at: keptAt } of evidence.kept) {
    const at = evidence.decidedAt(event, keptAt);
    if (event.kind === 'raised') {
      const { key, alarm: kind, priority, covert: quiet = false } = event;
      const one: OpenChain = { wait: undefined, key, priority, quiet, kind, joined: false, acked: false };
      open.set(event.seq, one);
      begin(event.seq, one, event, at);
      continue;
    }
    if (event.kind === 'unshelved') {
      for (const [id, one] of open) if (one.key === event.key && !one.acked) begin(id, one, event, at);
      continue;
    }
    const one = 'alarm' in event && typeof event.alarm === 'number' ? open.get(event.alarm) : undefined;
    if (!one || !('alarm' in event)) continue;
    if (event.kind === 'repeated') {
      const worse = event.priority < one.priority;
      if (worse) one.priority = event.priority;
      if (worse || one.acked) begin(event.alarm, one, event, at);
    } else if (event.kind === 'acknowledged') {
      one.acked = true;
      end(one, at);
    } else if (event.kind === 'closed' || event.kind === 'shelved') {
      end(one, at);
      if (event.kind === 'closed') open.delete(event.alarm);
    } else if (event.kind === 'joined') {
      one.joined = true;
      const first = open.get(event.incident);
      if (first) first.joined = true;
    } else if (event.kind === 'escalated') {
      const steps = one.wait?.steps ?? stray;
      steps.push({ event, at, ran: evidence.ran(event), joined: one.joined });
    }
  }
  return { waits, stray };
}

export const escalatedInTime = checker(() => ({
  name: 'escalated-in-time',
  title: promises.escalatedInTime,
  end({ evidence, test }) {
    const starts = evidence.facts('started').map(({ at }) => at);
    for (const wait of waitsOf(evidence).waits) {
      const { alarm, from, to, steps } = wait;
      const chain = chainOf(evidence, wait);
      if (!chain) continue;
      const must = (since: Time, fits: (step: Step) => boolean, broken: Words) => {
        const due = evidence.due(since, stepMs);
        // How long it was away a gateway cannot know when its clock was set meanwhile.
        if (evidence.clockSetAt > 0 && starts.some((at) => at > from && at < due)) return;
        if (due >= to || due > evidence.endedAt) return;
        test(
          steps.some((step) => fits(step) && step.at <= due),
          since,
          broken,
        );
      };
      for (const [i, { afterMs }] of chain.steps.entries())
        must(from + afterMs, ({ event }) => event.level > i, notEscalated(alarm, i + 1));
      for (const { event, at } of steps) {
        if (event.level < chain.steps.length) continue;
        const later = (step: Step) => step.at > at;
        must(at + chain.repeatMs, later, notToldAgain(alarm));
      }
    }
  },
}));

/** When there were too many alarms for one person, as the journal tells it. */
function floods(evidence: Evidence): TimeSpan[] {
  const spans: TimeSpan[] = [];
  let from: Time | undefined;
  for (const { event, at } of evidence.facts('flooded')) {
    if (event.on) from ??= at;
    else if (from !== undefined) {
      spans.push({ from, to: at });
      from = undefined;
    }
  }
  return from === undefined ? spans : [...spans, { from, to: evidence.endedAt }];
}

/** Hears when the wall first painted each alarm. */
function paintings() {
  const first = new Map<number, Time>();
  return {
    first,
    see: (seen: { readonly what: string; readonly at: Time; readonly alarms?: readonly number[] }) => {
      if (seen.what === 'displayed') for (const id of seen.alarms ?? []) if (!first.has(id)) first.set(id, seen.at);
    },
  };
}

export const unpaintedTold = checker(() => {
  const { first, see } = paintings();
  return {
    name: 'unpainted-told',
    title: promises.unpaintedTold,
    see,
    end({ evidence, test }) {
      const flooded = floods(evidence);
      for (const { alarm, priority, quiet, from, to, steps } of waitsOf(evidence).waits) {
        const due = evidence.due(from + paintMs, stepMs);
        if (quiet || priority === 4 || due >= to || due > evidence.endedAt) continue;
        if ((first.get(alarm) ?? due) < due) continue;
        // In a flood a wall tells of what is ordinary by its number.
        if (priority === 3 && flooded.some((span) => span.from <= due && span.to >= from - stepMs)) continue;
        const told = steps.some((step) => step.at <= due);
        test(told, from, unshownNotEscalated(alarm));
      }
    },
  };
});

export const escalatedRightly = checker(() => {
  const { first, see } = paintings();
  return {
    name: 'escalated-rightly',
    title: promises.escalatedRightly,
    see,
    end({ evidence, test }) {
      const { waits, stray } = waitsOf(evidence);
      // What is told of an alarm that somebody took, because he has not seen to it, is another checker's.
      for (const { event, at } of stray) test(event.takenBy !== undefined, at, escalatedAfterAck(event.alarm));
      for (const wait of waits) {
        const chain = chainOf(evidence, wait);
        for (const [i, step] of wait.steps.entries()) {
          const { event, at, ran } = step;
          const before = wait.steps[i - 1];
          const painted = first.get(wait.alarm);
          const right =
            event.why !== 'unacknowledged'
              ? // The simulated school has a wall, so that nothing else may be the reason.
                event.why === 'not-displayed' &&
                !before &&
                ran >= wait.fromRan + paintMs &&
                (painted === undefined || painted > at - sayMs || evidence.disturbed(painted, at))
              : chain !== undefined && inItsTime(step, chain, wait, before);
          test(right, at, escalatedTooSoon(wait.alarm));
        }
      }
    },
  };
});

/**
 * Whether the level was due by the gateway's own time, and is a higher one than before; earlier only past steps that are said to
 * reach nobody, which is for another checker to believe.
 */
function inItsTime({ event, ran }: Step, { steps, repeatMs }: Escalation, { fromRan }: Wait, before?: Step): boolean {
  const { level, again } = event;
  if (level > steps.length) return false;
  const empty = (n: number) => event.nobody?.some((one) => one.level === n) === true;
  if (again !== undefined) {
    const next = again === (before?.event.again ?? 0) + 1 && level === steps.length;
    if (next && event.lastResort && !before?.event.lastResort && empty(level)) return true;
    return next && before?.event.level === steps.length && ran >= before.ran + repeatMs;
  }
  if (before && level <= before.event.level) return false;
  const timely = steps.filter(({ afterMs }) => ran >= fromRan + afterMs).length;
  const from = Math.max(timely, before?.event.level ?? 0);
  if (level <= from) return true;
  return from > 0 && Array.from({ length: level - from }, (_, i) => from + i).every(empty);
}
