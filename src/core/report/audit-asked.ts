/**
 * The tables of a patrol report that ask: rounds for two and who of them was seen, and exceptions with their evidence and what came of them.
 * They show what the tally gives, in one language; neither is a verdict, and none may be left out.
 */
import {
  auditBothSeen,
  auditNoPictures,
  auditNotSaid,
  auditPictures,
  auditTables,
  auditHeads as h,
} from '../../words/screens/audit-words.ts';
import { exceptionFindings, exceptionMeasured, exceptionRules } from '../../words/screens/exception-words.ts';
import type { Words } from '../../words/words.ts';
import { localDay, localMinute } from '../site/calendar.ts';
import type { OpenSuspicion } from '../types.ts';
import type { AuditPair } from './audit-types.ts';

/** The language of the tables, and what things are called in it. */
export interface AuditNames {
  say(words: Words): string;
  route(id: string): string;
  person(id: string): string;
  /** The place of a reader or chip. */
  place(reader: string): string;
}

type Cells = readonly (string | number | undefined)[];
type AskedHead = readonly [title: Words, kind: 'count' | 'day' | 'text' | 'time', width: number];

const table = (
  id: 'exceptions' | 'pairs',
  heads: readonly AskedHead[],
  rows: readonly Cells[],
  { say }: AuditNames,
) => ({
  ...{ id, title: say(auditTables[id]), rows },
  columns: heads.map(([title, kind, width]) => ({ title: say(title), kind, width })),
});

const bothSeen = ({ planned, seen }: AuditPair): 'yes' | 'no' | 'unknown' => {
  if (!seen) return 'unknown';
  return seen.length >= Math.min(2, planned.length) ? 'yes' : 'no';
};

/** Of rounds for two: how many are over and can be judged, and in how many of those both were seen. */
export function pairFigures(pairs: readonly AuditPair[]): readonly (readonly [title: Words, value: number])[] {
  const known = pairs.map(bothSeen).filter((one) => one !== 'unknown');
  return [
    [h.pairs, known.length],
    [h.pairsBoth, known.filter((one) => one === 'yes').length],
  ];
}

const pairHeads: readonly AskedHead[] = [
  [h.date, 'day', 11],
  [h.route, 'text', 16],
  [h.shift, 'text', 7],
  [h.plannedPeople, 'text', 24],
  [h.seenPeople, 'text', 24],
  [h.bothSeen, 'text', 10],
];

/** Every round for two. */
export function pairsTable(pairs: readonly AuditPair[], utcOffsetMin: number, names: AuditNames) {
  const all = (people: readonly string[]) => people.map((id) => names.person(id)).join('、');
  const cells = (one: AuditPair): Cells => [
    ...[localDay(one.start, utcOffsetMin), names.route(one.route), localMinute(one.start, utcOffsetMin).slice(11)],
    ...[all(one.planned), one.seen && all(one.seen), names.say(auditBothSeen[bothSeen(one)])],
  ];
  return table('pairs', pairHeads, pairs.map(cells), names);
}

const exceptionHeads: readonly AskedHead[] = [
  [h.exceptionAt, 'time', 19],
  [h.exceptionRule, 'text', 18],
  [h.about, 'text', 16],
  [h.measured, 'text', 40],
  [h.pictures, 'text', 22],
  [h.finding, 'text', 10],
  [h.foundBy, 'text', 10],
  [h.foundAt, 'time', 19],
  [h.why, 'text', 22],
];

/** How many stills and photographs there are of its touches, and the beginning of the hash of each still that was kept. */
function picturesOf({ touches, stills = {} }: OpenSuspicion): Words {
  const kept = Object.values(stills).flatMap((still) => ('picture' in still ? [still.sha256.slice(0, 8)] : []));
  const photos = touches.filter(({ photo }) => photo !== undefined).length;
  return kept.length + photos === 0 ? auditNoPictures : auditPictures(kept.length + photos, kept);
}

/** Every exception. */
export function exceptionsTable(exceptions: readonly OpenSuspicion[], names: AuditNames) {
  const about = ({ person, cards, reader }: OpenSuspicion) => {
    if (person !== undefined) return names.person(person);
    return cards.length > 0 ? cards.join(' ') : reader && names.place(reader);
  };
  const cells = (one: OpenSuspicion): Cells => {
    const { finding } = one;
    return [
      ...[one.from, names.say(exceptionRules[one.rule]), about(one), names.say(exceptionMeasured(one))],
      names.say(picturesOf(one)),
      ...[names.say(finding ? exceptionFindings[finding.finding] : auditNotSaid), finding?.by, finding?.at],
      finding?.note,
    ];
  };
  return table('exceptions', exceptionHeads, exceptions.map(cells), names);
}
