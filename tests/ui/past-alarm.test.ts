/**
 * Holds that an alarm of the past, folded from the facts of its life alone, is the alarm as it was while it was open.
 */
import { describe, expect, test } from 'vitest';
import { evolve } from '../../src/core/evolve.ts';
import { emptyState } from '../../src/core/state.ts';
import type { Event } from '../../src/core/types.ts';
import { pastAlarm } from '../../src/ui/history/past-alarm.ts';
import { afternoon } from './campus.ts';
import { asEvents } from './scenes.ts';
import { busyDay } from './scenes-life.ts';

const events = asEvents(busyDay(), 0, afternoon);
/** What the gateway gives of one alarm: the facts that speak of it, and those of others that joined it. */
const about = (id: number) =>
  events.filter(
    (e) =>
      e.seq === id ||
      ('alarm' in e && e.alarm === id) ||
      (e.kind === 'joined' && e.incident === id) ||
      (e.kind === 'done' && e.duty.split('/')[1] === String(id)),
  );

describe('an alarm of the past', () => {
  const state = emptyState();
  for (const event of events) evolve(state, event);
  test.each([...state.alarms.values()].map((alarm) => [alarm.key, alarm] as const))('%s is as it was', (_, alarm) => {
    expect(pastAlarm(alarm.id, about(alarm.id).reverse())).toEqual({ alarm });
  });
  test('keeps what it was when it was closed, also a silent call for help, and how', () => {
    const [alarm] = [...state.alarms.values()];
    const closed = { kind: 'closed', alarm: alarm!.id, by: 'wang', reason: 'B1' } as const;
    const last: Event = { ...closed, seq: state.seq + 1, at: state.at };
    expect(pastAlarm(alarm!.id, [...about(alarm!.id), last])).toEqual({ alarm, closed: last });
  });
  test('is none without its beginning', () => {
    const [alarm] = [...state.alarms.values()];
    expect(pastAlarm(alarm!.id, about(alarm!.id).slice(1))).toBeUndefined();
    expect(pastAlarm(99_999, events)).toBeUndefined();
  });
});
