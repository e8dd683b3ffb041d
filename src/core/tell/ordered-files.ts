/**
 * What is owed for orders of the district: to take a still, to send it or a report. Derived from State alone, so a crash forgets none; an order
 * whose time is over owes nothing. It must never decide what comes of an order.
 */
import { sendDuty, takeDuty } from '../site/duty-names.ts';
import type { DistrictOrder, Duty, OrderedFile, State, Time } from '../types.ts';

/** What is owed for orders at `now`; `ready`: it has not failed just now. */
export function ordersOwed({ orders }: Pick<State, 'orders'>, now: Time, ready: (duty: string) => boolean): Duty[] {
  return [...orders.values()].flatMap((order): Duty[] => {
    const { id, ask, device, picture, due, over } = order;
    if (over || now >= due || ask === 'urge' || ask === 'comment') return [];
    if (ask === 'still' && !picture) {
      if (device === undefined || !ready(takeDuty(id))) return [];
      return [{ id: takeDuty(id), do: 'ordered-still', camera: device, order: id }];
    }
    const file = fileOf(order);
    return file && ready(sendDuty(id)) ? [{ id: sendDuty(id), do: 'deliver', order: id, file }] : [];
  });
}

function fileOf({ picture, report }: DistrictOrder): OrderedFile | undefined {
  if (picture) return { picture: picture.name };
  return report && { report: report.of, first: report.first, last: report.last };
}
