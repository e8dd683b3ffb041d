/**
 * Records as CSV, newest first with local times, and the journal itself as lines of JSON, oldest first with every field the
 * asker may see: the one for people with a spreadsheet, the other for whoever wants to check a figure. It must never hold a whole export in
 * memory.
 */
import { Readable } from 'node:stream';
import { z } from 'zod';
import { maySee, redact } from '../../core/site/rights.ts';
import type { Role, Site, Time } from '../../core/types.ts';
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
const person = personOf('人员', 'person');
const ARRIVALS: Readonly<Record<string, string>> = { scan: '刷卡', hand: '手动' };
const VERDICTS: Readonly<Record<string, string>> = {
  'on-time': '正常',
  early: '早到',
  late: '迟到',
  missed: '漏巡',
  'wrong-order': '顺序错',
};

function checkpointTitle(row: RecordRow, site: Site): unknown {
  for (const route of Object.values(site.routes))
    for (const c of route.checkpoints) if (c.id === row.checkpoint) return c.title.zh;
  return row.checkpoint;
}

const COLUMNS: Readonly<Record<Exported, readonly Column[]>> = {
  alarms: [
    plain('编号', 'id'),
    time('报警时间', 'raisedAt'),
    plain('级别', 'priority'),
    plain('类型', 'kind'),
    { title: '防区', of: (row, site) => site.zones[String(row.zone)]?.title.zh ?? row.zone },
    { title: '设备', of: (row, site) => site.devices[String(row.device)]?.title.zh ?? row.device },
    plain('设备编号', 'device'),
    plain('次数', 'count'),
    plain('数值', 'value'),
    plain('说明', 'why'),
    time('恢复时间', 'returnedAt'),
    time('首次确认时间', 'firstAckedAt'),
    plain('首次确认人', 'firstAckedBy'),
    time('确认时间', 'ackedAt'),
    plain('确认人', 'ackedBy'),
    time('派单时间', 'dispatchedAt'),
    personOf('派给', 'dispatchedTo'),
    time('接单时间', 'acceptedAt'),
    time('到场时间', 'arrivedAt'),
    personOf('到场人', 'arrivedBy'),
    { title: '到场方式', of: (row) => ARRIVALS[String(row.arrivedHow)] },
    plain('处置结果', 'finding'),
    plain('处置说明', 'findingNote'),
    plain('处置人', 'disposedBy'),
    time('处置时间', 'disposedAt'),
    plain('升级到第几级', 'level'),
    time('大屏显示时间', 'paintedAt'),
    plain('所属事件', 'incident'),
    time('关闭时间', 'closedAt'),
    plain('关闭人', 'closedBy'),
    plain('原因', 'reason'),
    plain('备注', 'note'),
    plain('图像', 'picture'),
  ],
  rounds: [
    plain('趟次', 'id'),
    { title: '线路', of: (row, site) => site.routes[String(row.route)]?.title.zh ?? row.route },
    time('计划开始', 'start'),
    person,
    time('完成时间', 'completedAt'),
    plain('正常', 'onTime'),
    plain('早到', 'early'),
    plain('迟到', 'late'),
    plain('漏巡', 'missed'),
    plain('顺序错', 'wrongOrder'),
  ],
  scans: [
    plain('序号', 'seq'),
    plain('趟次', 'round'),
    { title: '地点', of: checkpointTitle },
    time('实到时间', 'sourceTime'),
    time('入库时间', 'at'),
    minutes('偏差(分)', 'offMs'),
    person,
    plain('卡号', 'card'),
    { title: '结果', of: (row) => VERDICTS[String(row.verdict)] ?? row.verdict },
    { title: '补传', of: (row) => (row.uploaded === true ? '是' : '') },
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
  yield `# 超过 ${ROWS_MAX} 行，请缩小时间范围 / more than ${ROWS_MAX} rows: choose a shorter time\r\n`;
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
