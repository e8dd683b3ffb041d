/**
 * The gateway's own detection against the wires: what bore on them must be felt, whatever their host makes of it, and what
 * is felt must have borne on them.
 */
import type { Detection, Event, Time } from '../../core/types.ts';
import { actNotFelt, feltUntold, heldSaidOver, hostStoodStill } from '../../words/check-desk-words.ts';
import { promises } from '../../words/night-words.ts';
import { checker, type Desk } from './check.ts';

export type Alarming = Extract<Event, { kind: 'raised' | 'repeated' }>;

/** Wires come to rest, and a mended wire to its place, within this time. */
const settlingMs = 60_000;

/** The zone and sign of what the gateway itself detected. */
export function senseOf(cause: string): { zone: string; sign: string } | undefined {
  const [kind, zone = '', key = ''] = cause.split('/');
  return kind === 'detection' ? { zone, sign: key.split('.')[0] ?? '' } : undefined;
}

/** What is said of the sky, of the sensors and of the detector itself: nothing bears on the wires then. */
const unborne: readonly string[] = ['weather', 'drift', 'learning', 'frozen', 'replayed'] satisfies Detection[];

/** Whether something bore on the wires of the zone; the sky alone moves them slowly, and that is said as maintenance. */
export function felt(
  { evidence }: Desk,
  sense: { zone: string; sign: string },
  event: Alarming,
  at: Time,
): boolean | undefined {
  if (unborne.includes(sense.sign)) return undefined;
  const when = evidence.decidedAt(event, at);
  if (sense.sign === 'no-data') return evidence.muted(when - settlingMs, when, event.device);
  return evidence.truth.bearings.some(({ zone, from, to = when }) => {
    if (zone !== sense.zone || from > when + 1) return false;
    // With a disk that dawdles, readings wait for their turn.
    return when <= to + settlingMs || evidence.disturbed(to, when, event.device);
  });
}

/** A climb must be told from a touch, which lasts up to two seconds; a cut wire needs half a second. */
const feelMs = 8_000;
/** What is over sooner may go for a touch. */
const briefMs = 4_000;
/** Nobody touches three wires in three seconds but somebody who climbs. */
const quickMs = 3_000;
const signsOf: Readonly<Partial<Record<string, readonly Detection[]>>> = {
  climb: ['climb', 'pull'],
  'free-hand': ['climb', 'pull'],
  cut: ['cut'],
  prop: ['pull'],
};

const deceived = ({ evidence }: Desk, device: string, from: Time, to: Time) =>
  evidence.truth.deceits.some((one) => one.device === device && one.from <= to && (one.to ?? to) >= from);

export const feltInTime = checker(() => ({
  name: 'felt-in-time',
  title: promises.feltInTime,
  end(desk) {
    const { evidence } = desk;
    const facts = evidence.facts('detected');
    for (const { zone, device, act, from, to = evidence.endedAt } of evidence.truth.bearings) {
      const signs = signsOf[act];
      // What a host does not show nobody can feel: that it shows nothing is told instead.
      if (deceived(desk, device, from, to + feelMs)) continue;
      const due = evidence.due(from, feelMs, device);
      if (
        !signs ||
        to - from < (act === 'free-hand' ? quickMs : briefMs) ||
        due > to + feelMs ||
        due > evidence.endedAt
      )
        continue;
      const signed = facts.filter(({ event }) => event.zone === zone && signs.includes(event.detection));
      // What is felt already, of another who hangs there, is not felt anew.
      const before = signed.filter(({ at }) => at <= from);
      const held = signs.some((sign) => before.findLast(({ event }) => event.detection === sign)?.event.active);
      const told = held || signed.some(({ event, at }) => event.active && at >= from && at <= due);
      desk.test(told, from, actNotFelt(zone, act));
    }
  },
}));

/** What of an armed zone means somebody, and is an alarm at once. */
const somebody: ReadonlySet<Detection> = new Set(['climb', 'pull', 'cut']);
/** A decision and its commit. */
const raiseMs = 2_000;

export const feltRaises = checker(() => ({
  name: 'felt-raises',
  title: promises.feltRaises,
  end(desk) {
    const { evidence } = desk;
    const armed = new Map<string, Time>();
    const told = evidence.kept.filter(
      ({ event }) => event.kind === 'raised' || event.kind === 'repeated' || event.kind === 'entry-started',
    );
    for (const { event, at } of evidence.kept) {
      if (event.kind === 'zone-armed') {
        if (event.mode === 'armed') armed.set(event.zone, at);
        else armed.delete(event.zone);
      }
      if (event.kind !== 'detected' || !event.active || !somebody.has(event.detection)) continue;
      const { zone, detection } = event;
      const walked = evidence.walks(zone).some(({ from, to }) => from <= at && at <= to + raiseMs);
      if (!((armed.get(zone) ?? Number.POSITIVE_INFINITY) <= at) || walked) continue;
      const raised = told.some((one) => {
        if (one.at < at || one.at > at + raiseMs) return false;
        const what = one.event.kind === 'entry-started' ? one.event.held : one.event;
        return 'cause' in what && what.cause.startsWith(`detection/${zone}/${detection}`);
      });
      desk.test(raised, at, feltUntold(zone, detection));
    }
  },
}));

export const heldStays = checker(() => ({
  name: 'held-stays',
  title: promises.heldStays,
  end(desk) {
    const { evidence } = desk;
    for (const { zone, device, act, from, to = evidence.endedAt } of evidence.truth.bearings) {
      if (act !== 'prop' || evidence.disturbed(from, to, device) || deceived(desk, device, from, to)) continue;
      const held = new Set<number | undefined>();
      let felt = false;
      let over: Time | undefined;
      for (const { event, at } of evidence.kept) {
        if (at > to) break;
        if (at >= from && event.kind === 'base-confirmed' && event.zone === zone) break;
        if (event.kind !== 'detected' || event.zone !== zone || event.detection !== 'pull') continue;
        if (event.active) held.add(event.wire);
        else if (held.delete(event.wire) && held.size === 0 && at > from) over ??= at;
        felt ||= held.size > 0;
      }
      if (felt) desk.test(over === undefined, over ?? from, heldSaidOver(zone));
    }
  },
}));

/** A host whose wires stand still while it goes on to answer is told within this time … */
const stillMs = 10 * 60_000;
/** … once it was heard for so long that it is known to move. */
const knownMs = 6 * 60_000;
/** What the gateway says of wires that bear something, or of the sky, names no host that stands still. */
const otherwise: ReadonlySet<Detection> = new Set(['climb', 'pull', 'slack', 'cut', 'weather', 'drift']);

export const stillHostTold = checker(() => ({
  name: 'still-host-told',
  title: promises.stillHostTold,
  end(desk) {
    const { evidence } = desk;
    const facts = evidence.facts('detected');
    for (const { device, from, to = evidence.endedAt } of evidence.truth.deceits) {
      const due = evidence.due(from, stillMs, device);
      if (due > to || due > evidence.endedAt || evidence.disturbed(from - knownMs, due, device)) continue;
      const told = facts.some(
        ({ event, at }) =>
          event.device === device && event.active && !otherwise.has(event.detection) && at >= from && at <= due,
      );
      desk.test(told, from, hostStoodStill(device));
    }
  },
}));
