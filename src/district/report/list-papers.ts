/** Accountability and the ledger as tables to be written. Nothing is reckoned here but the lengths between two times. */
import type { AuditColumn, AuditLang } from '../../core/report/audit-book.ts';
import type { Words } from '../../core/types.ts';
import type { TablePaper } from '../../paper/table-paper.ts';
import { rectifyStages } from '../../words/canteen/rectify-words.ts';
import { orderGiven } from '../../words/district/order-board-words.ts';
import {
  accountWords as a,
  deedTitles,
  deedWho,
  ledgerWords as l,
  outcomeTitles,
} from '../../words/district/report-page-words.ts';
import { kinds } from '../../words/trade-words.ts';
import type { AccountAlarm, LedgerRow } from '../board/report-types.ts';

/** What stands around the tables. */
export interface ListPaperHead {
  readonly district: Words;
  readonly lang: AuditLang;
  readonly span: string;
  readonly utcOffsetMin: number;
  /** The newest link of the district's own record. */
  readonly head: string;
  /** There are more than were asked for. */
  readonly cut: boolean;
}

const column = (title: string, kind: AuditColumn['kind'], width: number): AuditColumn => ({ title, kind, width });
const titleOf = (table: Readonly<Record<string, Words>>, key: string, lang: AuditLang): string =>
  table[key]?.[lang] ?? key;
const around = ({ district, lang, span, utcOffsetMin, head }: ListPaperHead) => ({
  ...{ of: district[lang], lang, span, utcOffsetMin, head },
});

export function accountPaper(alarms: readonly AccountAlarm[], head: ListPaperHead): TablePaper {
  const { lang } = head;
  const say = (words: Words): string => words[lang];
  const after = (at: number | undefined, raisedAt: number) => (at === undefined ? undefined : (at - raisedAt) / 1_000);
  const columns = [
    ...[column(say(a.school), 'text', 18), column(say(a.raised), 'time', 17), column(say(a.priority), 'count', 5)],
    ...[column(say(a.alarm), 'text', 22), column(say(a.told), 'text', 26), column(say(a.acked), 'text', 10)],
    ...[column(say(a.after), 'minutes', 8), column(say(a.arrived), 'minutes', 8), column(say(a.closed), 'minutes', 9)],
    column(say(a.orders), 'text', 16),
  ];
  const rows = alarms.map((one) => [
    ...[one.name[lang], one.raisedAt, one.priority, `${one.place[lang]} ${titleOf(kinds, one.kind, lang)}`],
    toldSaid(one, lang),
    one.ackedBy ?? say(a.nobody),
    after(one.ackedAt, one.raisedAt),
    after(one.arrivedAt, one.raisedAt),
    after(one.closedAt, one.raisedAt),
    one.orders
      .map(({ kind, officer, answer }) => [titleOf(orderGiven, kind, lang), officer, answer].filter(Boolean).join(' '))
      .join('; '),
  ]);
  const course = alarms.flatMap((one) =>
    one.deeds.map((deed) => [
      ...[one.name[lang], one.id, deed.at, titleOf(deedTitles, deed.kind, lang)],
      ...[
        deed.who && deedWho(deed.kind, deed.who)[lang],
        deed.channel,
        deed.outcome && titleOf(outcomeTitles, deed.outcome, lang),
      ],
    ]),
  );
  const deedColumns = [
    ...[column(say(a.school), 'text', 18), column('#', 'count', 8), column(say(a.raised), 'time', 17)],
    ...[column(say(a.course), 'text', 18), column('', 'text', 16), column('', 'text', 14), column('', 'text', 18)],
  ];
  return {
    ...around(head),
    title: say(a.title),
    tables: [
      { title: say(a.title), columns, rows },
      { title: say(a.course), columns: deedColumns, rows: course },
    ],
    definitions: [say(a.basis), ...(head.cut ? [say(a.cut)] : [])],
  };
}

/** Who was told, each once, in the order in which he was. */
export function toldSaid({ deeds }: AccountAlarm, lang: AuditLang): string {
  const told = deeds.filter(({ kind, outcome }) => kind === 'done' && outcome === 'told');
  const names = new Set(told.map(({ who, channel }) => [who, channel].filter(Boolean).join(' · ')).filter(Boolean));
  return names.size > 0 ? [...names].join('; ') : a.nobody[lang];
}

export function ledgerPaper(rows: readonly LedgerRow[], head: ListPaperHead): TablePaper {
  const { lang } = head;
  const say = (words: Words): string => words[lang];
  const columns = [
    ...[column(say(l.school), 'text', 18), column(say(l.street), 'text', 10), column(say(l.number), 'count', 7)],
    ...[column(say(l.place), 'text', 14), column(say(l.what), 'text', 30), column(say(l.found), 'time', 17)],
    ...[column(say(l.due), 'time', 17), column(say(l.who), 'text', 10), column(say(l.stage), 'text', 12)],
    ...[column(say(l.overdue), 'text', 6), column(say(l.closed), 'time', 17)],
  ];
  return {
    ...around(head),
    title: say(l.title),
    tables: [
      {
        title: say(l.title),
        columns,
        rows: rows.map((row) => [
          ...[row.name[lang], row.street, row.id, row.place?.[lang], row.what, row.openedAt, row.dueAt, row.takenBy],
          ...[titleOf(rectifyStages, row.state, lang), row.overdue ? say(l.overdue) : '', row.closedAt],
        ]),
      },
    ],
    definitions: [say(l.basis), ...(head.cut ? [say(l.cut)] : [])],
  };
}
