/**
 * What a post is made of: how many people stand at a place while the school comes or goes, and the facts of it. Types only; it must
 * never hold behaviour.
 */
import type { Time, Words } from './types-terms.ts';

/** When a post is held on one day of the week, minutes after local midnight: the school's bells, and what was said of them. */
export interface PostHours {
  /** 0 Sunday … 6 Saturday; a make-up day counts as the weekday it stands for. */
  readonly weekday: number;
  readonly from: number;
  readonly until: number;
}

/** A place where so many people have to be for a while, on school days. */
export interface Post {
  readonly id: string;
  readonly title: Words;
  /** The checkpoint it is held at, where it is named by one. */
  readonly checkpoint?: string;
  /** What is touched there: a reader, or the number of a chip. */
  readonly reader: string;
  /** Camera whose still goes with its alarm; without it the nearest on the map. */
  readonly camera?: string;
  readonly at?: readonly [number, number];
  readonly hours: readonly PostHours[];
  /** How many different people. */
  readonly persons: number;
  /** A touch this long before it begins says that somebody is there when it begins. */
  readonly earlyMs: number;
  /** Everybody touches again within this long; without it once is enough. */
  readonly everyMs?: number;
  /** Nobody is said to be lacking for less than this. */
  readonly graceMs: number;
  /** As with a route: minutes after local midnight by which batons are read out; nothing is said before. */
  readonly uploadBy?: number;
}

/**
 * How a post was held. manned: as many as planned, all the time; short-handed: for a time too few; unmanned: nobody came at all;
 * unheard: what is touched there was not heard for a time, and nobody can say.
 */
export type PostResult = 'manned' | 'short-handed' | 'unmanned' | 'unheard';

/** How a post stands while it lasts. awaited: somebody is lacking, for less than is said. */
export type PostStanding = PostResult | 'awaited';

/** A post as it was planned when it began. What is changed in the configuration afterwards changes later ones. */
export interface PostPlan {
  readonly reader: string;
  readonly from: Time;
  readonly until: Time;
  readonly persons: number;
  readonly earlyMs: number;
  readonly everyMs?: number;
  readonly graceMs: number;
  /** When what batons hold is read out: nothing is said before. */
  readonly due?: Time;
}

/** A time in which nothing could be told; without `until` it lasts. */
export interface UnheardSpan {
  readonly from: Time;
  readonly until?: Time;
}

/** What came of a post. */
export interface PostOutcome {
  readonly result: PostResult;
  /** The fewest who were there while somebody was lacking, or could have been told; as many as planned when nobody was. */
  readonly fewest: number;
  /** How long somebody was lacking, ms. */
  readonly shortMs: number;
  /** Who touched for it: people by id, cards of nobody known where no cards are known. */
  readonly people: readonly string[];
}

/** A post of one day. */
export interface PostWatch {
  readonly id: string;
  readonly post: string;
  readonly plan: PostPlan;
  readonly unheard: readonly UnheardSpan[];
  readonly standing?: PostStanding;
  /** Who is there. */
  readonly here: readonly string[];
  /** Once it is over. */
  readonly outcome?: PostOutcome;
}

/** Everything the journal can hold about posts. `watch`: the post of that day. */
export type PostFact =
  | ({ readonly kind: 'post-opened'; readonly watch: string; readonly post: string } & PostPlan)
  /** From then on nobody could be heard at the place: its reader is lost, or the gateway was off. */
  | { readonly kind: 'post-unheard'; readonly watch: string; readonly from: Time }
  | { readonly kind: 'post-heard'; readonly watch: string; readonly until: Time }
  /** Who is there is otherwise than before, or enough. */
  | {
      readonly kind: 'post-counted';
      readonly watch: string;
      readonly standing: PostStanding;
      readonly people: readonly string[];
    }
  /** It is over, or touches that were told later put right what came of it: `before`. */
  | ({ readonly kind: 'post-completed'; readonly watch: string; readonly before?: PostResult } & PostOutcome);
