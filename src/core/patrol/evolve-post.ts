/**
 * The part of `evolve` that folds posts: opened, not heard for a while, counted, over. Like all of it, it holds no rules.
 */
import type { Event, PostFact, PostWatch, State } from '../types.ts';
import { touchesKeptMs } from './touches.ts';

/** Posts are on the pages for two days; the gateway judges them anew for as long as touches are kept. */
const shownMs = 2 * 86_400_000;
/** A reader that comes and goes all the time was not heard all the time. */
const spansMax = 50;

const kinds: Readonly<Record<PostFact['kind'], true>> = {
  'post-opened': true,
  'post-unheard': true,
  'post-heard': true,
  'post-counted': true,
  'post-completed': true,
};
/** Whether a fact is one of a post. */
export const isOfPost = (event: Event): event is Extract<Event, { kind: PostFact['kind'] }> =>
  Object.hasOwn(kinds, event.kind);

/** Folds one fact of a post. */
export function foldPost(state: State, event: PostFact): void {
  if (event.kind === 'post-opened') {
    state.posts.set(event.watch, watchOpened(event));
    return forget(state, event.from);
  }
  const table = state.posts.has(event.watch) ? state.posts : state.pastPosts;
  const was = table.get(event.watch);
  if (was) table.set(event.watch, watchAfter(was, event));
}

/** Counted from the newest plan: a post must never remove itself. */
function forget(state: State, newest: number): void {
  for (const [id, old] of state.posts) {
    if (old.plan.from >= newest - shownMs) continue;
    state.posts.delete(id);
    state.pastPosts.set(id, old);
  }
  for (const [id, old] of state.pastPosts) if (old.plan.from < newest - touchesKeptMs) state.pastPosts.delete(id);
}

/** A post as it is opened. */
export function watchOpened(event: Extract<PostFact, { kind: 'post-opened' }>): PostWatch {
  const { watch: id, post, reader, from, until, persons, earlyMs, everyMs, graceMs, due } = event;
  const plan = {
    ...{ reader, from, until, persons, earlyMs, graceMs },
    ...(everyMs !== undefined && { everyMs }),
    ...(due !== undefined && { due }),
  };
  return { id, post, plan, unheard: [], here: [] };
}

/** A post as a fact leaves it. */
export function watchAfter(was: PostWatch, event: Exclude<PostFact, { kind: 'post-opened' }>): PostWatch {
  const last = was.unheard.at(-1);
  switch (event.kind) {
    case 'post-unheard': {
      const full = was.unheard.length >= spansMax && last;
      const spans = full ? was.unheard.slice(0, -1) : was.unheard;
      return { ...was, unheard: [...spans, { from: full ? last.from : event.from }] };
    }
    case 'post-heard': {
      if (!last || last.until !== undefined) return was;
      return { ...was, unheard: [...was.unheard.slice(0, -1), { from: last.from, until: event.until }] };
    }
    case 'post-counted':
      return { ...was, standing: event.standing, here: event.people };
    case 'post-completed': {
      const { result, fewest, shortMs, people } = event;
      return { ...was, here: [], outcome: { result, fewest, shortMs, people } };
    }
    default:
      return event satisfies never;
  }
}
