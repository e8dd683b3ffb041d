/**
 * The rounds of a span with the newest word on each of their checkpoints, a few rounds at a time: a month must neither stand in
 * memory twice nor keep the loop from its other work.
 */
import { foldSuspicion } from '../../core/patrol/evolve-patrol.ts';
import type { AuditCheck, AuditRound } from '../../core/report/audit-types.ts';
import type { AuditSpan } from '../../core/report/patrol-audit.ts';
import { cutWithin } from '../../core/retention/cut-spans.ts';
import { emptyState } from '../../core/state.ts';
import type { Event, OpenSuspicion, PostRecord, RoundRecord, Time } from '../../core/types.ts';
import { periodEmpty, periodTooLong } from '../../words/server-words.ts';
import type { GatewayPort } from '../gateway-port.ts';
import { Problem } from '../http/problem.ts';
import { page } from './record-routes.ts';

/** A quarter; more is asked for in parts. */
export const AUDIT_DAYS_MAX = 93;
/** Rounds asked for at once; of 20 checkpoints each, their JSON takes the loop two milliseconds. */
const CHUNK = 40;
const ROUNDS_PAGE = 1_000;

/** The span that can be reported on: not before the journal, not beyond now. Rejects with a Problem when it will not do. */
export async function auditSpanOf(
  gateway: GatewayPort,
  { from, to }: { readonly from: Time; readonly to?: Time },
): Promise<AuditSpan> {
  const { since, at, cut } = await gateway.read((state) => ({
    ...{ since: state.since, at: state.at },
    cut: cutWithin(state, ['patrol'], from)[0],
  }));
  // What was learned may be ahead of a clock that was set back.
  const now = Math.max(gateway.now(), at + 1);
  const end = to ?? now;
  if (end <= from) throw new Problem(422, 'empty-period', periodEmpty);
  if (end - from > AUDIT_DAYS_MAX * 86_400_000) throw new Problem(422, 'too-long', periodTooLong(AUDIT_DAYS_MAX));
  const last = Math.min(end, now);
  const pruned = cut && { before: cut.before, days: cut.days };
  return { from: Math.min(Math.max(from, since), last), to: last, at: now, ...(pruned && { pruned }) };
}

async function recordsOf<R>(gateway: GatewayPort, table: 'rounds' | 'posts', { from, to }: AuditSpan): Promise<R[]> {
  const found: R[] = [];
  let cursor: string | undefined;
  do {
    const { rows, next } = await page(gateway, table, { from, to: to - 1 }, ROUNDS_PAGE, cursor);
    found.push(...(rows as readonly unknown[] as readonly R[]));
    cursor = next;
  } while (cursor !== undefined);
  return found;
}

/** The posts of the span; there are few. */
export const postsGathered = (gateway: GatewayPort, span: AuditSpan): Promise<PostRecord[]> =>
  recordsOf<PostRecord>(gateway, 'posts', span);

/** So many facts of exceptions a report reads at most; the rules ask about some a month. Ours. */
const EXCEPTIONS_MAX = 5_000;

/** What is asked about touches of the span, with the stills and the words that came of it until now. */
export async function exceptionsGathered(gateway: GatewayPort, span: AuditSpan): Promise<OpenSuspicion[]> {
  const state = emptyState();
  for (const kind of ['suspected', 'exception-pictured', 'exception-disposed'] as const) {
    const asked = { table: 'events', kind, from: span.from, limit: EXCEPTIONS_MAX } as const;
    const events = (await gateway.records(asked)) as readonly unknown[] as readonly Extract<
      Event,
      { kind: typeof kind }
    >[];
    for (const event of events.toReversed()) foldSuspicion(state, event);
  }
  return [...state.suspicions.values()].filter(({ from }) => from >= span.from && from < span.to);
}

/** What was gathered so far, and how far that is. */
export interface Gathered {
  readonly rounds: readonly AuditRound[];
  readonly done: number;
  readonly total: number;
}

/** The rounds of the span, chunk by chunk. What is learned while it runs may or may not be in it. */
export async function* gathered(gateway: GatewayPort, span: AuditSpan): AsyncGenerator<Gathered> {
  const all = await recordsOf<RoundRecord>(gateway, 'rounds', span);
  for (let i = 0; i < all.length; i += CHUNK) {
    const some = all.slice(i, i + CHUNK);
    const checks = new Map<string, AuditCheck[]>(some.map(({ id }) => [id, []]));
    for (const check of await gateway.checksOf([...checks.keys()])) checks.get(check.round)?.push(check);
    const rounds = some.map((round) => ({ round, checks: checks.get(round.id) ?? [] }));
    yield { rounds, done: Math.min(i + CHUNK, all.length), total: all.length };
  }
}
