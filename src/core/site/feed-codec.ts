/**
 * What travels over the feed, and how State becomes JSON and State again. Server and browser share it, so a screen can
 * only show what this can carry. Frames are JSON text, one object each.
 */
import type { Event, Gauge, ReadOnly, Site, State, Time, Trouble, User, Words } from '../types.ts';

/** device, point, value, at */
export type GaugeRow = readonly [string, string, number, Time];

/**
 * An alarm whose line overtook those before it: known by that line alone, and no part of the State that a page folds. Times are the school's.
 */
export interface AheadWord {
  readonly id: number;
  readonly kind: string;
  readonly priority: number;
  readonly place: Words;
  readonly at: Time;
  readonly ackedBy?: string;
}

/** Of a copy that somebody else shows of a school: as of when it is, and why it cannot be believed as it stands. */
export interface CopyWord {
  /** Up to here the copy is whole, by the school's clock; absent where the school never spoke. */
  readonly asOf?: Time;
  /** never: the school has not spoken yet. lost: it is silent. held: its journal does not agree with what was there. late: what it says is old. */
  readonly doubt?: 'never' | 'lost' | 'held' | 'late';
  /** How long ago `asOf` is, ms: what is shown is that old, whether or not it is doubted. */
  readonly ageMs: number;
  /** Lines the school has and the copy has not. */
  readonly behind: number;
  /** Open alarms beyond what the copy has, the most pressing first; absent where there are none. */
  readonly ahead?: readonly AheadWord[];
}

export interface SnapshotFrame {
  readonly t: 'snapshot';
  readonly version: string;
  readonly you: User;
  readonly site: Site;
  readonly state: EncodedState;
  readonly gauges: readonly GaugeRow[];
  readonly at: Time;
  /** Only where it is no gateway that speaks. */
  readonly copy?: CopyWord;
}
/** Every event with `after` < seq ≤ `seq` that the viewer's role may see; the range has no gap even where events are hidden. */
export interface EventsFrame {
  readonly t: 'events';
  readonly after: number;
  readonly seq: number;
  readonly events: readonly Event[];
}
/** Latest wins; may be thinned. */
export interface GaugesFrame {
  readonly t: 'gauges';
  readonly gauges: readonly GaugeRow[];
}
/** Every two seconds. `n` counts up by one a beat on a connection; a beat that does not advance is no sign of life. */
export interface BeatFrame {
  readonly t: 'beat';
  readonly n: number;
  readonly seq: number;
  readonly at: Time;
  readonly troubles: readonly Trouble[];
  /** Head of the hash chain: first eight hex digits, and whether the journal accepts writes. */
  readonly chain: { readonly head: string; readonly ok: boolean };
  readonly copy?: CopyWord;
}
/** At once after a page has asked whether this very connection still carries anything. It says nothing of the gateway, and is no beat. */
export interface HereFrame {
  readonly t: 'here';
}
/** The site changed; what follows is meant for the new one. A new snapshot follows at once. */
export type ServerFrame = SnapshotFrame | EventsFrame | GaugesFrame | BeatFrame | HereFrame;

/** A page that missed a beat asks whether this very connection still carries anything. */
export interface AskFrame {
  readonly t: 'ask';
}

/** The page reports every ten seconds, and whenever an alarm was painted. */
export interface PageFrame {
  readonly t: 'page';
  readonly page: string;
  /** Everything up to this seq has been painted. */
  readonly seq: number;
  /** Alarm ids in painted rows. */
  readonly displayed: readonly number[];
  readonly visible: boolean;
  readonly sound: 'running' | 'blocked' | 'none';
  readonly heapMB?: number;
  readonly nodes: number;
}

/** State as JSON: each table as entries. */
export type EncodedState = {
  readonly [K in keyof State]: State[K] extends Map<infer A, infer B> ? readonly (readonly [A, B])[] : State[K];
};

