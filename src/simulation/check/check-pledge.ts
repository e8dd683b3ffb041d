/**
 * What comes of an acknowledgement: whoever took an alarm sends somebody, who goes, is there and says what was found, each in
 * its time; or others are told of it, who had taken it is named, and nobody buys time for ever with words. Worked out again
 * from what people did; the gateway's own reckoning of what is owed is not read.
 */
import { needsCountersign } from '../../core/site/reasons.ts';
import type { AlarmKind, Event, PledgeStage, Time } from '../../core/types.ts';
import { brokenUntold, brokenUntoldAgain, heldByWords, toldOfNobody } from '../../words/check-desk-words.ts';
import { promises } from '../../words/night-words.ts';
import { checker, type Desk } from './check.ts';
import { chainOf } from './check-escalation.ts';

/** Two ticks and a commit. */
const stepMs = 4_000;

interface Held {
  readonly id: number;
  priority: 1 | 2 | 3 | 4;
  readonly quiet: boolean;
  readonly kind: AlarmKind;
  incident: number;
  takenBy: string | undefined;
  /** When it was first taken since it began to wait. */
  takenAt: Time;
  /** The same by the gateway's own time. */
  takenByClock: Time;
  /** What was last done, and what is owed after it. */
  stage: PledgeStage;
  /** The same of this alarm alone, whoever was sent to others of its incident. */
  own: PledgeStage;
  /** When that was. */
  ownAt: Time;
  /** When somebody last took it or asked for more time. */
  wordAt: Time;
  movedAt: Time;
  /** When others were told since then. */
  told: Time[];
  /** Somebody is or was there since it was taken, or it was put aside. */
  there: boolean;
  everTold: boolean;
}

const stages: readonly PledgeStage[] = ['send', 'accept', 'arrive', 'find', 'review'];
const after = { dispatched: 'accept', accepted: 'arrive', arrived: 'find' } as const;

/** The time since the last deed is over: was it too long, others were told, and again and again. */
function judge({ evidence, test }: Desk, held: Held, to: Time): void {
  const chain = chainOf(evidence, held);
  const limits = evidence.site.pledges[held.quiet || held.priority === 4 ? 1 : held.priority];
  if (held.takenBy === undefined || !chain || evidence.clockSetAt > 0) return;
  const due = evidence.due(held.movedAt + limits.withinMs[held.stage], stepMs);
  if (due < to) {
    const told = held.told.some((at) => at <= due);
    test(told, held.movedAt, brokenUntold(held.id, held.takenBy));
    const paceMs = Math.max(
      chain.repeatMs,
      ...chain.steps.map(({ afterMs }, i) => afterMs - (chain.steps[i - 1]?.afterMs ?? 0)),
    );
    for (const [i, at] of held.told.entries()) {
      const again = evidence.due(at, paceMs + stepMs);
      if (again < to) test((held.told[i + 1] ?? to) <= again, at, brokenUntoldAgain(held.id));
    }
  }
  const longest = Math.max(limits.withinMs.send, limits.withinMs.accept, limits.withinMs.arrive);
  const end = evidence.due(held.takenAt + (limits.renewals + 3) * longest, stepMs);
  if (!held.there && end < to) test(held.everTold || held.told.length > 0, held.takenAt, heldByWords(held.id));
}

function move(desk: Desk, held: Held, stage: PledgeStage, at: Time): void {
  judge(desk, held, at);
  Object.assign(held, { stage, movedAt: at, everTold: held.everTold || held.told.length > 0, told: [] });
}

function release(desk: Desk, held: Held, at: Time): void {
  judge(desk, held, at);
  held.takenBy = undefined;
}

/** An alarm as it begins to wait. */
function heldFrom(event: Extract<Event, { kind: 'raised' }>, at: Time): Held {
  const { seq: id, priority, alarm: kind, covert: quiet = false } = event;
  const nobody = { takenBy: undefined, takenAt: at, takenByClock: event.at, there: false, everTold: false } as const;
  const fresh = { stage: 'send', own: 'send', movedAt: at, ownAt: at, wordAt: at } as const;
  return { id, priority, quiet, kind, incident: id, ...nobody, ...fresh, told: [] };
}

