/**
 * Posts: opened when they begin, counted while they last, judged when they are over and whenever a touch is told later. What was
 * lacking is an alarm while somebody can still go there; nobody is accused of what could not be heard.
 */
import { postOver, postShort, reachedAfterAll } from '../../words/post/post-alarm-words.ts';
import { returnToNormal, trigger } from '../alarm/alarms.ts';
import { lift } from '../alarm/shelving.ts';
import type { Draft } from '../draft.ts';
import { gatewayName } from '../site/armed-plan.ts';
import { localDay } from '../site/calendar.ts';
import { lookup } from '../site/lookup.ts';
import { type PlannedPost, postKey, postsOn } from '../site/round-plan.ts';
import type { PostWatch, ReaderTouch, Time } from '../types.ts';
import { watchAfter, watchOpened } from './evolve-post.ts';
import { cardsKnown } from './judge.ts';
import { type Manning, manningOf } from './manning.ts';
import { countedAt, firstAfter, touchesKeptMs } from './touches.ts';

const dayMs = 86_400_000;
/** What happened at most this long ago happened before our eyes. */
const promptMs = 5_000;
/** What opens later than this was not watched from its beginning; ours, far above the pace of ticks. */
const lateMs = 60_000;
/** Clocks of readers are off by so much anyhow: a smaller step of ours loses no touch. */
const stepMs = 30_000;
/** Why the gateway closes such an alarm: uploaded later, was there. */
const uploadedReason = 'F7';

/** Posts as they stand after the events drafted so far. */
function watches(draft: Draft): Map<string, PostWatch> {
  const all = new Map([...draft.state.pastPosts, ...draft.state.posts]);
  for (const event of draft.events) {
    if (event.kind === 'post-opened') all.set(event.watch, watchOpened(event));
    else if (
      event.kind === 'post-unheard' ||
      event.kind === 'post-heard' ||
      event.kind === 'post-counted' ||
      event.kind === 'post-completed'
    ) {
      const was = all.get(event.watch);
      if (was) all.set(event.watch, watchAfter(was, event));
    }
  }
  return all;
}

/** Opens a post, unless it is open already or was. */
function open(draft: Draft, planned: PlannedPost): void {
  const { id, post, plan } = planned;
  if (draft.state.posts.has(id) || draft.state.pastPosts.has(id)) return;
  if (draft.events.some((event) => event.kind === 'post-opened' && event.watch === id)) return;
  draft.add({ kind: 'post-opened', watch: id, post: post.id, ...plan });
  sayUnheard(draft, planned);
}

/**
 * Opens what has begun by the plan that is in force then. What was over before this journal or its plan began is not ours to judge, nor is
 * what was over a day ago.
 */
function openBegun(draft: Draft): void {
  const { site, state, now } = draft;
  if (!site.posts) return;
  const oldest = Math.max(state.since, state.configuredAt, now - dayMs);
  const today = localDay(now, site.utcOffsetMin);
  for (const planned of [today - 1, today].flatMap((day) => postsOn(site, day))) {
    const { from, until } = planned.plan;
    if (now >= from && (until >= now || until >= oldest)) open(draft, planned);
  }
}

/** Opens what was over long ago and nobody watched, where a touch of that time is there to be judged. `times`: by reader. */
function openTouched(draft: Draft, times: ReadonlyMap<string, readonly Time[]>): void {
  const { site, state, now } = draft;
  const days = new Set<number>();
  for (const list of times.values())
    for (const at of list) if (at < now - dayMs / 2) days.add(localDay(at, site.utcOffsetMin));
  const ours = Math.max(state.since, state.configuredAt);
  for (const planned of [...days].flatMap((day) => postsOn(site, day))) {
    const { reader, from, until, earlyMs } = planned.plan;
    if (now < from || until < ours) continue;
    if (times.get(reader)?.some((at) => at >= from - earlyMs && at <= until)) open(draft, planned);
  }
}

/** Whether what is touched there tells at once; a chip waits for its baton and is never deaf. */
function ear(draft: Draft, reader: string): { readonly hears: boolean; readonly since: Time } {
  const device = lookup(draft.site.devices, reader);
  if (!device) return { hears: true, since: 0 };
  const { up, since } = draft.state.devices.get(reader) ?? { up: undefined, since: draft.state.startedAt };
  const linked = draft.events.filter((event) => event.kind === 'linked' && event.device === reader).pop();
  if (linked?.kind === 'linked') return { hears: linked.up, since: linked.at };
  // When it fell silent nobody noticed at once.
  return { hears: up === true, since: up === false ? since - device.staleMs : since };
}

