/**
 * How long schools were lost in a span of time, reckoned from the silences that were written down. What is written twice counts once, what a moved
 * clock made end before it began counts nothing, and time in which the district itself was away counts for no school. Pure.
 */

/** A silence as it was written down, ms by the district's clock; `school` is empty where the district itself was away. */
export interface WrittenSilence {
  readonly school: string;
  readonly since: number;
  /** Null while it lasts. */
  readonly until: number | null;
}

type LostSpan = readonly [from: number, to: number];

/** In order and apart from each other. */
function joined(stretches: readonly LostSpan[]): LostSpan[] {
  const all: LostSpan[] = [];
  for (const [from, to] of stretches.filter(([from, to]) => to > from).toSorted((a, b) => a[0] - b[0])) {
    const last = all.at(-1);
    if (last && from <= last[1]) all[all.length - 1] = [last[0], Math.max(last[1], to)];
    else all.push([from, to]);
  }
  return all;
}

/** What is left of a stretch beside the others, which are in order and apart. */
function beside([from, to]: LostSpan, away: readonly LostSpan[]): number {
  const gone = away.reduce((sum, [begin, end]) => sum + Math.max(0, Math.min(end, to) - Math.max(begin, from)), 0);
  return to - from - gone;
}

/** Lost time of each school that has any, ms, within [from, to). */
export function lostTime(silences: readonly WrittenSilence[], from: number, to: number): ReadonlyMap<string, number> {
  const bySchool = new Map<string, LostSpan[]>();
  for (const { school, since, until } of silences) {
    const found = bySchool.get(school) ?? [];
    found.push([Math.max(since, from), Math.min(until ?? to, to)]);
    bySchool.set(school, found);
  }
  const away = joined(bySchool.get('') ?? []);
  bySchool.delete('');
  return new Map(
    [...bySchool].map(([school, all]) => [school, joined(all).reduce((sum, one) => sum + beside(one, away), 0)]),
  );
}
