/**
 * Records as CSV, newest first with local times, and the journal itself as lines of JSON, oldest first with every field the
 * asker may see: the one for people with a spreadsheet, the other for whoever wants to check a figure. It must never hold a whole export in
 * memory.
 */
import { Readable } from 'node:stream';
import { z } from 'zod';
import { maySee, redact } from '../../core/site/rights.ts';
import type { Role, Site, Time, Words } from '../../core/types.ts';
import { arrivals, heads, tooManyRows, yes } from '../../words/csv-words.ts';
import { kinds, lookupWords, reasonOf, verdicts } from '../../words/trade-words.ts';
import { bothLanguages } from '../../words/words.ts';
import { sessionOf } from '../auth/authorization.ts';
import type { GatewayPort } from '../gateway-port.ts';
import type { App } from '../http/http-app.ts';
import { localTime } from '../http/localtime.ts';
import { BOM, row as csvRow } from './csv.ts';
import { history } from './history.ts';
import { openTo, page, type RecordFilter, type RecordRow, TIME_PARAM } from './record-routes.ts';

type Exported = 'alarms' | 'rounds' | 'scans';

interface Column {
  readonly title: string;
  readonly of: (row: RecordRow, site: Site) => unknown;
}

const CHUNK = 2_000;
const ROWS_MAX = 200_000;
const EXPORTS = 20;
/** Later than every time there is. */
const FOREVER = 8.64e15 + 1;
const RANGE = z.strictObject({ from: TIME_PARAM.exactOptional(), to: TIME_PARAM.exactOptional() });

const plain = (title: string, key: string): Column => ({ title, of: (row) => row[key] });
/** A code in the words of the trade, as every screen says it. */
const coded = (title: string, key: string, table: Readonly<Record<string, Words>>): Column => ({
  title,
  of: (row) => (row[key] === undefined ? undefined : lookupWords(table, String(row[key])).zh),
});
const reason = (title: string, key: string): Column => ({
  title,
  of: (row) => (row[key] === undefined ? undefined : reasonOf(String(row[key])).zh),
});
const time = (title: string, key: string): Column => ({ title, of: (row, site) => localTime(row[key], site) });
const minutes = (title: string, key: string): Column => ({
  title,
  of: (row) => (typeof row[key] === 'number' ? Math.round(row[key] / 6_000) / 10 : undefined),
});
/** A person of the site by name; somebody who logs in under another name as that name. */
const personOf = (title: string, key: string): Column => ({
  title,
  of: (row, site) => (row[key] === undefined ? undefined : (site.people[String(row[key])]?.name ?? row[key])),
});
const person = personOf(heads.person, 'person');
function checkpointTitle(row: RecordRow, site: Site): unknown {
  for (const route of Object.values(site.routes))
    for (const c of route.checkpoints) if (c.id === row.checkpoint) return c.title.zh;
  return row.checkpoint;
}

