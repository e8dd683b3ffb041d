/**
 * What of the history a person looks for. It lives in the page's address beside the period, so that a search can be sent to
 * somebody. It narrows what was loaded for the period and never the period itself.
 */
import { signal } from '@preact/signals';
import type { AlarmRecord } from '../../core/types-record.ts';
import { titleOf } from '../text/alarm-text.ts';
import { reasonText, whoText } from '../text/handling-text.ts';

/** Each empty where anything goes. */
export interface HistoryFilter {
  readonly zone: string;
  readonly kind: string;
  readonly priority: string;
  /** `open`, or the letter of the class of the reason it was closed for. */
  readonly end: string;
  readonly text: string;
}

const names = ['zone', 'kind', 'priority', 'end', 'text'] as const;

function fromAddress(): HistoryFilter {
  const query = new URLSearchParams(location.search);
  const [zone = '', kind = '', priority = '', end = '', text = ''] = names.map((name) => query.get(name) ?? '');
  return { zone, kind, priority, end, text };
}

export const filter = signal<HistoryFilter>(fromAddress());

/** Changes a part of the filter, and the address with it. */
export function narrow(part: Partial<HistoryFilter>): void {
  filter.value = { ...filter.peek(), ...part };
  const query = new URLSearchParams(location.search);
  for (const name of names) {
    if (filter.peek()[name] === '') query.delete(name);
    else query.set(name, filter.peek()[name]);
  }
  history.replaceState(null, '', `${location.pathname}?${query}`);
}

/** A row as the gateway gives it; what never happened is null. */
export type HistoryRow = { readonly [K in keyof AlarmRecord]: AlarmRecord[K] | null } & Pick<
  AlarmRecord,
  'id' | 'key' | 'kind' | 'priority' | 'device' | 'raisedAt' | 'count'
>;

/** The title of a row, as the wall said it. */
export function rowTitle(row: HistoryRow): string {
  const { key, kind, device, count } = row;
  const place = {
    ...(row.zone !== null && row.zone !== undefined && { zone: row.zone }),
    ...(row.checkpoint !== null && row.checkpoint !== undefined && { checkpoint: row.checkpoint }),
  };
  return titleOf({ key, kind, device, count, ...place });
}

/** Everything of a row that a word is looked for in. */
function textOf(row: HistoryRow): string {
  const people = [row.ackedBy, row.firstAckedBy, row.dispatchedTo, row.arrivedBy, row.disposedBy, row.closedBy];
  const reasons = [row.reason, row.finding].flatMap((code) => (code ? [reasonText(code)] : []));
  const who = people.flatMap((by) => (by ? [whoText(by)] : []));
  return [`#${row.id}`, rowTitle(row), ...reasons, ...who, row.note ?? '', row.findingNote ?? '']
    .join(' ')
    .toLowerCase();
}

/** Whether a row is what is looked for. Of several words each must be there. */
export function fits(row: HistoryRow, { zone, kind, priority, end, text }: HistoryFilter): boolean {
  if (zone !== '' && row.zone !== zone) return false;
  if (kind !== '' && row.kind !== kind) return false;
  if (priority !== '' && row.priority !== Number(priority)) return false;
  const open = row.closedAt === null || row.closedAt === undefined;
  if (end !== '' && (end === 'open' ? !open : !row.reason?.startsWith(end))) return false;
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  return words.length === 0 || words.every((word) => textOf(row).includes(word));
}
