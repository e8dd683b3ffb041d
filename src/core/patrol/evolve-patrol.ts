/**
 * The part of `evolve` that folds rounds: opened, checked point by point, completed. Like all of it, it holds no rules.
 */
import type { Event, Round, State } from '../types.ts';

/** Rounds are kept for late uploads and for today's pages. */
const roundsKeptMs = 2 * 86_400_000;

export function foldOpened(state: State, event: Extract<Event, { kind: 'opened' }>): void {
  const { round, route, start, person } = event;
  state.rounds.set(round, { id: round, route, start, checks: {}, ...(person !== undefined && { person }) });
  // Counted from the newest plan, not from `at`, which may be ahead of the clock: a round must never remove itself.
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
