/**
 * What becomes of State when the time is another from one moment to the next. Every time that State holds moves along, so that
 * what has lasted three minutes has lasted three minutes, and what ends in an hour ends in an hour. The journal keeps what each
 * fact was stamped with, and the fact of the step names both times.
 */
import type { ClockState, Event, State, Time } from './types.ts';

/** Fields of State that hold a time on the gateway's clock are called like this. Plans (`edge`, `start`) and what devices say are not. */
const ownTimes = /^(?:at|since|until|times)$|(?:At|Since|Until)$/;
/** When a guard was expected, or held his card to a reader: the plan's time, and the reader's. */
const foreign: ReadonlySet<string> = new Set(['guard', 'sourceTime']);

type Move = (at: Time) => Time;

function moved<T>(value: T, move: Move): T {
  if (Array.isArray(value)) return value.map((one) => moved(one, move)) as T;
  if (typeof value !== 'object' || value === null) return value;
  const fields = Object.entries(value).map(([name, field]) => {
    if (foreign.has(name)) return [name, field];
    if (!ownTimes.test(name)) return [name, moved(field, move)];
    if (typeof field === 'number') return [name, move(field)];
    return [name, Array.isArray(field) ? field.map((at) => move(at as Time)) : moved(field, move)];
  });
  return Object.fromEntries(fields) as T;
}

function moveTable<T>(table: Map<string, T> | Map<number, T>, move: Move): void {
  for (const [key, entry] of table as Map<string, T>) (table as Map<string, T>).set(key, moved(entry, move));
}

/** The tables whose entries hold times. */
const tablesOf = (state: State): readonly (Map<string, unknown> | Map<number, unknown>)[] => [
  state.devices,
  state.zones,
  state.areas,
  state.entryTimers,
  state.detections,
  state.cameras,
  state.excursions,
  state.doubted,
  state.identities,
  state.tuned,
  state.vouched,
  state.loose,
  state.shelves,
  state.alarms,
  state.usedKeys,
  state.duties,
  state.channelFails,
  state.channelLoads,
  state.channelTests,
  state.reminders,
  state.policeLines,
  state.writes,
  state.changedRounds,
  state.shiftChanges,
  state.signOns,
  state.calendars,
  state.rectifications,
  state.listDays,
  state.menus,
  state.drills,
  state.orders,
];

/**
 * Moves every time of State from one clock to the other. What was stamped since the start, or is no older than the step is long,
 * was stamped by the clock as it stood; what is older stays where it is.
 */
export function moveTimes(state: State, from: Time, to: Time): void {
  const ms = to - from;
  const oldest = Math.min(state.startedAt, from - Math.abs(ms));
  const move = (at: Time) => (at > 0 && at >= oldest ? at + ms : at);
  for (const table of tablesOf(state)) moveTable(table, move);
  state.walk = moved(state.walk, move);
  state.silence = moved(state.silence, move);
  state.flood = moved(state.flood, move);
  state.closed = moved(state.closed, move);
  state.canary = moved(state.canary, move);
  state.district = moved(state.district, move);
  state.handovers = moved(state.handovers, move);
  state.raises = state.raises.map(move);
  state.since = move(state.since);
  state.startedAt = move(state.startedAt);
  state.configuredAt = move(state.configuredAt);
  state.calmSince = move(state.calmSince);
}

/** What is known of the clock after a step, or while one is in doubt. */
export function clockAfter(event: Extract<Event, { kind: 'clock-stepped' | 'clock-doubted' }>): ClockState {
  const { at } = event;
  if (event.kind === 'clock-stepped') return { at, from: event.from, to: event.to, asks: false };
  const { last, machine } = event;
  return { at, from: last, to: machine, ...(machine < last ? { asks: true } : { asks: false, leapt: true }) };
}
