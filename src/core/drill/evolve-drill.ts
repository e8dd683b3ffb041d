/**
 * The part of `evolve` that folds drills. Like all of it, it holds no rules. Two years of monthly drills are kept; of those begun by mistake
 * a few.
 */
import type { Drill, DrillFact, DrillMoment, DrillRow, Event, State, Time } from '../types.ts';

/** Ours. */
const keptMax = 24;
const mistakesMax = 5;

const kinds: Readonly<Record<DrillFact['kind'], true>> = {
  'drill-started': true,
  'drill-counted': true,
  'drill-uncounted': true,
  'drill-ended': true,
};
type DrillEvent = Extract<Event, { readonly kind: DrillFact['kind'] }>;
type StartEvent = Extract<DrillEvent, { readonly kind: 'drill-started' }>;
type CountEvent = Extract<DrillEvent, { readonly kind: 'drill-counted' }>;

/** Whether a fact is one of a drill. */
export const isOfDrill = (event: Event): event is DrillEvent => Object.hasOwn(kinds, event.kind);

function begun({ seq: id, at, by, exercise, announced, signal, sheet, ...rest }: StartEvent): Drill {
  const { targetMs, place, camera, siren, classes } = rest;
  return {
    ...{ id, at, by, exercise, announced, signal, sheet, targetMs, place },
    ...(camera !== undefined && { camera }),
    ...(siren && { siren }),
    classes: classes.map((one) => ({ ...one, taps: 0 })),
    stills: {},
  };
}

function counted(row: DrillRow, startedAt: Time, { at, present, due, agoMs = 0, by }: CountEvent): DrillRow {
  const { id, title, due: listed, taps, firstAt, fullAt } = row;
  const came = Math.max(startedAt, at - agoMs);
  const full = present >= due ? (fullAt ?? came) : undefined;
  return {
    ...{ id, title, due: listed, taps: taps + 1 },
    count: { present, due, at: came, ...(by !== undefined && { by }) },
    firstAt: firstAt ?? came,
    ...(full !== undefined && { fullAt: full }),
  };
}

const without = ({ id, title, due, taps }: DrillRow): DrillRow => ({ id, title, due, taps });

function withRow({ allAt: _was, ...drill }: Drill, id: string, change: (row: DrillRow) => DrillRow): Drill {
  const classes = drill.classes.map((row) => (row.id === id ? change(row) : row));
  const full = classes.flatMap(({ fullAt }) => (fullAt === undefined ? [] : [fullAt]));
  const all = full.length === classes.length && full.length > 0;
  return { ...drill, classes, ...(all && { allAt: Math.max(...full) }) };
}

/** What is kept: the newest, and few that were no drill. */
function forget(drills: Map<number, Drill>): void {
  const mistakes = [...drills.values()].filter(({ over }) => over?.how === 'void');
  for (const { id } of mistakes.slice(0, -mistakesMax)) drills.delete(id);
  const others = [...drills.values()].filter(({ over }) => over?.how !== 'void');
  for (const { id } of others.slice(0, -keptMax)) drills.delete(id);
}

/** Folds one fact of a drill. */
export function foldDrill(state: Pick<State, 'drills' | 'duties'>, event: DrillEvent): void {
  const { drills, duties } = state;
  if (event.kind === 'drill-started') {
    // What a camera did not give at the one before is asked for no more.
    for (const duty of duties.keys()) if (duty.startsWith('drill/')) duties.delete(duty);
    drills.set(event.seq, begun(event));
    forget(drills);
    return;
  }
  const was = drills.get(event.drill);
  if (!was) return;
  if (event.kind === 'drill-counted')
    drills.set(
      was.id,
      withRow(was, event.class, (row) => counted(row, was.at, event)),
    );
  else if (event.kind === 'drill-uncounted') drills.set(was.id, withRow(was, event.class, without));
  else {
    const { at, how, by, note, because } = event;
    const said = { ...(by !== undefined && { by }), ...(note !== undefined && { note }), ...(because && { because }) };
    drills.set(was.id, { ...was, over: { at, how, ...said } });
  }
}

/** The duty that brings a still of the place. */
export const stillDuty = (drill: number, moment: DrillMoment): string => `drill/${drill}/${moment}`;

/** A still of the place has come. */
export function foldDrillStill(
  state: Pick<State, 'drills'>,
  drill: number,
  moment: string,
  picture: string,
  sha256: string | undefined,
): void {
  const was = state.drills.get(drill);
  if (!was || (moment !== 'start' && moment !== 'target' && moment !== 'end')) return;
  const still = { picture, ...(sha256 !== undefined && { sha256 }) };
  state.drills.set(drill, { ...was, stills: { ...was.stills, [moment]: still } });
}
