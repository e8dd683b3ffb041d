/**
 * What time and outcomes bring about with orders: an urge that nobody answered by its date is overdue, once, as a fact and as an alarm that
 * rises by the chains as any other; a still or a report whose time is over was not done; what was sent is said, and whose eyes it was for.
 */
import { urgeOverdue } from '../../words/bureau/order-words.ts';
import { returnToNormal, trigger } from '../alarm/alarms.ts';
import type { Draft } from '../draft.ts';
import { gatewayName } from '../site/armed-plan.ts';
import { orderOfDuty } from '../site/duty-names.ts';
import type { DistrictOrder, Input } from '../types.ts';

const overdueAlarm = (order: string): string => `order/${order}/overdue`;
/** The order an alarm of this key speaks of. */
export function orderOfKey(key: string): string | undefined {
  return /^order\/([0-9a-f-]{36})\/overdue$/.exec(key)?.[1];
}

const shadow = ({ covert }: DistrictOrder) => (covert ? { covert } : {});

/** On every tick: urges that have become overdue, and what can no longer be done. */
export function keepOrders(draft: Draft): void {
  for (const order of draft.state.orders.values()) {
    if (order.over || draft.now < order.due) continue;
    const { id, ask, due, from, text = '', overdueSince } = order;
    if (ask !== 'urge') {
      draft.add({
        ...{ kind: 'district-answered', order: id, how: 'refused', by: gatewayName, why: 'order-not-done' },
        ...shadow(order),
      });
      continue;
    }
    if (overdueSince !== undefined) continue;
    draft.add({ kind: 'district-overdue', order: id, due, ...shadow(order) });
    const key = overdueAlarm(id);
    trigger(draft, {
      ...{ key, alarm: 'overdue', priority: 3, device: gatewayName, cause: key, active: true },
      why: urgeOverdue(from, text),
      ...shadow(order),
    });
  }
}

/** It is answered: no longer overdue. */
export function settleUrge(draft: Draft, id: string): void {
  returnToNormal(draft, overdueAlarm(id), overdueAlarm(id));
}

/** A duty came to something. Once what an order asked for is sent, the order is over, and a picture was looked at. */
export function takeOutcome(draft: Draft, input: Extract<Input, { kind: 'outcome' }>): void {
  const about = orderOfDuty(input.duty);
  const order = about && draft.state.orders.get(about.id);
  draft.add({ ...input, kind: 'done', ...(order && shadow(order)) });
  if (order && input.ok && about.part === 'send' && !order.over) sent(draft, order, input);
}

function sent(draft: Draft, order: DistrictOrder, { brought, sha256 }: Extract<Input, { kind: 'outcome' }>): void {
  const { id, from, device, picture } = order;
  const covert = shadow(order);
  if (picture && device !== undefined)
    draft.add({ kind: 'picture-viewed', by: from, camera: device, picture: picture.name, order: id, ...covert });
  draft.add({
    ...{ kind: 'district-answered', order: id, how: 'sent', by: gatewayName },
    ...(brought !== undefined && { file: brought }),
    ...(sha256 !== undefined && { sha256 }),
    ...covert,
  });
}
