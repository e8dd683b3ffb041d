/**
 * The patrol report as tables in one language: what CSV, XLSX and PDF print and the page shows. Cells hold values, not texts, so
 * that each can be written as the format likes; it must never count anything anew.
 */

import { cutHead, cutNotice } from '../../words/proof/retention-words.ts';
import {
  allowedError,
  auditDayCut,
  auditDayOpen,
  auditMet,
  auditNobody,
  auditNotMet,
  auditTables,
  auditHeads as h,
} from '../../words/screens/audit-words.ts';
import { verdicts } from '../../words/trade-words.ts';
import type { Words } from '../../words/words.ts';
import { localDay, localMinute, localSecond } from '../site/calendar.ts';
import { lookup } from '../site/lookup.ts';
import type { CutSpan, Site } from '../types.ts';
import { type AuditNames, exceptionsTable, pairFigures, pairsTable } from './audit-asked.ts';
import { changesTable } from './audit-changed.ts';
import { minutes, share, verdictOrder } from './audit-counts.ts';
import { pairMark } from './audit-pairs.ts';
import { postFigures, postsTable } from './audit-posts.ts';
import { itemFigures, remarksOf } from './audit-remarks.ts';
import type { AuditCounts, AuditDay, AuditGroup, AuditRounds, AuditRow, PatrolAudit } from './audit-types.ts';

/** What a report needs of the place; plain JSON, so that it can cross to a thread. */
export type AuditSite = Pick<Site, 'name' | 'routes' | 'posts' | 'people' | 'utcOffsetMin' | 'roundsPerDay'>;
export type AuditLang = 'zh' | 'en';

/**
 * How the cells of a column are to be read. count: a whole number. minutes: one decimal. share: 0 to 1, or nothing where nothing
 * was counted. time: ms since the epoch. day: local days since 1970-01-01.
 */
export type AuditCellKind = 'text' | 'count' | 'minutes' | 'share' | 'time' | 'day';
export type AuditCell = string | number | undefined;

export interface AuditColumn {
  readonly title: string;
  readonly kind: AuditCellKind;
  /** Width in characters of a digit. */
  readonly width: number;
}
export interface AuditTable {
  readonly id: keyof typeof auditTables;
  readonly title: string;
  readonly columns: readonly AuditColumn[];
  readonly rows: readonly (readonly AuditCell[])[];
}
/** A line of the summary: its cells are of different kinds. */
export interface AuditFigure {
  readonly title: string;
  readonly kind: AuditCellKind;
  readonly value: AuditCell;
}
export interface AuditBook {
  readonly summary: readonly AuditFigure[];
  /** By day, route, person, checkpoint and shift, and the posts where there are any, in this order. */
  readonly groups: readonly AuditTable[];
  readonly rows: AuditTable;
}

/** The parts of the report in words of one language. */
class BookWriter {
  readonly #audit: PatrolAudit;
  readonly #site: AuditSite;
  readonly #lang: AuditLang;

  constructor(audit: PatrolAudit, site: AuditSite, lang: AuditLang) {
    this.#audit = audit;
    this.#site = site;
    this.#lang = lang;
  }

  #say(words: Words): string {
    return words[this.#lang];
  }

  #said(parts: readonly Words[]): string | undefined {
    return parts.map((words) => this.#say(words)).join(' ') || undefined;
  }

  #column(title: Words, kind: AuditCellKind, width: number): AuditColumn {
    return { title: this.#say(title), kind, width };
  }

