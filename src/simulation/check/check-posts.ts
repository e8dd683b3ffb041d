/**
 * Posts: second by second it is counted anew who was there, from the cards that were really held to the readers. Whoever is said to
 * have been lacking was, what was manned was, nobody is accused while a reader could not be heard, and too few is told in time.
 */
import type { Post, Site, Time } from '../../core/types.ts';
import { postAccused, postUntold, postWrong } from '../../words/check-patrol-words.ts';
import { promises } from '../../words/night-words.ts';
import { checker, type Desk } from './check.ts';

const minuteMs = 60_000;
const dayMs = 86_400_000;
const secondMs = 1_000;
/** This close to a limit either verdict is right. */
const looseMs = 5_000;
const tellMs = 3_000;

interface JudgedPost {
  readonly id: string;
  readonly post: Post;
  readonly from: Time;
  readonly until: Time;
}
interface PostSpan {
  readonly from: Time;
  readonly to: Time;
}

function planned({ posts = {}, utcOffsetMin }: Site, first: Time, last: Time): JudgedPost[] {
  const shift = utcOffsetMin * minuteMs;
  const found: JudgedPost[] = [];
  for (let day = Math.floor((first + shift) / dayMs); day <= Math.floor((last + shift) / dayMs); day++)
    for (const post of Object.values(posts)) {
      const hours = post.hours.find(({ weekday }) => weekday === (((day + 4) % 7) + 7) % 7);
      if (!hours) continue;
      const at = (minute: number) => day * dayMs + minute * minuteMs - shift;
      const id = `${post.id}@${new Date(day * dayMs).toISOString().slice(0, 10)}`;
      found.push({ id, post, from: at(hours.from), until: at(hours.until) });
    }
  return found;
}

/** The times in which fewer than planned were there; `deaf`: times in which a touch may have been lost. */
function lackings({ evidence }: Desk, { post, from, until }: JudgedPost, deaf: readonly PostSpan[]): PostSpan[] {
  const touches = evidence.truth.touches.filter(
    (one) => one.reader === post.reader && one.at >= from - post.earlyMs && one.at <= until,
  );
  const people = Object.values(evidence.site.people);
  const lasts = (at: Time) => (post.everyMs === undefined ? until : Math.max(at, from) + post.everyMs);
  const found: { from: Time; to: Time }[] = [];
  for (let at = from; at < until; at += secondMs) {
    const there = touches.filter((one) => one.at <= at && at <= lasts(one.at));
    const known = new Set(there.flatMap(({ card }) => people.find((one) => one.card === card)?.id ?? []));
    if (known.size >= post.persons) continue;
    if (deaf.some((one) => one.from <= at && at <= lasts(one.to))) continue;
    const last = found.at(-1);
    if (last?.to === at) last.to = at + secondMs;
    else found.push({ from: at, to: at + secondMs });
  }
  return found;
}

/** When the reader of a post could not be heard, as was really so. */
const outages = ({ evidence }: Desk, { post, until }: JudgedPost): PostSpan[] =>
  evidence.outagesOf(post.reader).map(({ from, to = until }) => ({ from, to }));

const lengths = (spans: readonly PostSpan[]): number => Math.max(0, ...spans.map(({ from, to }) => to - from));

export const postsTrue = checker(() => ({
  name: 'posts-true',
  title: promises.postsTrue,
  end(desk) {
    const { evidence } = desk;
    const first = evidence.kept[0]?.wall ?? 0;
    for (const held of planned(evidence.site, first, evidence.endedWall)) {
      const result = evidence.state.posts.get(held.id)?.outcome?.result;
      if (result === undefined || held.from - held.post.earlyMs < first) continue;
      const { graceMs } = held.post;
      const [longest, surely] = [lengths(lackings(desk, held, [])), lengths(lackings(desk, held, outages(desk, held)))];
      const said = result === 'short-handed' || result === 'unmanned';
      // What was lost on the way nobody could know; what was lacking all the same has to be said.
      if (result === 'manned')
        desk.test(longest <= graceMs + looseMs, evidence.endedAt, postWrong(held.id, result, longest / secondMs));
      else if (said && outages(desk, held).length === 0)
        desk.test(longest > graceMs - looseMs, evidence.endedAt, postWrong(held.id, result, longest / secondMs));
      else if (said) desk.test(surely > graceMs - looseMs, evidence.endedAt, postAccused(held.id));
      else
        desk.test(
          evidence.disturbed(held.from - held.post.earlyMs, held.until, held.post.reader),
          evidence.endedAt,
          postWrong(held.id, result, longest / secondMs),
        );
    }
  },
}));

export const shortInTime = checker(() => ({
  name: 'short-in-time',
  title: promises.shortInTime,
  end(desk) {
    const { evidence } = desk;
    const first = evidence.kept[0]?.at ?? 0;
    const told = [...evidence.facts('raised'), ...evidence.facts('repeated')];
    for (const held of planned(evidence.site, first, evidence.endedAt)) {
      const { id, post, from, until } = held;
      const lacking = lackings(desk, held, outages(desk, held));
      for (const { event, at } of told) {
        if (event.cause !== `post/${id}`) continue;
        const so = lacking.some((one) => one.from <= at && at <= one.to + tellMs);
        desk.test(so, at, postAccused(id));
      }
      if (from - post.earlyMs < first || evidence.disturbed(from - post.earlyMs, until, post.reader)) continue;
      const gap = lackings(desk, held, []).find((one) => one.to - one.from > post.graceMs + looseMs);
      if (!gap) continue;
      const due = gap.from + post.graceMs;
      const heard = told.some(
        ({ event, at }) => event.cause === `post/${id}` && at >= due - looseMs && at <= due + tellMs,
      );
      desk.test(heard, due, postUntold(id));
    }
  },
}));
