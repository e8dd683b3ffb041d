/**
 * The report of drills as tables in one language: each drill, its classes, the pictures of the place, what was found and has to be put right.
 * Cells hold values, so that each format writes them as it likes. It takes drills as they were folded and must never judge one anew.
 */

import { rectifyStages } from '../../words/canteen/rectify-words.ts';
import { drillReportWords as w } from '../../words/drill/drill-report-words.ts';
import { announcedWords, drillEnds, drillKinds, drillMoments, drillSignals } from '../../words/drill/drill-terms.ts';
import type { Words } from '../../words/words.ts';
import { countsAsDrill } from '../drill/drill-due.ts';
import { drillTotals } from '../drill/drill-view.ts';
import type { Drill, DrillMoment, Rectification, Time } from '../types.ts';
import type { AuditCell, AuditColumn, AuditLang } from './audit-book.ts';

export interface DrillTable {
  readonly title: string;
  readonly columns: readonly AuditColumn[];
  readonly rows: readonly (readonly AuditCell[])[];
}

/** What the report is made of. `who`: how an account is called. */
export interface DrillFound {
  readonly drills: readonly Drill[];
  readonly problems: readonly Rectification[];
  readonly now: Time;
  who(account: string): string;
}

type DrillHeads = readonly (readonly [words: Words, kind: AuditColumn['kind'], width: number])[];
const seconds = (ms: number): number => Math.round(ms / 1_000);
const since = (at: Time | undefined, start: Time): AuditCell => (at === undefined ? undefined : seconds(at - start));
const moments: readonly DrillMoment[] = ['start', 'target', 'end'];

const drillHeads: DrillHeads = [
  [w.number, 'count', 8],
  [w.began, 'time', 20],
  [w.kind, 'text', 16],
  [w.told, 'text', 12],
  [w.signal, 'text', 10],
  [w.by, 'text', 10],
  [w.place, 'text', 12],
  [w.due, 'count', 8],
  [w.present, 'count', 8],
  [w.took, 'count', 12],
  [w.target, 'count', 10],
  [w.inTime, 'text', 8],
  [w.end, 'text', 22],
  [w.counts, 'text', 8],
  [w.note, 'text', 24],
];
const classHeads: DrillHeads = [
  [w.number, 'count', 8],
  [w.class, 'text', 18],
  [w.listed, 'count', 8],
  [w.due, 'count', 8],
  [w.present, 'count', 8],
  [w.first, 'count', 12],
  [w.full, 'count', 12],
  [w.countedBy, 'text', 16],
];
const stillHeads: DrillHeads = [
  [w.number, 'count', 8],
  [w.moment, 'text', 14],
  [w.picture, 'text', 24],
  [w.hash, 'text', 64],
];
const problemHeads: DrillHeads = [
  [w.number, 'count', 8],
  [w.problem, 'text', 32],
  [w.where, 'text', 16],
  [w.who, 'text', 10],
  [w.until, 'time', 20],
  [w.stage, 'text', 12],
];

class DrillWriter {
  readonly #lang: AuditLang;
  readonly #found: DrillFound;

  constructor(lang: AuditLang, found: DrillFound) {
    this.#lang = lang;
    this.#found = found;
  }

  #say = (words: Words): string => words[this.#lang];
  #yes = (is: boolean | undefined) => (is === undefined ? undefined : this.#say(is ? w.yes : w.no));

  #table(title: Words, heads: DrillHeads, rows: DrillTable['rows']): DrillTable {
    const columns = heads.map(([words, kind, width]) => ({ title: this.#say(words), kind, width }));
    return { title: this.#say(title), columns, rows };
  }

  #drill(drill: Drill): AuditCell[] {
    const { id, at, exercise, announced, signal, by, place, targetMs, over, allAt } = drill;
    const say = this.#say;
    const totals = drillTotals(drill, this.#found.now);
    const why = over?.because ? `: ${say(over.because.title)}` : '';
    return [
      ...[id, at, say(drillKinds[exercise]), say(announcedWords(announced)), say(drillSignals[signal])],
      ...[this.#found.who(by), say(place), totals.due, totals.present],
      ...[allAt === undefined ? undefined : seconds(totals.tookMs), seconds(targetMs), this.#yes(totals.inTime)],
      ...[
        over ? `${say(drillEnds[over.how])}${why}` : say(w.runs),
        over && this.#yes(countsAsDrill(drill)),
        over?.note,
      ],
    ];
  }

  #classes({ id, at, classes }: Drill): AuditCell[][] {
    return classes.map(({ title, due, count, firstAt, fullAt }) => [
      ...[id, this.#say(title), due, count?.due, count?.present, since(firstAt, at), since(fullAt, at)],
      count && (count.by === undefined ? this.#say(w.byCode) : this.#found.who(count.by)),
    ]);
  }

  #stills({ id, stills }: Drill): AuditCell[][] {
    return moments.flatMap((moment) => {
      const still = stills[moment];
      return still ? [[id, this.#say(drillMoments[moment]), still.picture, still.sha256]] : [];
    });
  }

  #problem({ source, what, place, who, due, stage }: Rectification): AuditCell[] {
    const drill = source.from === 'drill' ? source.drill : undefined;
    return [drill, this.#say(what), this.#say(place.title), who?.name, due, this.#say(rectifyStages[stage])];
  }

  tables(): readonly DrillTable[] {
    const { drills, problems } = this.#found;
    return [
      this.#table(
        w.drills,
        drillHeads,
        drills.map((one) => this.#drill(one)),
      ),
      this.#table(
        w.classes,
        classHeads,
        drills.flatMap((one) => this.#classes(one)),
      ),
      this.#table(
        w.stills,
        stillHeads,
        drills.flatMap((one) => this.#stills(one)),
      ),
      this.#table(
        w.problems,
        problemHeads,
        problems.map((one) => this.#problem(one)),
      ),
    ];
  }
}

/** The tables, in the order they are read. */
export const drillBook = (lang: AuditLang, found: DrillFound): readonly DrillTable[] =>
  new DrillWriter(lang, found).tables();
