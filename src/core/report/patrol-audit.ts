/**
 * The patrol report of a span, from the records of its rounds: counts, rates' parts, days, groups, the longest gap and a row
 * for each checkpoint. Page, CSV, XLSX and PDF all print what this gives. It decides no verdict; it must never count a
 * checkpoint that is not judged, nor leave a day out because nothing happened on it, nor count a day of which records were cut.
 */
import { RoundCourse } from '../round/round-course.ts';
import { legsOf } from '../round/round-legs.ts';
import { localDay, localMinute, timeOf } from '../site/calendar.ts';
import { lookup } from '../site/lookup.ts';
import { arrivedVerdicts } from '../site/verdict-sets.ts';
import type { CutSpan, OpenSuspicion, PostRecord, Site, Time } from '../types.ts';
import { CountBox, RoundBox, type RoundEnd } from './audit-counts.ts';
import { countedWith, pairsOf, peopleOf } from './audit-pairs.ts';
import type {
  AuditChange,
  AuditCheck,
  AuditDay,
  AuditGap,
  AuditGroup,
  AuditPair,
  AuditPosts,
  AuditRound,
  AuditRow,
  PatrolAudit,
} from './audit-types.ts';

type AuditGround = Pick<Site, 'routes' | 'posts' | 'utcOffsetMin' | 'roundsPerDay'>;

/** The span of a report, already cut to what the journal can know. */
export interface AuditSpan {
  readonly from: Time;
  readonly to: Time;
  readonly at: Time;
  /** Records of some of these days may be cut. */
  readonly pruned?: CutSpan;
}

interface GroupBox {
  readonly counts: CountBox;
  readonly rounds: RoundBox;
}

interface DayBox extends GroupBox {
  readonly points: Map<string, CountBox>;
}

/** The box of a checkpoint on a day. */
function cellOf({ points }: DayBox, key: string): CountBox {
  const cell = points.get(key) ?? new CountBox();
  points.set(key, cell);
  return cell;
}

/** Boxes by id, made when first asked for. */
class Boxes {
  readonly #boxes = new Map<string, GroupBox>();

  of(id: string): GroupBox {
    let box = this.#boxes.get(id);
    if (!box) {
      box = { counts: new CountBox(), rounds: new RoundBox() };
      this.#boxes.set(id, box);
    }
    return box;
  }

  /** In the order of `known`, and what is not in it after that by id. */
  groups(known: readonly string[] = []): AuditGroup[] {
    const place = new Map(known.map((id, i) => [id, i]));
    const rank = (id: string) => place.get(id) ?? known.length;
    return [...this.#boxes]
      .sort(([a], [b]) => rank(a) - rank(b) || (a < b ? -1 : 1))
      .map(([id, { counts, rounds }]) => ({ id, counts: counts.counts(), rounds: rounds.rounds() }));
  }
}

/** A checkpoint's key among those of all routes. */
export const pointKey = (route: string, checkpoint: string): string => `${route}/${checkpoint}`;

function endOf({ round, checks }: AuditRound): RoundEnd {
  if (round.completedAt === undefined) return 'underWay';
  if (checks.some(({ verdict }) => verdict === 'cancelled')) return 'cancelled';
  if (round.brokenAt !== undefined) return 'brokenOff';
  return checks.length > 0 && checks.every(({ verdict }) => arrivedVerdicts.has(verdict)) ? 'complete' : 'over';
}

function rowOf({ round }: AuditRound, check: AuditCheck, course: RoundCourse | undefined): AuditRow {
  const point = course?.route.checkpoints.find(({ id }) => id === check.checkpoint);
  const { seq, checkpoint, verdict, sourceTime, offMs, card, hash, alarm, picture } = check;
  // What was told of the touch is by the plan of then; only where nobody came is today's plan all there is.
  const told = sourceTime !== undefined && offMs !== undefined ? sourceTime - offMs : undefined;
  const plan = told ?? (point && course?.plan(point));
  const person = check.person ?? (sourceTime === undefined ? (check.planned ?? round.person) : undefined);
  const { second } = sourceTime === undefined && round.second !== undefined ? peopleOf(round, plan) : {};
  return {
    ...{ seq, round: round.id, route: round.route, start: round.start, checkpoint, verdict, uploaded: check.uploaded },
    ...(plan !== undefined && { plan }),
    ...(point && { allowed: [point.earlyMs, point.lateMs] as const }),
    ...(sourceTime !== undefined && { at: sourceTime }),
    ...(offMs !== undefined && { offMs }),
    ...(person !== undefined && { person }),
    ...(second !== undefined && { second }),
    ...(card !== undefined && { card }),
    ...(check.source && { source: check.source }),
    ...(hash !== undefined && { hash }),
    ...(alarm !== undefined && { alarm }),
    ...(picture !== undefined && { picture }),
  };
}

const noPosts = (id: string): AuditPosts => ({
  ...{ id, due: 0, manned: 0, short: 0, unmanned: 0, unheard: 0, open: 0, shortMs: 0 },
});

/** What was changed of a round, each with the head who has seen it. */
function changesOf({ route, start, changes = [] }: AuditRound['round']): AuditChange[] {
  return changes
    .filter(({ how }) => how !== 'reviewed')
    .map((change) => {
      const reviewed = change.review
        ? changes.find(({ how, at }, i) => how === 'reviewed' && at >= change.at && i > changes.indexOf(change))
        : undefined;
      return { route, start, change, ...(reviewed && { reviewed }) };
    });
}

/** The longest stretch of [from, to) in which nothing of `touches` lies. */
function longestGap(touches: readonly Time[], { from, to }: Pick<AuditSpan, 'from' | 'to'>): AuditGap {
  const inside = touches.filter((at) => from < at && at < to).sort((a, b) => a - b);
  let longest = { from, to: from };
  let last = from;
  for (const at of [...inside, to]) {
    if (at - last > longest.to - longest.from) longest = { from: last, to: at };
    last = at;
  }
  return longest;
}

/** Takes rounds in any order and gives the report. */
export class AuditTally {
  readonly #site: AuditGround;
  readonly #span: AuditSpan;
  readonly #all = { counts: new CountBox(), rounds: new RoundBox() };
  readonly #routes = new Boxes();
  readonly #people = new Boxes();
  readonly #points = new Boxes();
  readonly #shifts = new Boxes();
  readonly #days = new Map<number, DayBox>();
  readonly #changes: AuditChange[] = [];
  readonly #rows: AuditRow[] = [];
  readonly #pairs: AuditPair[] = [];
  readonly #exceptions: OpenSuspicion[] = [];
  readonly #touches: Time[] = [];
  #items = { due: 0, answered: 0, wrong: 0 };
  readonly #posts = new Map<string, AuditPosts>();

