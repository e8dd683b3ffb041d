/**
 * When a password may be tried again. Cameras lock an account after five to seven refusals, so a refused log-in is tried
 * three times and then minutes apart. A camera that was away in between may have been rebooted and not have known its users
 * yet: it is tried once more at once. It must never know why a camera was away, nor hold a password.
 */

/** Tries in a row before the pauses become long: fewer than any camera locks at, also where one try is refused twice. */
const TRIES = 3;
/** Between the first tries: a camera that boots refuses everybody for some seconds. */
const BETWEEN_MS = 8_000;
/** After them. Ours: long for a lock, short for whoever has just mended the password in the camera. */
const APART_MS = 300_000;
/** A cable that comes and goes gives no more tries than one in this time. */
const RETURN_MS = 60_000;

export class Patience {
  private inARow = 0;
  private nextAt = Number.NEGATIVE_INFINITY;
  private returnedAt = Number.NEGATIVE_INFINITY;

  /** Refusals in a row. */
  get refusals(): number {
    return this.inARow;
  }

  /** How long no try may be made, ms. `elapsed` is monotonic, here as below. */
  waitMs(elapsed: number): number {
    return Math.max(0, this.nextAt - elapsed);
  }

  refused(elapsed: number): void {
    this.inARow++;
    this.nextAt = elapsed + (this.inARow < TRIES ? BETWEEN_MS : APART_MS);
  }

  accepted(): void {
    this.inARow = 0;
    this.nextAt = Number.NEGATIVE_INFINITY;
  }

  /** The camera was not there just now. */
  away(elapsed: number): void {
    if (this.inARow === 0 || elapsed - this.returnedAt < RETURN_MS) return;
    this.returnedAt = elapsed;
    this.nextAt = Number.NEGATIVE_INFINITY;
  }
}
