/**
 * What the tables of records and the questions about alarms make of the facts of a kitchen and of drills: nothing. Its reports read the journal itself,
 * where these facts are few. It must never name a kind that speaks of an alarm by its number.
 */
import type { DrillFact, LedgerFact } from '../../core/types.ts';

type KitchenKind = LedgerFact['kind'] | DrillFact['kind'];

/** None of them speaks of an alarm that may be for the eyes of heads alone. */
export const kitchenOfNoAlarm = {
  'rectification-proposed': false,
  'rectification-opened': false,
  'rectification-taken': false,
  'rectification-dismissed': false,
  'rectification-moved': false,
  'rectification-answered': false,
  'rectification-countersigned': false,
  'rectification-returned': false,
  'rectification-withdrawn': false,
  'rectification-overdue': false,
  'list-answered': false,
  'list-missed': false,
  'menu-set': false,
  'drill-started': false,
  'drill-counted': false,
  'drill-uncounted': false,
  'drill-ended': false,
} as const satisfies Readonly<Record<KitchenKind, false>>;

/** They are in the journal and in no table of records. */
export const kitchenUnrecorded = {
  'rectification-proposed': undefined,
  'rectification-opened': undefined,
  'rectification-taken': undefined,
  'rectification-dismissed': undefined,
  'rectification-moved': undefined,
  'rectification-answered': undefined,
  'rectification-countersigned': undefined,
  'rectification-returned': undefined,
  'rectification-withdrawn': undefined,
  'rectification-overdue': undefined,
  'list-answered': undefined,
  'list-missed': undefined,
  'menu-set': undefined,
  'drill-started': undefined,
  'drill-counted': undefined,
  'drill-uncounted': undefined,
  'drill-ended': undefined,
} as const satisfies Readonly<Record<KitchenKind, undefined>>;
