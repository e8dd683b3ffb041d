/**
 * The part of `evolve` that folds what the district asks. Like all of it, it holds no rules. An order that is over is kept until its date and
 * some days beyond, so that one that comes again is known.
 */
import { sendDuty, takeDuty } from '../site/duty-names.ts';
import type { BureauFact, DistrictOrder, Event, OrderSaid, State, Time } from '../types.ts';

/** An order is remembered so long after its date and its outcome; one that comes later than that after its date is not taken at all. */
export const orderKeptMs = 7 * 86_400_000;
/** Notes that are kept beside one alarm, as with those of the school's own people. */
const notesMax = 50;

const kinds: Readonly<Record<BureauFact['kind'], true>> = {
  'district-joined': true,
  'district-ordered': true,
  'district-answered': true,
  'district-overdue': true,
};
type BureauEvent = Extract<Event, { readonly kind: BureauFact['kind'] }>;

/** Whether a fact is one of what the district asks. */
export const isOfBureau = (event: Event): event is BureauEvent => Object.hasOwn(kinds, event.kind);

/** Folds one fact of an order, or of the joining. */
export function foldBureau(state: State, event: BureauEvent): void {
  const { at } = event;
  if (event.kind === 'district-joined') {
    const { district, filter, leaves } = event;
    state.district = { district, filter, leaves, joinedAt: at };
    return;
  }
  if (event.kind === 'district-ordered') {
    state.orders.set(event.order.id, begun(event.order, at, event.covert));
    if (event.order.kind === 'comment' && event.alarm !== undefined) foldComment(state, event.alarm, event.order, at);
    forgetOrders(state, at);
    return;
  }
  const was = state.orders.get(event.order);
  if (!was) return;
  if (event.kind === 'district-overdue') {
    state.orders.set(was.id, { ...was, overdueSince: at });
    return;
  }
  // What failed on the way is owed no longer.
  for (const duty of [takeDuty(was.id), sendDuty(was.id)]) state.duties.delete(duty);
  const { overdueSince: _over, ...rest } = was;
  const { by, how, text, why } = event;
  const over = { by, at, how, ...(text !== undefined && { text }), ...(why !== undefined && { why }) };
  state.orders.set(was.id, { ...rest, over });
}

/** The still that an order asked for is taken. */
export function foldOrderedStill(state: State, id: string, name: string, sha256: string | undefined): void {
  const was = state.orders.get(id);
  if (was) state.orders.set(id, { ...was, picture: { name, ...(sha256 !== undefined && { sha256 }) } });
}

function begun(order: OrderSaid, cameAt: Time, covert: true | undefined): DistrictOrder {
  const { id, kind, by, at, until, text, alarm, rectification, device, report, from, to } = order;
  const about = {
    ...(alarm !== undefined && { alarm }),
    ...(rectification !== undefined && { rectification }),
  };
  return {
    ...{ id, ask: kind, from: by, asked: at, due: until, cameAt },
    ...(text !== undefined && { text }),
    ...(Object.keys(about).length > 0 && { about }),
    ...(device !== undefined && { device }),
    ...(report && from !== undefined && to !== undefined && { report: { of: report, first: from, last: to } }),
    ...(covert && { covert }),
  };
}

/** What the district says of an alarm stands among its notes. */
function foldComment(state: State, id: number, { by, text = '' }: OrderSaid, at: Time): void {
  const alarm = state.alarms.get(id);
  if (!alarm) return;
  const note = { by, at, text, district: true as const };
  state.alarms.set(id, { ...alarm, notes: [...alarm.notes, note].slice(-notesMax) });
}

function forgetOrders(state: State, at: Time): void {
  for (const [id, { due, over }] of state.orders)
    if (over && Math.max(over.at, due) < at - orderKeptMs) state.orders.delete(id);
}
