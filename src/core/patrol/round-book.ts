/**
 * Rounds and touches as they stand after the events drafted so far, and which touch belongs to which round. That rests on the
 * plan and the touch alone: whatever came before it, the same touch belongs to the same round.
 */
import type { Draft } from '../draft.ts';
import { RoundCourse } from '../round/round-course.ts';
import type { Checkpoint, ReaderTouch, Round, Route, Time } from '../types.ts';
import { roundAfter, roundOpened } from './evolve-patrol.ts';
import { lastDeadline, opensAt } from './plans.ts';
import { changesOf } from './round-changes.ts';
import { countedAt, firstAfter } from './touches.ts';
import type { CountedTouch } from './verdicts.ts';

interface BookedRound {
  readonly round: Round;
  readonly route: Route;
  /** Where something was changed of it. */
  readonly course: RoundCourse | undefined;
  readonly from: Time;
  readonly to: Time;
}

/** Where a touch belongs. */
interface TouchPlace {
  readonly round: Round;
  readonly route: Route;
  readonly point: Checkpoint;
}

const second = (at: Time): number => Math.floor(at / 1000);

export class RoundBook {
  readonly #rounds = new Map<string, BookedRound>();
  readonly #spans = new Map<Route, readonly [from: number, to: number]>();
  readonly #draft: Draft;
  /** Touches of this very step, by reader. */
  readonly #drafted = new Map<string, ReaderTouch[]>();
  /** Touches that count no more. */
  readonly #gone: ReadonlySet<ReaderTouch>;

  constructor(draft: Draft, gone: ReadonlySet<ReaderTouch> = new Set()) {
    this.#draft = draft;
    this.#gone = gone;
    for (const table of [draft.state.pastRounds, draft.state.rounds])
      for (const round of table.values()) this.#put(draft, round);
    for (const event of draft.events) {
      if (event.kind === 'touched') {
        this.#drafted.set(event.reader, [...(this.#drafted.get(event.reader) ?? []), event]);
      } else if (event.kind === 'opened') {
        this.#put(draft, roundOpened(event));
      } else if (event.kind === 'checked' || event.kind === 'unchecked' || event.kind === 'completed') {
        const was = this.#rounds.get(event.round);
        if (was) this.#put(draft, roundAfter(was.round, event));
      }
    }
  }

  #put({ site }: Draft, round: Round): void {
    const route = site.routes[round.route];
    if (!route) return;
    let span = this.#spans.get(route);
    if (!span) {
      span = [opensAt(route, 0), lastDeadline(route, 0)];
      this.#spans.set(route, span);
    }
    const { start } = round;
    const changes = changesOf(this.#draft, round.id);
    const course = changes.length > 0 ? new RoundCourse(route, round, changes) : undefined;
    const [from, to] = course ? [course.opens, course.takesUntil] : [start + span[0], start + span[1]];
    this.#rounds.set(round.id, { round, route, course, from, to });
  }

  /** Touches of a reader that count as of a time between these. */
  #touches(reader: string, from: Time, to: Time): ReaderTouch[] {
    const list = this.#draft.state.readerTouches.get(reader) ?? [];
    const kept = list.slice(firstAfter(list, from - 1), firstAfter(list, to)).filter((one) => !this.#gone.has(one));
    const drafted = (this.#drafted.get(reader) ?? []).filter((touch) => {
      const at = countedAt(touch);
      return at !== undefined && at >= from && at <= to;
    });
    return [...kept, ...drafted];
  }

  round(id: string): Round | undefined {
    return this.#rounds.get(id)?.round;
  }

  /** All rounds, or those of a route. */
  rounds(route?: string): Round[] {
    const all = [...this.#rounds.values()].map(({ round }) => round);
    return route === undefined ? all : all.filter((round) => round.route === route);
  }

  /**
   * The round and point a touch belongs to: of the plans whose window holds it one that plans whoever touched, and of those the
   * nearest. Of two as near the earlier one.
   */
  placeOf({ reader, person }: Pick<ReaderTouch, 'reader' | 'person'>, at: Time): TouchPlace | undefined {
    let best: { readonly place: TouchPlace; readonly own: boolean; readonly off: number } | undefined;
    for (const { round, route, course, from, to } of this.#rounds.values()) {
      if (at < from || at > to) continue;
      const walks = course?.peopleAt(at) ?? round;
      const own = person !== undefined && (walks.person === person || walks.second === person);
      for (const point of route.checkpoints) {
        if (point.reader !== reader) continue;
        const plan = course?.plan(point, at) ?? round.start + point.afterMs;
        if (at > (course?.reachedBy(point) ?? plan + point.missMs)) continue;
        const off = Math.abs(at - plan);
        const closer =
          !best ||
          (own !== best.own
            ? own
            : off < best.off ||
              (off === best.off && orderOf(round, point) < orderOf(best.place.round, best.place.point)));
        if (closer) best = { place: { round, route, point }, own, off };
      }
    }
    return best?.place;
  }

  /** The touches that belong to a round, by point. */
  touchesOf(route: Route, round: Round): Map<string, CountedTouch[]> {
    const found = new Map<string, CountedTouch[]>();
    const { from, to } = this.#rounds.get(round.id)!;
    for (const reader of new Set(route.checkpoints.map((point) => point.reader))) {
      for (const touch of this.#touches(reader, from, to)) {
        const at = countedAt(touch) ?? from;
        const place = this.placeOf(touch, at);
        if (place?.round.id !== round.id) continue;
        const { card, person, source } = touch;
        put(found, place.point.id, { at, card, source, ...(person !== undefined && { person }) });
      }
    }
    this.#remember(route, round, found);
    return found;
  }

  /**
   * What an earlier version has judged, or what was touched longer ago than touches are kept, counts as it stands in the round. A touch
   * that is kept has been asked where it belongs.
   */
  #remember(route: Route, round: Round, found: Map<string, CountedTouch[]>): void {
    const gone = new Set(
      [...this.#gone].map((touch) => `${touch.reader}\n${touch.card}\n${second(countedAt(touch) ?? 0)}`),
    );
    for (const { id, reader } of route.checkpoints) {
      const { sourceTime: at, card = '', person, verdict, source: told } = round.checks[id] ?? {};
      if (at === undefined || gone.has(`${reader}\n${card}\n${second(at)}`)) continue;
      const [from, to] = [second(at) * 1000, second(at) * 1000 + 999];
      if (this.#touches(reader, from, to).some((one) => one.card === card)) continue;
      const source = told ?? (verdict === 'by-hand' ? 'hand' : verdict === 'unknown-card' ? 'online' : 'import');
      put(found, id, { at, card, source, ...(person !== undefined && { person }) });
    }
  }
}

function put(found: Map<string, CountedTouch[]>, point: string, touch: CountedTouch): void {
  const list = found.get(point);
  if (list) list.push(touch);
  else found.set(point, [touch]);
}

const orderOf = ({ start, id }: Round, point: Checkpoint): string =>
  `${String(start).padStart(15, '0')} ${id} ${point.id}`;
