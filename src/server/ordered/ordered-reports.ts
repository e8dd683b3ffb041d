/**
 * Reports made because the district ordered them: the same papers people fetch by hand, as workbooks, and alarms as CSV. Silent calls for help are
 * in none of them. One is made at a time; nothing is reckoned here.
 */
import { writtenDay } from '../../core/bureau/take-order.ts';
import { timeOf } from '../../core/site/calendar.ts';
import type { OrderedFile, Time, User } from '../../core/types.ts';
import { paperXlsx } from '../../paper/paper-xlsx.ts';
import { canteenName, canteenPaper } from '../canteen/canteen-report-routes.ts';
import type { GatewayPort } from '../gateway-port.ts';
import { auditSpanOf, exceptionsGathered, postsGathered } from '../report/audit-gather.ts';
import { makeAudit } from '../report/audit-make.ts';
import { signedHead } from '../report/audit-paper.ts';
import { auditName, auditSite } from '../report/audit-routes.ts';
import { recordLines } from '../report/export.ts';

type OrderedReportFile = Exclude<OrderedFile, { readonly picture: string }>;

/** Some megabytes; a district asks for less at a time. Ours. */
const ALARMS_MAX = 20_000;
/** Longer than that nobody makes one; the duty is given up a little later. */
const MAKING_MS = 100_000;
const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
/** Sees what an auditor sees. */
const bureau: User = { name: 'district', role: 'auditor' };

export interface MadeReport {
  readonly name: string;
  readonly type: string;
  readonly bytes: Uint8Array;
}

/** The report of these days, both included, in Chinese. `failed` hears what went wrong inside. Rejects with WordedError. */
export async function makeOrderedReport(
  gateway: GatewayPort,
  { report, first, last }: OrderedReportFile,
  failed: (error: string) => void,
): Promise<MadeReport> {
  const { utcOffsetMin } = gateway.site();
  const [begin = 0, end = 0] = [first, last].map((day) => writtenDay(day));
  const from = timeOf(begin, 0, utcOffsetMin);
  const to = timeOf(end + 1, 0, utcOffsetMin);
  if (report === 'patrol') return await patrolBook(gateway, from, to, failed);
  if (report === 'canteen') {
    // The last moment of the last day: the paper names the day it ends on.
    const paper = await canteenPaper(gateway, { from, to: to - 1, by: 'day', lang: 'zh' }, bureau);
    return { name: canteenName(paper, 'xlsx'), type: XLSX, bytes: await paperXlsx(paper) };
  }
  const parts: string[] = [];
  const range = { from, to: to - 1, covert: false } as const;
  for await (const part of recordLines(gateway, 'alarms', range, ALARMS_MAX)) parts.push(part);
  const [a, b] = [first, last].map((day) => day.replaceAll('-', ''));
  return { name: `alarms-${a}-${b}.csv`, type: 'text/csv; charset=utf-8', bytes: Buffer.from(parts.join('')) };
}

async function patrolBook(
  gateway: GatewayPort,
  from: Time,
  to: Time,
  failed: (error: string) => void,
): Promise<MadeReport> {
  const span = await auditSpanOf(gateway, { from, to });
  const site = auditSite(gateway.site());
  const posts = await postsGathered(gateway, span);
  const exceptions = await exceptionsGathered(gateway, span);
  const order = { posts, exceptions, format: 'xlsx', lang: 'zh', site, span, head: signedHead(gateway) } as const;
  const bytes = await makeAudit(gateway, order, {
    ...{ progress: () => undefined, signal: AbortSignal.timeout(MAKING_MS), failed },
  });
  return { name: auditName(span, site, 'xlsx'), type: XLSX, bytes };
}
