/**
 * Today's posts for board and wall: those of the plan with what is known of them. It decides nothing; how a post stands is what the
 * gateway said last.
 */
import { localDay } from '../site/calendar.ts';
import { lookup } from '../site/lookup.ts';
import { postsOn } from '../site/round-plan.ts';
import type { PostStanding, PostWatch, Site, Time, Words } from '../types.ts';

/** One post of today. */
export interface PostRow {
  readonly id: string;
  readonly title: Words;
  readonly from: Time;
  readonly until: Time;
  readonly persons: number;
  /** ahead: not begun; open: under way; provisional: waits for its baton; over: judged. */
  readonly phase: 'ahead' | 'open' | 'provisional' | 'over';
  /** How it stands, or what came of it. */
  readonly standing?: PostStanding;
  /** Who is there, or who was. */
  readonly people: readonly string[];
  /** How many are there; once it is over, the fewest there were. */
  readonly there: number;
}

/** Whether somebody is lacking, or was. */
export const lacking = ({ standing }: PostRow): boolean => standing === 'short-handed' || standing === 'unmanned';

function phaseOf({ plan, outcome }: Pick<PostWatch, 'plan' | 'outcome'>, at: Time): PostRow['phase'] {
  if (outcome) return 'over';
  if (plan.due !== undefined) return 'provisional';
  return at > plan.until ? 'over' : 'open';
}

function rowOf(watch: PostWatch, title: Words, at: Time): PostRow {
  const { id, plan, standing, here, outcome } = watch;
  const { from, until, persons } = plan;
  const now = outcome ? outcome.result : standing;
  return {
    ...{ id, title, from, until, persons, phase: phaseOf(watch, at) },
    people: outcome ? outcome.people : here,
    there: outcome ? outcome.fewest : here.length,
    ...(now !== undefined && { standing: now }),
  };
}

/** The posts of the school's day that holds `at`, by when they begin: as they were opened, and those that are still ahead by the plan. */
export function postsToday(site: Site, opened: Iterable<PostWatch>, at: Time): PostRow[] {
  const day = localDay(at, site.utcOffsetMin);
  const rows = new Map<string, PostRow>();
  for (const watch of opened) {
    if (localDay(watch.plan.from, site.utcOffsetMin) !== day) continue;
    const title = lookup(site.posts ?? {}, watch.post)?.title ?? { zh: watch.post, en: watch.post };
    rows.set(watch.id, rowOf(watch, title, at));
  }
  for (const { id, post, plan } of postsOn(site, day)) {
    if (rows.has(id)) continue;
    const { from, until, persons } = plan;
    rows.set(id, { ...{ id, title: post.title, from, until, persons, phase: 'ahead', people: [], there: 0 } });
  }
  return [...rows.values()].sort((a, b) => a.from - b.from || (a.id < b.id ? -1 : 1));
}
