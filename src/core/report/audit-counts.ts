/**
 * Counting checkpoints and rounds for the patrol report. Which verdict counts as reached is said here and nowhere else in the
 * report; a verdict that is not in the table does not compile.
 */
import type { PatrolVerdict } from '../types.ts';
import type { AuditCheck, AuditCounts, AuditRounds } from './audit-types.ts';

/** Whether somebody who was to be there was there, in the order of the route. 到点 = 准时 + 早到 + 迟到. */
export const countsAsReached: Readonly<Record<PatrolVerdict, boolean>> = {
  'on-time': true,
  early: true,
  late: true,
  missed: false,
  'wrong-order': false,
  'wrong-person': false,
  'unknown-card': false,
  'by-hand': false,
};

/** Every verdict, in the order in which reports name them. */
export const verdictOrder = Object.keys(countsAsReached) as readonly PatrolVerdict[];

/** Counts that grow. */
export class CountBox {
  #planned = 0;
  #reached = 0;
  #uploaded = 0;
  readonly #verdicts = Object.fromEntries(verdictOrder.map((one) => [one, 0])) as Record<PatrolVerdict, number>;

  take({ verdict, uploaded }: Pick<AuditCheck, 'verdict' | 'uploaded'>): void {
    this.#planned += 1;
    this.#verdicts[verdict] += 1;
    if (!countsAsReached[verdict]) return;
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
    };
  }
}

/** How far a round is. */
export type RoundEnd = keyof AuditRounds;

/** Rounds that grow in number. */
export class RoundBox {
  #over = 0;
  #complete = 0;
  #underWay = 0;

  take(end: RoundEnd): void {
    if (end === 'underWay') {
      this.#underWay += 1;
      return;
    }
    this.#over += 1;
    if (end === 'complete') this.#complete += 1;
  }

  rounds(): AuditRounds {
    return { over: this.#over, complete: this.#complete, underWay: this.#underWay };
  }
}
