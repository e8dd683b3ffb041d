/**
 * Records as CSV, newest first with local times, and the journal itself as lines of JSON, oldest first with every field the
 * asker may see: the one for people with a spreadsheet, the other for whoever wants to check a figure. It must never hold a whole export in
 * memory.
 */

import { Readable } from 'node:stream';
import { z } from 'zod';
import { localSecond } from '../../core/site/calendar.ts';
import { maySee, redact } from '../../core/site/sight-facts.ts';
import type { Records, Role, RoundChange, Site, Time, Words } from '../../core/types.ts';
import { BOM, row as csvRow } from '../../paper/csv.ts';
import { arrivals, heads, roundChangeLine, tooManyRows, yes } from '../../words/csv-words.ts';
import { postHeads, postStandings } from '../../words/post/post-words.ts';
import { cutNotice } from '../../words/proof/retention-words.ts';
import { changeText, endedByItself } from '../../words/screens/round-words.ts';
import {
  kinds,
  lookupWords,
  phoneWays,
  reasonOf,
  roundResults,
  touchSources,
  verdicts,
} from '../../words/trade-words.ts';
import { bothLanguages } from '../../words/words.ts';
import { sessionOf } from '../auth/authorization.ts';
import type { GatewayPort } from '../gateway-port.ts';
import type { App } from '../http/http-app.ts';
import { localTime } from '../http/localtime.ts';
import { history } from './history.ts';
import {
  cutOfTable,
  openTo,
  page,
  type RecordFilter,
  type RecordRow,
  type RecordTable,
  TIME_PARAM,
} from './record-routes.ts';

type Exported = keyof Records;

interface Column {
  readonly title: string;
  readonly of: (value: unknown, site: Site) => unknown;
}

/** A column, or more, for each field of a record, in this order; or a word that it is for screens alone. */
type ExportColumns<T extends Exported> = {
  readonly [F in keyof Records[T]]-?: Column | readonly Column[] | 'not-exported';
};

const CHUNK = 2_000;
const ROWS_MAX = 200_000;
const EXPORTS = 20;
/** Later than every time there is. */
const FOREVER = 8.64e15 + 1;
const RANGE = z.strictObject({ from: TIME_PARAM.exactOptional(), to: TIME_PARAM.exactOptional() });

const plain = (title: string): Column => ({ title, of: (value) => value });
/** A code in the words of the trade, as every screen says it. */
const coded = (title: string, table: Readonly<Record<string, Words>>): Column => ({
  title,
  of: (value) => (value === undefined ? undefined : lookupWords(table, String(value)).zh),
});
const reason = (title: string): Column => ({
  title,
  of: (value) => (value === undefined ? undefined : reasonOf(String(value)).zh),
});
const time = (title: string): Column => ({ title, of: localTime });
const minutes = (title: string): Column => ({
  title,
  of: (value) => (typeof value === 'number' ? Math.round(value / 6_000) / 10 : undefined),
});
/** A person of the site by name; somebody who logs in under another name as that name. */
const personOf = (title: string): Column => ({
  title,
  of: (value, site) => (value === undefined ? undefined : (site.people[String(value)]?.name ?? value)),
});
/** People of the site by name, one after the other. */
const peopleText = (value: unknown, site: Site): string | undefined =>
  value === undefined ? undefined : (value as readonly string[]).map((id) => site.people[id]?.name ?? id).join('、');
function checkpointTitle(value: unknown, site: Site): unknown {
  for (const route of Object.values(site.routes))
    for (const c of route.checkpoints) if (c.id === value) return c.title.zh;
  return value;
}
/** What people changed of a round, one after the other: when, who, what and why. */
const changesText = (value: unknown, site: Site): string =>
  ((value ?? []) as readonly RoundChange[])
    .map((change) => {
      const { zh } = changeText(change, (id) => site.people[id]?.name ?? id);
      return roundChangeLine(localTime(change.at, site), change.by, zh, change.reason ?? endedByItself.zh);
    })
    .join('；');

