/**
 * The part of `evolve` that folds rounds: opened, checked point by point, completed. Like all of it, it holds no rules.
 */
import type { Event, ReaderTouch, Round, State } from '../types.ts';
import { touchKey } from './touches.ts';

/** Touches are kept for five weeks: a baton that was lost for a month is read in all the same, and nothing of it twice. */
export const touchesKeptMs = 35 * 86_400_000;
/** Rounds are kept for late uploads and for today's pages. */
const roundsKeptMs = 2 * 86_400_000;

export function foldOpened(state: State, event: Extract<Event, { kind: 'opened' }>): void {
  const { round, route, start, person } = event;
  state.rounds.set(round, { id: round, route, start, checks: {}, ...(person !== undefined && { person }) });
  // Counted from the newest plan, not from `at`, which may be ahead of the clock: a round must never remove itself.
  forgetTouches(state, start - touchesKeptMs);
  for (const [id, old] of state.rounds) if (old.start < start - roundsKeptMs) state.rounds.delete(id);
}

export function foldRound(state: State, event: Extract<Event, { kind: 'checked' | 'completed' }>): void {
  const was = state.rounds.get(event.round);
  if (!was) return;
  if (event.kind === 'completed') {
    state.rounds.set(event.round, { ...was, counts: event.counts });
    return;
  }
  const { verdict, sourceTime, card, person, offMs, uploaded } = event;
  const check = {
    verdict,
    ...(sourceTime !== undefined && { sourceTime }),
    ...(card !== undefined && { card }),
    ...(person !== undefined && { person }),
    ...(offMs !== undefined && { offMs }),
    ...(uploaded !== undefined && { uploaded }),
  };
  const next: Round = { ...was, checks: { ...was.checks, [event.checkpoint]: check } };
  state.rounds.set(event.round, next);
}

/** Touches as they are taken down, the imports they came with, and imports that were undone. */
export function foldTouches(
  state: State,
  event: Extract<Event, { kind: 'touched' | 'imported' | 'import-undone' }>,
): void {
  switch (event.kind) {
    case 'touched': {
      const { kind: _kind, seq: _seq, at: _at, ...touch } = event;
      state.touches.set(touchKey(touch), touch satisfies ReaderTouch);
      return;
    }
    case 'imported': {
      const { batch, file, by, at, taken, known } = event;
      state.imports.set(batch, { file, by, at, taken, known });
      return;
    }
    case 'import-undone':
      state.imports.delete(event.batch);
      for (const [key, touch] of state.touches) if (touch.batch === event.batch) state.touches.delete(key);
      return;
    default:
      event satisfies never;
  }
}

function forgetTouches(state: State, before: number): void {
  for (const [key, touch] of state.touches) if (touch.sourceTime < before) state.touches.delete(key);
  for (const [batch, { at }] of state.imports) if (at < before) state.imports.delete(batch);
}
