/**
 * Excursions: a gauge that stands beyond a limit of its point. When it began is a fact, so that a dwell of half an hour that a
 * restart falls into goes on and does not begin anew. The alarm comes by time, while the device is heard: its last word was that
 * it is too warm. It comes of no silence, which is an alarm of its own, and no silence ends an excursion. These alarms hold
 * however the school is armed; no gate stands before them.
 */
import { excursionWhy } from '../../words/sensor/sensor-alarm-words.ts';
import { returnToNormal, trigger } from '../alarm/alarms.ts';
import type { Draft } from '../draft.ts';
import { lookup } from '../site/lookup.ts';
import type { Device, Excursion, Fact, Point, PointLimit } from '../types.ts';
import { beyond, farther, limitKey, limitKind, limitsNow, slotKey } from './limits.ts';

/** The extreme is kept anew at each so many deadbands: exact enough for a report, and few facts. */
const extremeDeadbands = 5;
const extremeLeast = 0.5;

type EndedFact = Extract<Fact, { kind: 'excursion-ended' }>;

const causeOf = ({ device, point }: Pick<Excursion, 'device' | 'point'>): string => `${device}/${point}`;

/** The excursion as State has it, unless this very step has ended it. */
function standing(draft: Draft, key: string): Excursion | undefined {
  const ended = draft.events.some((event) => event.kind === 'excursion-ended' && slotKey(event) === key);
  return ended ? undefined : draft.state.excursions.get(key);
}

/** Whether it has stood long enough to be an alarm. */
const isRipe = ({ at }: Draft, { since, dwellMs }: Excursion): boolean => at - since >= dwellMs;

function alarm(draft: Draft, { id: device }: Device, point: Point, excursion: Excursion, value: number): void {
  const { priority, bound, limit, since, extreme } = excursion;
  const farthest = farther(bound, value, extreme, 0) ? value : extreme;
  const { zone, title, unit = '' } = point;
  trigger(draft, {
    key: limitKey(device, point),
    alarm: limitKind(point),
    priority,
    device,
    cause: causeOf(excursion),
    value: farthest,
    active: true,
    why: excursionWhy({ title, unit, bound, extreme: farthest, limit, lastedMs: draft.at - since }),
    ...(zone !== undefined && { zone }),
  });
}

/** Ends an excursion; its alarm's cause ends with the last one of the point that is an alarm. */
function end(draft: Draft, excursion: Excursion, why: EndedFact['why'], key: string, value?: number): void {
  const { device, point, bound, priority, since, extreme } = excursion;
  const cause = causeOf(excursion);
  const alarmed = isRipe(draft, excursion) && (draft.open(key)?.causes.includes(cause) ?? false);
  const link = draft.state.devices.get(device);
  draft.add({
    ...{ kind: 'excursion-ended', device, point, bound, priority, extreme, lastedMs: draft.at - since, alarmed, why },
    ...(value !== undefined && { value }),
    ...((link?.since ?? 0) > since && { unheard: true as const }),
  });
  const others = [...draft.state.excursions].some(
    ([name, one]) => one.device === device && one.point === point && standing(draft, name) && isRipe(draft, one),
  );
  if (!others) returnToNormal(draft, key, cause);
}

function judgeOne(draft: Draft, device: Device, point: Point, limit: PointLimit, value: number): void {
  const slot = { device: device.id, point: point.key, bound: limit.bound, priority: limit.priority };
  const known = draft.state.excursions.get(slotKey(slot));
  if (!known) {
    const { dwellMs } = limit;
    draft.add({ kind: 'excursion-began', ...slot, value, limit: limit.limit, dwellMs });
    if (dwellMs === 0)
      alarm(draft, device, point, { ...slot, since: draft.at, limit: limit.limit, dwellMs, extreme: value }, value);
    return;
  }
  const step = Math.max(extremeLeast, extremeDeadbands * (point.deadband ?? 0));
  if (farther(limit.bound, value, known.extreme, step)) draft.add({ kind: 'excursion-deepened', ...slot, value });
  if (isRipe(draft, known)) alarm(draft, device, point, known, value);
}

/** Holds a value of a gauge against its limits. `initial`: the wire only told how things stood, so it ends nothing. */
export function judgeLimits(draft: Draft, device: Device, point: Point, value: number, initial = false): void {
  if (!point.limits) return;
  const now = limitsNow(point, draft.now, draft.site.utcOffsetMin);
  for (const limit of now) {
    const known = draft.state.excursions.get(slotKey({ device: device.id, point: point.key, ...limit }));
    if (beyond(limit, value, known !== undefined)) judgeOne(draft, device, point, limit, value);
    else if (known && !initial) end(draft, known, 'within', limitKey(device.id, point), value);
  }
  for (const known of draft.state.excursions.values()) {
    if (known.device !== device.id || known.point !== point.key) continue;
    if (now.some(({ bound, priority }) => bound === known.bound && priority === known.priority)) continue;
    end(draft, known, 'no-limit', limitKey(device.id, point), value);
  }
}

/** On every tick: what has stood beyond its limit long enough becomes an alarm. */
export function keepExcursions(draft: Draft): void {
  for (const known of draft.state.excursions.values()) {
    const device = lookup(draft.site.devices, known.device);
    const point = device && lookup(device.points, known.point);
    const heard = draft.state.devices.get(known.device)?.up === true;
    if (!device || !point?.limits || !heard || !isRipe(draft, known)) continue;
    alarm(draft, device, point, known, known.extreme);
  }
}

/** At a start, or with another configuration: excursions of points that have no limits any more are over. */
export function settleExcursions(draft: Draft): void {
  for (const known of draft.state.excursions.values()) {
    const device = lookup(draft.site.devices, known.device);
    const point = device && lookup(device.points, known.point);
    if (point?.limits) continue;
    const key = point ? limitKey(known.device, point) : undefined;
    end(draft, known, 'no-limit', key ?? `${known.device}/temperature`);
  }
}
