/** The bureau's lists as tables to be written: alarms that were found, figures of patrol and canteens. Nothing is counted here. */
import type { AuditCell, AuditColumn } from '../../core/report/audit-book.ts';
import type { Words } from '../../core/types.ts';
import type { TablePaper } from '../../paper/table-paper.ts';
import { alarmListWords as a, ratesWords as r } from '../../words/district/bureau-list-words.ts';
import { kinds, reasons } from '../../words/trade-words.ts';
import type { CanteenRates, DayShare, FoundAlarm, PatrolRates } from '../board/list-types.ts';
import type { ListPaperHead } from '../report/list-papers.ts';

const share = (good: number, of: number): number | undefined => (of > 0 ? good / of : undefined);

function paperOf(
  { district, lang, span, utcOffsetMin, head, cut }: ListPaperHead,
  title: Words,
  columns: readonly (readonly [Words | string, AuditColumn['kind'], number])[],
  rows: readonly (readonly AuditCell[])[],
  notes: readonly Words[],
  cutSaid: Words,
): TablePaper {
  const say = (words: Words | string): string => (typeof words === 'string' ? words : words[lang]);
  const table = {
    title: say(title),
    columns: columns.map(([name, kind, width]) => ({ title: say(name), kind, width })),
    rows,
  };
  return {
    ...{ of: district[lang], title: say(title), span, lang, utcOffsetMin, head, tables: [table] },
    definitions: [...notes, ...(cut ? [cutSaid] : [])].map(say),
  };
}

export function alarmSheet(found: readonly FoundAlarm[], head: ListPaperHead): TablePaper {
  const { lang } = head;
  const called = (table: Readonly<Record<string, Words>>, key: string) => table[key]?.[lang] ?? key;
  const rows = found.map((one) => [
    ...[one.name[lang], one.street, one.id, one.raisedAt, one.priority, called(kinds, one.kind)],
    ...[one.place[lang], one.count, one.ackedBy ?? a.notAcked[lang], one.ackedAt, one.closedAt, one.closedBy],
    one.reason === undefined
      ? one.closedAt === undefined
        ? a.stillOpen[lang]
        : ''
      : `${one.reason} ${called(reasons, one.reason)}`,
    [...(one.covert ? [a.covert[lang]] : []), ...(one.ahead ? [a.ahead[lang]] : [])].join('; '),
  ]);
  return paperOf(
    head,
    a.title,
    [
      ...([
        [a.school, 'text', 18],
        [a.street, 'text', 12],
        [a.number, 'count', 8],
        [a.raised, 'time', 18],
      ] as const),
      ...([
        [a.priority, 'count', 6],
        [a.kind, 'text', 14],
        [a.place, 'text', 18],
        [a.count, 'count', 8],
      ] as const),
      ...([
        [a.acked, 'text', 12],
        [a.ackedAt, 'time', 18],
        [a.closedAt, 'time', 18],
        [a.closedBy, 'text', 12],
      ] as const),
      ...([
        [a.closed, 'text', 20],
        [a.note, 'text', 18],
      ] as const),
    ],
    rows,
    [a.basis, a.hidden],
    a.cut,
  );
}

const byDay = (days: readonly string[], of: readonly DayShare[]): AuditCell[] => {
  const known = new Map(of.map((one) => [one.day, one]));
  return days.map((day) => share(known.get(day)?.good ?? 0, known.get(day)?.of ?? 0));
};
const dayColumns = (days: readonly string[]) => days.map((day) => [day, 'share', 10] as const);

export function patrolSheet(rows: readonly PatrolRates[], days: readonly string[], head: ListPaperHead): TablePaper {
  return paperOf(
    head,
    r.patrolTitle,
    [
      ...([
        [r.school, 'text', 18],
        [r.street, 'text', 12],
        [r.rounds, 'count', 8],
        [r.due, 'count', 8],
      ] as const),
      ...([
        [r.reached, 'count', 8],
        [r.onTime, 'count', 8],
        [r.missed, 'count', 8],
      ] as const),
      ...([
        [r.arrival, 'share', 10],
        [r.punctual, 'share', 10],
      ] as const),
      ...dayColumns(days),
    ],
    rows.map((one) => [
      ...[one.name[head.lang], one.street, one.rounds, one.due, one.reached, one.onTime, one.missed],
      ...[share(one.reached, one.due), share(one.onTime, one.due), ...byDay(days, one.days)],
    ]),
    [r.patrolBasis],
    r.cut,
  );
}

export function canteenSheet(rows: readonly CanteenRates[], days: readonly string[], head: ListPaperHead): TablePaper {
  return paperOf(
    head,
    r.canteenTitle,
    [
      ...([
        [r.school, 'text', 18],
        [r.street, 'text', 12],
        [r.cameras, 'count', 10],
        [r.online, 'share', 10],
      ] as const),
      ...([
        [r.open, 'count', 8],
        [r.overdue, 'count', 8],
        [r.closed, 'count', 10],
      ] as const),
      ...dayColumns(days),
    ],
    rows.map((one) => [
      ...[one.name[head.lang], one.street, one.cameras, share(one.upMs, one.dueMs)],
      ...[one.open, one.overdue, one.closed, ...byDay(days, one.days)],
    ]),
    [r.canteenBasis],
    r.cut,
  );
}
