/**
 * The board as this node knows it: what the fold wrote of each school, joined with when the school was last heard, kept fresh by what nodes tell
 * each other and by looking for itself every few seconds. Each second it asks who has become lost. While the database cannot be asked it
 * stands still and says so: that nobody can be heard then is no news of any school.
 */
import { localDay } from '../../core/site/calendar.ts';
import type { RefusalCode } from '../../uplink/protocol.ts';
import { boardStands, nodeClockOff } from '../../words/district/district-node-words.ts';
import { wordsOf } from '../../words/worded-error.ts';
import type { World } from '../../world/world.ts';
import type { DistrictBoard, DistrictTrouble, SchoolTile } from '../board/board-types.ts';
import { tileDoubt } from '../board/tile-doubt.ts';
import type { Database } from '../database/database.ts';
import type { Fanout } from '../fanout/fanout.ts';
import { dayName, patrolOfDay } from '../fold/patrol-rows.ts';
import { emptyFigures, type TileFigures } from '../fold/tile-figures.ts';
import { type AheadOnTile, withAhead } from '../fold/tile-of.ts';
import { watchOutages } from '../ingest/outages.ts';
import type { BoardSource } from './district-context.ts';
import type { DistrictFaults } from './district-faults.ts';

/** All schools are looked at so often, ms: what a word between nodes brought is there long before. */
const LOOK_MS = 5_000;
/** Who became lost is asked so often, ms. */
const TICK_MS = 1_000;
/** Schools that changed are gathered for so long, ms: a tile changes at most so often for an eye. */
const GATHER_MS = 50;
/** The board stands once no look has come back for so long, ms. */
const STANDS_MS = 12_000;
/** Clocks of node and database may differ by so much, ms. */
const CLOCK_MS = 5_000;

interface BoardRow {
  school: string;
  name_zh: string;
  name_en: string;
  short_zh: string;
  short_en: string;
  street: string;
  kind: 'school' | 'kindergarten';
  x: number | null;
  y: number | null;
  seq: number | null;
  head: number | null;
  seen_at: number | null;
  level_at: number | null;
  held: RefusalCode | null;
  body: TileFigures | null;
  open: number | null;
  overdue: number | null;
  urged: number | null;
  judged: number | null;
  on_time: number | null;
  ahead: readonly AheadOnTile[] | null;
  clock: number;
}

const ROWS = `
  SELECT s.school, s.name_zh, s.name_en, s.short_zh, s.short_en, s.street, s.kind, s.x, s.y,
    c.seq, c.head, c.seen_at, c.level_at, c.held, t.body, r.open, r.overdue, u.urged, p.judged, p.on_time, a.ahead,
    (extract(epoch FROM clock_timestamp()) * 1000)::bigint AS clock
  FROM school s
  LEFT JOIN cursor c ON c.school = s.school
  LEFT JOIN tile t ON t.school = s.school AND t.epoch = s.epoch
  LEFT JOIN LATERAL (SELECT count(*) AS open, count(*) FILTER (WHERE due_at < $1) AS overdue FROM rectification r
    WHERE r.school = s.school AND r.epoch = s.epoch AND r.closed_at IS NULL) r ON true
  LEFT JOIN LATERAL (SELECT count(*) AS urged FROM command o
    WHERE o.school = s.school AND o.epoch = s.epoch AND o.kind = 'urge' AND o.done_at IS NULL AND o.until < $1 AND o.body ->> 'covert' IS NULL) u ON true
  LEFT JOIN LATERAL (SELECT json_agg(json_build_object('kind', a.kind, 'priority', a.priority, 'waits', a.acked_at IS NULL,
      'zh', a.place_zh, 'en', a.place_en, 'at', a.raised_at) ORDER BY a.acked_at IS NOT NULL, a.priority, a.id) AS ahead
    FROM alarm a WHERE a.ahead AND a.school = s.school AND a.epoch = s.epoch AND a.id > c.seq
      AND a.closed_at IS NULL AND NOT a.covert AND a.priority BETWEEN 1 AND 3) a ON true
  LEFT JOIN (${patrolOfDay('$2')}) p ON p.school = s.school AND p.epoch = s.epoch
  WHERE s.left_at IS NULL`;

function tileOf(row: BoardRow): SchoolTile {
  const figures = row.body ?? emptyFigures;
  return {
    school: row.school,
    name: { zh: row.name_zh, en: row.name_en },
    short: { zh: row.short_zh, en: row.short_en },
    ...{ street: row.street, kind: row.kind },
    ...(row.x !== null && row.y !== null && { place: { x: row.x, y: row.y } }),
    ...(row.level_at !== null && { toldAt: row.level_at }),
    ...(row.seen_at !== null && { seenAt: row.seen_at }),
    ...(row.held !== null && { doubt: 'held' as const, why: row.held }),
    behind: Math.max(0, (row.head ?? 0) - (row.seq ?? 0)),
    ...figures,
    alarms: withAhead(figures.alarms, row.ahead ?? []),
    patrol: { of: row.judged ?? 0, good: row.on_time ?? 0 },
    rectifications: { open: row.open ?? 0, overdue: row.overdue ?? 0 },
    urged: row.urged ?? 0,
  };
}

/** The tile with what its silence means at a moment. */
function judged(tile: SchoolTile, now: number): SchoolTile {
  const doubt = tileDoubt(tile, now);
  return doubt === tile.doubt ? tile : { ...tile, ...(doubt !== undefined && { doubt }) };
}

const clockOf = (at: number, utcOffsetMin: number): string =>
  new Date(at + utcOffsetMin * 60_000).toISOString().slice(11, 19);

