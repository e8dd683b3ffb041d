/**
 * Counting checkpoints and rounds for the patrol report. Which verdicts count as reached is said in `site/verdict-sets.ts`, for the
 * report as for the board.
 */
import { arrivedVerdicts } from '../site/verdict-sets.ts';
import type { PatrolVerdict } from '../types.ts';
import type { AuditCheck, AuditCounts, AuditRounds } from './audit-types.ts';

/** Rounded down to a tenth of a percent: 100.0 % means that nothing is lacking. */
export const share = (part: number, whole: number): number | undefined =>
  whole === 0 ? undefined : Math.floor((part * 1000) / whole) / 1000;
/** Minutes with one decimal. */
export const minutes = (ms: number): number => Math.round(ms / 6_000) / 10;

/** The verdicts in the order in which reports name them; one that is not here does not compile. */
const places: Readonly<Record<PatrolVerdict, number>> = {
  'on-time': 1,
  early: 2,
  late: 3,
  missed: 4,
  'wrong-order': 5,
  'wrong-person': 6,
  'unknown-card': 7,
  'by-hand': 8,
  cancelled: 9,
};
export const verdictOrder = (Object.keys(places) as PatrolVerdict[]).sort((a, b) => places[a] - places[b]);

/** Counts that grow. */
export class CountBox {
  #planned = 0;
  #reached = 0;
  #uploaded = 0;
  #longLegs = 0;
  readonly #verdicts = Object.fromEntries(verdictOrder.map((one) => [one, 0])) as Record<PatrolVerdict, number>;

  take({ verdict, uploaded }: Pick<AuditCheck, 'verdict' | 'uploaded'>, legOverMs = 0): void {
    if (legOverMs > 0) this.#longLegs += 1;
    this.#verdicts[verdict] += 1;
    // What was called off was not due: it stands by itself, and makes no rate better or worse.
    if (verdict === 'cancelled') return;
    this.#planned += 1;
    if (!arrivedVerdicts.has(verdict)) return;
    this.#reached += 1;
    if (uploaded) this.#uploaded += 1;
  }

  counts(): AuditCounts {
    return {
      planned: this.#planned,
      reached: this.#reached,
      onTime: this.#verdicts['on-time'],
      verdicts: { ...this.#verdicts },
      uploaded: this.#uploaded,
      longLegs: this.#longLegs,
    };
  }
}

/** How far a round is. */
export type RoundEnd = keyof AuditRounds;

/** Rounds that grow in number. */
export class RoundBox {
  #over = 0;
  readonly #ends = { complete: 0, cancelled: 0, brokenOff: 0 };
  #underWay = 0;

  take(end: RoundEnd): void {
    if (end === 'underWay') {
      this.#underWay += 1;
      return;
    }
    this.#over += 1;
    if (end !== 'over') this.#ends[end] += 1;
  }

  rounds(): AuditRounds {
    return { over: this.#over, ...this.#ends, underWay: this.#underWay };
  }
}
