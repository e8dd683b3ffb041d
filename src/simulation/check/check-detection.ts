/**
 * The gateway's own detection against the wires: what bore on them must be felt, whatever their host makes of it, and what
 * is felt must have borne on them.
 */
import type { Detection, Event, Time } from '../../core/types.ts';
import { actNotFelt } from '../../words/check-words.ts';
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
const signsOf: Readonly<Partial<Record<string, readonly Detection[]>>> = { climb: ['climb', 'pull'], cut: ['cut'] };

export const feltInTime = checker(() => ({
  name: 'felt-in-time',
  title: promises.feltInTime,
  end(desk) {
    const { evidence } = desk;
    const facts = evidence.facts('detected');
    for (const { zone, device, act, from, to = evidence.endedAt } of evidence.truth.bearings) {
      const signs = signsOf[act];
      const due = evidence.due(from, feelMs, device);
      if (!signs || to - from < briefMs || due > to + feelMs || due > evidence.endedAt) continue;
      const signed = facts.filter(({ event }) => event.zone === zone && signs.includes(event.detection));
      // What is felt already, of another who hangs there, is not felt anew.
      const before = signed.filter(({ at }) => at <= from);
      const held = signs.some((sign) => before.findLast(({ event }) => event.detection === sign)?.event.active);
      const told = held || signed.some(({ event, at }) => event.active && at >= from && at <= due);
      desk.test(told, from, actNotFelt(zone, act));
    }
  },
}));
