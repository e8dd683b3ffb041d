/**
 * The conservation ledger: what every line received, and what became of it. Nothing may vanish without a name:
 * received = stored + judged + dropped, counted in values (a message that could not be read counts as one).
 */
import type { DropReason, Ledger } from '../core/types.ts';

export class ConservationLedger {
  readonly lines = new Map<string, Ledger>();

  #line(line: string): Ledger {
    let ledger = this.lines.get(line);
    if (!ledger) {
      ledger = { received: 0, stored: 0, judged: 0, dropped: {} };
      this.lines.set(line, ledger);
    }
    return ledger;
  }
  receive(line: string, count: number): void {
    this.#line(line).received += count;
  }
  store(line: string, count: number): void {
    this.#line(line).stored += count;
  }
  judge(line: string, count: number): void {
    this.#line(line).judged += count;
  }
  drop(line: string, reason: DropReason, count: number): void {
    const { dropped } = this.#line(line);
    dropped[reason] = (dropped[reason] ?? 0) + count;
  }
}

/** What a ledger cannot account for; 0 when nothing is under way. */
export function missing(ledger: Ledger): number {
  const dropped = Object.values(ledger.dropped).reduce((sum, count) => sum + count, 0);
  return ledger.received - ledger.stored - ledger.judged - dropped;
}