  route(id: string): string {
    const route = lookup(this.#site.routes, id);
    return route ? this.#say(route.title) : id;
  }

  point(key: string): string {
    const [route = '', ...rest] = key.split('/');
    const id = rest.join('/');
    const point = lookup(this.#site.routes, route)?.checkpoints.find((one) => one.id === id);
    return point ? this.#say(point.title) : id;
  }

  person(id: string): string {
    if (id === '') return this.#say(auditNobody);
    return id
      .split(pairMark)
      .map((one) => lookup(this.#site.people, one)?.name ?? one)
      .join('、');
  }

  #countColumns(): AuditColumn[] {
    return [
      this.#column(h.planned, 'count', 9),
      this.#column(h.reached, 'count', 8),
      this.#column(h.arrivalRate, 'share', 9),
      this.#column(h.punctuality, 'share', 9),
      ...verdictOrder.map((one) => this.#column(verdicts[one], 'count', 8)),
      this.#column(h.uploaded, 'count', 9),
      this.#column(h.longLegs, 'count', 8),
    ];
  }

  #countCells({ planned, reached, onTime, verdicts: by, uploaded, longLegs }: AuditCounts): AuditCell[] {
    return [
      ...[planned, reached, share(reached, planned), share(onTime, planned)],
      ...[...verdictOrder.map((one) => by[one]), uploaded, longLegs],
    ];
  }

  #roundColumns(): AuditColumn[] {
    return [
      this.#column(h.roundsOver, 'count', 10),
      this.#column(h.complete, 'count', 8),
      this.#column(h.cancelledRounds, 'count', 8),
      this.#column(h.brokenOff, 'count', 8),
      this.#column(h.underWay, 'count', 10),
    ];
  }

  #roundCells = ({ over, complete, cancelled, brokenOff, underWay }: AuditRounds): AuditCell[] => [
    ...[over, complete, cancelled, brokenOff, underWay],
  ];

  summary(): AuditFigure[] {
    const { counts, rounds, gap, days, daysMet, required, items, pairs, exceptions, rows, byPost, pruned } =
      this.#audit;
    const columns = [...this.#countColumns(), ...this.#roundColumns()];
    const cells = [...this.#countCells(counts), ...this.#roundCells(rounds)];
    const figure = (title: Words, kind: AuditCellKind, value: AuditCell) => ({ title: this.#say(title), kind, value });
    return [
      ...columns.map(({ title, kind }, i) => ({ title, kind, value: cells[i] })),
      figure(h.required, 'count', required),
      figure(h.days, 'count', days),
      figure(h.daysMet, 'count', daysMet),
      figure(h.gap, 'minutes', gap && minutes(gap.to - gap.from)),
      figure(h.gapFrom, 'time', gap?.from),
      figure(h.gapTo, 'time', gap?.to),
      ...itemFigures(items).map(([title, value]) => figure(title, 'count', value)),
      ...(pairs ? pairFigures(pairs) : []).map(([title, value]) => figure(title, 'count', value)),
      figure(h.exceptions, 'count', exceptions.length),
      figure(h.exceptionsOpen, 'count', exceptions.filter(({ finding }) => !finding).length),
      figure(h.rows, 'count', rows.length),
      ...(byPost ? postFigures(byPost).map(({ title, kind, value }) => figure(title, kind, value)) : []),
      ...(pruned ? [figure(cutHead, 'text', this.#cut(pruned))] : []),
    ];
  }

  #cut({ before, days }: CutSpan): string {
    return this.#say(cutNotice('patrol', localSecond(before, this.#site.utcOffsetMin).slice(0, 10), days));
  }

  #groupTable(id: AuditTable['id'], first: readonly AuditColumn[], rows: readonly AuditCell[][]): AuditTable {
    const columns = [...first, ...this.#countColumns(), ...this.#roundColumns()];
    return { id, title: this.#say(auditTables[id]), columns, rows };
  }

  #groups(id: AuditTable['id'], title: Words, groups: readonly AuditGroup[], name: (id: string) => string) {
    const rows = groups.map((one) => [name(one.id), ...this.#countCells(one.counts), ...this.#roundCells(one.rounds)]);
    return this.#groupTable(id, [this.#column(title, 'text', 16)], rows);
  }

  #met({ rounds, open, cut }: AuditDay): string {
    if (cut) return this.#say(auditDayCut);
    if (rounds.complete >= this.#audit.required) return this.#say(auditMet);
    return this.#say(open ? auditDayOpen : auditNotMet);
  }

  days(): AuditTable {
    const first = [
      this.#column(h.date, 'day', 11),
      this.#column(h.required, 'count', 9),
      this.#column(h.met, 'text', 8),
    ];
    const rows = this.#audit.byDay.map((one) => [
      ...[one.day, this.#audit.required, this.#met(one)],
      // What is left of a cut day is no measure of it.
      ...(one.cut ? [] : [...this.#countCells(one.counts), ...this.#roundCells(one.rounds)]),
    ]);
    return this.#groupTable('days', first, rows);
  }

  points(): AuditTable {
    const first = [this.#column(h.route, 'text', 14), this.#column(h.point, 'text', 14)];
    const rows = this.#audit.byPoint.map(({ id, counts, rounds }) => [
      ...[this.route(id.split('/')[0] ?? ''), this.point(id)],
      ...[...this.#countCells(counts), ...this.#roundCells(rounds)],
    ]);
    return this.#groupTable('points', first, rows);
  }

  groups(): AuditTable[] {
    const { byRoute, byPerson, byShift } = this.#audit;
    const { utcOffsetMin, routes } = this.#site;
    const names: AuditNames = {
      say: (words: Words) => this.#say(words),
      route: (id: string) => this.route(id),
      person: (id: string) => this.person(id),
      place: (reader: string) => {
        const points = Object.values(routes).flatMap(({ checkpoints }) => checkpoints);
        const point = points.find((one) => one.reader === reader);
        return point ? this.#say(point.title) : reader;
      },
    };
    return [
      this.days(),
      this.#groups('routes', h.route, byRoute, (id) => this.route(id)),
      this.#groups('people', h.person, byPerson, (id) => this.person(id)),
      this.points(),
      this.#groups('shifts', h.shift, byShift, (id) => id),
      ...(this.#audit.byPost ? [postsTable(this.#audit.byPost, this.#site, names.say)] : []),
      ...(this.#audit.pairs ? [pairsTable(this.#audit.pairs, utcOffsetMin, names)] : []),
      exceptionsTable(this.#audit.exceptions, names),
      changesTable(this.#audit.changes, utcOffsetMin, names),
    ];
  }

  #rowCells(row: AuditRow, index: number): AuditCell[] {
    const { start, route, checkpoint, plan, allowed, at, offMs, card, verdict, legOverMs, hash } = row;
    const who = [row.person, row.second].filter((one) => one !== undefined).map((one) => this.person(one));
    const { utcOffsetMin } = this.#site;
    return [
      ...[index + 1, localDay(start, utcOffsetMin), this.route(route), localMinute(start, utcOffsetMin).slice(11)],
      ...[
        this.point(`${route}/${checkpoint}`),
        plan,
        allowed && this.#say(allowedError(minutes(allowed[0]), minutes(allowed[1]))),
      ],
      ...[at, offMs === undefined ? undefined : minutes(offMs)],
      ...[legOverMs === undefined ? undefined : Math.round(legOverMs / 1_000), who.join('、') || undefined, card],
      ...[this.#say(verdicts[verdict]), this.#said(remarksOf(row)), hash?.slice(0, 8)],
    ];
  }

  rows(): AuditTable {
    const columns = [
      this.#column(h.number, 'count', 6),
      this.#column(h.date, 'day', 11),
      this.#column(h.route, 'text', 13),
      this.#column(h.shift, 'text', 7),
      this.#column(h.point, 'text', 13),
      this.#column(h.plan, 'time', 19),
      this.#column(h.allowed, 'text', 13),
      this.#column(h.at, 'time', 19),
      this.#column(h.off, 'minutes', 9),
      this.#column(h.legOver, 'count', 8),
      this.#column(h.person, 'text', 11),
      this.#column(h.card, 'text', 13),
      this.#column(h.verdict, 'text', 9),
      this.#column(h.remark, 'text', 9),
      this.#column(h.hash, 'text', 10),
    ];
    return {
      id: 'rows',
      title: this.#say(auditTables.rows),
      columns,
      rows: this.#audit.rows.map((row, i) => this.#rowCells(row, i)),
    };
  }
}

/** The tables of a report. */
export function bookOf(audit: PatrolAudit, site: AuditSite, lang: AuditLang): AuditBook {
  const writer = new BookWriter(audit, site, lang);
  return { summary: writer.summary(), groups: writer.groups(), rows: writer.rows() };
}

/** A cell as text, as CSV and PDF print it: `97.9%`, `2026-11-23 22:00:07`. Empty where there is nothing. */
export function cellText(kind: AuditCellKind, value: AuditCell, utcOffsetMin: number): string {
  if (value === undefined) return '';
  if (typeof value === 'string') return value;
  if (kind === 'share') return `${(value * 100).toFixed(1)}%`;
  if (kind === 'day') return new Date(value * 86_400_000).toISOString().slice(0, 10);
  return kind === 'time' ? localSecond(value, utcOffsetMin) : String(value);
}
