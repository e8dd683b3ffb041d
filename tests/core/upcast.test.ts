/**
 * Journals that version 0.1.0 wrote (commit 7b7f1fd): a simulated night, and one evening with nearly every act of a person.
 * What that version had folded them to lies beside them, written down by that version.
 */
import { describe, expect, test } from 'vitest';
import { evolve } from '../../src/core/evolve.ts';
import { emptyState } from '../../src/core/state.ts';
import type { Event, State } from '../../src/core/types.ts';
import { storedNames, upcast } from '../../src/core/upcast.ts';
import { oldLines, oldState } from './old-journals.ts';

/** A cause as the old version called it. */
const causeBefore = (cause: string) => cause.replace(/^detection\//, 'sense/').replace('no-data', 'mute');

function folded(name: string): State {
  const state = emptyState();
  for (const line of oldLines(name)) evolve(state, upcast(JSON.parse(line) as Event));
  return state;
}

/** What a wall shows of a State, in the shape in which the old version wrote it down. */
const shown = (state: State) => ({
  seq: state.seq,
  alarms: [...state.alarms.values()].map((alarm) => ({
    id: alarm.id,
    key: alarm.key,
    priority: alarm.priority,
    count: alarm.count,
    causes: alarm.causes.map(causeBefore),
    raisedAt: alarm.raisedAt,
    sourceTime: alarm.sourceTime,
    acked: alarm.acked?.by,
    escalated: alarm.escalated?.why.replace('not-displayed', 'unpainted'),
    decidedBy: alarm.decidedBy,
    covert: alarm.covert,
    displayed: alarm.displayed.length,
    notes: alarm.notes.length,
    answers: alarm.answers.length,
  })),
  closed: state.closed.map(({ id, reason }) => ({ id, reason })),
  zones: [...state.zones].map(([id, { mode, by }]) => [
    id,
    mode === 'inhibited' ? 'bypassed' : mode === 'out-of-service' ? 'out' : mode,
    by,
  ]),
  areas: [...state.areas].map(([id, { mode, exitUntil, entryExpiredAt }]) => [id, mode, exitUntil, entryExpiredAt]),
  devices: [...state.devices].map(([id, { up, values }]) => [id, up, Object.keys(values).length]),
  detections: [...state.detections].map(([id, { active }]) => [
    id,
    Object.keys(active)
      .map((key) => key.replace('no-data', 'mute'))
      .sort(),
  ]),
  shelves: [...state.shelves.keys()],
  rounds: [...state.rounds.values()].map(({ id, checks }) => [
    id,
    Object.fromEntries(Object.entries(checks).map(([key, { verdict }]) => [key, verdict])),
  ]),
  touches: state.walk?.touches.map(({ zone, cause }) => [zone, causeBefore(cause)]) ?? [],
  tuned: [...state.tuned.keys()],
  flood: state.flood !== undefined,
  today: state.today,
});

describe('a journal of version 0.1.0', () => {
  test.each(['acts', 'night'])('folds to the State that version had: %s', (name) => {
    expect(JSON.parse(JSON.stringify(shown(folded(name))))).toEqual(oldState(name));
  });

  test('is read without a word of its own: no old kind, field or value is left', () => {
    const names = [...oldLines('acts'), ...oldLines('night')].map((line) => upcast(JSON.parse(line) as Event));
    const text = names.map((event) => JSON.stringify(event)).join('\n');
    expect(text).not.toMatch(
      /"(taken|standing|holds|quiet|sign)":|"(arm|set|bypassed|unpainted|mute|sensed|hit|eased)"/,
    );
    expect(text).not.toMatch(/sense\//);
    const kinds = new Set(names.map(({ kind }) => kind));
    for (const kind of ['detected', 'zone-tested', 'zone-restored', 'entry-started', 'entry-expired', 'area-armed'])
      expect(kinds).toContain(kind);
  });
});

test('a fact of this version is given back as it is', () => {
  const read: Event = { kind: 'read', device: 'd', point: 'p', value: true, sourceTime: 5, seq: 1, at: 9 };
  expect(upcast(read)).toBe(read);
  const note: Event = { kind: 'noted', alarm: 3, by: 'li', text: 'returned', seq: 2, at: 9 };
  expect(upcast(note)).toBe(note);
});

test('what a person wrote is left alone, whatever words it holds', () => {
  const closed = { kind: 'closed', alarm: 3, by: 'li', reason: 'B1', note: 'mute', quiet: true, seq: 2, at: 9 };
  expect(upcast(closed as unknown as Event)).toEqual({
    ...{ kind: 'closed', alarm: 3, by: 'li', reason: 'B1', note: 'mute', covert: true, seq: 2, at: 9 },
  });
});

test('a kind is asked for under every name it may lie under', () => {
  expect(storedNames(['detected', 'read'])).toEqual(['detected', 'read', 'sensed']);
});
