/**
 * How measured figures are summed up and shown: percentiles, numbers a person can read, and a table with a title.
 * It must never round away a difference that matters: three significant digits everywhere.
 */

/** Durations in ms, kept as they come. */
export class Durations {
  #values = new Float64Array(65_536);
  #count = 0;

  add(ms: number): void {
    if (this.#count === this.#values.length) {
      const wider = new Float64Array(this.#count * 2);
      wider.set(this.#values);
      this.#values = wider;
    }
    this.#values[this.#count++] = ms;
  }

  clear(): void {
    this.#count = 0;
  }

  summary(): Spread {
    const sorted = this.#values.slice(0, this.#count).sort();
    const at = (part: number) => sorted[Math.min(this.#count - 1, Math.floor(this.#count * part))] ?? Number.NaN;
    return { count: this.#count, p50: at(0.5), p95: at(0.95), p99: at(0.99), max: at(1) };
  }
}

/** Of `count` durations, in ms. */
export interface Spread {
  readonly count: number;
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
  readonly max: number;
}

/** Three significant digits, thousands set apart. */
export function figure(value: number): string {
  if (!Number.isFinite(value)) return '–';
  if (Math.abs(value) >= 100) return Math.round(value).toLocaleString('en-US');
  return Number(value.toPrecision(3)).toString();
}

/** A measured value beside its floor, as a factor. */
export function times(value: number, floor: number): string {
  return Number.isFinite(value / floor) ? `${figure(value / floor)}×` : '–';
}

export function table(title: string, head: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = head.map((cell, column) => Math.max(cell.length, ...rows.map((row) => row[column]?.length ?? 0)));
  const line = (cells: readonly string[]) =>
    widths
      .map((width, column) => (column === 0 ? (cells[0] ?? '').padEnd(width) : (cells[column] ?? '').padStart(width)))
      .join('  ');
  return ['', title, line(head), widths.map((width) => '─'.repeat(width)).join('  '), ...rows.map(line), ''].join('\n');
}
