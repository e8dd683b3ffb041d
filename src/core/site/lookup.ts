/**
 * Looking up a name that came from outside in a table of the site. A plain index would also find what every object
 * inherits (`constructor`, `__proto__`), and a stranger's name must never find anything.
 */

/** The entry of that name, if the table itself has it. */
export function lookup<T>(table: Readonly<Record<string, T>>, name: string): T | undefined {
  return Object.hasOwn(table, name) ? table[name] : undefined;
}
