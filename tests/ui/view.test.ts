/**
 * Holds what screens ask of State: the order of the wall, the phases of an alarm, the strip of a round, the counts.
 */
import { describe, expect, test } from 'vitest';
import { evolve } from '../../src/core/evolve.ts';
import { emptyState } from '../../src/core/state.ts';
import type { Event, State } from '../../src/core/types.ts';
import {
  checkpointCount,
  patrolTally,
  phaseOf,
  raisedSince,
  roundsToday,
  strip,
  waiting,
  wallAlarms,
  zoneCount,
  zonePicture,
} from '../../src/core/view.ts';
import { afternoon, campus } from './campus.ts';
import { alarmDay, asEvents, type Dated, quietDay } from './scenes.ts';

function stateAfter(facts: readonly Dated[], ...more: Dated[]): State {
  const state = emptyState();
  for (const event of asEvents(facts, 0, afternoon)) evolve(state, event);
  for (const event of asEvents(more, state.seq, afternoon)) evolve(state, event);
  return state;
}
const upkeep: Dated = {
  kind: 'raised',
  key: 'fence/comms',
  alarm: 'comms',
  priority: 4,
  device: 'fence',
  cause: 'fence/link',
  standing: true,
  ago: 0,
};

describe('the wall lists', () => {
  test('the unacknowledged first, then by priority, then the newest', () => {
    expect(wallAlarms(stateAfter(alarmDay())).map((a) => [a.kind, a.priority, !!a.acked])).toEqual([
      ['climb', 1, false],
      ['masked', 3, false],
      ['cut', 2, true],
      ['missed', 3, true],
    ]);
  });
  test('no upkeep', () => {
    const state = stateAfter(quietDay(), upkeep);
    expect(wallAlarms(state)).toEqual([]);
    expect(waiting(state)).toEqual([]);
    expect(raisedSince(state, 0)).toBe(1);
  });
});

describe('an alarm', () => {
  const phases = (state: State) => wallAlarms(state).map(phaseOf);
  test('waits, is in hand, and then waits for its reason', () => {
    expect(phases(stateAfter(alarmDay()))).toEqual(['unacked', 'unacked', 'acked', 'to-close']);
  });
  test('that returned before anybody looked still waits', () => {
    const state = stateAfter(quietDay());
    const id = state.seq + 1;
    const facts: Dated[] = [
      { ...upkeep, priority: 1, key: 'z1/climb' },
      { kind: 'returned', alarm: id, cause: 'fence/link', ago: 0 },
    ];
    for (const event of asEvents(facts, state.seq, afternoon)) evolve(state, event);
    expect(phases(state)).toEqual(['unacked-returned']);
  });
  test('closed while a page was away is counted as new to it', () => {
    const state = stateAfter(alarmDay());
    expect(raisedSince(state, 0)).toBe(5);
    expect(raisedSince(state, state.seq)).toBe(0);
  });
});

describe('a zone', () => {
  test('shows its worst alarm', () => {
    expect(zonePicture(campus, stateAfter(alarmDay()), campus.zones.z4!).alarm?.kind).toBe('climb');
  });
  test('is blind when its host is gone, and was never heard', () => {
    const gone: Dated = { kind: 'linked', device: 'fence', up: false, why: 'cut', ago: 0 };
    expect(zoneCount(campus, stateAfter(quietDay()))).toEqual({ good: 7, total: 7 });
    expect(zoneCount(campus, stateAfter(quietDay(), gone))).toEqual({ good: 0, total: 7 });
    expect(zoneCount(campus, emptyState())).toEqual({ good: 0, total: 7 });
  });
  test('drifts beyond seventy per cent of its limit', () => {
    const gauge = (value: number) => new Map([['fence', new Map([['tension_4', { value, at: 0 }]])]]);
    const drift = (value: number) => zonePicture(campus, stateAfter(quietDay()), campus.zones.z4!, gauge(value)).drift;
    expect([drift(17), drift(18)]).toEqual([false, true]);
  });
});

describe('the patrol', () => {
  const rows = (state: State) => roundsToday(campus, state.rounds, afternoon);
  test('has the opened rounds and the planned ones, by start, each once', () => {
    expect(rows(stateAfter(quietDay())).map((r) => [r.route.id, r.phase])).toEqual([
      ['night', 'over'],
      ['night', 'over'],
      ['kitchen', 'over'],
      ['night', 'open'],
      ['kitchen', 'open'],
      ['dorm', 'ahead'],
    ]);
  });
  test('puts one row per route on the strip, the open ones first', () => {
    expect(strip(rows(stateAfter(quietDay()))).map((r) => [r.route.id, r.reached, r.missed, r.cells.length])).toEqual([
      ['night', 6, 0, 8],
      ['kitchen', 3, 1, 5],
      ['dorm', 0, 0, 6],
    ]);
  });
  test('counts a round as complete only when every checkpoint was reached', () => {
    const tally = patrolTally(campus, rows(stateAfter(quietDay())));
    expect(tally).toEqual({ complete: 3, target: 5, judged: 31, reached: 30, onTime: 28 });
  });
  test('counts checkpoints by their readers', () => {
    const gone: Dated = { kind: 'linked', device: 'r1', up: false, why: 'cut', ago: 0 };
    expect(checkpointCount(campus, stateAfter(quietDay(), gone))).toEqual({ good: 16, total: 19 });
  });
});

test('the scenes are in order of time', () => {
  const at = asEvents(alarmDay(), 0, afternoon).map((e: Event) => e.at);
  expect(at).toEqual(at.toSorted((a, b) => a - b));
});
