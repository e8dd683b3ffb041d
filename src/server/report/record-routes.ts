/**
 * History for the pages: alarms, rounds, scans and events, newest first, a page at a time.
 * A cursor says where a page ended; it must stay right while new records arrive in front of it.
 */
import { z } from 'zod';
import { type CutNotice, cutWithin } from '../../core/retention/cut-spans.ts';
import { sight } from '../../core/site/rights.ts';
import { maySee, redact } from '../../core/site/sight-facts.ts';
import { redactRecord } from '../../core/site/sight-records.ts';
import type { CutClass, Event, Records, Role, Site, Time } from '../../core/types.ts';
import { Untold } from '../../core/untold.ts';
import { cursorWrong } from '../../words/server-words.ts';
import { sessionOf } from '../auth/authorization.ts';
import type { GatewayPort } from '../gateway-port.ts';
import type { App } from '../http/http-app.ts';
import { Problem } from '../http/problem.ts';

export type RecordTable = 'alarms' | 'rounds' | 'scans' | 'touches' | 'posts' | 'events';
export type RecordRow = Readonly<Record<string, unknown>>;

/** The column that `from`, `to` and the order go by. */
const TIME: Readonly<Record<RecordTable, string>> = {
  alarms: 'raisedAt',
  rounds: 'start',
  scans: 'at',
  touches: 'sourceTime',
  posts: 'start',
  events: 'at',
};
/** The store gives no more at once. */
const STORE_MAX = 10_000;

/** A time as it stands in an address: digits alone, for everything else that JavaScript can make a number of is a slip. */
export const TIME_PARAM = z
  .string()
  .regex(/^\d{1,16}$/, 'expected milliseconds since the epoch, digits only')
  .transform(Number)
  .pipe(z.number().max(8.64e15));
export const ID = z.string().min(1).max(100);

export const RANGE = z.strictObject({
  from: TIME_PARAM.exactOptional(),
  to: TIME_PARAM.exactOptional(),
  device: ID.exactOptional(),
  kind: ID.exactOptional(),
});
export type Range = z.infer<typeof RANGE>;
/** What a page of history is asked by. */
export type RecordFilter = Range & { readonly alarm?: number; readonly covert?: false };

/** What a role may not know of is not even counted among its rows: a page with fewer rows than it could hold would tell. */
export function openTo(role: Role): Pick<RecordFilter, 'covert'> {
  return sight(role) === 'full' ? {} : { covert: false };
}

/** Where a page ended: the time of its last row, and how many rows of just that time were already given. */
interface Cursor {
  readonly to: Time;
  readonly skip: number;
}

function readCursor(text: string): Cursor {
  const match = /^(\d{1,16})\.(\d{1,4})$/.exec(text);
  if (!match) throw new Problem(400, 'bad-cursor', cursorWrong);
  return { to: Number(match[1]), skip: Number(match[2]) };
}

export interface RecordPage {
  readonly rows: readonly RecordRow[];
  readonly next?: string;
}

/** One page of at most `limit` rows. Rejects with the store's own error when the store cannot answer. */
export async function page(
  gateway: GatewayPort,
  table: RecordTable,
  range: RecordFilter,
  limit: number,
  cursor?: string,
): Promise<RecordPage> {
  const at = cursor === undefined ? undefined : readCursor(cursor);
  const skip = at?.skip ?? 0;
  const asked = Math.min(STORE_MAX, limit + skip + 1);
  const found = await gateway.records({ ...range, ...(at && { to: at.to }), table, limit: asked });
  const rows = found.slice(skip, skip + limit);
  const last = rows.at(-1);
  if (!last || found.length <= skip + limit) return { rows };
  const column = TIME[table];
  const to = Number(last[column]);
  // Rows of the same time on this page, and those before it when the whole page is of the time it started at.
  const same = rows.filter((row) => row[column] === to).length + (at?.to === to ? skip : 0);
  return { rows, next: `${to}.${same}` };
}

function forRole(role: Role, site: Site, table: RecordTable, rows: readonly RecordRow[]): readonly RecordRow[] {
  if (table === 'events') {
    const events = rows as readonly unknown[] as readonly Event[];
    return events.filter((e) => maySee(role, e)).map((e) => ({ ...redact(role, site, e) }));
  }
  const records = rows as readonly unknown[] as readonly Records[typeof table][];
  return records.map((row) => ({ ...redactRecord(role, site, table, row) }));
}

