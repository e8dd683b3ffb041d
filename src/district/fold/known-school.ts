/**
 * The State of a school at the line before a batch, wherever it comes from: this node's memory, the text in the database, the lines themselves.
 * Lines that other nodes folded meanwhile are folded once more, without writing anything. Where old lines were cut, a State that was kept then is
 * where folding begins. It must never give a State of a line that is not there, nor fold over what was cut.
 */
import { evolve, pass } from '../../core/evolve.ts';
import { emptyState } from '../../core/state.ts';
import type { Event, State } from '../../core/types.ts';
import { stateOf, stateText } from '../../store/snapshot/state-text.ts';
import type { Sql } from '../database/database.ts';
import { isStorable } from '../database/json-rows.ts';
import type { LockedCursor } from '../ingest/cursor-row.ts';
import { eventOf } from '../ingest/read-line.ts';
import { CameraDays } from './camera-days.ts';
import { schoolSite } from './school-site.ts';
import { type FoldedSchool, SIZE_UNKNOWN, type StateCache } from './state-cache.ts';

/** Lines between two States that are kept: what a node that knows nothing folds again, some hundredths of a second. */
export const SAVE_EVERY = 2_000;
/** A State is at most so long, characters; a longer one is folded from the lines. */
const TEXT_MAX = 40_000_000;
const LINES_AT_ONCE = 2_000;

/**
 * Folds one line in, whatever it holds; says why it could not be. Lines that stayed at the school are passed over, and the clock may have been
 * set in one of them.
 */
export function foldLine(state: State, seq: number, event: Event | undefined): string | undefined {
  if (!event) {
    pass(state, seq);
    return undefined;
  }
  try {
    if (event.at < state.at && event.kind !== 'clock-stepped') state.at = event.at;
    if (state.seq < seq - 1) pass(state, seq - 1);
    evolve(state, event);
    return undefined;
  } catch (error) {
    pass(state, seq);
    return error instanceof Error ? error.message.slice(0, 200) : 'fold';
  }
}

/** What lines from outside made of State may be more than a text can say, or a text may be none. */
function attempted<T>(make: () => T): T | undefined {
  try {
    return make();
  } catch {
    return undefined;
  }
}

/** The school at line `base`. */
export async function knownSchool(
  sql: Sql,
  cache: StateCache,
  { school, epoch, site }: Pick<LockedCursor, 'school' | 'epoch' | 'site'>,
  base: number,
): Promise<FoldedSchool> {
  const cached = cache.take(school);
  const fits = cached && cached.epoch === epoch && cached.seq <= base ? cached : undefined;
  // What lies between may have been cut since this node folded last.
  const usable = fits && (fits.seq === base || fits.seq >= (await cutUpTo(sql, school, epoch))) ? fits : undefined;
  const known = usable ?? (await loaded(sql, school, epoch, base));
  // Another node wrote of it meanwhile.
  if (known.seq < base) Object.assign(known, { tile: undefined, behind: true });
  await catchUp(sql, school, known, base);
  if (!usable) known.cameras = await CameraDays.load(sql, school, epoch, base, known.state);
  if (known.site.hash !== site) known.site = await schoolSite(sql, school, undefined);
  return known;
}

/** Lines up to here can no longer be folded one by one; 0 where none was cut. */
async function cutUpTo(sql: Sql, school: string, epoch: number): Promise<number> {
  const [row] = await sql.query<{ seq: number }>('SELECT seq FROM base WHERE school = $1 AND epoch = $2', [
    school,
    epoch,
  ]);
  return row?.seq ?? 0;
}

async function loaded(sql: Sql, school: string, epoch: number, base: number): Promise<FoldedSchool> {
  const rows = await sql.query<{ seq: number; state: string }>(
    `SELECT seq, state FROM fold WHERE school = $1 AND epoch = $2 AND seq <= $3
     UNION ALL SELECT seq, state FROM base WHERE school = $1 AND epoch = $2 AND seq <= $3 ORDER BY seq DESC`,
    [school, epoch, base],
  );
  const site = await schoolSite(sql, school, undefined);
  const fresh = { epoch, cameras: new CameraDays(), site, grown: 0, tile: undefined, behind: true };
  const cut = await cutUpTo(sql, school, epoch);
  for (const { seq, state: text } of rows) {
    if (seq < base && seq < cut) continue;
    // A State that an earlier version wrote lacks the tables it did not know: they begin empty.
    const state = attempted(() => ({ ...emptyState(), ...stateOf(text) }));
    if (state) return { ...fresh, seq, state, savedSeq: seq, size: text.length };
  }
  if (cut > 0) throw new Error(`the State of ${school} at line ${cut}, where lines were cut, cannot be read`);
  return { ...fresh, seq: 0, state: emptyState(), savedSeq: 0, size: SIZE_UNKNOWN };
}

/** Folds what lies between what is known and `base`. */
async function catchUp(sql: Sql, school: string, known: FoldedSchool, base: number): Promise<void> {
  while (known.seq < base) {
    const rows = await sql.query<{ seq: number; line: string | null }>(
      'SELECT seq, line FROM journal WHERE school = $1 AND epoch = $2 AND seq > $3 AND seq <= $4 ORDER BY seq LIMIT $5',
      [school, known.epoch, known.seq, base, LINES_AT_ONCE],
    );
    if (rows.length === 0) throw new Error(`line ${known.seq + 1} of ${school} is not there`);
    for (const { seq, line } of rows) {
      const event = line === null ? undefined : eventOf(line, seq);
      const sound = typeof event === 'string' ? undefined : event;
      foldLine(known.state, seq, sound);
      if (sound) known.cameras.take(sound, known.state);
      known.seq = seq;
    }
  }
}

/** Keeps State in the database now and then. */
export async function saveState(sql: Sql, school: string, known: FoldedSchool, program: string): Promise<void> {
  if (known.seq - known.savedSeq < SAVE_EVERY) return;
  const text = attempted(() => stateText(known.state));
  // It is made of the lines then.
  if (text === undefined || text.length > TEXT_MAX || !isStorable(text)) return;
  known.size = text.length;
  await sql.query(
    `INSERT INTO fold (school, epoch, seq, program, state) VALUES ($1, $2, $3, $4, $5)
     ON CONFLICT (school) DO UPDATE SET epoch = excluded.epoch, seq = excluded.seq, program = excluded.program, state = excluded.state`,
    [school, known.epoch, known.seq, program, text],
  );
  known.savedSeq = known.seq;
}
