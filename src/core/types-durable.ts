/**
 * What may be told: State at a moment when nothing in it is newer than the journal, and only to look at. A type of its own,
 * so that whoever tells something of State has to come by it from the gateway, or from a district, which folds what is
 * committed. It must never be made anywhere else.
 */

declare const kept: unique symbol;

/** A table that can only be looked at. */
type Looked<T> =
  T extends ReadonlyMap<infer K, infer V>
    ? ReadonlyMap<K, Looked<V>>
    : T extends ReadonlySet<infer V>
      ? ReadonlySet<V>
      : T;

/** Something of which nothing is set and no table changed. */
export type ReadOnly<T> = { readonly [K in keyof T]: Looked<T[K]> };

/**
 * Something that held nothing but durable facts when it was handed out, and holds good for that moment alone: it is the
 * gateway's own and goes on. Numbers, texts and entries of its tables may be taken along, since those are replaced and never
 * edited; the whole and its tables may not.
 */
export type Durable<T> = ReadOnly<T> & { readonly [kept]: true };
