/**
 * The table of a patrol report that lists what people changed of rounds: what, when, who, why, and which head has seen it. It shows what the
 * tally gives, in one language; it must never leave a change out.
 */
import { auditTables, auditToReview, auditHeads as h } from '../../words/screens/audit-words.ts';
import { changeText, endedByItself } from '../../words/screens/round-words.ts';
import type { Words } from '../../words/words.ts';
import { localDay, localMinute } from '../site/calendar.ts';
import type { AuditChange } from './audit-types.ts';

/** The language of the table, and what things are called in it. */
interface TableWords {
  say(words: Words): string;
  route(id: string): string;
  person(id: string): string;
}

const heads: readonly (readonly [title: Words, kind: 'day' | 'text' | 'time', width: number])[] = [
  [h.date, 'day', 11],
  [h.route, 'text', 13],
  [h.shift, 'text', 7],
  [h.change, 'text', 20],
  [h.changedAt, 'time', 19],
  [h.changedBy, 'text', 11],
  [h.why, 'text', 24],
  [h.reviewedBy, 'text', 11],
  [h.reviewedAt, 'time', 19],
];

/** Every change of the rounds of a report. */
export function changesTable(changes: readonly AuditChange[], utcOffsetMin: number, names: TableWords) {
  const cells = ({ route, start, change, reviewed }: AuditChange): (string | number | undefined)[] => {
    const byItself = change.reason === undefined;
    const what = byItself ? endedByItself : changeText(change, (id) => names.person(id));
    return [
      ...[localDay(start, utcOffsetMin), names.route(route), localMinute(start, utcOffsetMin).slice(11)],
      ...[names.say(what), change.at, byItself ? undefined : change.by, change.reason],
      ...[change.review ? (reviewed?.by ?? names.say(auditToReview)) : undefined, reviewed?.at],
    ];
  };
  return {
    id: 'changes' as const,
    title: names.say(auditTables.changes),
    columns: heads.map(([title, kind, width]) => ({ title: names.say(title), kind, width })),
    rows: changes.map(cells),
  };
}
