/** The monthly assessment as tables to be written: the scores with their points, the figures they come of, and the rules. It judges nothing. */
import type { AuditColumn, AuditLang } from '../../core/report/audit-book.ts';
import type { Words } from '../../core/types.ts';
import type { PaperTable, TablePaper } from '../../paper/table-paper.ts';
import { assessmentTitles as titles, assessmentWords as w } from '../../words/district/assessment-words.ts';
import { assessmentRules, medianWait, ruleSaid, type SchoolScore } from './assessment.ts';

const minuteMs = 60_000;

export interface AssessmentPaperOptions {
  readonly district: Words;
  readonly lang: AuditLang;
  /** `2026-11`. */
  readonly month: string;
  readonly over: boolean;
  readonly utcOffsetMin: number;
  /** The newest link of the district's own record. */
  readonly head: string;
}

/** The paper. */
export function assessmentPaper(scores: readonly SchoolScore[], options: AssessmentPaperOptions): TablePaper {
  const { lang, utcOffsetMin, head, district, month, over } = options;
  const say = (words: Words): string => words[lang];
  const school: readonly AuditColumn[] = [
    { title: say(w.school), kind: 'text', width: 22 },
    { title: say(w.street), kind: 'text', width: 12 },
  ];
  const who = ({ month: { name, street } }: SchoolScore) => [say(name), street];
  const points: PaperTable = {
    title: say(w.points),
    columns: [
      { title: say(w.rank), kind: 'count', width: 6 },
      ...school,
      { title: say(w.score), kind: 'text', width: 12 },
      ...assessmentRules.map(
        ({ id, weight }): AuditColumn => ({
          title: `${say(titles[id].title)} / ${weight}`,
          kind: 'minutes',
          width: 11,
        }),
      ),
    ],
    rows: scores.map((one) => [
      one.rank,
      ...who(one),
      one.score === undefined ? say(w.noScore) : one.score.toFixed(1),
      ...one.rules.map((rule) => rule.points),
    ]),
  };
  const figures: PaperTable = {
    title: say(w.figures),
    columns: [
      ...school,
      ...assessmentRules.map(
        ({ id, unit }): AuditColumn => ({
          title: say(titles[id].title),
          kind: unit === 'share' ? 'share' : 'minutes',
          width: 11,
        }),
      ),
      { title: say(w.median), kind: 'minutes', width: 10 },
      { title: say(w.lost), kind: 'minutes', width: 10 },
    ],
    rows: scores.map((one) => {
      const wait = medianWait(one.month);
      return [
        ...who(one),
        ...one.rules.map(({ figure }) => figure),
        wait === undefined ? undefined : wait / 1_000,
        one.month.lostMs / minuteMs,
      ];
    }),
  };
  return {
    of: say(district),
    title: say(w.title),
    span: over ? month : `${month} · ${say(w.notOver)}`,
    ...{ lang, utcOffsetMin, head },
    tables: [points, figures],
    definitions: [...assessmentRules.map((rule) => say(ruleSaid(rule))), say(w.basis)],
  };
}
