/** Drills across schools as a report: how each stands, and what was held. It takes the counts as they are and judges nothing. */
import type { AuditCell, AuditColumn, AuditLang } from '../../core/report/audit-book.ts';
import { localMinute } from '../../core/site/calendar.ts';
import type { Words } from '../../core/types.ts';
import type { PaperTable, TablePaper } from '../../paper/table-paper.ts';
import { drillHows, drillStands, drillCountWords as w } from '../../words/district/drill-count-words.ts';
import { drillKinds } from '../../words/drill/drill-terms.ts';
import type { DrillCounts } from '../board/drill-count-types.ts';

type CountHeads = readonly (readonly [words: Words, kind: AuditColumn['kind'], width: number])[];

const schoolHeads: CountHeads = [
  [w.school, 'text', 24],
  [w.street, 'text', 14],
  [w.period, 'text', 10],
  [w.stands, 'text', 12],
  [w.heldNow, 'count', 10],
  [w.left, 'count', 8],
  [w.last, 'time', 20],
];
const drillHeads: CountHeads = [
  [w.school, 'text', 24],
  [w.began, 'time', 20],
  [w.kind, 'text', 16],
  [w.outcome, 'text', 20],
  [w.present, 'count', 8],
  [w.due, 'count', 8],
  [w.tookS, 'count', 12],
  [w.problems, 'count', 8],
];

/** The paper in one language; `of`: the district. */
export function drillCountPaper(
  { now, schools, recent }: DrillCounts,
  of: Words,
  lang: AuditLang,
  utcOffsetMin: number,
): TablePaper {
  const say = (words: Words) => words[lang];
  const table = (title: Words, heads: CountHeads, rows: readonly (readonly AuditCell[])[]): PaperTable => ({
    ...{ title: say(title), rows },
    columns: heads.map(([words, kind, width]) => ({ title: say(words), kind, width })),
  });
  const day = localMinute(now, utcOffsetMin).replace('T', ' ');
  return {
    ...{ of: say(of), title: say(w.title), span: day, lang, utcOffsetMin, definitions: [say(w.rule)], head: day },
    tables: [
      table(
        w.schools,
        schoolHeads,
        schools.map((one) => [
          ...[say(one.name), one.street, say(one.kind === 'kindergarten' ? w.quarter : w.month)],
          ...[say(drillStands[one.stands]), one.held, one.daysLeft, one.lastAt],
        ]),
      ),
      table(
        w.recent,
        drillHeads,
        recent.map((one) => [
          ...[say(one.name), one.startedAt, say(drillKinds[one.exercise]), say(drillHows[one.how])],
          ...[
            one.present,
            one.due,
            one.tookMs === undefined ? undefined : Math.round(one.tookMs / 1_000),
            one.problems,
          ],
        ]),
      ),
    ],
  };
}
