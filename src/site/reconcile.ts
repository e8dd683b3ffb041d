/**
 * Old configuration, new configuration: which lines stop, start or stay. One device changes and only its line is touched.
 * It compares what the drivers are given; it must never start or stop anything itself.
 */
import { isDeepStrictEqual } from 'node:util';
import type { Config } from './load-site.ts';

/** Line ids, each in the order of its configuration. A changed line is in both `stop` and `start`. */
export interface Reconciled {
  readonly stop: readonly string[];
  readonly start: readonly string[];
  readonly stay: readonly string[];
}

/** Compares every line's whole part: address, secrets, devices and how their models are read. */
export function reconcile(before: Pick<Config, 'lines'>, after: Pick<Config, 'lines'>): Reconciled {
  const old = new Map(before.lines.map((line) => [line.id, line]));
  const stays = new Set(after.lines.filter((line) => isDeepStrictEqual(old.get(line.id), line)).map((line) => line.id));
  const ids = (lines: Config['lines'], staying: boolean): string[] =>
    lines.map((line) => line.id).filter((id) => stays.has(id) === staying);
  return { stop: ids(before.lines, false), start: ids(after.lines, false), stay: ids(after.lines, true) };
}
