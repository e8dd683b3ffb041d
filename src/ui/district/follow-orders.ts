/**
 * What was asked of schools, followed: the newest page of it is looked at anew every five seconds, and it says when that did not work: an old list
 * must not look like news.
 */
import { useCallback, useEffect, useState } from 'preact/hooks';
import type { OrderEntry } from '../../district/board/order-board.ts';
import { sentence } from '../page/gateway-api.ts';
import { type OrderFilter, readOrders } from './order-calls.ts';

/** Somebody waits for an answer, or for a picture. Ours. */
const LOOK_MS = 5_000;

/** The first page of the list, kept fresh, and those before it as they were asked for. */
export function useOrders(filter: OrderFilter) {
  const [fresh, setFresh] = useState<readonly OrderEntry[]>();
  const [older, setOlder] = useState<readonly OrderEntry[]>([]);
  const [next, setNext] = useState<string>();
  const [failure, setFailure] = useState<string>();
  const key = JSON.stringify(filter);
  const look = useCallback(async () => {
    try {
      const page = await readOrders(JSON.parse(key) as OrderFilter);
      setFresh(page.orders);
      setNext((was) => was ?? page.next);
      setFailure(undefined);
    } catch (caught) {
      setFailure(sentence(caught));
    }
  }, [key]);
  useEffect(() => {
    setFresh(undefined);
    setOlder([]);
    setNext(undefined);
    void look();
    const timer = setInterval(() => {
      if (!document.hidden) void look();
    }, LOOK_MS);
    return () => clearInterval(timer);
  }, [look]);
  const goBack = async () => {
    try {
      const page = await readOrders({
        ...(JSON.parse(key) as OrderFilter),
        ...(next !== undefined && { before: next }),
      });
      setOlder((was) => [...was, ...page.orders]);
      setNext(page.next);
    } catch (caught) {
      setFailure(sentence(caught));
    }
  };
  const ids = new Set(fresh?.map(({ id }) => id));
  const orders = fresh && [...fresh, ...older.filter(({ id }) => !ids.has(id))];
  return { orders, more: next !== undefined, failure, look, goBack };
}
