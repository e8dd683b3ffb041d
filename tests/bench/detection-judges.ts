/**
 * The three algorithms behind one face: fed the same readings at the same moments, each says when an alarm begins. What they
 * decide is theirs; nothing here may see the truth.
 */
import { type Controller, type ControllerSigns, controllerA, controllerB } from '../../simulators/fence/controllers.ts';
import { sense } from '../../src/core/fence/signal.ts';
import type { DetectorMemory, SignalLimits } from '../../src/core/fence/signal-types.ts';

export const names = ['controller A', 'controller B', 'gatehouse'] as const;

/** Words of an alarm, and hints that call for maintenance and not for a guard. */
export const words = ['climb', 'pull', 'slack', 'cut'] as const;
export type Word = (typeof words)[number];
export const hints = ['static', 'drift', 'stuck', 'weather'] as const;
export type Hint = (typeof hints)[number];

export interface Said {
  readonly what: Word | Hint;
  /** How long the signal had been outside when it was said; NaN when unknown. */
  readonly sinceMs: number;
}

export interface Judge {
  /** What begins with this reading. `closely`: also tell how long it had been outside, which costs more. */
  take(readings: readonly (number | undefined)[], at: number, closely: boolean): readonly Said[];
}

const nothing: readonly Said[] = [];
export const isHint = (what: Said['what']): what is Hint => (hints as readonly string[]).includes(what);

/** The detector of the gateway for one zone; zones of a side share `senses`. */
export function ours(senses: DetectorMemory, id: string, side: string, limits: SignalLimits): Judge {
  const zone = { id, side, limits };
  return {
    take(readings, at) {
      const found = sense(senses, zone, readings, at);
      if (found.length === 0) return nothing;
      return found.flatMap((one): Said[] => {
        const what =
          one.kind === 'detection' && one.active
            ? [...words, ...hints].find((word) => word === one.detection)
            : undefined;
        return what === undefined ? [] : [{ what, sinceMs: ('sinceMs' in one && one.sinceMs) || Number.NaN }];
      });
    },
  };
}

function hosted(controller: Controller): Judge {
  let before: ControllerSigns | undefined;
  let outsideSince = Number.NaN;
  return {
    take(readings, at, closely) {
      if (!closely || !outside(controller, readings)) outsideSince = Number.NaN;
      else if (Number.isNaN(outsideSince)) outsideSince = at;
      const signs = controller.take(readings, at);
      if (signs === before) return nothing;
      const sinceMs = at - outsideSince;
      const said: Said[] = [];
      for (const what of words) if (signs[what] && !before?.[what]) said.push({ what, sinceMs });
      if (signs.fixed && !before?.fixed) said.push({ what: 'static', sinceMs });
      before = signs;
      return said;
    },
  };
}

function outside({ lows, highs }: Controller, readings: readonly (number | undefined)[]): boolean {
  return readings.some((one, wire) => one !== undefined && (one > highs[wire]! || one < lows[wire]!));
}

/** All three for one zone, in the order of `names`. */
export function judges(senses: DetectorMemory, id: string, side: string, wires: number, limits: SignalLimits): Judge[] {
  return [hosted(controllerA({ wires })), hosted(controllerB({ wires })), ours(senses, id, side, limits)];
}
