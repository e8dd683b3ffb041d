/**
 * The views of the board that wall, list and map share: the order they show, the faces of the tiles, the counts of the head. What they ask
 * stands in the district's own pure functions; this file only ties them to the feed and to time.
 */
import { computed, effect, signal } from '@preact/signals';
import type { SchoolTile } from '../../../district/board/board-types.ts';
import { type BoardCounts, countBoard } from '../../../district/board/tile-counts.ts';
import { type TileFace, tileFace } from '../../../district/board/tile-face.ts';
import { byNeed, type HeldOrder, holdOrder, needOf } from '../../../district/board/tile-order.ts';
import { lang } from '../../page/language.ts';
import { everyTurn, now, reckoned } from '../../page/page-clock.ts';
import { about, tiles, unsure } from './live-feed.ts';

/** Narrower than this a page is a list, px. Ours: a tablet upright still shows tiles. */
const NARROW = '(max-width: 700px)';
const media = matchMedia(NARROW);
export const narrow = signal(media.matches);
media.addListener(() => {
  narrow.value = media.matches;
});

/** The district's time as silence is judged by it: while nobody can be heard, silence means nothing, and it stands still. */
const judgedAt = signal(0);
effect(() => {
  if (!unsure.value) judgedAt.value = now.value;
});

const all = computed(() => [...tiles.value.values()]);
export const counts = computed<BoardCounts>(() => countBoard(all.value, judgedAt.value));

/** Schools that somebody has to see at once. */
const urgent = (tile: SchoolTile) => needOf(tile, judgedAt.value) === 1;
const wanted = computed(() => byNeed(all.value, judgedAt.value, lang.value).map(({ school }) => school));
const held = signal<HeldOrder | undefined>(undefined);
let heldIn = lang.peek();

/** The board's local time, minutes beside UTC. */
export const boardOffset = computed(() => about.value?.utcOffsetMin ?? 0);

/** Brings the order up to date, where that is not held. */
function reorder(): void {
  if (!about.peek()) return;
  const was = heldIn === lang.peek() ? held.peek() : undefined;
  heldIn = lang.peek();
  const first = new Set(all.peek().flatMap((tile) => (urgent(tile) ? [tile.school] : [])));
  held.value = holdOrder(was, wanted.peek(), first, performance.now());
}

/** Keeps the order in step with the board; returns the way to stop. */
export function keepOrder(): () => void {
  const stops = [wanted.subscribe(reorder), everyTurn(reorder)];
  return () => {
    for (const stop of stops) stop();
  };
}

/** Tiles in the order they are shown in. */
export const ordered = computed<readonly SchoolTile[]>(() =>
  (held.value?.schools ?? []).flatMap((school) => {
    const tile = tiles.value.get(school);
    return tile ? [tile] : [];
  }),
);

/** What a tile says now. */
export const faceOf = (tile: SchoolTile): TileFace =>
  tileFace(
    tile,
    judgedAt.value,
    boardOffset.value,
    unsure.value ? Math.max(judgedAt.value, reckoned.value) : undefined,
  );

/** Schools of these that somebody has to look at: an alarm of priority 1 or 2, or lost, or on hold. */
export const needful = (some: readonly SchoolTile[]): SchoolTile[] =>
  some.filter((tile) => needOf(tile, judgedAt.value) <= 3);
