/**
 * Touches as they are taken down: each is a fact, whether it fits a round or not, and the same one twice is one. It must never
 * judge a round.
 */
import type { Draft } from '../draft.ts';
import { holds } from '../site/lookup.ts';
import type { ImportedTouch, ReaderTouch, Time } from '../types.ts';

/** A touch that reached us this long after it was made was uploaded, not sent. */
export const uploadedMs = 60_000;
/** Touches are kept in mind for five weeks: a baton that was lost for a month is read in all the same, and nothing of it twice. */
export const touchesKeptMs = 35 * 86_400_000;
/** A device clock this far ahead of ours is not believed. */
const aheadMs = 30_000;

/** What makes a touch the same as another: reader, card (of one without a card the person), and the second it was made in. Ids hold no line breaks. */
export const touchKey = ({
  reader,
  card,
  person,
  sourceTime,
}: Pick<ReaderTouch, 'reader' | 'card' | 'person' | 'sourceTime'>): string =>
  `${reader}\n${card || `\n${person ?? ''}`}\n${Math.floor(sourceTime / 1000)}`;

/** Whose card it is. */
const holder = (draft: Draft, card: string): string | undefined =>
  Object.values(draft.site.people).find((one) => holds(one, card))?.id;

/** When a reader says a card was held to it, and the address it says so from, where the wire tells. */
export interface TouchTold {
  readonly sourceTime?: Time;
  readonly from?: string;
}

/** What a reader told, as a touch. A time ahead of ours is kept as it was said; the touch is in doubt and counts as of now. */
export function touchOf(draft: Draft, reader: string, card: string, told: TouchTold): ReaderTouch {
  const { now } = draft;
  const person = holder(draft, card);
  const { sourceTime = now, from } = told;
  return {
    reader,
    card,
    sourceTime,
    ...(person !== undefined && { person }),
    source: now - sourceTime > uploadedMs ? 'upload' : 'online',
    ...(from !== undefined && { from }),
    ...(sourceTime > now + aheadMs && { doubt: true, countedAs: now }),
  };
}

/** A row of a file, as a touch. When one of the future was really made nobody can say, so it is not judged. */
export function importedTouch(draft: Draft, batch: string, touch: ImportedTouch): ReaderTouch {
  const person = touch.person ?? holder(draft, touch.card);
  const { reader, card, sourceTime } = touch;
  return {
    reader,
    card,
    sourceTime,
    ...(person !== undefined && { person }),
    source: 'import',
    batch,
    ...(sourceTime > draft.now + aheadMs && { doubt: true }),
  };
}

/** What makes two rows of files the same: exports of a month and of a day differ by seconds. */
const rowKey = ({ reader, card, sourceTime }: Pick<ReaderTouch, 'reader' | 'card' | 'sourceTime'>): string =>
  `${reader}\n${card}\n${Math.floor(sourceTime / 60_000)}`;

/**
 * Those touches of a file that are new, in its order: not taken down before, by whichever way they came, and of two files
 * not the same row in the same minute.
 */
export function newTouches(
  known: Iterable<Pick<ReaderTouch, 'reader' | 'card' | 'sourceTime' | 'source'>>,
  touches: readonly ImportedTouch[],
): ImportedTouch[] {
  const seconds = new Set<string>();
  const rows = new Set<string>();
  for (const touch of known) {
    seconds.add(touchKey(touch));
    if (touch.source === 'import') rows.add(rowKey(touch));
  }
  return touches.filter((touch) => {
    if (seconds.has(touchKey(touch)) || rows.has(rowKey(touch))) return false;
    rows.add(rowKey(touch));
    return true;
  });
}

/** Whether this very touch was taken down before, by State or in this step. */
export function isKnown(draft: Draft, touch: ReaderTouch): boolean {
  const key = touchKey(touch);
  if (draft.state.touches.has(key)) return true;
  return draft.events.some((event) => event.kind === 'touched' && touchKey(event) === key);
}

/** The time a touch is judged by; undefined where it is not judged. */
export const countedAt = ({ sourceTime, countedAs, doubt }: ReaderTouch): Time | undefined =>
  countedAs ?? (doubt ? undefined : sourceTime);

/** Where in a list by the time they count as the touches after `at` begin. */
export function firstAfter(list: readonly ReaderTouch[], at: Time): number {
  let [low, high] = [0, list.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((countedAt(list[middle]!) ?? 0) <= at) low = middle + 1;
    else high = middle;
  }
  return low;
}
