/** Hourly figures of a school on their way into the store: that it is away is told at the bureau, and the school brings them later. It must never stop a school's records. */
import type { HoursRequest } from '../../uplink/protocol.ts';
import { valuesAway } from '../../words/district/value-words.ts';
import type { DistrictFaults } from '../service/district-faults.ts';
import type { HourStore } from './hour-store.ts';

/** An hour is over when it is sent; what lies farther ahead by the district's clock is of a clock that is wrong, ms. Ours. */
const aheadMs = 2 * 86_400_000;
/** Gauges of one school; a store grows with each name for ever. Ours. */
const gaugesMax = 10_000;

export interface HourBounds {
  readonly now: () => number;
  /** Days a figure is kept; null: for ever. */
  readonly keepDays: number | null;
}

/**
 * False where the configuration names no store, or it does not answer. What is too old or too far ahead to be kept, or is of one gauge too many,
 * counts as taken and is not written: the store would refuse it each time it came. Never rejects.
 */
export function openTakeHours(
  store: HourStore | undefined,
  faults: Pick<DistrictFaults, 'say'>,
  { now, keepDays }: HourBounds,
) {
  const gauges = new Map<string, Set<string>>();
  const isKnown = (school: string, name: string): boolean => {
    const known = gauges.get(school) ?? new Set<string>();
    gauges.set(school, known);
    if (known.size < gaugesMax) known.add(name);
    return known.has(name);
  };
  return async (school: string, hours: HoursRequest['hours']): Promise<boolean> => {
    if (!store) return false;
    const from = keepDays === null ? 0 : now() - keepDays * 86_400_000 + 3_600_000;
    const to = now() + aheadMs;
    const fit = hours.filter(
      ({ hour, device, point }) => hour >= from && hour < to && isKnown(school, `${device} ${point}`),
    );
    try {
      if (fit.length > 0) await store.write(school, fit);
      faults.say('series', undefined);
      return true;
    } catch {
      faults.say('series', valuesAway);
      return false;
    }
  };
}
