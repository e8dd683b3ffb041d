/** The limits of a gauge as the core knows them. Pure; the file has passed every check before. */
import type { PointLimit, PointSpec } from '../../core/types.ts';
import { dayNumbers, milliseconds, minuteOf } from '../parts/compile-parts.ts';
import type { LimitPart } from './schema-limits.ts';

/** How far inside its limit a value lets go where nothing is written, by what is measured: several times what such sensors stir by. */
const hysteresis: Readonly<Record<string, number>> = { temperature: 0.5, humidity: 3, gas: 2 };

export function compileLimits(
  written: readonly LimitPart[] | undefined,
  { quantity }: Pick<PointSpec, 'quantity'>,
): readonly PointLimit[] | undefined {
  return written?.map(({ above, below, clear, dwellMin, priority, days, from, to }) => {
    const bound = above === undefined ? 'below' : 'above';
    const limit = above ?? below ?? 0;
    const inside = hysteresis[quantity ?? ''] ?? 0;
    const timed = days !== undefined || from !== undefined;
    return {
      bound,
      limit,
      clear: clear ?? (bound === 'above' ? limit - inside : limit + inside),
      dwellMs: milliseconds(dwellMin),
      priority,
      ...(timed && {
        window: {
          days: dayNumbers(days ?? 'daily'),
          from: minuteOf(from ?? '00:00'),
          to: minuteOf(to ?? '24:00') % 1440,
        },
      }),
    };
  });
}
