/** Hours that follow each other without a gap: what a line may be drawn through. Pure. */
const HOUR = 3_600_000;

/** The oldest first, as they come. */
export function runsOf<T extends { readonly hour: number }>(hours: readonly T[]): readonly (readonly T[])[] {
  const runs: T[][] = [];
  for (const one of hours) {
    const run = runs.at(-1);
    if (run && one.hour - (run.at(-1)?.hour ?? 0) === HOUR) run.push(one);
    else runs.push([one]);
  }
  return runs;
}