const COLUMNS: { readonly [T in Exported]: ExportColumns<T> } = {
  alarms: {
    id: plain(heads.id),
    raisedAt: time(heads.raisedAt),
    priority: plain(heads.priority),
    kind: coded(heads.kind, kinds),
    zone: { title: heads.zone, of: (value, site) => site.zones[String(value)]?.title.zh ?? value },
    device: [
      { title: heads.device, of: (value, site) => site.devices[String(value)]?.title.zh ?? value },
      plain(heads.deviceId),
    ],
    count: plain(heads.count),
    value: plain(heads.value),
    why: { title: heads.why, of: (value) => value && bothLanguages(value as Words) },
    returnedAt: time(heads.returnedAt),
    firstAckedAt: time(heads.firstAckedAt),
    firstAckedBy: plain(heads.firstAckedBy),
    ackedAt: time(heads.ackedAt),
    ackedBy: plain(heads.ackedBy),
    dispatchedAt: time(heads.dispatchedAt),
    dispatchedTo: personOf(heads.dispatchedTo),
    acceptedAt: time(heads.acceptedAt),
    arrivedAt: time(heads.arrivedAt),
    arrivedBy: personOf(heads.arrivedBy),
    arrivedHow: coded(heads.arrivedHow, arrivals),
    finding: reason(heads.finding),
    findingNote: plain(heads.findingNote),
    disposedBy: plain(heads.disposedBy),
    disposedAt: time(heads.disposedAt),
    level: plain(heads.level),
    paintedAt: time(heads.shownAt),
    incident: plain(heads.incident),
    closedAt: time(heads.closedAt),
    closedBy: plain(heads.closedBy),
    reason: reason(heads.reason),
    note: plain(heads.note),
    picture: plain(heads.picture),
    key: 'not-exported',
    round: 'not-exported',
    checkpoint: 'not-exported',
    sourceTime: 'not-exported',
    lastAt: 'not-exported',
    causes: 'not-exported',
    dispatchedBy: 'not-exported',
    acceptedBy: 'not-exported',
    joining: 'not-exported',
    covert: 'not-exported',
  },
  rounds: {
    id: plain(heads.round),
    route: { title: heads.route, of: (value, site) => site.routes[String(value)]?.title.zh ?? value },
    start: time(heads.start),
    person: personOf(heads.person),
    second: personOf(heads.second),
    openedAt: 'not-exported',
    completedAt: time(heads.completedAt),
    seen: { title: heads.seen, of: peopleText },
    onTime: plain(verdicts['on-time'].zh),
    early: plain(verdicts.early.zh),
    late: plain(verdicts.late.zh),
    missed: plain(verdicts.missed.zh),
    wrongOrder: plain(verdicts['wrong-order'].zh),
    wrongPerson: plain(verdicts['wrong-person'].zh),
    unknownCard: plain(verdicts['unknown-card'].zh),
    byHand: plain(verdicts['by-hand'].zh),
    itemsDue: plain(heads.itemsDue),
    itemsAnswered: plain(heads.itemsAnswered),
    itemsWrong: plain(heads.itemsWrong),
    cancelled: plain(verdicts.cancelled.zh),
    result: coded(heads.result, roundResults),
    brokenAt: { title: heads.brokenAt, of: checkpointTitle },
    changes: { title: heads.changes, of: changesText },
  },
  scans: {
    seq: plain(heads.seq),
    round: plain(heads.round),
    checkpoint: { title: heads.checkpoint, of: checkpointTitle },
    sourceTime: time(heads.takenAt),
    at: time(heads.keptAt),
    offMs: minutes(heads.offMinutes),
    person: personOf(heads.person),
    card: plain(heads.card),
    verdict: coded(heads.verdict, verdicts),
    uploaded: { title: heads.uploaded, of: (value) => (value === true ? yes : '') },
    planned: personOf(heads.planned),
    before: coded(heads.before, verdicts),
    source: coded(heads.source, touchSources),
  },
  touches: {
    seq: plain(heads.seq),
    reader: { title: heads.reader, of: (value, site) => site.devices[String(value)]?.title.zh ?? value },
    sourceTime: time(heads.takenAt),
    at: time(heads.keptAt),
    person: personOf(heads.person),
    card: plain(heads.card),
    source: coded(heads.source, touchSources),
    doubt: { title: heads.doubt, of: (value) => (value === true ? yes : '') },
    countedAs: time(heads.countedAs),
    batch: plain(heads.batch),
    writtenBy: plain(heads.writtenBy),
    reason: plain(heads.writtenWhy),
    via: coded(heads.via, phoneWays),
    picture: plain(heads.photo),
    sha256: plain(heads.photoHash),
    undoneAt: time(heads.undoneAt),
  },
  posts: {
    id: 'not-exported',
    post: { title: postHeads.post.zh, of: (value, site) => site.posts?.[String(value)]?.title.zh ?? value },
    start: time(postHeads.from.zh),
    until: time(postHeads.until.zh),
    persons: plain(postHeads.persons.zh),
    openedAt: 'not-exported',
    completedAt: time(heads.completedAt),
    result: coded(heads.result, postStandings),
    fewest: plain(postHeads.fewest.zh),
    shortMs: { title: postHeads.shortMin.zh, of: (value) => (typeof value === 'number' ? value / 60_000 : '') },
    people: {
      title: heads.person,
      of: (value, site) =>
        String(value ?? '')
          .split(',')
          .map((id) => site.people[id]?.name ?? id)
          .join('、'),
    },
  },
};

