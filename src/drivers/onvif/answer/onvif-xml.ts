/**
 * Reads answers of a camera as the `onvif` package parsed them: an array for every element, attributes under `$`, text as it
 * was written. What the package makes of it further is not for us: it takes a firmware `2.0` for the number 2 and a token
 * `1.0` for another one. It only reads, never throws, and must never believe that a camera kept to a schema.
 */

/** An element with its children by local name, the first letter small. */
export type Element = Readonly<Record<string, unknown>>;

const isElement = (value: unknown): value is Element =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** How deep `found` looks: no answer of a camera that we ask for is deeper. */
const DEPTH_MAX = 12;

/** The elements of that name directly below; more than `limit` are not read. */
export function children(parent: unknown, name: string, limit = 256): Element[] {
  const value = isElement(parent) ? parent[name] : undefined;
  const list = Array.isArray(value) ? value : value === undefined ? [] : [value];
  return list.slice(0, limit).filter(isElement);
}

/** The first element along a path of names; undefined when there is none. */
export function child(parent: unknown, ...path: readonly string[]): Element | undefined {
  return path.reduce<unknown>((at, name) => children(at, name, 1)[0], parent) as Element | undefined;
}

/** An attribute, trimmed; undefined when it is absent or empty. */
export function attribute(of: unknown, name: string): string | undefined {
  const attributes = isElement(of) ? of.$ : undefined;
  const value = isElement(attributes) ? attributes[name] : undefined;
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined;
}

/** The text of the first element of that name directly below, trimmed; undefined when it is absent or empty. */
export function text(parent: unknown, name: string): string | undefined {
  const value = isElement(parent) ? parent[name] : undefined;
  const first: unknown = Array.isArray(value) ? value[0] : value;
  const written = isElement(first) ? first._ : first;
  return typeof written === 'string' && written.trim() !== '' ? written.trim() : undefined;
}

/** The same as a number; undefined when it is none. */
export function figure(parent: unknown, name: string): number | undefined {
  const written = text(parent, name);
  const value = written === undefined ? Number.NaN : Number(written);
  return Number.isFinite(value) ? value : undefined;
}

/** The first text of an element of that name however deep it lies: cameras nest an address in ways of their own. */
export function found(parent: unknown, name: string, depth = 0): string | undefined {
  if (depth > DEPTH_MAX) return undefined;
  if (Array.isArray(parent)) return first(parent, (one) => found(one, name, depth + 1));
  if (!isElement(parent)) return undefined;
  return text(parent, name) ?? first(Object.values(parent), (one) => found(one, name, depth + 1));
}

function first<T, R>(list: readonly T[], ask: (one: T) => R | undefined): R | undefined {
  for (const one of list) {
    const answer = ask(one);
    if (answer !== undefined) return answer;
  }
  return undefined;
}
