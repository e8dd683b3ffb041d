/**
 * What a report is printed from, whatever the format: the tables, and what stands beside them on every copy.
 */
import { type AuditBook, type AuditLang, type AuditSite, bookOf } from '../../core/report/audit-book.ts';
import type { PatrolAudit } from '../../core/report/audit-types.ts';
import { localSecond } from '../../core/site/calendar.ts';
import { auditPage, auditSpan, auditTitle } from '../../words/screens/audit-words.ts';
import type { GatewayPort } from '../gateway-port.ts';

/** The newest link of the journal when the report was asked for. */
export interface JournalHead {
  readonly seq: number;
  readonly hash: string;
  /** The newest checkpoint that was signed, as a note. */
  readonly note?: string;
}

/** How far the journal is, and what was signed of it last. */
export function signedHead(gateway: Pick<GatewayPort, 'head' | 'checkpoint'>): JournalHead {
  const note = gateway.checkpoint();
  return { ...gateway.head(), ...(note !== undefined && { note }) };
}

export interface AuditPaper {
  readonly audit: PatrolAudit;
  readonly tables: AuditBook;
  readonly site: AuditSite;
  readonly lang: AuditLang;
  readonly head: JournalHead;
  readonly title: string;
  readonly span: string;
  /** `第 1 页 / 共 3 页`; also with the codes of a spreadsheet in place of numbers. */
  pages(page: number | string, pages: number | string): string;
}

/** The last minute of a day is 24:00 of that day, not 00:00 of the next. */
function endText(to: number, offset: number): string {
  const text = localSecond(to, offset).slice(0, 16);
  return text.endsWith('00:00') ? `${localSecond(to - 1, offset).slice(0, 10)} 24:00` : text;
}

/** Puts a report on paper of one language. */
export function paperOf(audit: PatrolAudit, site: AuditSite, lang: AuditLang, head: JournalHead): AuditPaper {
  const { utcOffsetMin } = site;
  return {
    ...{ audit, site, lang, head },
    tables: bookOf(audit, site, lang),
    title: auditTitle[lang],
    span: auditSpan(localSecond(audit.from, utcOffsetMin).slice(0, 16), endText(audit.to, utcOffsetMin))[lang],
    pages: (page, pages) => auditPage(page, pages)[lang],
  };
}