export interface BoardParts {
  readonly db: Database;
  readonly world: World;
  readonly fanout: Fanout;
  readonly head: Pick<DistrictBoard, 'district' | 'utcOffsetMin' | 'outline'>;
  /** What other parts found wrong. */
  readonly faults: Pick<DistrictFaults, 'all'>;
  readonly signal: AbortSignal;
}

/** Starts to keep the board; the first look is over when this resolves, or has failed and is told. */
export async function openSchoolBoard(parts: BoardParts): Promise<BoardSource> {
  const board = new SchoolBoard(parts);
  await board.look();
  void board.keep();
  return board;
}

class SchoolBoard implements BoardSource {
  readonly #parts: BoardParts;
  /** As the database has them. */
  readonly #known = new Map<string, SchoolTile>();
  /** As they were last told, with what silence means. */
  readonly #shown = new Map<string, { readonly tile: SchoolTile; readonly text: string }>();
  readonly #listeners = new Set<(tiles: readonly SchoolTile[]) => void>();
  readonly #changed = new Set<string>();
  #all = true;
  #lookedAt: number;
  #lookedElapsed: number;
  #fault: DistrictTrouble | undefined;
  #clockOff = 0;
  #wake: () => void = () => undefined;

  constructor(parts: BoardParts) {
    this.#parts = parts;
    this.#lookedAt = parts.world.now();
    this.#lookedElapsed = parts.world.elapsed();
    parts.fanout.hear((notice) => {
      if (notice?.school === undefined) this.#all = true;
      else this.#changed.add(notice.school);
      this.#wake();
    });
  }

  board(): DistrictBoard {
    const tiles = [...this.#shown.values()].map(({ tile }) => tile);
    return { ...this.#parts.head, now: this.#parts.world.now(), tiles };
  }

  troubles(): readonly DistrictTrouble[] {
    const since = clockOf(this.#lookedAt, this.#parts.head.utcOffsetMin);
    const off = Math.abs(this.#clockOff) > CLOCK_MS && !this.#fault;
    return [
      ...(this.#stands() ? [{ part: 'board', ...boardStands(since) }] : []),
      ...(this.#fault && !this.#stands() ? [this.#fault] : []),
      ...this.#parts.faults.all(),
      ...(off ? [{ part: 'clock', ...nodeClockOff(Math.round(this.#clockOff / 1_000)) }] : []),
    ];
  }

  changed(heard: (tiles: readonly SchoolTile[]) => void): () => void {
    this.#listeners.add(heard);
    return () => void this.#listeners.delete(heard);
  }

  #stands(): boolean {
    return this.#parts.world.elapsed() - this.#lookedElapsed > STANDS_MS;
  }

  /** Tells what differs from what was told. While nobody could be heard, silence means nothing. */
  #tell(): void {
    const now = this.#stands() ? this.#lookedAt : this.#parts.world.now();
    const news: SchoolTile[] = [];
    for (const tile of this.#known.values()) {
      const next = judged(tile, now);
      const text = JSON.stringify(next);
      if (this.#shown.get(tile.school)?.text === text) continue;
      this.#shown.set(tile.school, { tile: next, text });
      news.push(next);
    }
    for (const school of this.#shown.keys()) if (!this.#known.has(school)) this.#shown.delete(school);
    if (news.length > 0) for (const heard of this.#listeners) heard(news);
  }

  async look(): Promise<void> {
    const { db, world } = this.#parts;
    const whole = this.#all;
    const some = [...this.#changed];
    this.#all = false;
    this.#changed.clear();
    const now = world.now();
    const today = dayName(localDay(now, this.#parts.head.utcOffsetMin));
    try {
      const rows = whole
        ? await db.urgent.query<BoardRow>(ROWS, [now, today])
        : await db.urgent.query<BoardRow>(`${ROWS} AND s.school = ANY($3::text[])`, [now, today, some]);
      const gone = new Set(whole ? this.#known.keys() : []);
      for (const row of rows) {
        this.#known.set(row.school, tileOf(row));
        gone.delete(row.school);
      }
      for (const school of gone) this.#known.delete(school);
      if (rows[0]) this.#clockOff = rows[0].clock - world.now();
      if (whole) await db.urgent.transaction((sql) => watchOutages(sql, now));
      this.#lookedAt = now;
      this.#lookedElapsed = world.elapsed();
      this.#fault = undefined;
    } catch (error) {
      this.#all ||= whole;
      for (const school of some) this.#changed.add(school);
      if (!this.#fault) world.log.error('the board could not be read', { error: wordsOf(error).en });
      this.#fault = { part: 'database', ...wordsOf(error) };
    }
    this.#tell();
  }

  /** Until something is told, or a second is over. */
  async #pause(): Promise<void> {
    const { world, signal } = this.#parts;
    if (this.#changed.size > 0 || this.#all) return;
    const woken = new AbortController();
    this.#wake = () => woken.abort();
    await world.sleep(TICK_MS, AbortSignal.any([signal, woken.signal])).catch(() => undefined);
  }

  async keep(): Promise<void> {
    const { world, signal } = this.#parts;
    let nextLook = world.elapsed() + LOOK_MS;
    while (!signal.aborted) {
      await this.#pause();
      await world.sleep(GATHER_MS, signal).catch(() => undefined);
      if (signal.aborted) return;
      if (world.elapsed() >= nextLook) {
        this.#all = true;
        nextLook = world.elapsed() + LOOK_MS;
      }
      if (this.#all || this.#changed.size > 0) await this.look();
      else this.#tell();
      if (this.#fault) await world.sleep(TICK_MS, signal).catch(() => undefined);
    }
  }
}
