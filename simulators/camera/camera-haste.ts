/** Counts what came in the last second, for a camera that takes only so much of it. */
import type { Haste } from './camera-faults.ts';

export class HasteCount {
  /** What came too fast. */
  cut = 0;
  private taken: number[] = [];

  /** Whether this one is taken. `now`: ms of any clock that goes on. What is not taken does not count against the next. */
  takes({ perSecond, window }: Haste, now = performance.now()): boolean {
    const from = window === 'fixed' ? Math.floor(now / 1_000) * 1_000 : now - 1_000;
    this.taken = this.taken.filter((at) => at >= from);
    if (this.taken.length >= perSecond) {
      this.cut++;
      return false;
    }
    this.taken.push(now);
    return true;
  }
}