/** As it opens: what was not heard of its time so far. Where it opens late, nobody has watched until now. */
function sayUnheard(draft: Draft, { id: watch, plan }: PlannedPost): void {
  const { now } = draft;
  const from = plan.from - plan.earlyMs;
  const late = now - plan.from > lateMs;
  const { hears, since } = ear(draft, plan.reader);
  if (hears && !late && since <= from) return;
  draft.add({ kind: 'post-unheard', watch, from: hears || late ? from : Math.max(from, Math.min(since, now)) });
  if (hears) draft.add({ kind: 'post-heard', watch, until: late ? now : Math.min(since, now) });
}

/** While a post lasts: whether its reader is lost now, or is back. */
function listen(draft: Draft, { id: watch, plan, unheard }: PostWatch): void {
  if (draft.now > plan.until) return;
  const last = unheard.at(-1);
  const deaf = last !== undefined && last.until === undefined;
  const { hears, since } = ear(draft, plan.reader);
  if (deaf && hears) draft.add({ kind: 'post-heard', watch, until: Math.max(last.from, draft.now) });
  if (!deaf && !hears)
    draft.add({ kind: 'post-unheard', watch, from: Math.max(plan.from - plan.earlyMs, last?.until ?? 0, since) });
}

/**
 * For those that are under way nothing was heard from `since` on, and nobody knows until when; or until `until`: between the two times of
 * a clock that was set nobody can say when it was.
 */
export function leavePosts(draft: Draft, since: Time, until?: Time): void {
  if (until !== undefined && until - since <= stepMs) return;
  for (const { id: watch, plan, unheard, outcome } of draft.state.posts.values()) {
    const [from, to] = [plan.from - plan.earlyMs, until ?? draft.now];
    if (outcome || plan.until < since || to < from) continue;
    const last = unheard.at(-1);
    if (last && last.until === undefined) continue;
    draft.add({ kind: 'post-unheard', watch, from: Math.max(from, since) });
    if (until !== undefined) draft.add({ kind: 'post-heard', watch, until });
  }
}

/** Touches of a reader that count as of a time between these, with those of this step and without those that count no more. */
function touchesOf(draft: Draft, { plan }: PostWatch, gone: ReadonlySet<ReaderTouch>): ReaderTouch[] {
  const [from, to] = [plan.from - plan.earlyMs, plan.until];
  const list = draft.state.readerTouches.get(plan.reader) ?? [];
  const kept = list.slice(firstAfter(list, from - 1), firstAfter(list, to)).filter((one) => !gone.has(one));
  const drafted = draft.events.flatMap((event) => {
    if (event.kind !== 'touched' || event.reader !== plan.reader) return [];
    const at = countedAt(event);
    return at !== undefined && at >= from && at <= to ? [event] : [];
  });
  return [...kept, ...drafted];
}

const isShort = (how: string | undefined): boolean => how === 'short-handed' || how === 'unmanned';

/** Says of a post what differs from the record: while it lasts how it stands, then what came of it. */
function judgePost(draft: Draft, watch: PostWatch, gone: ReadonlySet<ReaderTouch> = new Set()): void {
  const { now, site } = draft;
  const { plan, outcome } = watch;
  // Nothing is known of a baton before it is read out.
  if (!outcome && plan.due !== undefined && now <= plan.due) return;
  if (!outcome) listen(draft, watch);
  const { unheard } = watches(draft).get(watch.id) ?? watch;
  const found = manningOf(plan, touchesOf(draft, watch, gone), unheard, cardsKnown(site), Math.min(now, plan.until));
  if (!outcome && now <= plan.until) return count(draft, watch, found);
  if (outcome && JSON.stringify(outcome) === JSON.stringify(found.outcome)) return;
  draft.add({
    kind: 'post-completed',
    watch: watch.id,
    ...found.outcome,
    ...(outcome && { before: outcome.result }),
  });
  if (!outcome) {
    if (plan.due !== undefined && isShort(found.outcome.result) && seen(draft, plan.due)) raise(draft, watch, found);
    settle(draft, watch, found, true);
  } else settle(draft, watch, found, false);
}

