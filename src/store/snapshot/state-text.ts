/**
 * State as one text, and State again: all of it, to the order of its tables and of the fields of their entries, so that what is
 * folded on from either is the same, letter by letter. Two States are one exactly when their texts are. It must never leave
 * anything out: what JSON has no word for is written under a name that begins with `$`.
 */
import type { KeptTouch, ReadOnly, State } from '../../core/types.ts';

/** Names that cannot stand as they are: those we use ourselves, and the one that JavaScript would take for something else. */
const taken = (name: string): boolean => name.startsWith('$') || name === '__proto__';

function plain(value: unknown): unknown {
  if (value === undefined) return { $undefined: true };
  if (typeof value === 'number')
    return Number.isFinite(value) && !Object.is(value, -0) ? value : { $number: odd(value) };
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(plain);
  if (value instanceof Map) return { $map: Array.from(value, ([key, entry]) => [plain(key), plain(entry)]) };
  if (value instanceof Set) return { $set: Array.from(value, plain) };
  const names = Object.keys(value);
  const fields = value as Readonly<Record<string, unknown>>;
  if (names.some(taken)) return { $fields: names.map((name) => [name, plain(fields[name])]) };
  const copy: Record<string, unknown> = {};
  for (const name of names) copy[name] = plain(fields[name]);
  return copy;
}

const odd = (value: number): string => (Object.is(value, -0) ? '-0' : String(value));

/** The value of what stands for one that JSON has no word for; undefined is one of them. */
const odds: Readonly<Record<string, (inside: never) => unknown>> = {
  $undefined: () => undefined,
  $number: (inside: string) => Number(inside),
  $map: (inside: [unknown, unknown][]) => new Map(inside.map(([key, entry]) => [revived(key), revived(entry)])),
  $set: (inside: unknown[]) => new Set(inside.map(revived)),
  $fields: (inside: [string, unknown][]) => Object.fromEntries(inside.map(([name, field]) => [name, revived(field)])),
};

function revived(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) {
    for (let i = 0; i < value.length; i++) value[i] = revived(value[i]);
    return value;
  }
  const fields = value as Record<string, unknown>;
  for (const name of Object.keys(fields)) {
    const inside = fields[name];
    if (name.startsWith('$')) return odds[name]!(inside as never);
    if (typeof inside === 'object') fields[name] = revived(inside);
  }
  return fields;
}

/** State as text. A touch stands in two tables and is one: in the second it is called by its key. */
export function stateText(state: ReadOnly<State>): string {
  const keys = new Map<KeptTouch, string>();
  for (const [key, touch] of state.touches) keys.set(touch, key);
  const readers = Array.from(state.readerTouches, ([reader, touches]) => [
    reader,
    touches.map((touch) => keys.get(touch) ?? plain(touch)),
  ]);
  return JSON.stringify({ ...(plain({ ...state, readerTouches: undefined }) as object), readerTouches: readers });
}

/** The State of such a text. Throws where it is none. */
export function stateOf(text: string): State {
  type Lists = [reader: string, touches: (string | KeptTouch)[]][];
  const whole = JSON.parse(text) as { readerTouches: Lists | null };
  const readers = whole.readerTouches!;
  // Its place among the fields is kept.
  whole.readerTouches = null;
  const state = revived(whole) as State;
  const touchOf = (touch: string | KeptTouch): KeptTouch =>
    typeof touch === 'string' ? state.touches.get(touch)! : (revived(touch) as KeptTouch);
  return Object.assign(state, {
    readerTouches: new Map(readers.map(([reader, list]) => [reader, list.map(touchOf)])),
  });
}
