/**
 * What brings a drill on: numbers that come by the codes of classes, the hour after which a forgotten one ends, and a real alarm, which
 * breaks it off. It must never hold back an alarm, nor let a drill be told from its alarms by anybody who may not see them.
 */
import type { Draft } from '../draft.ts';
import { placeOf } from '../site/naming.ts';
import type { Drill, DrillRefusal, DrillTap, Event, State } from '../types.ts';
import { runningDrill } from './drill-duties.ts';

/** Ours: a drill of which nobody says that it is over is over by then. */
export const forgottenMs = 3_600_000;
/** Ours: a class gives so many numbers in one drill, wrong ones among them; whoever finds a code cannot fill the journal. */
const tapsMax = 40;
/** Ours: today there may be so many more than are on the list: guests, and pupils who came this week. */
const moreThanListed = 30;
/** Ours: a phone out of reach says within so long what was counted; older than that it is said to be now. */
export const agoMaxMs = 900_000;

/** The number of the sheet that counts, now or for the next drill: one sheet for each, and one begun by mistake uses none up. */
export function sheetNow({ drills }: { readonly drills: ReadonlyMap<number, Drill> }): number {
  const running = runningDrill({ drills });
  if (running) return running.sheet;
  return Math.max(0, ...[...drills.values()].map(({ sheet, over }) => (over?.how === 'void' ? sheet - 1 : sheet))) + 1;
}

/** Why this number is none of this class; undefined when it is. */
export function countBar(
  drill: Drill | undefined,
  { class: id, present, due }: Pick<DrillTap, 'class' | 'present' | 'due'>,
): DrillRefusal | undefined {
  if (!drill || drill.over) return 'drill-over';
  const row = drill.classes.find((one) => one.id === id);
  if (!row) return 'unknown-class';
  const isNumber = (n: number) => Number.isInteger(n) && n >= 0;
  if (!isNumber(present) || !isNumber(due) || present > due || due > row.due + moreThanListed) return 'count-wrong';
  return row.taps >= tapsMax ? 'counted-enough' : undefined;
}

/** Whether that is the number the class has given already: a second tap, or a second try after an answer that was lost. */
export function isCounted(
  drill: Drill,
  { class: id, present, due }: Pick<DrillTap, 'class' | 'present' | 'due'>,
): boolean {
  const count = drill.classes.find((one) => one.id === id)?.count;
  return count !== undefined && count.present === present && count.due === due;
}

/** A number that came by the code of a class. What will not do was told to whoever sent it, and changes nothing. */
export function takeTap(draft: Draft, tap: DrillTap): void {
  const drill = draft.state.drills.get(tap.drill);
  if (!drill || countBar(drill, tap) || isCounted(drill, tap)) return;
  const { class: id, present, due } = tap;
  const agoMs = Math.min(agoMaxMs, Math.max(0, Math.round(tap.agoMs)));
  draft.add({ kind: 'drill-counted', drill: drill.id, class: id, present, due, ...(agoMs > 0 && { agoMs }) });
}

/** On every tick: one that nobody has ended. */
export function keepDrills(draft: Draft): void {
  const drill = runningDrill(draft.state);
  if (drill && draft.at >= drill.at + forgottenMs)
    draft.add({ kind: 'drill-ended', drill: drill.id, how: 'forgotten' });
}

/** Whether this fact is a real alarm in which nobody may go on practising. A cable that is loose is none; of a silent call nothing shows. */
function breaksOff({ alarms }: State, event: Event): number | undefined {
  if (event.kind === 'raised')
    return event.priority === 1 && event.alarm !== 'comms' && !event.covert ? event.seq : undefined;
  if (event.kind !== 'repeated' || event.priority !== 1) return undefined;
  const alarm = alarms.get(event.alarm);
  return alarm && alarm.priority > 1 && alarm.kind !== 'comms' && !alarm.covert ? alarm.id : undefined;
}

/** Breaks the drill off that runs, where the events of this step are a real alarm. To be called once they are all there. */
export function breakOff(draft: Draft): void {
  const { site, state } = draft;
  const drill = runningDrill(state);
  if (!drill || draft.events.some((event) => event.kind === 'drill-ended')) return;
  for (const event of draft.events) {
    const alarm = breaksOff(state, event);
    if (alarm === undefined) continue;
    const about = event.kind === 'raised' ? event : state.alarms.get(alarm);
    if (!about) continue;
    const kind = 'alarm' in about ? about.alarm : about.kind;
    const { device, key, zone } = about;
    const because = { alarm, kind, title: placeOf(site, { device, key, ...(zone !== undefined && { zone }) }) };
    return draft.add({ kind: 'drill-ended', drill: drill.id, how: 'broken-off', because });
  }
}
