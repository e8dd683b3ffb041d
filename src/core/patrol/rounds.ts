/**
 * Rounds: opened by plan, filled by touches, judged point by point. Verdicts depend only on *when* each tag was touched,
 * never on the order in which the touches reached us, so a baton read out in the morning, or a month later, gives the same round.
 */
import type { Draft } from '../draft.ts';
import { localMinute } from '../site/calendar.ts';
import type { ReaderTouch, Time } from '../types.ts';
import { itemsEachRound } from './check-items.ts';
import { isDue, judge } from './judge.ts';
import { lastDeadline, opensAt, roundsAround } from './plans.ts';
import { judgePosts } from './posts.ts';
import { RoundBook } from './round-book.ts';
import { countedAt, isKnown, touchesKeptMs, touchOf } from './touches.ts';
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
      const id = `${route.id}@${localMinute(start, site.utcOffsetMin)}`;
      if (state.rounds.has(id) || state.pastRounds.has(id)) continue;
      // Two cards in one message must not open it twice: the second opening would forget the first scan.
      if (draft.events.some((event) => event.kind === 'opened' && event.round === id)) continue;
      draft.add({ kind: 'opened', round: id, route: route.id, start, ...who, ...(items > 0 && { items }) });
    }
  }
}

/** On every tick: opens what is due, says what was missed, completes what is over. */
export function keepRounds(draft: Draft): void {
  openDue(draft);
  let book: RoundBook | undefined;
  const withdrawals = new Withdrawals();
  for (const round of draft.state.rounds.values()) {
    const route = draft.site.routes[round.route];
    if (!route || round.counts || !isDue(draft, route, round)) continue;
    book ??= new RoundBook(draft);
    judge(draft, route, round, { book, withdrawals });
  }
}

/** A card was held to a checkpoint's reader. A touch that is known already changes nothing. */
export function scanned(draft: Draft, reader: string, card: string, sourceTime: Time | undefined): void {
  const touch = touchOf(draft, reader, card, sourceTime);
  if (isKnown(draft, touch)) return;
  draft.add({ kind: 'touched', ...touch });
  judgeTouches(draft, [touch]);
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
  if (!withdrawals.none) withdrawals.settle(draft, new RoundBook(draft, gone));
  judgePosts(draft, touches, gone);
}