function take(desk: Desk, held: Held, event: Extract<Event, { kind: 'acknowledged' }>, at: Time): void {
  const first = held.takenBy === undefined;
  move(desk, held, held.stage, at);
  held.takenBy = event.by;
  held.wordAt = at;
  if (first) Object.assign(held, { takenAt: at, takenByClock: event.at, there: false, everTold: false });
}

/** Whoever was sent to an alarm that is closed goes to no other for it: what is left waits for what was done for those left, from when it was taken. */
function callBack(desk: Desk, mates: readonly Held[], at: Time): void {
  const rank = ({ own }: Held) => stages.indexOf(own);
  const most = mates.reduce<Held | undefined>((a, b) => (!a || rank(b) > rank(a) ? b : a), undefined);
  for (const mate of mates) {
    if (!most || mate.stage === 'review') continue;
    if (mate.takenBy !== undefined) {
      // Nobody is sent anywhere by a closing.
      if (stages.indexOf(mate.stage) <= rank(most)) continue;
      judge(desk, mate, at);
      const since = Math.max(mate.wordAt, most.own === 'send' ? 0 : most.ownAt);
      // Whoever has been told of it already is told again in the chain's own time.
      mate.movedAt = mate.everTold ? at : since;
    }
    mate.stage = most.own;
  }
}

export const pledgesKept = checker(() => ({
  name: 'pledges-kept',
  title: promises.pledgesKept,
  end(desk) {
    const { evidence, test } = desk;
    const open = new Map<number, Held>();
    for (const { event, at: keptAt } of evidence.kept) {
      const at = evidence.decidedAt(event, keptAt);
      if (event.kind === 'raised') {
        open.set(event.seq, heldFrom(event, at));
      }
      if (event.kind === 'shelved' || event.kind === 'unshelved') {
        // How long it was put aside is nobody's word.
        for (const held of open.values()) Object.assign(held, { there: true, movedAt: at, told: [] });
      }
      const held = 'alarm' in event && typeof event.alarm === 'number' ? open.get(event.alarm) : undefined;
      if (!held) continue;
      if (event.kind === 'joined') {
        held.incident = event.incident;
        // Whoever was sent to what it belongs to goes there for this one, too.
        const mates = [...open.values()].filter(({ incident }) => incident === held.incident);
        for (const { stage } of mates)
          if (stage !== 'review' && stages.indexOf(stage) > stages.indexOf(held.stage)) held.stage = stage;
      }
      if (event.kind === 'repeated') {
        held.priority = Math.min(held.priority, event.priority) as Held['priority'];
        release(desk, held, at);
        if (held.stage === 'review') held.stage = 'send';
      }
      if (event.kind === 'acknowledged') take(desk, held, event, at);
      if (event.kind === 'renewed') {
        move(desk, held, held.stage, at);
        held.wordAt = at;
      }
      if (event.kind === 'dispatched' || event.kind === 'accepted' || event.kind === 'arrived') {
        held.own = after[event.kind];
        held.ownAt = at;
        const crew = [...open.values()].filter(({ id, incident }) => id === held.id || incident === held.incident);
        for (const one of crew) {
          // A head is owed whatever is done meanwhile; and that another is sent elsewhere calls nobody back from here.
          if (one.stage === 'review') continue;
          if (one.id !== held.id && stages.indexOf(after[event.kind]) < stages.indexOf(one.stage)) continue;
          move(desk, one, after[event.kind], at);
          one.there ||= event.kind === 'arrived';
        }
      }
      if (event.kind === 'disposed' && needsCountersign(event.reason)) {
        move(desk, held, 'review', at);
        held.own = 'send';
      }
      if (event.kind === 'closed' || (event.kind === 'disposed' && !needsCountersign(event.reason))) {
        release(desk, held, at);
        held.stage = 'send';
        held.own = 'send';
      }
      if (event.kind === 'closed') {
        open.delete(held.id);
        const left = [...open.values()].filter(({ incident }) => incident === held.incident);
        callBack(desk, left, at);
      }
      if (event.kind === 'escalated' && event.takenBy !== undefined) {
        held.told.push(at);
        const { withinMs } = evidence.site.pledges[held.quiet || held.priority === 4 ? 1 : held.priority];
        const soonest = held.takenByClock + Math.min(...Object.values(withinMs));
        test(event.takenBy === held.takenBy && event.at >= soonest, at, toldOfNobody(held.id));
      }
    }
    for (const held of open.values()) judge(desk, held, evidence.endedAt);
  },
}));
