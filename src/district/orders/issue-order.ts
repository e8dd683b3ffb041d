/**
 * An officer asks something of a school: looked at, bounded, signed and laid where the school finds it with its next poll. It must never be altered
 * afterwards: it is signed. Who may ask of which school was asked before.
 */
import { randomUUID } from 'node:crypto';
import { writtenDay } from '../../core/bureau/take-order.ts';
import type { Signer } from '../../proof/signed-note.ts';
import { signOrder } from '../../uplink/order-signature.ts';
import type { Order } from '../../uplink/protocol.ts';
import { type OrderFault, orderFaults } from '../../words/district/order-board-words.ts';
import { WordedError } from '../../words/worded-error.ts';
import { type OrderForm, orderBounds } from '../board/order-board.ts';
import type { Sql } from '../database/database.ts';
import { jsonText } from '../database/json-rows.ts';

/** Who asks: his account, what schools read, and whether he knows of what heads alone may know. */
export interface AskingOfficer {
  readonly name: string;
  readonly shown: string;
  readonly mayCovert: boolean;
}

/** What was asked cannot be. */
export class OrderUnfit extends WordedError {
  readonly fault: OrderFault;
  constructor(fault: OrderFault) {
    super(orderFaults[fault]);
    this.fault = fault;
  }
}

export interface IssueParts {
  readonly signer: Pick<Signer, 'secret'>;
  readonly now: number;
  readonly utcOffsetMin: number;
}

const DAY_MS = 86_400_000;
/** No control characters but line breaks and tabs, and no halves of characters: schools read it in lists and on paper. */
const WRITABLE = /^(?:[^\p{Cs}\p{Cc}]|[\n\r\t])*$/u;

/** Within one transaction. Resolves with the order as it was signed; rejects with OrderUnfit. */
export async function issueOrder(
  sql: Sql,
  form: OrderForm,
  officer: AskingOfficer,
  { signer, now, utcOffsetMin }: IssueParts,
): Promise<Order> {
  // Orders to one school are counted one after the other.
  const [school] = await sql.query<{ epoch: number }>(
    'SELECT epoch FROM school WHERE school = $1 AND left_at IS NULL FOR UPDATE',
    [form.school],
  );
  if (!school) throw new OrderUnfit('unknown-school');
  const text = form.text?.trim() || undefined;
  const until = untilOf(form, now);
  if (text !== undefined && (text.length > orderBounds.text || !WRITABLE.test(text))) throw new OrderUnfit('text');
  if ((form.kind === 'urge' || form.kind === 'comment') && text === undefined) throw new OrderUnfit('text');
  const covert = await aboutAlarm(sql, form, school.epoch, officer);
  await holdCount(sql, form, now, utcOffsetMin);
  const order: Order = {
    ...{ id: randomUUID(), school: form.school, kind: form.kind, by: officer.shown.slice(0, 60), at: now, until },
    ...(text !== undefined && { text }),
    ...(form.alarm !== undefined && { alarm: form.alarm }),
    ...(form.rectification !== undefined && { rectification: form.rectification }),
    ...(form.kind === 'still' && { device: await camera(sql, form) }),
    ...(form.kind === 'report' && reportOf(form, now, utcOffsetMin)),
    ...(covert && { covert: true as const }),
  };
  const { signature } = signOrder(order, signer);
  await sql.query(
    `INSERT INTO command (id, school, epoch, kind, body, signature, officer, at, until)
     VALUES ($1, $2, $3, $4, $5::jsonb, $6, $7, $8, $9)`,
    [order.id, order.school, school.epoch, order.kind, jsonText(order), signature, officer.name, now, until],
  );
  return order;
}

function untilOf({ kind, until }: OrderForm, now: number): number {
  if (kind === 'comment') return now + orderBounds.commentMs;
  if (kind === 'still') return now + orderBounds.stillMs;
  if (kind === 'report') return now + orderBounds.reportMs;
  const { urgeLeastMs, urgeMostMs } = orderBounds;
  // A minute for whoever wrote the text with the date already chosen.
  if (until === undefined || until < now + urgeLeastMs - 60_000 || until > now + urgeMostMs + 60_000)
    throw new OrderUnfit('until');
  return until;
}

/** Whether heads alone may know of it. An alarm an officer may not know of is to him none. */
async function aboutAlarm(
  sql: Sql,
  { school, alarm }: OrderForm,
  epoch: number,
  { mayCovert }: AskingOfficer,
): Promise<boolean> {
  if (alarm === undefined) return false;
  const [row] = await sql.query<{ covert: boolean }>(
    'SELECT covert FROM alarm WHERE school = $1 AND epoch = $2 AND id = $3',
    [school, epoch, alarm],
  );
  if (!row || (row.covert && !mayCovert)) throw new OrderUnfit('unknown-alarm');
  return row.covert;
}

async function holdCount(sql: Sql, { school, kind }: OrderForm, now: number, utcOffsetMin: number): Promise<void> {
  const offset = utcOffsetMin * 60_000;
  const midnight = Math.floor((now + offset) / DAY_MS) * DAY_MS - offset;
  const still = kind === 'still';
  const [row] = await sql.query<{ count: number }>(
    "SELECT count(*)::int AS count FROM command WHERE school = $1 AND at >= $2 AND (kind = 'still') = $3",
    [school, midnight, still],
  );
  if ((row?.count ?? 0) >= (still ? orderBounds.stillsADay : orderBounds.aDay)) throw new OrderUnfit('enough');
}

async function camera(sql: Sql, { school, device = '' }: OrderForm): Promise<string> {
  const [row] = await sql.query<{ family: string | null }>(
    "SELECT body #>> ARRAY['devices', $2::text, 'family'] AS family FROM site WHERE school = $1",
    [school, device],
  );
  if (row?.family !== 'camera') throw new OrderUnfit('unknown-camera');
  return device;
}

function reportOf({ report, from = '', to = '' }: OrderForm, now: number, utcOffsetMin: number) {
  const [first, last] = [writtenDay(from), writtenDay(to)];
  const today = Math.floor((now + utcOffsetMin * 60_000) / DAY_MS);
  const fit = first !== undefined && last !== undefined && first <= last && last <= today;
  if (!report || !fit || last - first >= orderBounds.reportDays) throw new OrderUnfit('days');
  return { report, from, to };
}
