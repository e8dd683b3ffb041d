/**
 * The part of `evolve` that folds rounds: opened, checked point by point, completed. Like all of it, it holds no rules.
 */
import type { CheckpointCheck, Event, KeptTouch, OpenSuspicion, Round, State } from '../types.ts';
import { changeOf } from './round-changes.ts';
import { countedAt, firstAfter, touchesKeptMs, touchKey } from './touches.ts';

/** A question outlives its touches, or it would be asked again; a week. */
const keptLongerMs = 7 * 86_400_000;
/** Rounds are on the pages for two days, the gateway judges them anew for as long as touches are kept. */
const shownMs = 2 * 86_400_000;
/** A round that never came to an end, because its route is gone, is not on the pages for ever. */
const unendedMs = 7 * 86_400_000;

function foldOpened(state: State, event: Extract<Event, { kind: 'opened' }>): void {
  const { start } = event;
  state.rounds.set(event.round, roundOpened(event));
  forgetTouches(state, start - touchesKeptMs);
  // Counted from the newest plan, not from `at`, which may be ahead of the clock: a round must never remove itself.
  for (const [id, old] of state.rounds) {
    if (old.start >= start - (old.counts ? shownMs : unendedMs)) continue;
    state.rounds.delete(id);
    state.pastRounds.set(id, old);
  }
  for (const table of [state.pastRounds, state.changedRounds] as Map<string, { readonly start: number }>[])
    for (const [id, old] of table) if (old.start < start - touchesKeptMs) table.delete(id);
}

/** What a person changed of a round, or the gateway by itself. */
function foldRoundChanged(state: State, event: Extract<Event, { kind: 'round-changed' }>): void {
  const { round, route, start } = event;
  const changes = [...(state.changedRounds.get(round)?.changes ?? []), changeOf(event)];
  state.changedRounds.set(round, { route, start, changes });
}

/** A round as it is opened. */
export const roundOpened = ({
  round: id,
  route,
  start,
  person,
  second,
  items,
}: Extract<Event, { kind: 'opened' }>): Round => ({
  id,
  route,
  start,
  checks: {},
  ...(person !== undefined && { person }),
  ...(second !== undefined && { second }),
  ...(items !== undefined && { items: { due: items, answers: {} } }),
});

type RoundEvent = Extract<Event, { kind: 'checked' | 'unchecked' | 'completed' }>;

/** Rounds as they are opened, changed, judged and over. */
export function foldRound(
  state: State,
  event: RoundEvent | Extract<Event, { kind: 'opened' | 'round-changed' }>,
): void {
  if (event.kind === 'opened') return foldOpened(state, event);
  if (event.kind === 'round-changed') return foldRoundChanged(state, event);
  const table = state.rounds.has(event.round) ? state.rounds : state.pastRounds;
  const was = table.get(event.round);
  if (was) table.set(event.round, roundAfter(was, event));
}

/** The last answer to an item, and what it says of the round it was given in. */
export function foldItem(state: State, event: Extract<Event, { kind: 'item-checked' }>): void {
  const { kind: _kind, seq: _seq, reader, checkpoint, item, round: id, before: _before, ...answer } = event;
  state.items.set(`${reader}/${item}`, answer);
  const table = id !== undefined && state.rounds.has(id) ? state.rounds : state.pastRounds;
  const was = id === undefined ? undefined : table.get(id);
  if (!was?.items) return;
  const answers = { ...was.items.answers, [`${checkpoint}/${item}`]: event.right };
  table.set(was.id, { ...was, items: { ...was.items, answers } });
}

/** A round as if it were not over. */
function withoutEnd(round: Round): Round {
  const { counts: _counts, brokenAt: _brokenAt, seen: _seen, ...open } = round;
  return open;
}

/** A round as an event leaves it. */
export function roundAfter(was: Round, event: RoundEvent): Round {
  switch (event.kind) {
    case 'completed':
      return {
        ...withoutEnd(was),
        counts: event.counts,
        ...(event.brokenAt !== undefined && { brokenAt: event.brokenAt }),
        ...(event.seen && { seen: event.seen }),
      };
    case 'unchecked': {
      const { [event.checkpoint]: _check, ...checks } = was.checks;
      return { ...withoutEnd(was), checks };
    }
    case 'checked':
      return { ...was, checks: { ...was.checks, [event.checkpoint]: checkOf(event) } };
    default:
      return event satisfies never;
  }
}

