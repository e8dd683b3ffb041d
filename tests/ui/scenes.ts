/**
 * What has happened at the test school, as facts: a quiet day, and a day with alarms in every phase. The real core folds
 * them; nothing here is a picture of State.
 */
import type { Event, Fact, PatrolVerdict } from '../../src/core/types.ts';
import { untranslated } from '../../src/words/words.ts';
import { afternoon, campus, minute } from './campus.ts';

/**
 * A fact so long before the picture's time, ms. `of`: about the open alarm of that key, instead of the one raised last;
 * `into`: the key of the alarm whose incident it joined.
 */
export type Dated = Fact & { readonly ago: number; readonly of?: string; readonly into?: string };

const second = 1_000;
const zones = Object.keys(campus.zones);

function round(route: string, startAgo: number, verdicts: readonly PatrolVerdict[], completed: boolean): Dated[] {
  const start = afternoon - startAgo;
  const id = `${route}/${start}`;
  const points = campus.routes[route]!.checkpoints;
  const person = route === 'night' ? 'li' : 'wei';
  const reached = { 'on-time': 0, early: 0, late: 0, 'wrong-order': 0, 'wrong-person': 0 };
  const counts: Record<PatrolVerdict, number> = {
    ...reached,
    missed: 0,
    'unknown-card': 0,
    'by-hand': 0,
    cancelled: 0,
  };
  for (const v of verdicts) counts[v]++;
  return [
    { kind: 'opened', round: id, route, start, person, ago: startAgo },
    ...verdicts.map((verdict, i): Dated => {
      const point = points[i]!;
      const taken = start + point.afterMs + (verdict === 'late' ? 5 * minute : 30 * second);
      return {
        kind: 'checked',
        round: id,
        checkpoint: point.id,
        verdict,
        ago: Math.max(0, afternoon - taken),
        ...(verdict === 'missed'
          ? {}
          : { sourceTime: taken, offMs: taken - start - point.afterMs, card: '0F004EBEFC', person }),
      };
    }),
    ...(completed ? [{ kind: 'completed', round: id, counts, ago: startAgo - 45 * minute } as const] : []),
  ];
}

type Raised = Extract<Fact, { kind: 'raised' }> & { readonly ago: number };

export function raised(key: string, more: Partial<Raised>, ago: number): Raised {
  return {
    kind: 'raised',
    key,
    alarm: 'climb',
    priority: 1,
    device: 'fence',
    cause: 'fence/tension_4',
    active: true,
    ...more,
    ago,
  };
}

/** The climb on zone four, forty seconds old at the picture's time. */
export const climb = raised('z4/climb', { zone: 'z4', value: 38 }, 38 * second);

const midnightAgo = 14 * 60 * minute + 32 * minute + 7 * second;

/** A day on which everything that was wrong has been dealt with. */
export function quietDay(): Dated[] {
  const on = (n: number) => Array.from({ length: n }, (): PatrolVerdict => 'on-time');
  return [
    { kind: 'started', version: 'test', config: 'c0', utcOffsetMin: 480, ago: midnightAgo - minute },
    ...Object.keys(campus.devices).map(
      (d): Dated => ({ kind: 'linked', device: d, up: true, why: untranslated(''), ago: midnightAgo - 2 * minute }),
    ),
    ...zones.map(
      (zone): Dated => ({ kind: 'zone-armed', zone, mode: 'armed', by: 'schedule', ago: midnightAgo - 3 * minute }),
    ),
    ...round('night', 8 * 60 * minute + 32 * minute + 7 * second, on(8), true),
    ...round('night', 6 * 60 * minute + 32 * minute + 7 * second, on(8), true),
    ...round('kitchen', 4 * 60 * minute + 32 * minute + 7 * second, on(5), true),
    raised('z6/cut', { zone: 'z6', alarm: 'cut', cause: 'fence/tension_6', active: false }, 60 * minute),
    { kind: 'acknowledged', alarm: -1, of: 'z6/cut', by: '王建国', ago: 59 * minute },
    { kind: 'closed', alarm: -1, of: 'z6/cut', by: '王建国', reason: 'B5', ago: 30 * minute },
    ...round('night', 32 * minute + 7 * second, ['on-time', 'on-time', 'late', 'on-time', 'early', 'on-time'], false),
    ...round('kitchen', 27 * minute + 7 * second, ['on-time', 'missed', 'on-time', 'on-time'], false),
  ];
}

/** The quiet day with one alarm of each kind on top, newest last. */
export function alarmDay(): Dated[] {
  const { checkpoints } = campus.routes.kitchen!;
  return [
    ...quietDay(),
    raised(
      'kitchen/missed',
      {
        alarm: 'missed',
        priority: 3,
        device: 'r2',
        cause: 'r2/missed',
        active: false,
        checkpoint: checkpoints[1]!.id,
      },
      22 * minute,
    ),
    { kind: 'acknowledged', alarm: -1, of: 'kitchen/missed', by: '王建国', ago: 21 * minute },
    raised('z6/cut', { zone: 'z6', alarm: 'cut', priority: 2, cause: 'fence/tension_6' }, 281 * second),
    { kind: 'acknowledged', alarm: -1, of: 'z6/cut', by: '王建国', ago: 250 * second },
    raised(
      'cam-keep/masked',
      { alarm: 'masked', priority: 3, device: 'cam-keep', cause: 'cam-keep/masked' },
      90 * second,
    ),
    climb,
    { kind: 'done', duty: 'snapshot/-1', of: 'z4/climb', ok: true, brought: '4-1.jpg', ago: 36 * second },
  ];
}

/** The fact with the alarm it means in place of `-1`. */
function named(fact: Fact, alarm: number): Fact {
  if ('alarm' in fact && fact.alarm === -1) return { ...fact, alarm };
  return fact.kind === 'done' ? { ...fact, duty: fact.duty.replace('-1', String(alarm)) } : fact;
}

/** Facts as numbered events, in the order of time; `alarm: -1` means the alarm raised last, or that of the key `of`. */
export function asEvents(facts: readonly Dated[], after: number, now: number): Event[] {
  let seq = after;
  let raisedLast = 0;
  const byKey = new Map<string, number>();
  const events: Event[] = [];
  const inTime = after === 0 ? facts.toSorted((a, b) => b.ago - a.ago) : facts;
  for (const { ago, of, into, ...fact } of inTime) {
    seq++;
    if (fact.kind === 'raised') {
      raisedLast = seq;
      byKey.set(fact.key, seq);
    }
    const about = named(fact, of === undefined ? raisedLast : (byKey.get(of) ?? 0));
    const incident = into === undefined ? {} : { incident: byKey.get(into) ?? 0 };
    events.push({ ...about, ...incident, seq, at: after === 0 ? now - ago : now } as Event);
  }
  return events;
}