/** State → JSON-ready. The entries are shared, not copied; encode before the next event. Touches, rounds of long ago and event ids stay at home. */
export function encodeState(state: ReadOnly<State>): EncodedState {
  return {
    ...state,
    devices: [...state.devices],
    zones: [...state.zones],
    areas: [...state.areas],
    entryTimers: [...state.entryTimers],
    detections: [...state.detections],
    bases: [...state.bases],
    cameras: [...state.cameras],
    excursions: [...state.excursions],
    doubted: [...state.doubted],
    identities: [...state.identities],
    tuned: [...state.tuned],
    vouched: [...state.vouched],
    loose: [...state.loose],
    shelves: [...state.shelves],
    alarms: [...state.alarms],
    keys: [...state.keys],
    rounds: [...state.rounds],
    pastRounds: [],
    posts: [...state.posts],
    pastPosts: [],
    changedRounds: [...state.changedRounds],
    touches: [],
    readerTouches: [],
    suspicions: [...state.suspicions],
    imports: [...state.imports],
    items: [...state.items],
    rectifications: [...state.rectifications],
    drills: [...state.drills],
    listDays: [...state.listDays],
    menus: [...state.menus],
    orders: [...state.orders],
    shiftChanges: [...state.shiftChanges],
    signOns: [...state.signOns],
    calendars: [...state.calendars],
    recentIds: [],
    usedKeys: [],
    duties: [...state.duties],
    pruned: [...state.pruned],
    held: [...state.held],
    accounts: [...state.accounts],
    phones: [...state.phones],
    channelFails: [...state.channelFails],
    channelLoads: [...state.channelLoads],
    channelTests: [...state.channelTests],
    reminders: [...state.reminders],
    replyBooks: [...state.replyBooks],
    policeLines: [...state.policeLines],
    writes: [...state.writes],
    outputs: [...state.outputs],
    sounding: [...state.sounding],
  };
}

/** The inverse, but for touches, rounds of long ago and event ids, which only the gateway needs. */
export function decodeState(frozen: EncodedState): State {
  return {
    ...frozen,
    devices: new Map(frozen.devices),
    zones: new Map(frozen.zones),
    areas: new Map(frozen.areas),
    entryTimers: new Map(frozen.entryTimers),
    detections: new Map(frozen.detections),
    bases: new Map(frozen.bases),
    cameras: new Map(frozen.cameras),
    excursions: new Map(frozen.excursions),
    doubted: new Map(frozen.doubted),
    identities: new Map(frozen.identities),
    tuned: new Map(frozen.tuned),
    vouched: new Map(frozen.vouched),
    loose: new Map(frozen.loose),
    shelves: new Map(frozen.shelves),
    alarms: new Map(frozen.alarms),
    keys: new Map(frozen.keys),
    rounds: new Map(frozen.rounds),
    pastRounds: new Map(frozen.pastRounds),
    posts: new Map(frozen.posts),
    pastPosts: new Map(frozen.pastPosts),
    changedRounds: new Map(frozen.changedRounds),
    touches: new Map(frozen.touches),
    readerTouches: new Map(frozen.readerTouches),
    suspicions: new Map(frozen.suspicions),
    imports: new Map(frozen.imports),
    items: new Map(frozen.items),
    rectifications: new Map(frozen.rectifications),
    drills: new Map(frozen.drills),
    listDays: new Map(frozen.listDays),
    menus: new Map(frozen.menus),
    orders: new Map(frozen.orders),
    shiftChanges: new Map(frozen.shiftChanges),
    signOns: new Map(frozen.signOns),
    calendars: new Map(frozen.calendars),
    recentIds: new Map(frozen.recentIds),
    usedKeys: new Map(frozen.usedKeys),
    duties: new Map(frozen.duties),
    pruned: new Map(frozen.pruned),
    held: new Map(frozen.held),
    accounts: new Map(frozen.accounts),
    phones: new Map(frozen.phones),
    channelFails: new Map(frozen.channelFails),
    channelLoads: new Map(frozen.channelLoads),
    channelTests: new Map(frozen.channelTests),
    reminders: new Map(frozen.reminders),
    replyBooks: new Map(frozen.replyBooks),
    policeLines: new Map(frozen.policeLines),
    writes: new Map(frozen.writes),
    outputs: new Map(frozen.outputs),
    sounding: new Map(frozen.sounding),
  };
}

/** The gauges of a view as rows. */
export function gaugeRows(gauges: ReadonlyMap<string, ReadonlyMap<string, Gauge>>): GaugeRow[] {
  const rows: GaugeRow[] = [];
  for (const [device, points] of gauges) for (const [point, g] of points) rows.push([device, point, g.value, g.at]);
  return rows;
}
