/**
 * What the bureau's pages are shown: the tiles of all schools, and what stands at their head. Times are ms since 1970, by the district's clock
 * where nothing else is said. It must never hold behaviour.
 */
import type { Words } from '../../core/types.ts';

/** Why a school's tile cannot be believed as it stands. */
export type TileDoubt =
  | 'never' // it has not spoken yet
  | 'lost' // 失联: no sign of life for ninety seconds
  | 'held' // its journal does not agree with what was here
  | 'late'; // it speaks, and what it says is older than a minute: a backlog is on its way

export interface TileAlarms {
  /** Not acknowledged, by priority 1, 2, 3. */
  readonly waiting: readonly [number, number, number];
  /** When the oldest of priority 1 that waits was raised, by the school's clock. */
  readonly firstP1At?: number;
  readonly open: number;
  /** The most pressing one. */
  readonly top?: {
    readonly kind: string;
    readonly priority: number;
    readonly place: Words;
    readonly at: number;
    readonly ahead?: true;
  };
}

/** A share as it is shown: of nothing there is none. */
export interface Share {
  readonly of: number;
  readonly good: number;
}

export interface SchoolTile {
  readonly school: string;
  readonly name: Words;
  /** At most six characters in Chinese, sixteen in English. */
  readonly short: Words;
  readonly street: string;
  readonly kind: 'school' | 'kindergarten';
  readonly place?: { readonly x: number; readonly y: number };
  /** What it shows as of: all that the school had then is here. By the district's clock, as `seenAt`. */
  readonly toldAt?: number;
  /** Its last sign of life. */
  readonly seenAt?: number;
  readonly doubt?: TileDoubt;
  /** A refusal code of the protocol, with `held`. */
  readonly why?: string;
  /** Lines the school has and the district has not. */
  readonly behind: number;
  readonly alarms: TileAlarms;
  /** Rounds of the bureau's today: checkpoints due by now, and reached on time. */
  readonly patrol: Share;
  /** Kitchen cameras, and those of them that are up. */
  readonly kitchen: Share;
  /** Fence: zones, those of them that are armed, and those out of order or bypassed. */
  readonly fence: { readonly zones: number; readonly armed: number; readonly out: number };
  /** Rectifications open, and of these overdue. */
  readonly rectifications: { readonly open: number; readonly overdue: number };
  /** A drill that runs: its beginning by the school's clock. */
  readonly drillSince?: number;
  /** Orders that are past their time and not answered. */
  readonly urged: number;
}

/** A part of the district as the map draws it, in a square of 0..1000 each way. */
export interface OutlinePart {
  readonly name?: Words | undefined;
  readonly points: readonly (readonly [x: number, y: number])[];
}

export interface DistrictBoard {
  readonly district: Words;
  readonly now: number;
  /** The district's local time. */
  readonly utcOffsetMin: number;
  readonly outline: readonly OutlinePart[];
  readonly tiles: readonly SchoolTile[];
}

/** Who looks, as far as the board has to know. */
export interface BoardViewer {
  /** His name as he is shown. */
  readonly shown: string;
  /** The streets whose schools he sees; none: all. */
  readonly streets: readonly string[];
  /** He may open a school's own pages. */
  readonly looksIn: boolean;
  /** The page of schools, and how they join, is open to him. */
  readonly schools: boolean;
}

/** What is wrong with a part of the district itself. */
export type DistrictTrouble = Words & { readonly part: string };

/**
 * What the live socket (`/api/live`) sends, JSON: the board at the beginning and whenever a page missed something, then what changed
 * (whole tiles; `gone` are schools that left), and every two seconds a beat, whose number rises by one on each socket.
 */
export type LiveFrame =
  | { readonly board: DistrictBoard; readonly you: BoardViewer; readonly version: string }
  | {
      readonly now: number;
      readonly tiles: readonly SchoolTile[];
      /** Schools whose tiles stay as they are but for their last sign of life. */
      readonly seen: readonly (readonly [school: string, seenAt: number])[];
      readonly gone: readonly string[];
    }
  | { readonly beat: number; readonly now: number; readonly troubles: readonly DistrictTrouble[] };
