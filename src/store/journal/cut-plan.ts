/**
 * The thread that finds what may be cut out of a journal: how old each line is in days that the gateway lived through, and what belongs
 * together. It reads beside the gateway, behind everything else. It must never write, nor plan a line that is held.
 */
import type Database from 'better-sqlite3';
import { type AlarmTie, type CutLimits, CutUnits, type HeldBack } from '../../core/retention/cut-units.ts';
import { type ClockSet, type JournalDay, JournalDays, oldDays } from '../../core/retention/journal-days.ts';
import { classOf, cutClasses, keepOf } from '../../core/retention/record-classes.ts';
import type { CutClass, Event, KeepDays } from '../../core/types.ts';
import { upcast } from '../../core/upcast.ts';
import { leafHash } from '../../proof/merkle-tree.ts';
import { pacer, stepBack } from '../background.ts';
import { explain } from '../store-errors.ts';
import { files, openForReading } from '../store-files.ts';
import { type Served, serve } from '../thread.ts';
import { CutDigest, isEvent } from './cut-lines.ts';

export interface PlanOrder {
  readonly dir: string;
  readonly keep: KeepDays;
  /** The school's day, as `localDay` counts. */
  readonly today: number;
  readonly utcOffsetMin: number;
  /** No line beyond this one. */
  readonly upTo: number;
  /** Lines that are cut at once: as long as that takes nothing else is written. */
  readonly most: number;
  /** Of the processor's time. */
  readonly share: number;
}

/** Lines of one class and one day. */
export interface PlannedCut {
  readonly class: CutClass;
  readonly day: string;
  readonly days: number;
  readonly from: number;
  readonly to: number;
  readonly lines: number;
  readonly digest: string;
  readonly ranges: readonly (readonly [from: number, to: number])[];
}

interface LineRow {
  readonly seq: number;
  readonly at: number;
  readonly kind: string;
  readonly hash: string;
  readonly json: string;
}
interface CutCandidate {
  readonly row: LineRow;
  readonly event: Event;
}

const chunk = 2_000;
const dayMs = 86_400_000;
const textOf = (day: number): string => new Date(day * dayMs).toISOString().slice(0, 10);

/** All of the journal, once: its days, and where what belongs together ends. */
async function survey(db: Database.Database, { utcOffsetMin, share }: PlanOrder) {
  const steps = db.prepare<[], string>("SELECT json FROM events WHERE kind = 'clock-stepped' ORDER BY seq").pluck();
  const sets = steps.all().map((json): ClockSet => {
    const { seq, from, to } = JSON.parse(json) as Extract<Event, { kind: 'clock-stepped' }>;
    return { seq, ms: to - from };
  });
  const days = new JournalDays(sets, utcOffsetMin);
  const units = new CutUnits(db.prepare<[], AlarmTie>('SELECT id, incident, round FROM alarms').all());
  const rows = db.prepare<[number, number], LineRow>(
    'SELECT seq, at, kind, hash, json FROM events WHERE seq > ? ORDER BY seq LIMIT ?',
  );
  const pause = pacer(share);
  for (let some = rows.all(0, chunk); some.length > 0; some = rows.all(some.at(-1)!.seq, chunk)) {
    for (const { seq, at, kind, json } of some) {
      days.add(seq, at, kind as Event['kind']);
      // Readings come in great numbers, and belong to nothing.
      if (kind !== 'read' && kind !== 'cut') units.note(upcast(JSON.parse(json) as Event));
    }
    await pause();
  }
  return { days: days.days, units };
}

/** The last line of each class that is old enough. */
function limitsOf(days: readonly JournalDay[], { keep, today, upTo }: PlanOrder): CutLimits {
  const limits: { [K in CutClass]?: number } = {};
  for (const of of cutClasses) {
    const least = keepOf(keep, of);
    if (least !== undefined) limits[of] = Math.min(oldDays(days, today, least).at(-1)?.last ?? 0, upTo);
  }
  return limits;
}

/** One group of lines for each class and day. */
function grouped(chosen: readonly CutCandidate[], days: readonly JournalDay[], keep: KeepDays): PlannedCut[] {
  const groups = new Map<string, { of: CutClass; day: string; rows: LineRow[] }>();
  let i = 0;
  for (const { row, event } of chosen) {
    while (days[i]!.last < row.seq) i += 1;
    const [of, day] = [classOf(event) as CutClass, textOf(days[i]!.day)];
    const group = groups.get(`${day} ${of}`) ?? { of, day, rows: [] };
    group.rows.push(row);
    groups.set(`${day} ${of}`, group);
  }
  return Array.from(groups.values(), ({ of, day, rows }) => {
    const digest = new CutDigest();
    const ranges: [number, number][] = [];
    for (const { seq, at, hash, json } of rows) {
      digest.add({ seq, at, hash, leaf: leafHash(json).toString('hex') });
      const last = ranges.at(-1);
      if (last && last[1] === seq - 1) last[1] = seq;
      else ranges.push([seq, seq]);
    }
    const [from, to] = [rows[0]!.seq, rows.at(-1)!.seq];
    return { class: of, day, days: keepOf(keep, of)!, from, to, lines: rows.length, digest: digest.hex(), ranges };
  });
}

async function openPlan(order: PlanOrder): Promise<Served<HeldBack>> {
  if (order.share < 1) stepBack();
  const db = openForReading(files.journal(order.dir));
  const { days, units } = await survey(db, order);
  const old = limitsOf(days, order);
  const end = Math.max(0, ...Object.values(old));
  const rows = db.prepare<[number, number, number], LineRow>(
    `SELECT seq, at, kind, hash, json FROM events WHERE seq > ? AND seq <= ? AND ${isEvent} ORDER BY seq LIMIT ?`,
  );
  const pause = pacer(order.share);
  /** Everything up to here was cut or is held. */
  let done = 0;

  /** What may be cut of the lines up to some number, `most` of them or all. */
  const next = async (
    most: number,
  ): Promise<{ chosen: CutCandidate[]; through: number; waits: number | undefined }> => {
    const found: CutCandidate[] = [];
    let through = done;
    while (through < end && found.length < most) {
      const some = rows.all(through, end, Math.min(chunk, most));
      if (some.length === 0) through = end;
      for (const row of some) {
        through = row.seq;
        const event = upcast(JSON.parse(row.json) as Event);
        if (units.mayCut(event, old) === true) found.push({ row, event });
        if (found.length === most) break;
      }
      await pause();
    }
    const limits = Object.fromEntries(Object.entries(old).map(([of, limit]) => [of, Math.min(limit, through)]));
    const chosen = found.filter(({ event }) => units.mayCut(event, limits) === true);
    const waits = found.find(({ event }) => units.mayCut(event, limits) === 'not-yet')?.row.seq;
    return { chosen, through, waits };
  };

  return {
    /** What to cut next; empty: nothing more. Asked again when that is done. */
    async answer(held): Promise<readonly PlannedCut[]> {
      units.hold(held);
      for (let most = order.most; ; most *= 2) {
        const { chosen, through, waits } = await next(most);
        // What belongs together may be more than is cut at once.
        if (chosen.length === 0 && waits !== undefined && through < end) continue;
        done = waits === undefined ? through : waits - 1;
        return grouped(chosen, days, order.keep);
      }
    },
    close: () => void db.close(),
  };
}

await serve(openPlan, (error, { dir }) => explain(error, files.journal(dir)));