const COLUMNS: Readonly<Record<Exported, readonly Column[]>> = {
  alarms: [
    plain(heads.id, 'id'),
    time(heads.raisedAt, 'raisedAt'),
    plain(heads.priority, 'priority'),
    coded(heads.kind, 'kind', kinds),
    { title: heads.zone, of: (row, site) => site.zones[String(row.zone)]?.title.zh ?? row.zone },
    { title: heads.device, of: (row, site) => site.devices[String(row.device)]?.title.zh ?? row.device },
    plain(heads.deviceId, 'device'),
    plain(heads.count, 'count'),
    plain(heads.value, 'value'),
    { title: heads.why, of: (row) => row.why && bothLanguages(row.why as Words) },
    time(heads.returnedAt, 'returnedAt'),
    time(heads.firstAckedAt, 'firstAckedAt'),
    plain(heads.firstAckedBy, 'firstAckedBy'),
    time(heads.ackedAt, 'ackedAt'),
    plain(heads.ackedBy, 'ackedBy'),
    time(heads.dispatchedAt, 'dispatchedAt'),
    personOf(heads.dispatchedTo, 'dispatchedTo'),
    time(heads.acceptedAt, 'acceptedAt'),
    time(heads.arrivedAt, 'arrivedAt'),
    personOf(heads.arrivedBy, 'arrivedBy'),
    coded(heads.arrivedHow, 'arrivedHow', arrivals),
    reason(heads.finding, 'finding'),
    plain(heads.findingNote, 'findingNote'),
    plain(heads.disposedBy, 'disposedBy'),
    time(heads.disposedAt, 'disposedAt'),
    plain(heads.level, 'level'),
    time(heads.shownAt, 'paintedAt'),
    plain(heads.incident, 'incident'),
    time(heads.closedAt, 'closedAt'),
    plain(heads.closedBy, 'closedBy'),
    reason(heads.reason, 'reason'),
    plain(heads.note, 'note'),
    plain(heads.picture, 'picture'),
  ],
  rounds: [
    plain(heads.round, 'id'),
    { title: heads.route, of: (row, site) => site.routes[String(row.route)]?.title.zh ?? row.route },
    time(heads.start, 'start'),
    person,
    time(heads.completedAt, 'completedAt'),
    plain(verdicts['on-time'].zh, 'onTime'),
    plain(verdicts.early.zh, 'early'),
    plain(verdicts.late.zh, 'late'),
    plain(verdicts.missed.zh, 'missed'),
    plain(verdicts['wrong-order'].zh, 'wrongOrder'),
  ],
  scans: [
    plain(heads.seq, 'seq'),
    plain(heads.round, 'round'),
    { title: heads.checkpoint, of: checkpointTitle },
    time(heads.takenAt, 'sourceTime'),
    time(heads.keptAt, 'at'),
    minutes(heads.offMinutes, 'offMs'),
    person,
    plain(heads.card, 'card'),
    coded(heads.verdict, 'verdict', verdicts),
    { title: heads.uploaded, of: (row) => (row.uploaded === true ? yes : '') },
  ],
};

/** The lines of an export, in chunks of text, newest first. */
async function* lines(gateway: GatewayPort, table: Exported, range: RecordFilter): AsyncGenerator<string> {
  const columns = COLUMNS[table];
  const site = gateway.site();
  yield `${BOM}${csvRow(columns.map((c) => c.title))}`;
  let cursor: string | undefined;
  for (let done = 0; done < ROWS_MAX; done += CHUNK) {
    const { rows, next } = await page(gateway, table, range, CHUNK, cursor);
    yield rows.map((row) => csvRow(columns.map((c) => c.of(row, site)))).join('');
    if (next === undefined) return;
    cursor = next;
  }
  yield `# ${bothLanguages(tooManyRows(ROWS_MAX))}\r\n`;
}

/** The journal as this role may see it, one event a line. */
async function* journalLines(
  gateway: GatewayPort,
  role: Role,
  { from, to }: { readonly from?: Time; readonly to?: Time },
): AsyncGenerator<string> {
  const site = gateway.site();
  for await (const events of history(gateway, { from: from ?? 0, to: to === undefined ? FOREVER : to + 1 })) {
    const seen = events.filter((event) => maySee(role, event));
    if (seen.length > 0) yield seen.map((event) => `${JSON.stringify(redact(role, site, event))}\n`).join('');
  }
}

export function exportRoutes(app: App, gateway: GatewayPort): void {
  const config = { ask: 'export', rateLimit: { max: EXPORTS, timeWindow: 60_000 } } as const;
  app.get(
    '/api/export/events.ndjson',
    {
      config,
      schema: { summary: 'The journal as application/x-ndjson: one event a line, oldest first', querystring: RANGE },
    },
    async (request, reply) => {
      reply.type('application/x-ndjson; charset=utf-8');
      reply.header('content-disposition', 'attachment; filename="events.ndjson"');
      const { role } = sessionOf(request).user;
      return reply.send(Readable.from(journalLines(gateway, role, request.query), { objectMode: false }));
    },
  );
  for (const table of ['alarms', 'rounds', 'scans'] as const) {
    app.get(
      `/api/export/${table}.csv`,
      {
        config,
        schema: {
          summary: `${table} as CSV: UTF-8 with BOM, CRLF, times local to the school`,
          querystring: RANGE,
        },
      },
      async (request, reply) => {
        reply.type('text/csv; charset=utf-8');
        reply.header('content-disposition', `attachment; filename="${table}.csv"`);
        const asked = { ...request.query, ...openTo(sessionOf(request).user.role) };
        return reply.send(Readable.from(lines(gateway, table, asked), { objectMode: false }));
      },
    );
  }
}
