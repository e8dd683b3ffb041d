/**
 * What every host on the wall has in common, whoever made it: it is fed readings and says signs. Here are the words only;
 * each family's algorithm is a file of its own.
 */

/** What a controller says of its zone at a moment. */
export interface ControllerSigns {
  readonly climb: boolean;
  readonly pull: boolean;
  readonly slack: boolean;
  readonly cut: boolean;
  /** A base stands outside the static window. */
  readonly fixed: boolean;
}

export interface Controller {
  /** One reading of every channel, N; undefined for one that could not be read. `at` must not go back. */
  take(tensions: readonly (number | undefined)[], at: number): ControllerSigns;
  /** What it holds each wire's tension to be, N; 0 before it has learned. */
  readonly bases: readonly number[];
  /** Where it would alarm, N, by wire. */
  readonly lows: readonly number[];
  readonly highs: readonly number[];
}

export const noSigns: ControllerSigns = { climb: false, pull: false, slack: false, cut: false, fixed: false };

/** The same object when nothing changed, so that a reader may compare by identity. */
export function signed(before: ControllerSigns, now: ControllerSigns): ControllerSigns {
  const same =
    before.climb === now.climb &&
    before.pull === now.pull &&
    before.slack === now.slack &&
    before.cut === now.cut &&
    before.fixed === now.fixed;
  return same ? before : now;
}