/** The columns of a table with the field each is of. */
const columnsOf = (table: Exported) =>
  Object.entries(COLUMNS[table]).flatMap(([field, columns]: [string, Column | readonly Column[] | 'not-exported']) => {
    const list = columns === 'not-exported' ? [] : [columns].flat();
    return list.map(({ title, of }) => ({ title, of: (row: RecordRow, site: Site) => of(row[field], site) }));
  });

/** Last of all what may be missing, each a line of its own. */
async function* cutLinesOf(gateway: GatewayPort, table: RecordTable, from: Time = 0): AsyncGenerator<string> {
  const { utcOffsetMin } = gateway.site();
  for (const { class: of, before, days } of await cutOfTable(gateway, table, from)) {
    yield `# ${bothLanguages(cutNotice(of, localSecond(before, utcOffsetMin).slice(0, 10), days))}\r\n`;
  }
}

/** The lines of an export, in chunks of text, newest first; beyond `rowsMax` it says that there are more. */
export async function* recordLines(
  gateway: GatewayPort,
  table: Exported,
  range: RecordFilter,
  rowsMax = ROWS_MAX,
): AsyncGenerator<string> {
  const columns = columnsOf(table);
  const site = gateway.site();
  yield `${BOM}${csvRow(columns.map((c) => c.title))}`;
  let cursor: string | undefined;
  for (let done = 0; done < rowsMax; done += CHUNK) {
    const { rows, next } = await page(gateway, table, range, CHUNK, cursor);
    yield rows.map((row) => csvRow(columns.map((c) => c.of(row, site)))).join('');
    if (next === undefined) return yield* cutLinesOf(gateway, table, range.from);
    cursor = next;
  }
  yield `# ${bothLanguages(tooManyRows(rowsMax))}\r\n`;
}

/** The journal as this role may see it, one event a line. */
async function* journalLines(
  gateway: GatewayPort,
  role: Role,
  { from, to }: { readonly from?: Time; readonly to?: Time },
): AsyncGenerator<string> {
  const site = gateway.site();
  // First of all what may be missing: it has no number, for it is no event.
  const pruned = await cutOfTable(gateway, 'events', from ?? 0);
  if (pruned.length > 0) yield `${JSON.stringify({ pruned })}\n`;
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
  for (const table of ['alarms', 'rounds', 'scans', 'touches', 'posts'] as const) {
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
        return reply.send(Readable.from(recordLines(gateway, table, asked), { objectMode: false }));
      },
    );
  }
}
