/**
 * Kinds of facts that are asked for by themselves, and are few among millions: who may log in, which sessions were ended, when
 * the clock was set, what was cut, what is asked about touches. Each has an index of its own, or a start would read the whole file for them. It must never name a kind that comes
 * with the load: an index costs a page for each of its facts.
 */
import type { Event } from '../../core/types.ts';

const rare: { readonly [K in Event['kind']]?: string } = {
  'clock-stepped': 'clockSteps',
  'account-changed': 'accountChanges',
  'logged-out': 'logOuts',
  pruned: 'prunings',
  suspected: 'suspicions',
  'exception-pictured': 'exceptionPictures',
  'exception-disposed': 'exceptionFindings',
};

/** To be run where the tables are made. */
export const rareIndexes = Object.entries(rare)
  .map(([kind, name]) => `CREATE INDEX IF NOT EXISTS ${name} ON events (seq) WHERE kind = '${kind}';`)
  .join('\n');

/** Rows from number `@from` up to but not with `@before`, of a kind where one is asked for (`@kinds`: its names as JSON). */
export function spanOf(kind: string | undefined): string {
  // The mark keeps SQLite from walking the numbers, which it takes for the shorter way.
  if (kind !== undefined && Object.hasOwn(rare, kind)) return `kind = '${kind}' AND +seq >= @from AND +seq < @before`;
  const span = 'seq >= @from AND seq < @before';
  return kind === undefined ? span : `${span} AND kind IN (SELECT value FROM json_each(@kinds))`;
}
