/**
 * Orders as the bureau sees them: what may be asked and how much of it, and how far each is. The forms ask here, and so does the address that takes them.
 * Times are ms since 1970 by the district's clock. Pure; it must never decide who may ask.
 */
import type { OrderAsk, OrderedReport, OrderOutcome, OrderRefusal } from '../../core/types.ts';

const MINUTE = 60_000;
const DAY = 86_400_000;

/** Ours, all of them. A school takes 200 of one day, and refuses dates beyond 32 days. */
export const orderBounds = {
  /** Characters of an urge or a comment, as the protocol has it. */
  text: 500,
  /** An urge may be answered no sooner than that: somebody has to read it first. */
  urgeLeastMs: 10 * MINUTE,
  urgeMostMs: 31 * DAY,
  /** A school that is away for so long still gets a comment. */
  commentMs: 7 * DAY,
  /** Whoever wants to see a picture wants it now. */
  stillMs: 5 * MINUTE,
  reportMs: DAY,
  reportDays: 92,
  /** To one school on one day: urges, comments and reports, … */
  aDay: 40,
  /** … and pictures. */
  stillsADay: 100,
  /** Of one officer in a minute, to all schools. */
  aMinute: 60,
} as const;

/** What an officer asks for. */
export interface OrderForm {
  readonly school: string;
  readonly kind: OrderAsk;
  readonly text?: string | undefined;
  /** Of an urge. */
  readonly until?: number | undefined;
  readonly alarm?: number | undefined;
  readonly rectification?: number | undefined;
  readonly device?: string | undefined;
  readonly report?: OrderedReport | undefined;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
}

/** What came of an order: as the school's journal says, or that the journal it was asked of was given up. */
export type OrderEnd = OrderOutcome | 'given-up';

/**
 * waiting: the school does not have it yet; undelivered: nor will it, its time is over; open: the school has it; overdue: an urge that nobody has
 * answered by its date. The others are what the school's journal says came of it.
 */
export type OrderStage = 'waiting' | 'undelivered' | 'open' | 'overdue' | OrderEnd;

/** One order as the list has it. */
export interface OrderEntry {
  readonly id: string;
  readonly school: string;
  readonly kind: OrderAsk;
  /** Who asked, as the school reads it. */
  readonly by: string;
  readonly at: number;
  readonly until: number;
  readonly text?: string;
  readonly alarm?: number;
  readonly rectification?: number;
  readonly device?: string;
  readonly report?: OrderedReport;
  readonly from?: string;
  readonly to?: string;
  readonly covert?: true;
  readonly takenAt?: number;
  /** By the school's clock; of one that was given up, by the district's. */
  readonly doneAt?: number;
  readonly outcome?: OrderEnd;
  readonly doneBy?: string;
  readonly answer?: string;
  readonly why?: OrderRefusal;
  /** The file is here. `differs`: it is not the one the school's journal speaks of. */
  readonly file?: { readonly name: string; readonly type: string; readonly sha256: string; readonly differs?: true };
}

/** How far an order is. */
export function orderStage(
  { kind, until, takenAt, outcome }: Pick<OrderEntry, 'kind' | 'until' | 'takenAt' | 'outcome'>,
  now: number,
): OrderStage {
  if (outcome) return outcome;
  if (takenAt === undefined) return now < until ? 'waiting' : 'undelivered';
  return kind === 'urge' && now >= until ? 'overdue' : 'open';
}

/** Whether an urge was answered after its date. */
export const answeredLate = ({ kind, until, doneAt, outcome }: OrderEntry): boolean =>
  kind === 'urge' && outcome === 'answered' && doneAt !== undefined && doneAt > until;

/** A page of orders, the newest first. `next`: what to ask for the ones before them. */
export interface OrderPage {
  readonly orders: readonly OrderEntry[];
  readonly next?: string;
}
