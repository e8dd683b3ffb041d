/**
 * Exceptions of records: made by somebody not on duty, by a clock that runs back, told late by a reader that was there, written
 * by hand too often, or sent by several readers from one address. What a device does by itself accuses nobody.
 */

import type { LimitsOf } from '../types.ts';
import { byReader, exception, grouped, patrolDay } from './exception-span.ts';
import type { PatrolException, WatchedSpan, WatchedTouch } from './exception-types.ts';

const dayMs = 86_400_000;
const weekMs = 7 * dayMs;
/** Habits are looked for within so many days. */
const habitDays = 30;
/** The longest shift: sixteen hours. */
const shiftMs = 16 * 3_600_000;

export function offDuty(span: WatchedSpan, limit: LimitsOf<'off-duty'>): PatrolException[] {
  const planned = new Set(span.duty.map(({ person }) => person));
  const duty = new Map([...planned].map((person) => [person, span.duty.filter((one) => one.person === person)]));
  // Who passes a reader outside of every round claims no round.
  const walks = ({ reader, taken }: WatchedTouch) =>
    span.rounds.some(
      ({ from, to, points }) => from <= taken && taken <= to && points.some((point) => point.reader === reader),
    );
  const off = (touch: WatchedTouch) =>
    touch.person !== undefined &&
    !duty
      .get(touch.person)
      ?.some(({ from, to }) => from - limit.graceMs <= touch.taken && touch.taken <= to + limit.graceMs) &&
    walks(touch);
  // Where nobody is planned by name, nobody can be off duty.
  if (planned.size === 0) return [];
  const found: PatrolException[] = [];
  for (const touches of grouped(span.touches.filter(byReader).filter(off), ({ card }) => card).values()) {
    const nights = shiftsOf(touches).filter((night) => night.length >= limit.points);
    for (const night of nights) {
      const from = night[0]!.taken;
      const habit = nights.filter(([first]) => first!.taken <= from && first!.taken > from - habitDays * dayMs);
      if (habit.length < limit.days) continue;
      found.push(exception('off-duty', night, span.utcOffsetMin, { value: habit.length, limit: limit.days }));
    }
  }
  return found;
}

/** Touches of a card in shifts: whoever lends one for a day lends it for one shift, at whatever hour that begins. */
function shiftsOf(touches: readonly WatchedTouch[]): WatchedTouch[][] {
  const shifts: WatchedTouch[][] = [];
  for (const touch of touches) {
    const shift = shifts.at(-1);
    if (shift && touch.taken - shift[0]!.taken < shiftMs) shift.push(touch);
    else shifts.push([touch]);
  }
  return shifts;
}

/** Touches in the order a device kept them: those of one batch, or uploads of one reader. */
const memoryOf = ({ source, batch, reader }: WatchedTouch): string | undefined =>
  source === 'hand' || source === 'phone' || source === 'online' ? undefined : (batch ?? reader);

export function clockJump(span: WatchedSpan, limit: LimitsOf<'clock-jump'>): PatrolException[] {
  const memories = new Map<string, WatchedTouch[]>();
  for (const touch of span.touches) {
    const key = memoryOf(touch);
    if (key !== undefined) memories.set(key, [...(memories.get(key) ?? []), touch]);
  }
  const found: PatrolException[] = [];
  for (const touches of memories.values()) {
    const back = jumpsOf(touches, limit.backMs);
    // Newest first is an order too; one in no order says nothing of the clock.
    if (back.length === 0 || back.length > touches.length / 4) continue;
    const [before, after] = back.reduce((most, one) =>
      one[0].taken - one[1].taken > most[0].taken - most[1].taken ? one : most,
    );
    found.push(
      exception('clock-jump', [before, after], span.utcOffsetMin, {
        value: before.taken - after.taken,
        limit: limit.backMs,
        reader: after.reader,
      }),
    );
  }
  return found;
}

function jumpsOf(touches: readonly WatchedTouch[], backMs: number): [WatchedTouch, WatchedTouch][] {
  const falls = touches.filter((touch, n) => n > 0 && touch.taken < touches[n - 1]!.taken).length;
  const memory = falls > touches.length / 2 ? [...touches].reverse() : touches;
  const back: [WatchedTouch, WatchedTouch][] = [];
  for (const [n, touch] of memory.entries()) {
    const before = memory[n - 1];
    if (before && before.taken - touch.taken > backMs) back.push([before, touch]);
  }
  return back;
}

export function lateBatch(span: WatchedSpan, limit: LimitsOf<'late-batch'>): PatrolException[] {
  const away = (touch: WatchedTouch) =>
    span.outages.some(
      ({ reader, from, to }) =>
        reader === touch.reader && from - limit.slackMs <= touch.taken && touch.taken <= to + limit.slackMs,
    );
  const late = span.touches.filter(
    (touch) => touch.source === 'upload' && touch.at - touch.taken > limit.afterMs && !away(touch),
  );
  const days = grouped(late, ({ reader, taken }) => `${reader}\n${patrolDay(taken, span.utcOffsetMin)}`);
  return [...days.values()].map((touches) =>
    exception('late-batch', touches, span.utcOffsetMin, {
      value: Math.max(...touches.map(({ at, taken }) => at - taken)),
      limit: limit.afterMs,
      reader: touches[0]!.reader,
    }),
  );
}

export function byHand(span: WatchedSpan, limit: LimitsOf<'by-hand'>): PatrolException[] {
  const found: PatrolException[] = [];
  const hands = span.touches.filter(({ source }) => source === 'hand');
  for (const touches of grouped(hands, ({ card, person }) => person ?? card).values()) {
    for (let n = 0; n < touches.length; n++) {
      const some = touches.slice(n).filter(({ taken }) => taken < touches[n]!.taken + weekMs);
      if (some.length <= limit.perWeek) continue;
      found.push(exception('by-hand', some, span.utcOffsetMin, { value: some.length, limit: limit.perWeek }));
      n += some.length - 1;
    }
  }
  return found;
}

/** The address most touches of each reader came from. */
function usualAddresses(touches: readonly WatchedTouch[]): Map<string, string> {
  const counts = new Map<string, Map<string, number>>();
  for (const { reader, address } of touches) {
    if (address === undefined) continue;
    const of = counts.get(reader) ?? new Map<string, number>();
    of.set(address, (of.get(address) ?? 0) + 1);
    counts.set(reader, of);
  }
  const most = (of: Map<string, number>) => [...of].reduce((best, one) => (one[1] > best[1] ? one : best))[0];
  return new Map([...counts].map(([reader, of]) => [reader, most(of)]));
}

export function oneAddress(span: WatchedSpan, limit: LimitsOf<'one-address'>): PatrolException[] {
  const usual = usualAddresses(span.touches);
  // Readers behind one switch or radio always share an address: that is how they are wired, and no exception.
  const strange = span.touches.filter(({ reader, address }) => address !== undefined && usual.get(reader) !== address);
  const found: PatrolException[] = [];
  for (const [address, some] of grouped(strange, (touch) => touch.address)) {
    const touches = [...some].sort((a, b) => a.at - b.at);
    for (let n = 0; n < touches.length; n++) {
      const near = touches.slice(n).filter(({ at }) => at <= touches[n]!.at + limit.withinMs);
      const readers = new Set(near.map(({ reader }) => reader)).size;
      if (readers < limit.readers) continue;
      found.push(
        exception('one-address', near, span.utcOffsetMin, { value: readers, limit: limit.readers, reader: address }),
      );
      n += near.length - 1;
    }
  }
  return found;
}
