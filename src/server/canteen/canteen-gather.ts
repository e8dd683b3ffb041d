/**
 * What a report of the canteen is made of, read from the journal: the ledger folded as State folds it, lists, alarms, online rates and sensors.
 * It reads in pages and decides nothing.
 */
import { foldList, isOfLists } from '../../core/canteen/evolve-canteen.ts';
import { concernsCanteen } from '../../core/rectify/countersign.ts';
import { foldRectify, foldStill, isOfRectify } from '../../core/rectify/evolve-rectify.ts';
import type { CanteenEvent, CanteenFound } from '../../core/report/canteen-book-types.ts';
import type { OnlineStep } from '../../core/report/online-types.ts';
import { localDay } from '../../core/site/calendar.ts';
import { emptyState } from '../../core/state.ts';
import type { Event, Rectification, Time, User } from '../../core/types.ts';
import type { GatewayPort } from '../gateway-port.ts';
import { history } from '../report/history.ts';
import { onlineOf } from '../report/online-routes.ts';
import { isCanteenAlarm, maySeeSensor } from './canteen-sight.ts';

/** What is open may have been found so long before: a date is at most 90 days ahead, and moves. */
const leadMs = 200 * 86_400_000;
const alarmsMax = 10_000;

const ledgerKinds = [
  ...(['rectification-proposed', 'rectification-opened', 'rectification-taken', 'rectification-dismissed'] as const),
  ...(['rectification-moved', 'rectification-answered', 'rectification-countersigned'] as const),
  ...(['rectification-returned', 'rectification-withdrawn', 'rectification-overdue'] as const),
  ...(['list-answered', 'list-missed', 'excursion-ended', 'done'] as const),
] satisfies readonly Event['kind'][];

/** A number where a record has one. */
const given = (value: unknown): Time | undefined => (typeof value === 'number' ? value : undefined);

async function alarmsOf(gateway: GatewayPort, from: Time, to: Time): Promise<readonly CanteenEvent[]> {
  const site = gateway.site();
  const rows = await gateway.records({ table: 'alarms', from, to: to - 1, covert: false, limit: alarmsMax });
  return rows
    .map((row) => ({ row, kind: String(row.kind), device: String(row.device) }))
    .filter((one) => isCanteenAlarm(site, one))
    .map(({ row, kind, device }) => {
      const [ackedAt, closedAt] = [given(row.ackedAt), given(row.closedAt)];
      return {
        ...{ kind, device, raisedAt: Number(row.raisedAt) },
        ...(ackedAt !== undefined && { ackedAt }),
        ...(closedAt !== undefined && { closedAt }),
      };
    });
}

/** The duty that brings the still of an alarm itself, or the one that came with it; those of before and after stand beside. */
const evidence = /^snapshot\/\d+(?:\/own)?$/;

/** Everything of [from, to) that `user` sees of the canteen. Rejects with a Problem when the span will not do. */
export async function canteenFound(
  gateway: GatewayPort,
  { from, to, by }: { readonly from: Time; readonly to: Time; readonly by: OnlineStep },
  user: User,
): Promise<CanteenFound> {
  const site = gateway.site();
  const online = await onlineOf(gateway, { from, to, by });
  const state = emptyState();
  const ledger = new Map<number, Rectification>();
  const excursions: Extract<Event, { readonly kind: 'excursion-ended' }>[] = [];
  for await (const events of history(gateway, { from: Math.max(0, from - leadMs), to }, ledgerKinds)) {
    for (const event of events) {
      if (isOfRectify(event)) foldRectify(state, event);
      else if (isOfLists(event)) foldList(state, event);
      else if (event.kind === 'excursion-ended' && event.at >= from) {
        if (maySeeSensor(site, user, event.device)) excursions.push(event);
      } else if (event.kind === 'done' && event.brought !== undefined && evidence.test(event.duty))
        foldStill(state, Number(event.duty.split('/')[1]), event.brought, event.sha256);
    }
    for (const [id, one] of state.rectifications) ledger.set(id, one);
  }
  const day = localDay(from, site.utcOffsetMin);
  return {
    ...{ from, to: online.to, online, excursions },
    alarms: await alarmsOf(gateway, from, online.to),
    ledger: [...ledger.values()]
      .filter(({ over }) => !over || over.at >= from)
      .filter((one) => user.role !== 'canteen' || concernsCanteen(site, one, user))
      .sort((a, b) => a.id - b.id),
    lists: [...state.listDays.values()].filter((one) => one.day >= day),
  };
}
