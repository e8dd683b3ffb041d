/**
 * How fast one camera may be asked. Most take every request at once; some, and firewalls before them, cut or refuse what comes
 * faster than they like. That is learned from what they cut and kept over log-ins: one connection for all requests, a pause between
 * them, and the same request once more. A camera that has not answered just now is lost and not hurried. It must never know what
 * a request asks for, nor decide whether a credential may leave.
 */
import type { World } from '../../../world/world.ts';

/** What answered no longer ago than this and cuts now is hurried; ours, and short beside the ten seconds in which a camera must be heard again. */
const JUST_NOW_MS = 3_000;
/** A request that a camera had taken for this long before the connection went was not too fast. */
const AT_ONCE_MS = 1_000;
/** The first pause between requests, and the longest: nine requests are a log-in, and ten seconds all there are. */
const GAP_MS = 250;
const GAP_MAX_MS = 1_000;
/** The pause where it is not known how much of one is needed. */
const GAP_USUAL_MS = 500;
/** The pause after log-ins in a row that broke off without a cut. */
const STRIKES_MS = [0, 700, GAP_MAX_MS];
/** After so long without a cut half of the pause is tried. */
const FORGET_MS = 600_000;

export class CameraPace {
  /** How long requests have waited for their turn, ms in all. */
  private waitedMs = 0;
  private readonly clock: Pick<World, 'elapsed' | 'sleep'>;
  private gapMs = 0;
  private nextAt = Number.NEGATIVE_INFINITY;
  private answeredAt = Number.NEGATIVE_INFINITY;
  private cutAt = Number.NEGATIVE_INFINITY;
  /** The pause was raised, and nothing has been answered since. */
  private onTrial = false;
  /** It was raised further than it had to be. */
  private careful = false;
  private kept = false;
  private hangsWhenKept = false;
  /** Log-ins in a row that broke off after an answer. */
  private broken = 0;
  /** They broke off all the same when they were slow. */
  private futile = false;

  constructor(clock: Pick<World, 'elapsed' | 'sleep'>) {
    this.clock = clock;
  }

  /** Whether one connection is kept for all requests. */
  get keeps(): boolean {
    return this.kept && !this.hangsWhenKept;
  }

  /** Resolves when the next request may leave; undefined when that is now. */
  turn(): Promise<void> | undefined {
    const now = this.clock.elapsed();
    if (this.kept && now - this.cutAt > FORGET_MS) {
      this.cutAt = now;
      this.gapMs = this.gapMs >= 2 * GAP_MS ? this.gapMs / 2 : 0;
      this.kept = this.gapMs > 0;
    }
    const waitMs = this.nextAt - now;
    this.nextAt = Math.max(this.nextAt, now) + this.gapMs;
    if (!(waitMs > 0)) return undefined;
    this.waitedMs += waitMs;
    return this.clock.sleep(waitMs);
  }

  /** Resolves when what is asked now is late, ms: to have waited for a turn is no fault of the camera, and doubles the time at most. */
  async late(limitMs: number, signal: AbortSignal): Promise<void> {
    let [counted, spareMs] = [this.waitedMs, limitMs];
    for (let leftMs = limitMs; leftMs > 0; spareMs -= leftMs) {
      await this.clock.sleep(leftMs, signal);
      leftMs = Math.min(spareMs, this.waitedMs - counted);
      counted = this.waitedMs;
    }
  }

  /** The camera answered, and not that it is asked too much. */
  answered(): void {
    this.answeredAt = this.clock.elapsed();
    this.onTrial = false;
  }

  /**
   * A request was cut, or answered by "too many", `tookMs` after it left. Whether it is worth sending again, at its turn. `careful`:
   * each one counts as a password that may have been refused, so the pause is the longest at once, until all is well.
   */
  cut(tookMs: number, careful: boolean): boolean {
    const now = this.clock.elapsed();
    if (tookMs > AT_ONCE_MS) return false;
    if (now - this.answeredAt > JUST_NOW_MS) {
      if (this.onTrial) this.brokeOff();
      return false;
    }
    this.kept = true;
    this.onTrial = true;
    this.cutAt = now;
    this.careful ||= careful;
    this.gapMs = Math.min(GAP_MAX_MS, Math.max(this.longer(), careful ? GAP_MAX_MS : GAP_MS));
    this.nextAt = Math.max(this.nextAt, now + this.gapMs);
    return true;
  }

  /** A request was not answered in time. `reused`: it went over a connection that had carried another. */
  hung(tookMs: number, reused: boolean): void {
    if (reused) this.hangsWhenKept = true;
    else if (this.broken >= STRIKES_MS.length) this.futile = true;
    else if (this.clock.elapsed() - tookMs - this.answeredAt < JUST_NOW_MS) this.brokeOff();
    if (!this.futile || this.onTrial) return;
    // It hangs at whatever pace it is asked.
    this.gapMs = 0;
    this.kept = false;
  }

  /** A connection was made only when it was asked for again: fewer are better, and that is all it says. */
  slowToConnect(): void {
    this.kept = true;
    this.cutAt = this.clock.elapsed();
  }

  /** Log-in and events are well. */
  well(): void {
    this.broken = 0;
    this.futile = false;
    if (this.careful) this.gapMs = Math.min(this.gapMs, GAP_USUAL_MS);
    this.careful = false;
  }

  /** The next pause: doubled at first, and then felt for. */
  private longer(): number {
    return this.gapMs < GAP_USUAL_MS ? 2 * this.gapMs : 1.3 * this.gapMs;
  }

  /** Once may be a camera that went off just then. */
  private brokeOff(): void {
    if (this.futile) return;
    this.broken++;
    this.onTrial = false;
    this.kept = true;
    this.cutAt = this.clock.elapsed();
    this.gapMs = STRIKES_MS[Math.min(this.broken, STRIKES_MS.length) - 1]!;
  }
}