function count(draft: Draft, watch: PostWatch, found: Manning): void {
  const { standing, here } = found;
  const same = watch.standing === standing && watch.here.join('\n') === here.join('\n');
  if (!same) draft.add({ kind: 'post-counted', watch: watch.id, standing, people: here });
  const gap = found.gaps.at(-1);
  if (isShort(standing) && !isShort(watch.standing) && gap && seen(draft, gap.from + watch.plan.graceMs))
    return raise(draft, watch, found);
  if (standing === 'manned' || found.gaps.length === 0) settle(draft, watch, found, false);
}

/** Whether it came about before our eyes, and by a plan that was in force. Else it is in the record and no alarm. */
function seen({ state, now }: Draft, when: Time): boolean {
  return when >= Math.max(state.startedAt, state.configuredAt) || now - when <= promptMs;
}

function raise(draft: Draft, { id, post, plan }: PostWatch, { here, outcome }: Manning): void {
  // Whoever took it out of the plan says that nobody has to be there.
  if (!lookup(draft.site.posts ?? {}, post)) return;
  const over = draft.now > plan.until;
  trigger(draft, {
    key: postKey(post),
    alarm: 'short-handed',
    // While it lasts somebody can be sent; what batons tell afterwards is a matter for the day.
    priority: over ? 3 : 2,
    device: plan.reader,
    cause: `post/${id}`,
    post: id,
    active: !over,
    why: postShort(over ? outcome.fewest : here.length, plan.persons),
  });
}

/** Ends what stands no more: enough are there, the post is over, or, as is known now, nobody was ever lacking. */
function settle(draft: Draft, watch: PostWatch, { gaps, outcome }: Manning, over: boolean): void {
  const key = postKey(watch.post);
  const cause = `post/${watch.id}`;
  const alarm = draft.state.alarms.get(draft.state.keys.get(key) ?? 0);
  if (!alarm) return;
  const all = watches(draft);
  const since = all.get(alarm.post ?? '')?.plan.from ?? watch.plan.from;
  const speaksOf = (one: PostWatch) => one.plan.from >= since;
  const explained = gaps.length === 0 && outcome.result === 'manned' && speaksOf(watch);
  if (!explained) {
    if (over) returnToNormal(draft, key, cause, postOver);
    else if (watch.plan.until >= draft.now) returnToNormal(draft, key, cause);
    return;
  }
  const others = [...all.values()].filter((one) => one.post === watch.post && one.id !== watch.id);
  const stands = others.some((one) => speaksOf(one) && isShort(one.outcome?.result ?? one.standing));
  if (alarm.causes.includes(cause) || !stands)
    draft.add({ kind: 'returned-to-normal', alarm: alarm.id, cause, why: reachedAfterAll(outcome.people.length) });
  if (stands || alarm.acked) return;
  draft.add({ kind: 'closed', alarm: alarm.id, by: gatewayName, reason: uploadedReason });
  lift(draft, key, gatewayName, 'closed');
}

/** On every tick: opens what begins, counts who is there, says what came of what is over. */
export function keepPosts(draft: Draft): void {
  openBegun(draft);
  for (const watch of draft.state.posts.values()) if (!watch.outcome) judgePost(draft, watch);
}

/** Judges the posts that these touches belong to, which were just taken down, or are `gone`. */
export function judgePosts(draft: Draft, touches: readonly ReaderTouch[], gone: ReadonlySet<ReaderTouch>): void {
  if (!draft.site.posts && draft.state.posts.size === 0 && draft.state.pastPosts.size === 0) return;
  openBegun(draft);
  const oldest = draft.now - touchesKeptMs;
  const times = new Map<string, Time[]>();
  for (const touch of touches) {
    const at = countedAt(touch);
    if (at === undefined || at < oldest) continue;
    const list = times.get(touch.reader);
    if (list) list.push(at);
    else times.set(touch.reader, [at]);
  }
  openTouched(draft, times);
  for (const watch of watches(draft).values()) {
    const { reader, from, until, earlyMs } = watch.plan;
    if (times.get(reader)?.some((at) => at >= from - earlyMs && at <= until)) judgePost(draft, watch, gone);
  }
}
