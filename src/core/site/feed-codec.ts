/**
 * What travels over the feed, and how State becomes JSON and State again. Server and browser share it, so a screen can
 * only show what this can carry. Frames are JSON text, one object each.
 */
import type { Event, Gauge, ReadOnly, Site, State, Time, Trouble, User } from '../types.ts';

/** device, point, value, at */
export type GaugeRow = readonly [string, string, number, Time];

export interface SnapshotFrame {
  readonly t: 'snapshot';
  readonly version: string;
  readonly you: User;
  readonly site: Site;
  readonly state: EncodedState;
  readonly gauges: readonly GaugeRow[];
  readonly at: Time;
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
}
/** The site changed; what follows is meant for the new one. A new snapshot follows at once. */
export type ServerFrame = SnapshotFrame | EventsFrame | GaugesFrame | BeatFrame;

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