  /** `site`: posts of the plan are listed, also where none was held. */
  constructor(site: AuditGround, span: AuditSpan) {
    this.#site = site;
    this.#span = span;
    for (const id of Object.keys(site.posts ?? {})) this.#posts.set(id, noPosts(id));
    for (let day = this.#dayOf(span.from); day <= this.#dayOf(span.to - 1); day++) {
      this.#days.set(day, { counts: new CountBox(), rounds: new RoundBox(), points: new Map() });
    }
  }

  #dayOf(at: Time): number {
    return localDay(at, this.#site.utcOffsetMin);
  }

  /** A round that begins in the span; others are passed over. */
  take(one: AuditRound): void {
    const { round } = one;
    const day = this.#days.get(this.#dayOf(round.start));
    if (!day || round.start < this.#span.from || round.start >= this.#span.to) return;
    const end = endOf(one);
    if (this.#isCut(round.start)) return this.#takeLeftOver(one, day, end);
    const route = this.#routes.of(round.route);
    const shift = this.#shifts.of(localMinute(round.start, this.#site.utcOffsetMin).slice(11));
    for (const box of [this.#all, route, shift, day]) box.rounds.take(end);
    if (end !== 'underWay') this.#takeItems(round);
    const people = new Set<string>();
    this.#changes.push(...changesOf(round));
    this.#pairs.push(...pairsOf(round, end));
    for (const [check, row] of this.#rowsOf(one)) {
      const key = pointKey(round.route, check.checkpoint);
      const { legOverMs } = row;
      const who = countedWith(one, row);
      const point = this.#points.of(key);
      const person = this.#people.of(who);
      const cell = cellOf(day, key);
      for (const counts of [this.#all, route, shift, day, point, person].map((box) => box.counts))
        counts.take(check, legOverMs);
      cell.take(check, legOverMs);
      point.rounds.take(end);
      people.add(who);
      this.#rows.push(row);
      if (row.at !== undefined && arrivedVerdicts.has(check.verdict)) this.#touches.push(row.at);
    }
    for (const who of people) this.#people.of(who).rounds.take(end);
  }

  /** What is asked about touches; others than those of the span are passed over. */
  takeExceptions(all: readonly OpenSuspicion[]): void {
    this.#exceptions.push(...all.filter(({ from }) => from >= this.#span.from && from < this.#span.to));
  }

  /** Each checkpoint with its row. */
  #rowsOf(one: AuditRound): (readonly [AuditCheck, AuditRow])[] {
    const { round, checks } = one;
    const plan = lookup(this.#site.routes, round.route);
    const course = plan && new RoundCourse(plan, round, round.changes);
    const legs = course ? legsOf(course, (id) => checks.find(({ checkpoint }) => checkpoint === id)) : [];
    return checks.map((check) => {
      const legOverMs = legs.find(({ to }) => to === check.checkpoint)?.overMs;
      return [check, { ...rowOf(one, check, course), ...(legOverMs !== undefined && { legOverMs }) }] as const;
    });
  }

  /** Whether records of the day of this time may be gone. */
  #isCut(at: Time): boolean {
    return this.#span.pruned !== undefined && at < this.#span.pruned.before;
  }

  /** What is left of a day of which others were cut: it is held because something was amiss, so it is listed, and in no rate. */
  #takeLeftOver(one: AuditRound, day: DayBox, end: RoundEnd): void {
    day.rounds.take(end);
    this.#changes.push(...changesOf(one.round));
    for (const [check, row] of this.#rowsOf(one)) {
      day.counts.take(check, row.legOverMs);
      cellOf(day, pointKey(one.round.route, check.checkpoint)).take(check, row.legOverMs);
      this.#rows.push({ ...row, leftOver: true });
    }
  }

  #takeItems({ itemsDue = 0, itemsAnswered = 0, itemsWrong = 0 }: AuditRound['round']): void {
    const { due, answered, wrong } = this.#items;
    this.#items = { due: due + itemsDue, answered: answered + itemsAnswered, wrong: wrong + itemsWrong };
  }

  /** A post that begins in the span; others are passed over. */
  takePost({ post, start, result, shortMs = 0 }: PostRecord): void {
    if (start < this.#span.from || start >= this.#span.to || this.#isCut(start)) return;
    const was = this.#posts.get(post) ?? noPosts(post);
    const one = (what: PostRecord['result']) => (result === what ? 1 : 0);
    const judged = result !== undefined && result !== 'unheard';
    this.#posts.set(post, {
      id: post,
      due: was.due + (judged ? 1 : 0),
      manned: was.manned + one('manned'),
      short: was.short + one('short-handed'),
      unmanned: was.unmanned + one('unmanned'),
      unheard: was.unheard + one('unheard'),
      open: was.open + one(undefined),
      shortMs: was.shortMs + shortMs,
    });
  }

  #byDay(): AuditDay[] {
    const { utcOffsetMin } = this.#site;
    return [...this.#days].map(([day, { counts, rounds, points }]) => ({
      day,
      counts: counts.counts(),
      rounds: rounds.rounds(),
      points: Object.fromEntries([...points].map(([key, box]) => [key, box.counts()])),
      ...(timeOf(day + 1, 0, utcOffsetMin) > this.#span.at && { open: true as const }),
      ...(this.#isCut(timeOf(day, 0, utcOffsetMin)) && { cut: true as const }),
    }));
  }

  result(): PatrolAudit {
    const { routes, roundsPerDay } = this.#site;
    const byDay = this.#byDay();
    const over = byDay.filter(({ open, cut }) => !open && !cut);
    const from = Math.max(this.#span.from, this.#span.pruned?.before ?? 0);
    const points = Object.values(routes).flatMap(({ id, checkpoints }) => checkpoints.map((c) => pointKey(id, c.id)));
    return {
      ...this.#span,
      counts: this.#all.counts.counts(),
      rounds: this.#all.rounds.rounds(),
      required: roundsPerDay,
      days: over.length,
      daysMet: over.filter(({ rounds }) => rounds.complete >= roundsPerDay).length,
      ...(from < this.#span.to && { gap: longestGap(this.#touches, { from, to: this.#span.to }) }),
      ...((this.#items.due > 0 || this.#items.answered > 0) && { items: this.#items }),
      byRoute: this.#routes.groups(Object.keys(routes)),
      byPerson: this.#people.groups(),
      byPoint: this.#points.groups(points),
      byShift: this.#shifts.groups(),
      byDay,
      ...(this.#posts.size > 0 && { byPost: [...this.#posts.values()] }),
      ...(this.#pairs.length > 0 && { pairs: this.#pairs.sort((a, b) => a.start - b.start) }),
      exceptions: this.#exceptions.sort((a, b) => a.from - b.from || a.id - b.id),
      changes: this.#changes.sort((a, b) => a.start - b.start || a.change.at - b.change.at),
      rows: this.#rows.sort((a, b) => a.start - b.start || (a.plan ?? a.start) - (b.plan ?? b.start) || a.seq - b.seq),
    };
  }
}
