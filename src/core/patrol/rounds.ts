/**
 * Rounds: opened by plan, filled by touches, judged point by point. Verdicts depend only on *when* each tag was touched,
 * never on the order in which the touches reached us, so a baton read out in the morning, or a month later, gives the same round.
 */
import type { Draft } from '../draft.ts';
import { plannedRound, roundId } from '../site/round-plan.ts';
import type { ReaderTouch, Time } from '../types.ts';
import { itemsEachRound } from './check-items.ts';
import { isDue, judge } from './judge.ts';
import { lastDeadline, opensAt, roundsAround } from './plans.ts';
import { judgePosts } from './posts.ts';
import { RoundBook } from './round-book.ts';
import { courseOf, keepPauses } from './round-changes.ts';
import { countedAt, isKnown, type TouchTold, touchesKeptMs, touchOf } from './touches.ts';
import { Withdrawals } from './withdraw.ts';

const dayMs = 86_400_000;

/**
 * Opens every round around `at` that is due. Rounds that were over before this journal or their plan began are not ours to
 * judge, nor are those of a day when the gateway was off; `touched`: but a touch of that time is there to be judged.
 */
function openDue(draft: Draft, touched?: Time): void {
  const { site, state, now } = draft;
  const ours = Math.max(state.since, state.configuredAt);
  const oldest = touched === undefined ? Math.max(ours, now - dayMs) : ours;
  for (const route of Object.values(site.routes)) {
    const [before, after] = [opensAt(route, 0), lastDeadline(route, 0)];
    const items = itemsEachRound(route);
    for (const { start, ...who } of roundsAround(site, route, touched ?? now)) {
      const [opens, deadline] = [start + before, start + after];
      if (touched === undefined && now < opens) continue;
      if (touched !== undefined && (touched < opens || touched > deadline)) continue;
      if (deadline < now && deadline < oldest) continue;
      const id = roundId(route.id, start, site.utcOffsetMin);
      if (state.rounds.has(id) || state.pastRounds.has(id)) continue;
      // Two cards in one message must not open it twice: the second opening would forget the first scan.
      if (draft.events.some((event) => event.kind === 'opened' && event.round === id)) continue;
      draft.add({ kind: 'opened', round: id, route: route.id, start, ...who, ...(items > 0 && { items }) });
    }
  }
}

/** What somebody changed is on record as a round, whatever became of it: also when the gateway was off at its time. */
function openChanged(draft: Draft): void {
  const { site, state, now } = draft;
  for (const [id, { start }] of state.changedRounds) {
    if (start > now || state.rounds.has(id) || state.pastRounds.has(id)) continue;
    const planned = plannedRound(site, id);
    if (!planned || draft.events.some((event) => event.kind === 'opened' && event.round === id)) continue;
    const { route, ...plan } = planned;
    const items = itemsEachRound(route);
    draft.add({ kind: 'opened', round: id, route: route.id, ...plan, ...(items > 0 && { items }) });
  }
}

/** On every tick: opens what is due, says what was missed, completes what is over. */
export function keepRounds(draft: Draft): void {
  openDue(draft);
  openChanged(draft);
  keepPauses(draft);
  let book: RoundBook | undefined;
  const withdrawals = new Withdrawals();
  for (const round of draft.state.rounds.values()) {
    const route = draft.site.routes[round.route];
    if (!route || round.counts || !isDue(draft, route, round)) continue;
    book ??= new RoundBook(draft);
    judge(draft, route, round, { book, withdrawals });
  }
  withdrawals.settle(draft);
}

/** A card was held to a checkpoint's reader. A touch that is known already changes nothing. */
export function scanned(draft: Draft, reader: string, card: string, told: TouchTold): void {
  const touch = touchOf(draft, reader, card, told);
  if (isKnown(draft, touch)) return;
  draft.add({ kind: 'touched', ...touch });
  judgeTouches(draft, [touch]);
}

/**
 * Judges a round anew that was just changed, and those of the same time that a touch may now belong to, or no more. A round that has not begun
 * has nothing to be judged.
 */
export function judgeChanged(draft: Draft, id: string): void {
  const book = new RoundBook(draft);
  const changed = book.round(id);
  const own = changed && draft.site.routes[changed.route];
  if (!changed || !own) return;
  const readers = new Set(own.checkpoints.map(({ reader }) => reader));
  const { opens, last } = courseOf(draft, own, changed);
  const withdrawals = new Withdrawals();
  for (const round of book.rounds()) {
    const route = draft.site.routes[round.route];
    if (!route || (round.id !== id && !route.checkpoints.some(({ reader }) => readers.has(reader)))) continue;
    const beside = courseOf(draft, route, round);
    if (beside.last < opens || beside.opens > last) continue;
    judge(draft, route, round, { book, withdrawals });
  }
  withdrawals.settle(draft);
}

/** Judges the rounds that these touches belong to, which were just taken down, or are `gone`. */
export function judgeTouches(
  draft: Draft,
  touches: readonly ReaderTouch[],
  gone: ReadonlySet<ReaderTouch> = new Set(),
): void {
  openDue(draft);
  const oldest = draft.now - touchesKeptMs;
  for (const touch of touches) {
    const at = countedAt(touch);
    // What is of today was opened with the others.
    if (at !== undefined && at >= oldest && at < draft.now - dayMs / 2) openDue(draft, at);
  }
  const book = new RoundBook(draft, gone);
  const rounds = new Set<string>();
  for (const touch of touches) {
    const at = countedAt(touch);
    const place = at === undefined ? undefined : book.placeOf(touch, at);
    if (place) rounds.add(place.round.id);
  }
  const withdrawals = new Withdrawals();
  for (const id of rounds) {
    const round = book.round(id);
    const route = round && draft.site.routes[round.route];
    if (route) judge(draft, route, round, { book, withdrawals });
  }
  withdrawals.settle(draft, gone);
  judgePosts(draft, touches, gone);
}