function checkOf(event: Extract<Event, { kind: 'checked' }>): CheckpointCheck {
  const { verdict, sourceTime, card, person, offMs, uploaded, planned, source } = event;
  return {
    verdict,
    ...(sourceTime !== undefined && { sourceTime }),
    ...(card !== undefined && { card }),
    ...(person !== undefined && { person }),
    ...(offMs !== undefined && { offMs }),
    ...(uploaded !== undefined && { uploaded }),
    ...(planned !== undefined && { planned }),
    ...(source !== undefined && { source }),
  };
}

/** Touches as they are taken down, the imports they came with, and imports that were undone. */
export function foldTouches(
  state: State,
  event: Extract<Event, { kind: 'touched' | 'touch-withdrawn' | 'imported' | 'import-undone' }>,
): void {
  switch (event.kind) {
    case 'touched': {
      const { kind: _kind, seq: id, at: learned, ...touch } = event;
      keepTouch(state, { ...touch, id, learned });
      return;
    }
    case 'touch-withdrawn':
      dropTouches(state, ({ id }) => id === event.touch);
      return;
    case 'imported': {
      const { batch, file, by, at, taken, known } = event;
      state.imports.set(batch, { file, by, at, taken, known });
      return;
    }
    case 'import-undone':
      state.imports.delete(event.batch);
      dropTouches(state, (touch) => touch.batch === event.batch);
      return;
    default:
      event satisfies never;
  }
}

function forgetTouches(state: State, before: number): void {
  dropTouches(state, (touch) => touch.sourceTime < before);
  for (const [batch, { at }] of state.imports) if (at < before) state.imports.delete(batch);
  for (const [id, { from }] of state.suspicions) if (from < before - keptLongerMs) state.suspicions.delete(id);
}

type ExceptionEvent = Extract<Event, { kind: 'suspected' | 'exception-pictured' | 'exception-disposed' }>;

export const isOfException = (event: Event): event is ExceptionEvent =>
  event.kind === 'suspected' || event.kind === 'exception-pictured' || event.kind === 'exception-disposed';

/** An exception with what came of the still of one of its touches. */
function withStill(was: OpenSuspicion, event: Extract<Event, { kind: 'exception-pictured' }>): OpenSuspicion {
  const before = was.stills?.[event.nth];
  const tries = before && 'why' in before ? before.tries + 1 : 1;
  const still =
    'picture' in event ? { picture: event.picture, sha256: event.sha256 } : { tries, lastAt: event.at, why: event.why };
  return { ...was, stills: { ...was.stills, [event.nth]: still } };
}

/** What is asked about, and what came of it. */
export function foldSuspicion(state: State, event: ExceptionEvent): void {
  if (event.kind === 'suspected') {
    const { kind: _kind, seq: id, at: _at, ...suspicion } = event;
    state.suspicions.set(id, { ...suspicion, id });
    return;
  }
  const was = state.suspicions.get(event.exception);
  if (!was) return;
  if (event.kind === 'exception-pictured') {
    state.suspicions.set(was.id, withStill(was, event));
    return;
  }
  const { exception, by, at, finding, note } = event;
  state.suspicions.set(exception, { ...was, finding: { by, at, finding, note } });
}

function keepTouch(state: State, touch: KeptTouch): void {
  state.touches.set(touchKey(touch), touch);
  const at = countedAt(touch);
  if (at === undefined) return;
  const list = state.readerTouches.get(touch.reader) ?? [];
  const place = firstAfter(list, at);
  state.readerTouches.set(touch.reader, [...list.slice(0, place), touch, ...list.slice(place)]);
}

function dropTouches(state: State, which: (touch: KeptTouch) => boolean): void {
  const readers = new Set<string>();
  for (const [key, touch] of state.touches) {
    if (!which(touch)) continue;
    state.touches.delete(key);
    readers.add(touch.reader);
  }
  for (const reader of readers) {
    const left = state.readerTouches.get(reader)?.filter((touch) => !which(touch)) ?? [];
    if (left.length > 0) state.readerTouches.set(reader, left);
    else state.readerTouches.delete(reader);
  }
}
