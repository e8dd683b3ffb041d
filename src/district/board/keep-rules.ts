/**
 * How long the district keeps what: by class, unless its configuration says otherwise, and never shorter than the least. What explains the rest
 * (starts, clocks, what was cut), checkpoints, the trail and who belongs to the district is kept for ever. Data alone.
 */

export const keptClasses = ['alarm', 'patrol', 'orders', 'files', 'series'] as const;
export type KeptClass = (typeof keptClasses)[number];

/**
 * Days. Ours: assessments and the counting of drills look back a year, so nothing they count goes sooner; three years is what a bureau is asked
 * about. Files an order brought are copies of what the school has (as before: 180).
 */
export const keepRules: Readonly<Record<KeptClass, { readonly usual: number; readonly least: number }>> = {
  alarm: { usual: 1_095, least: 366 },
  patrol: { usual: 1_095, least: 366 },
  orders: { usual: 1_095, least: 366 },
  files: { usual: 180, least: 30 },
  series: { usual: 1_095, least: 30 },
};

/** Days of each class; null: for ever. */
export type KeepFor = Readonly<Record<KeptClass, number | null>>;

export const usualKeep = Object.fromEntries(keptClasses.map((one) => [one, keepRules[one].usual])) as KeepFor;

/** Times before which a class may go; minus infinity: never. */
export type CutBefore = Readonly<Record<KeptClass, number>>;

const DAY = 86_400_000;

/** Each class, by the district's clock. */
export function cutBefore(keep: KeepFor, now: number): CutBefore {
  const limit = (one: KeptClass) => {
    const days = keep[one];
    return days === null ? Number.NEGATIVE_INFINITY : now - Math.max(days, keepRules[one].least) * DAY;
  };
  return Object.fromEntries(keptClasses.map((one) => [one, limit(one)])) as CutBefore;
}

/** What the page of records says. Sizes are the database's own, in bytes, and counts of rows its estimates. */
export interface KeptAnswer {
  readonly keep: KeepFor;
  /** When records were last looked through, by the district's clock; null: not yet. */
  readonly lastAt: number | null;
  readonly bytes: number;
  readonly tables: readonly { readonly table: string; readonly rows: number; readonly bytes: number }[];
  readonly schools: readonly KeptOfSchool[];
}

export interface KeptOfSchool {
  readonly school: string;
  readonly zh: string;
  readonly en: string;
  /** Lines the district has a leaf of, in all its journals, and those of them whose content was cut. */
  readonly lines: number;
  readonly cut: number;
  /** Its oldest record that is not older than this, by when it joined or what was cut. */
  readonly since: number;
}
