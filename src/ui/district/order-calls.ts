/** What pages ask the district about orders. Every call throws `Failed`. */
import type { OrderEntry, OrderForm, OrderPage } from '../../district/board/order-board.ts';
import type { Words } from '../../words/words.ts';
import { post, read } from '../page/gateway-api.ts';
import { atBureau } from './officer.ts';

/** A school that may be asked, with its cameras. */
export interface OrderSchool {
  readonly school: string;
  readonly name: Words;
  readonly cameras: readonly { readonly id: string; readonly title: Words }[];
}

/** Which orders a list is of. */
export interface OrderFilter {
  readonly school?: string;
  readonly open?: boolean;
  readonly alarm?: number;
  readonly before?: string;
}

export const orderSchools = async (): Promise<readonly OrderSchool[]> =>
  (await read<{ readonly schools: readonly OrderSchool[] }>(atBureau('/api/orders/schools'))).schools;

export function readOrders({ school, open, alarm, before }: OrderFilter): Promise<OrderPage> {
  const asked = new URLSearchParams({
    ...(school !== undefined && school !== '' && { school }),
    ...(open && { open: 'yes' }),
    ...(alarm !== undefined && { alarm: String(alarm) }),
    ...(before !== undefined && { before }),
  });
  return read<OrderPage>(atBureau(`/api/orders?${asked}`));
}

export const giveOrder = (form: OrderForm): Promise<OrderEntry> => post<OrderEntry>(atBureau('/api/orders'), form);

/** Where the file of an order is; each look is a line of the trail. */
export const orderFilePath = (id: string): string => `/api/orders/${id}/file`;
