/**
 * What becomes of an order when it comes: a fact of it, and at once its outcome where there is nothing to do or nothing can be done. An order
 * that is known is not taken again, however often it comes. It must never acknowledge, arm or close anything.
 */
import type { Draft } from '../draft.ts';
import { gatewayName } from '../site/armed-plan.ts';
import { localDay } from '../site/calendar.ts';
import { lookup } from '../site/lookup.ts';
import type { BureauInput, DistrictOrder, OrderRefusal, OrderSaid, Site, State, Time } from '../types.ts';
import { orderKeptMs } from './evolve-bureau.ts';

/** A date farther off than this is none that anybody keeps to; a month, and a day for clocks. Ours. */
export const orderAheadMs = 32 * 86_400_000;
/** A still or a report that would do as late as this is no hurry of anybody's, and would only be remembered. Ours. */
const fileAheadMs = 2 * 86_400_000;
/** So many urges may wait for an answer, and so many files be under way; more is no help to anybody. Ours. */
export const urgesMax = 50;
const filesMax = 20;
/** So many orders are taken on one day; the others stay at the district until tomorrow. Ours: forty looks and a great deal of asking. */
export const ordersADay = 200;
/** A report of so many days at most: a quarter. */
export const reportDaysMax = 92;

/** Whether this order was taken, and need not come again. */
export const isTaken = (state: { readonly orders: ReadonlyMap<string, unknown> }, id: string): boolean =>
  state.orders.has(id);

/** What came of the district. */
export function takeBureau(draft: Draft, input: BureauInput): void {
  if (input.kind === 'district-order') takeOrder(draft, input);
  else takeJoined(draft, input);
}

/**
 * An order of the district. Nothing comes of one that was taken before, of one whose date is long past (whether it was taken nobody remembers),
 * and of one more than a day's number: what stays at the district comes again.
 */
function takeOrder(draft: Draft, { order, signature }: Extract<BureauInput, { kind: 'district-order' }>): void {
  const { state, site, now } = draft;
  if (isTaken(state, order.id) || order.until < now - orderKeptMs) return;
  if (cameToday(state, site, now) >= ordersADay) return;
  const alarm = order.alarm === undefined ? undefined : state.alarms.get(order.alarm);
  const covert = order.covert || alarm?.covert ? { covert: true as const } : {};
  draft.add({
    ...{ kind: 'district-ordered', order, signature },
    ...(alarm && { alarm: alarm.id }),
    ...covert,
  });
  const why = refusalOf(draft, order);
  const answer = { kind: 'district-answered', order: order.id, by: gatewayName, ...covert } as const;
  if (why) draft.add({ ...answer, how: 'refused', why });
  else if (order.kind === 'comment') draft.add({ ...answer, how: 'noted' });
}

/** What the school is joined to, where that is news. */
function takeJoined(draft: Draft, joined: Extract<BureauInput, { kind: 'district-joined' }>): void {
  const was = draft.state.district;
  if (was?.district !== joined.district || was.filter !== joined.filter) draft.add(joined);
}

function cameToday({ orders }: State, { utcOffsetMin }: Site, now: Time): number {
  const today = localDay(now, utcOffsetMin);
  let count = 0;
  for (const { cameAt } of orders.values()) if (localDay(cameAt, utcOffsetMin) === today) count += 1;
  return count;
}

function waiting({ orders }: State, some: (order: DistrictOrder) => boolean): number {
  let count = 0;
  for (const order of orders.values()) if (!order.over && some(order)) count += 1;
  return count;
}

function refusalOf({ state, site, now }: Draft, order: OrderSaid): OrderRefusal | undefined {
  const { kind, until, text = '', device, report, from, to } = order;
  // What was said is said, however late it comes.
  if (kind === 'comment') return text.trim() ? undefined : 'order-empty';
  if (until <= now) return 'order-expired';
  if (until > now + orderAheadMs) return 'order-too-far';
  if (kind !== 'urge' && until > now + fileAheadMs) return 'order-too-far';
  if (kind === 'urge') {
    if (!text.trim()) return 'order-empty';
    return waiting(state, ({ ask }) => ask === 'urge') >= urgesMax ? 'order-too-many' : undefined;
  }
  if (waiting(state, ({ ask }) => ask !== 'urge') >= filesMax) return 'order-too-many';
  if (kind === 'still') return hasStills(site, device) ? undefined : 'order-no-camera';
  if (report === undefined) return 'order-empty';
  if (report === 'canteen' && !site.canteen) return 'order-no-canteen';
  return areDays(from, to, localDay(now, site.utcOffsetMin)) ? undefined : 'order-wrong-days';
}

const hasStills = ({ devices }: Site, device: string | undefined): boolean =>
  device !== undefined && lookup(devices, device)?.family === 'camera';

const dayMs = 86_400_000;
/** A day as it is written (`2026-11-30`), days since 1970-01-01; undefined where it is none. */
export function writtenDay(text: string): number | undefined {
  const at = /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(at) ? undefined : at / dayMs;
}

/** Whether these are days that have begun, in their order, and not too many. */
function areDays(from: string | undefined, to: string | undefined, today: number): boolean {
  const [first, last] = [from, to].map((text) => (text === undefined ? undefined : writtenDay(text)));
  return first !== undefined && last !== undefined && first <= last && last <= today && last - first < reportDaysMax;
}
