/**
 * What a school's tile says, line by line and in both languages, and how it looks: the wall, the list on a phone and the map ask here, so
 * that they never say different things. What is not known is a dash. It must never read a clock, and never say more than the tile holds.
 */
import { localMinute } from '../../core/site/calendar.ts';
import { heldOther, heldWhy, otherKind, tileAge, tileKinds, tileSays } from '../../words/district/tile-words.ts';
import { untranslated, type Words } from '../../words/words.ts';
import type { SchoolTile, Share } from './board-types.ts';
import { tileDoubt } from './tile-doubt.ts';

export type AlarmRank = 1 | 2 | 3;

/** `plain`: it can be believed, as far as `late` does not say otherwise. */
export type TileLook = 'plain' | 'lost' | 'held' | 'never';

/** How many of one priority wait, or waited. */
export interface TileMark {
  readonly priority: AlarmRank;
  readonly count: number;
}

export interface TileFigure {
  readonly id: 'patrol' | 'kitchen' | 'fence' | 'overdue' | 'urged';
  readonly said: Words;
  /** Something is lacking. */
  readonly short?: true;
}

export interface TileFace {
  readonly look: TileLook;
  /** Priority of the most pressing alarm that waits; of a school in doubt the last known one. */
  readonly rank?: AlarmRank;
  /** All that waits, most pressing first. */
  readonly marks: readonly TileMark[];
  /** Beside the mark: since when, of what kind. Without a mark: what goes on. */
  readonly first: readonly Words[];
  /** It overtook lines that are still on their way. */
  readonly ahead?: true;
  /** Why it cannot be believed, large; and more of that, smaller. */
  readonly state?: Words;
  readonly since?: Words;
  /** Stands before a single one of `marks` that is the last known one; of several the marks alone have room. */
  readonly before?: Words;
  /** How old all of it is. */
  readonly late?: Words;
  readonly figures: readonly TileFigure[];
}

const DAY_MS = 86_400_000;
/** Fewer checkpoints on time than this catch the eye. Ours: one slip a day is none. */
const PATROL_SHORT = 0.9;

/** `14:28`, and with the day once that is another one. */
function timeSaid(at: number, now: number, utcOffsetMin: number): string {
  const minute = localMinute(at, utcOffsetMin);
  return now - at < DAY_MS ? minute.slice(11) : minute.slice(5).replace('T', ' ');
}

/** `96%`, rounded down so that 100 means that nothing lacks; of nothing a dash. */
export const shareSaid = ({ of, good }: Share): string => (of > 0 ? `${Math.floor((good * 100) / of)}%` : '—');

const kindSaid = (kind: string): Words => (tileKinds as Readonly<Record<string, Words>>)[kind] ?? otherKind;

function marksOf({ alarms }: SchoolTile): TileMark[] {
  return ([1, 2, 3] as const).flatMap((priority) => {
    const count = alarms.waiting[priority - 1]!;
    return count > 0 ? [{ priority, count }] : [];
  });
}

/** Beside the mark: how many where there are several, how old the oldest is, and what a single one is, unless something else has to stand there. */
function pressing({ alarms }: SchoolTile, { priority, count }: TileMark, now: number, ahead: boolean): Words[] {
  const { firstP1At, top } = alarms;
  const named = top?.priority === priority ? top : undefined;
  const since = priority === 1 ? (firstP1At ?? named?.at) : named?.at;
  return [
    ...(count > 1 ? [untranslated(`×${count > 99 ? '99+' : count}`)] : []),
    ...(since === undefined ? [] : [tileAge(now - since)]),
    ...(count === 1 && named && !ahead ? [kindSaid(named.kind)] : []),
  ];
}

function going({ alarms, drillSince }: SchoolTile, now: number): Words[] {
  if (drillSince !== undefined) return [tileSays.drill(tileAge(now - drillSince))];
  return alarms.open > 0 ? [tileSays.inHand(alarms.open)] : [];
}

function figuresOf(tile: SchoolTile): TileFigure[] {
  const { patrol, kitchen, fence, rectifications, urged } = tile;
  const short = (is: boolean): { short?: true } => (is ? { short: true } : {});
  const part = ({ of, good }: Share) => (of > 0 ? `${good}/${of}` : '—');
  const whole =
    fence.out > 0 ? tileSays.fenceOut(String(fence.out)) : tileSays.fence(part({ of: fence.zones, good: fence.armed }));
  return [
    { id: 'patrol', said: tileSays.patrol(shareSaid(patrol)), ...short(patrol.good < patrol.of * PATROL_SHORT) },
    { id: 'kitchen', said: tileSays.kitchen(part(kitchen)), ...short(kitchen.good < kitchen.of) },
    { id: 'fence', said: whole, ...short(fence.out > 0) },
    ...(urged > 0 ? [{ id: 'urged', said: tileSays.urged(String(urged)), short: true } as const] : []),
    ...(urged === 0 && rectifications.overdue > 0
      ? [{ id: 'overdue', said: tileSays.overdue(String(rectifications.overdue)), short: true } as const]
      : []),
  ];
}

/** A school that cannot be believed: why, since when, and what it said last. */
function doubtful(tile: SchoolTile, look: Exclude<TileLook, 'plain'>, now: number, utcOffsetMin: number): TileFace {
  const marks = marksOf(tile);
  const rank = marks[0]?.priority;
  const past = { look, marks, first: [], figures: [], ...(rank !== undefined && { rank }) };
  if (look === 'never') return { ...past, state: tileSays.never, since: tileSays.neverMore };
  const before = marks.length === 1 && { before: look === 'lost' ? tileSays.before : tileSays.heldBefore };
  if (look === 'held') return { ...past, ...before, state: tileSays.held, since: heldWhy[tile.why ?? ''] ?? heldOther };
  const { seenAt } = tile;
  if (seenAt === undefined) return { ...past, ...before, state: tileSays.lost(''), since: tileSays.neverSeen };
  const since = tileSays.last(timeSaid(seenAt, now, utcOffsetMin));
  return { ...past, ...before, state: tileSays.lost(tileAge(now - seenAt)), since };
}

const nothing: Share = { of: 0, good: 0 };

/** The same school as it is known where nobody can be heard: what waited then, and no figure that might be another one by now. */
const unheard = (tile: SchoolTile): SchoolTile => {
  const { drillSince: _, alarms, ...rest } = tile;
  const known = { patrol: nothing, kitchen: nothing, fence: { zones: 0, armed: 0, out: 0 }, urged: 0 };
  return { ...rest, ...known, alarms: { ...alarms, open: 0 }, rectifications: { open: 0, overdue: 0 } };
};

/** `now` is the district's time. Where the page has lost the district, ages of alarms run on by `reckoned`, and figures are not known. */
export function tileFace(given: SchoolTile, now: number, utcOffsetMin: number, reckoned?: number): TileFace {
  const tile = reckoned === undefined ? given : unheard(given);
  const doubt = tileDoubt(tile, now);
  if (doubt !== undefined && doubt !== 'late') return doubtful(tile, doubt, now, utcOffsetMin);
  const marks = marksOf(tile);
  const [top] = marks;
  const ahead = top !== undefined && tile.alarms.top?.ahead === true && tile.alarms.top.priority === top.priority;
  const age = tileAge(now - (tile.toldAt ?? now));
  return {
    look: 'plain',
    marks,
    first: top ? pressing(tile, top, reckoned ?? now, ahead) : going(tile, now),
    figures: figuresOf(tile),
    ...(top && { rank: top.priority }),
    ...(ahead && { ahead: true as const }),
    ...(doubt === 'late' && { late: tileSays.late(age) }),
  };
}
