/**
 * The day as five lines, for the wall while nothing is open: alarms, watch, rounds, kitchen, faults. Made of records and facts that
 * were kept, and of nothing that was only displayed. Pure; it must never hold words or pixels.
 */
import type { AlarmKind, AlarmRecord, ArmMode, Priority, Time } from '../types.ts';
import type { RoundRow } from './round-rows.ts';

/** The lines of the day, from above to below. */
export const dayLanes = ['alarms', 'watch', 'rounds', 'kitchen', 'faults'] as const;
export type DayLane = (typeof dayLanes)[number];

/** A part of a line. `part`: how much of the line's height it takes, 0 to 1: of zones how many were armed, of a round how many points were reached. */
export interface DaySegment {
  readonly from: Time;
  /** Absent: it lasts still. */
  readonly to?: Time;
  readonly part: number;
  readonly priority?: Priority;
  /** It is planned, and has not begun. */
  readonly ahead?: true;
  /** Nobody walked it whole. */
  readonly failed?: true;
}

export interface DayLine {
  /** Midnight of the school, and the next one. */
  readonly from: Time;
  readonly to: Time;
  readonly lanes: Readonly<Record<DayLane, readonly DaySegment[]>>;
  /** How many alarms, rounds … there were, for those who read figures; of watch the share of zones armed now, in hundredths. */
  readonly counts: Readonly<Record<DayLane, number>>;
}

/** The mode a zone was put into, as the facts tell it. */
export interface ArmedThen {
  readonly zone: string;
  readonly mode: ArmMode;
  readonly at: Time;
  /** Of the fact: two of the same millisecond come in the order of their numbers. */
  readonly seq: number;
}

/** What the day line is made of. */
export interface DaySources {
  readonly from: Time;
  readonly to: Time;
  readonly now: Time;
  /** Alarms that were raised before `to` and were not over before `from`. */
  readonly alarms: readonly AlarmRecord[];
  /** Facts about zones, in any order, and how each zone stands now. */
  readonly armings: readonly ArmedThen[];
  readonly zones: Readonly<Record<string, ArmMode>>;
  readonly rounds: readonly RoundRow[];
}

const kitchen: ReadonlySet<AlarmKind> = new Set<AlarmKind>(['hygiene', 'gas', 'water', 'temperature', 'overdue']);
const faults: ReadonlySet<AlarmKind> = new Set<AlarmKind>(['comms', 'fault', 'power', 'upkeep', 'drift', 'static']);

/** The line an alarm stands in. */
export function laneOf({ kind }: { readonly kind: AlarmKind }): DayLane {
  if (kitchen.has(kind)) return 'kitchen';
  return faults.has(kind) ? 'faults' : 'alarms';
}

/** From when to when its condition lasted; of one that is closed without having been seen to return, until it was closed. */
function segmentOf({ raisedAt, returnedAt, closedAt, priority }: AlarmRecord, from: Time): DaySegment {
  const end = returnedAt ?? closedAt;
  return { from: Math.max(raisedAt, from), part: 1, priority, ...(end !== undefined && { to: Math.max(end, from) }) };
}

/** Which share of the zones was armed, as steps. Before its first fact a zone stood as nobody knows, unless no fact changed it at all. */
function watchSteps({ from, to, now, armings, zones }: DaySources): DaySegment[] {
  const ids = Object.keys(zones);
  if (ids.length === 0) return [];
  const inOrder = armings
    .filter(({ zone, at }) => zones[zone] !== undefined && at <= now)
    .sort((a, b) => a.at - b.at || a.seq - b.seq);
  const told = new Set(inOrder.map(({ zone }) => zone));
  const mode = new Map(ids.map((id) => [id, told.has(id) ? undefined : zones[id]]));
  const share = () => [...mode.values()].filter((one) => one === 'armed').length / ids.length;
  const steps: DaySegment[] = [];
  let since = from;
  let part = share();
  const close = (at: Time) => {
    if (at > since && part > 0) steps.push({ from: since, to: at, part });
    since = Math.max(since, at);
  };
  for (const { zone, mode: put, at } of inOrder) {
    const before = part;
    mode.set(zone, put);
    const next = share();
    if (next === before) continue;
    close(Math.min(Math.max(at, from), to));
    part = next;
  }
  close(Math.min(now, to));
  return steps;
}

const roundSegment = (row: RoundRow): DaySegment => {
  const part = row.cells.length === 0 ? 0 : row.reached / row.cells.length;
  return {
    from: row.start,
    to: row.course.last,
    part,
    ...(row.phase === 'ahead' && { ahead: true as const }),
    ...(row.phase === 'over' && part < 1 && { failed: true as const }),
  };
};

/** The day. Maintenance notes (priority 4) are no news of it, and neither is what was over before it began. */
export function dayLine(sources: DaySources): DayLine {
  const { from, to, alarms, zones, rounds } = sources;
  const lanes: Record<DayLane, DaySegment[]> = { alarms: [], watch: [], rounds: [], kitchen: [], faults: [] };
  const counts: Record<DayLane, number> = { alarms: 0, watch: 0, rounds: 0, kitchen: 0, faults: 0 };
  for (const alarm of alarms) {
    if (alarm.priority === 4 || alarm.raisedAt >= to) continue;
    const lane = laneOf(alarm);
    lanes[lane].push(segmentOf(alarm, from));
    if (alarm.raisedAt >= from) counts[lane]++;
  }
  lanes.watch = watchSteps(sources);
  const today = rounds.filter((row) => row.start >= from && row.start < to && !row.course.cancelled);
  lanes.rounds = today.map(roundSegment);
  counts.rounds = today.filter(({ phase, reached, cells }) => phase === 'over' && reached === cells.length).length;
  const modes = Object.values(zones);
  counts.watch =
    modes.length === 0 ? 0 : Math.round((100 * modes.filter((one) => one === 'armed').length) / modes.length);
  return { from, to, lanes, counts };
}
