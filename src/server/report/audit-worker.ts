/**
 * The thread that makes one report and ends: printing thousands of rows takes seconds of a processor, during which the gateway
 * has to go on. It is given the rounds in parts and gives back a file. It knows neither gateway nor journal.
 */
import { parentPort, workerData } from 'node:worker_threads';
import type { AuditLang, AuditSite } from '../../core/report/audit-book.ts';
import type { AuditRound } from '../../core/report/audit-types.ts';
import { type AuditSpan, AuditTally } from '../../core/report/patrol-audit.ts';
import type { OpenSuspicion, PostRecord, Words } from '../../core/types.ts';
import { PrintFonts } from '../../paper/print-fonts.ts';
import { reportFailed } from '../../words/screens/audit-words.ts';
import { WordedError } from '../../words/worded-error.ts';
import { type JournalHead, paperOf } from './audit-paper.ts';
import { auditPdf } from './audit-pdf.ts';
import { auditXlsx } from './audit-xlsx.ts';

/** What is made, and for which place and span. */
export interface AuditOrder {
  readonly format: 'xlsx' | 'pdf';
  readonly lang: AuditLang;
  readonly site: AuditSite;
  readonly span: AuditSpan;
  readonly posts: readonly PostRecord[];
  readonly exceptions: readonly OpenSuspicion[];
  readonly head: JournalHead;
  /** The setting `reports.font`. */
  readonly font?: string;
}
/** Parts of the rounds; `end` after the last. */
export type ToAudit = { readonly rounds: readonly AuditRound[] } | 'end';
export type FromAudit =
  | { readonly share: number }
  | { readonly file: Uint8Array }
  | { readonly error: Words; readonly inside?: string };

async function made(order: AuditOrder, tally: AuditTally, say: (what: FromAudit) => void): Promise<Uint8Array> {
  const paper = paperOf(tally.result(), order.site, order.lang, order.head);
  if (order.format === 'xlsx') return auditXlsx(paper);
  let said = 0;
  return auditPdf(paper, PrintFonts.open(order.font), (share) => {
    if (share < said + 0.02) return;
    said = share;
    say({ share });
  });
}

const port = parentPort;
if (!port) throw new Error('this file is a worker thread of the reports');
const order = workerData as AuditOrder;
const tally = new AuditTally(order.site, order.span);
for (const post of order.posts) tally.takePost(post);
tally.takeExceptions(order.exceptions);
port.on('message', (message: ToAudit) => {
  if (message !== 'end') {
    for (const one of message.rounds) tally.take(one);
    return;
  }
  const say = (what: FromAudit) => port.postMessage(what);
  made(order, tally, say)
    .then(
      (file) => say({ file }),
      (error: unknown) => {
        const worded = error instanceof WordedError;
        say({ error: worded ? error.why : reportFailed, ...(!worded && { inside: String(error) }) });
      },
    )
    .finally(() => port.close());
});
