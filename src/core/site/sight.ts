/**
 * How a thing is shown to somebody who may not see all of it: by a table that names every field of it, so that a field nobody
 * has thought about does not compile, and one that no table names is not shown. Pure; which fields those are stands in the
 * tables beside this file.
 */

import type { Site } from '../types.ts';
import { gatewayName, schedulerName, walkTimer } from './armed-plan.ts';

/** What stands where a name or a text was. Never anything that is made of it. */
export const withheld = '—';

/**
 * What becomes of one field. shown: as it is. name: the gateway's own names as they are, a person's withheld. text: withheld.
 * left-out: as if it had not been said. Or a function of its value.
 */
export type FieldRule<T, F extends keyof T> =
  | 'shown'
  | (string extends T[F] ? 'name' | 'text' : never)
  | (Record<never, never> extends Pick<T, F> ? 'left-out' : never)
  | ((value: Exclude<T[F], undefined>, whole: T, site: Site) => T[F]);

/** What becomes of each field. */
export type FieldTable<T> = { readonly [F in keyof T]-?: FieldRule<T, F> };

const ownNames: ReadonlySet<unknown> = new Set([schedulerName, walkTimer, gatewayName]);

/** The name of whoever did something, withheld unless it was the gateway itself. */
export const nameless = (name: string): string => (ownNames.has(name) ? name : withheld);

type AnyRule = string | ((value: unknown, whole: object, site: Site) => unknown);

/** The thing as the table lets it be seen. */
export function show<T extends object>(table: FieldTable<T>, whole: T, site: Site): T {
  const rules = table as Readonly<Record<string, AnyRule>>;
  const copy: Record<string, unknown> = {};
  for (const [field, value] of Object.entries(whole)) {
    const rule = Object.hasOwn(rules, field) ? rules[field] : 'left-out';
    if (rule === undefined || rule === 'left-out' || value === undefined) continue;
    if (rule === 'shown') copy[field] = value;
    else if (rule === 'name') copy[field] = nameless(String(value));
    else copy[field] = typeof rule === 'string' ? withheld : rule(value, whole, site);
  }
  return copy as T;
}
