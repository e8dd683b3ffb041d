/**
 * When a password may be tried again. Cameras lock an account after five to seven refusals, so a refused log-in is tried
 * three times and then minutes apart. A camera that was switched off in between may have been rebooted and not have known its users
 * yet: it is tried once more at once. Whatever asks, and however late answers come, no more credentials leave in those minutes than
 * a camera takes: one of which nobody said what came of it counts as refused. It must never know why a camera was away, nor hold a password.
 */

/** Tries in a row before the pauses become long: fewer than any camera locks at, also where one try is refused twice. */
const TRIES = 3;
/** Between the first tries: a camera that boots refuses everybody for some seconds. */
const BETWEEN_MS = 8_000;
/** After them. Ours: long for a lock, short for whoever has just mended the password in the camera. */
const APART_MS = 300_000;
/** Credentials that were refused, or not answered, in that time: three tries, of which the first may be refused twice. */
const SPENT_MAX = 4;

interface Spent {
  readonly at: number;
  /** The camera said that it refused it. */
  readonly heard: boolean;
}

export class Patience {
  private inARow = 0;
  private nextAt = Number.NEGATIVE_INFINITY;
  private returnedAt = Number.NEGATIVE_INFINITY;
  private spent: readonly Spent[] = [];
  private proven = false;
  private last: Promise<unknown> = Promise.resolve();

  /** Refusals in a row; else credentials that were refused or not answered in the last five minutes. */
  get refusals(): number {
    return this.inARow || this.spent.length;
  }

  /** Nobody has refused the password; log-ins were not answered. */
  get unanswered(): boolean {
    return this.inARow === 0 && this.spent.length > 0 && !this.spent.some(({ heard }) => heard);
  }

  /** It is not known that the password is right. */
  get doubted(): boolean {
    return !this.proven;
  }

  /** How long no try may be made, ms. `elapsed` is monotonic, here as below. */
  waitMs(elapsed: number): number {
    return Math.max(0, this.nextAt - elapsed, this.fullMs(elapsed));
  }

  /** Whether one more credential may leave. */
  mayOffer(elapsed: number): boolean {
    return this.proven || this.fullMs(elapsed) === 0;
  }

  /** Runs it when what was asked before is over, as long as the password is in doubt: then one credential at a time is on its way. */
  inTurn<T>(run: () => Promise<T>): Promise<T> {
    if (this.proven) return run();
    const next = this.last.then(run);
    this.last = next.catch(() => undefined);
    return next;
  }

  /** A credential that had left was refused; with `refused` a whole try was. */
  spend(elapsed: number): void {
    this.proven = false;
    this.count(elapsed, true);
  }

  /** A credential had left and no answer came. Of a password that is known to be right this says nothing. */
  lose(elapsed: number): void {
    if (!this.proven) this.count(elapsed, false);
  }

  /** A credential was taken where it was asked for. */
  prove(): void {
    this.proven = true;
    this.spent = [];
  }

  /** A whole try was refused. */
  refused(elapsed: number): void {
    this.inARow++;
    this.nextAt = elapsed + (this.inARow < TRIES ? BETWEEN_MS : APART_MS);
  }

  accepted(): void {
    this.prove();
    this.inARow = 0;
    this.nextAt = Number.NEGATIVE_INFINITY;
  }

  /** The camera was surely off just now, and not merely slow. A cable that comes and goes gives one more try in minutes. */
  away(elapsed: number): void {
    if (this.refusals === 0 || elapsed - this.returnedAt < APART_MS) return;
    this.returnedAt = elapsed;
    this.nextAt = Number.NEGATIVE_INFINITY;
    this.spent = this.spent.slice(0, SPENT_MAX - 1);
  }

  private count(at: number, heard: boolean): void {
    // What is older holds nothing back any more, and is no try "in a row" of this one.
    const lately = this.spent.filter((one) => at - one.at < APART_MS);
    this.spent = [...lately, { at, heard }].slice(-SPENT_MAX);
  }

  private fullMs(elapsed: number): number {
    const first = this.spent[0];
    if (this.proven || this.spent.length < SPENT_MAX || !first) return 0;
    return Math.max(0, first.at + APART_MS - elapsed);
  }
}
