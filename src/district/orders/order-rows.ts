/**
 * Orders as rows for the pages, with what the fold wrote came of them. It must never show covert ones to whoever may not know of them, nor
 * orders to schools of other streets.
 */
import type { OrderRefusal } from '../../core/types.ts';
import type { Order } from '../../uplink/protocol.ts';
import { inSight } from '../access/street-sight.ts';
import type { OrderEnd, OrderEntry, OrderPage } from '../board/order-board.ts';
import type { Sql } from '../database/database.ts';

const PAGE = 100;

/** Which orders an officer may know of: those to schools of his streets (`sightOf`), and of silent calls for help or not. */
export interface OrderSight {
  readonly streets: string;
  readonly mayCovert: boolean;
}

/** What is asked of the list. `before`: the key of a page. */
export interface OrderQuery extends OrderSight {
  readonly school?: string | undefined;
  /** Those nothing has come of yet alone. */
  readonly open?: boolean | undefined;
  readonly kind?: string | undefined;
  readonly alarm?: number | undefined;
  readonly before?: string | undefined;
}

interface CommandRow {
  readonly id: string;
  readonly school: string;
  readonly body: Order;
  readonly at: number;
  readonly taken_at: number | null;
  readonly done_at: number | null;
  readonly outcome: OrderEnd | null;
  readonly done_by: string | null;
  readonly detail: { readonly text?: string; readonly why?: OrderRefusal; readonly sha256?: string } | null;
  readonly file_name: string | null;
  readonly file_type: string | null;
  readonly file_hash: string | null;
}

const COLUMNS = `c.id, c.school, c.body, c.at, c.taken_at, c.done_at, c.outcome, c.done_by, c.detail,
  f.name AS file_name, f.type AS file_type, f.sha256 AS file_hash
  FROM command c LEFT JOIN sent_file f ON f.id = c.id AND f.school = c.school`;

/** The newest first, a page at a time. */
export async function listOrders(sql: Sql, asked: OrderQuery): Promise<OrderPage> {
  const { streets, mayCovert, school, open = false, kind, alarm, before } = asked;
  const [, at, id] = /^(\d{1,15})-([0-9a-f-]{36})$/.exec(before ?? '') ?? [];
  const rows = await sql.query<CommandRow>(
    `SELECT ${COLUMNS}
     WHERE ($1::text IS NULL OR c.school = $1) AND ${inSight(2, 'c.school')}
       AND ($3 OR c.body ->> 'covert' IS NULL) AND (NOT $4 OR c.outcome IS NULL)
       AND ($5::text IS NULL OR c.kind = $5) AND ($6::bigint IS NULL OR (c.body ->> 'alarm')::bigint = $6)
       AND ($7::bigint IS NULL OR (c.at, c.id) < ($7, $8::text))
     ORDER BY c.at DESC, c.id DESC LIMIT ${PAGE + 1}`,
    [school, streets, mayCovert, open, kind, alarm, at === undefined ? undefined : Number(at), id],
  );
  const orders = rows.slice(0, PAGE).map(entryOf);
  const last = orders.at(-1);
  return { orders, ...(rows.length > PAGE && last && { next: `${last.at}-${last.id}` }) };
}

/** One order, where this officer may know of it. */
export async function findOrder(
  sql: Sql,
  id: string,
  { streets, mayCovert }: OrderSight,
): Promise<OrderEntry | undefined> {
  const [row] = await sql.query<CommandRow>(
    `SELECT ${COLUMNS} WHERE c.id = $1 AND ${inSight(2, 'c.school')} AND ($3 OR c.body ->> 'covert' IS NULL)`,
    [id, streets, mayCovert],
  );
  return row && entryOf(row);
}

function entryOf(row: CommandRow): OrderEntry {
  const { kind, by, at, until, text, alarm, rectification, device, report, from, to, covert } = row.body;
  const { taken_at: takenAt, done_at: doneAt, outcome, done_by: doneBy, detail } = row;
  const { file_name: name, file_type: type, file_hash: sha256 } = row;
  const known = {
    ...{ text, alarm, rectification, device, report, from, to, covert },
    ...{ takenAt: takenAt ?? undefined, doneAt: doneAt ?? undefined, outcome: outcome ?? undefined },
    ...{ doneBy: doneBy ?? undefined, answer: detail?.text, why: detail?.why },
  };
  const said = Object.fromEntries(Object.entries(known).filter(([, value]) => value !== undefined));
  const differs = detail?.sha256 !== undefined && detail.sha256 !== sha256 && { differs: true as const };
  const file = name !== null && type !== null && sha256 !== null && { file: { name, type, sha256, ...differs } };
  return { id: row.id, school: row.school, kind, by, at, until, ...said, ...file };
}