const QUERY = RANGE.extend({
  alarm: z.coerce
    .number()
    .int()
    .positive()
    .max(Number.MAX_SAFE_INTEGER)
    .exactOptional()
    .describe('events alone: what is said of this alarm'),
  limit: z.coerce.number().int().min(1).max(1_000).default(200),
  cursor: z.string().max(40).exactOptional().describe('`next` of the page before'),
});
const PAGE = z.object({
  rows: z.array(z.record(z.string(), z.unknown())).describe('newest first'),
  next: z.string().optional().describe('absent on the last page'),
  pruned: z
    .array(z.object({ class: z.string(), before: z.number(), days: z.number() }))
    .optional()
    .describe('records of these classes from before `before` were kept for `days` days, and may be cut'),
});

/** Which classes the records of a table are of. */
export const CUT_CLASSES: Readonly<Record<RecordTable, readonly CutClass[]>> = {
  alarms: ['alarm'],
  rounds: ['patrol'],
  scans: ['patrol'],
  touches: ['patrol'],
  posts: ['patrol'],
  events: ['alarm', 'patrol', 'access'],
};

/** What may be missing of a table from a time on. */
export async function cutOfTable(gateway: GatewayPort, table: RecordTable, from: Time): Promise<readonly CutNotice[]> {
  const known = lastCuts.get(gateway) ?? new Map<RecordTable, readonly CutNotice[]>();
  lastCuts.set(gateway, known);
  try {
    known.set(table, await gateway.read((state) => cutWithin(state, CUT_CLASSES[table], 0)));
  } catch (error) {
    // The journal refuses and nothing is cut meanwhile: what was known before still holds, and records can be read all the same.
    if (!(error instanceof Untold)) throw error;
  }
  return (known.get(table) ?? []).filter(({ before }) => from < before);
}

/** What was last known to be cut, by gateway: records are told of also while State may not be. */
const lastCuts = new WeakMap<GatewayPort, Map<RecordTable, readonly CutNotice[]>>();

const SUMMARIES: Readonly<Record<RecordTable, string>> = {
  alarms: 'Alarms by the time they were raised; `kind` is the kind of alarm',
  rounds: 'Patrol rounds by their planned start; `kind` is the route',
  scans: 'Checks of checkpoints by when they were learned; `kind` is the verdict',
  touches: 'Touches of readers by when they were made, also those that fit no round; `kind` is where they came from',
  posts: 'Posts by when they were to begin; `kind` is what came of one',
  events: 'Events of the journal; `kind` is the kind of fact',
};

export function recordRoutes(app: App, gateway: GatewayPort): void {
  for (const table of ['alarms', 'rounds', 'scans', 'touches', 'posts', 'events'] as const) {
    app.get(
      `/api/${table}`,
      { config: { ask: table }, schema: { summary: SUMMARIES[table], querystring: QUERY, response: { 200: PAGE } } },
      async (request) => {
        const { limit, cursor, ...range } = request.query;
        const { role } = sessionOf(request).user;
        const { rows, next } = await page(gateway, table, { ...range, ...openTo(role) }, limit, cursor);
        const shown = forRole(role, gateway.site(), table, rows);
        const pruned = next === undefined ? await cutOfTable(gateway, table, range.from ?? 0) : [];
        return {
          rows: [...shown],
          ...(next !== undefined && { next }),
          ...(pruned.length > 0 && { pruned: [...pruned] }),
        };
      },
    );
  }
  app.get(
    '/api/samples',
    {
      config: { ask: 'samples' },
      schema: {
        summary: 'Samples of one point of one device',
        querystring: z.strictObject({
          device: ID,
          point: ID,
          from: TIME_PARAM,
          to: TIME_PARAM,
          limit: z.coerce.number().int().min(1).max(10_000).default(2_000),
        }),
        response: {
          200: z.object({
            samples: z.array(
              z.object({
                device: z.string(),
                point: z.string(),
                value: z.union([z.boolean(), z.number(), z.string()]),
                at: z.number(),
              }),
            ),
          }),
        },
      },
    },
    async (request) => ({ samples: [...(await gateway.samples(request.query))] }),
  );
}
