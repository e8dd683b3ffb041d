/**
 * Looking up a name that came from outside in a table of the site. A plain index would also find what every object
 * inherits (`constructor`, `__proto__`), and a stranger's name must never find anything.
 */
import type { Person } from '../types.ts';

/** The entry of that name, if the table itself has it. */
export function lookup<T>(table: Readonly<Record<string, T>>, name: string): T | undefined {
  return Object.hasOwn(table, name) ? table[name] : undefined;
}

/** Whether a card is one of this person's. */
export const holds = ({ card, cards }: Person, which: string): boolean =>
  card === which || (cards?.includes(which) ?? false);
