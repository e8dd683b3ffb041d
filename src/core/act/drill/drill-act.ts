/**
 * A drill as people ask for it at the desk: begun, a class counted or its number taken back, ended. It is a fact of its own and no alarm, and
 * it is not begun while a real one waits.
 */
import { refuse } from '../../alarm/authorize.ts';
import type { Draft } from '../../draft.ts';
import { runningDrill } from '../../drill/drill-duties.ts';
import { countBar, isCounted, sheetNow } from '../../drill/drills.ts';
import type { DrillPlan, DrillRefusal } from '../../types.ts';
import type { Act, Asked } from '../act.ts';

/** A second tap, or a second try after an answer that was lost. */
const againMs = 60_000;

/** A real alarm that nobody has taken. Of a silent call for help nothing shows, here either. */
function alarmWaits({ state }: Draft): boolean {
  return [...state.alarms.values()].some(
    ({ priority, kind, acked, covert }) => priority === 1 && kind !== 'comms' && !acked && !covert,
  );
}

function startBar(
  draft: Draft,
  plan: DrillPlan | undefined,
  { signal }: Asked<'start-drill'>,
): DrillRefusal | undefined {
  if (!plan) return 'no-drill-plan';
  if (runningDrill(draft.state)) return 'drill-runs';
  if (signal === 'siren' && !plan.siren) return 'no-drill-siren';
  return alarmWaits(draft) ? 'alarm-waits' : undefined;
}

export const startDrill: Act<'start-drill'> = {
  words: { zh: '开始演练', en: 'Begin a drill: by the siren, or as it is announced by loudspeaker' },
  rule: (draft, by, command) => {
    const { exercise, announced, signal } = command;
    const plan = draft.site.drill;
    const runs = runningDrill(draft.state);
    if (runs?.by === by.name && runs.exercise === exercise && draft.at - runs.at < againMs) return;
    const why = startBar(draft, plan, command);
    if (why || !plan) return refuse(draft, by, command, why ?? 'no-drill-plan', runs);
    const { targetMs, place, camera, siren, classes } = plan;
    draft.add({
      ...{ kind: 'drill-started', exercise, announced, signal, sheet: sheetNow(draft.state), targetMs, place },
      ...(camera !== undefined && { camera }),
      ...(signal === 'siren' && siren && { siren }),
      ...{ classes, by: by.name },
    });
  },
};

export const countClass: Act<'count-class'> = {
  words: { zh: '代报人数', en: 'Give the number of a class at a drill for it' },
  rule: (draft, by, command) => {
    const drill = draft.state.drills.get(command.drill);
    const why = countBar(drill, command);
    if (why || !drill) return refuse(draft, by, command, why ?? 'drill-over', drill?.over && overBy(drill.over));
    if (isCounted(drill, command)) return;
    const { class: id, present, due } = command;
    draft.add({ kind: 'drill-counted', drill: drill.id, class: id, present, due, by: by.name });
  },
};

const overBy = ({ by, at }: { readonly by?: string; readonly at: number }) =>
  by === undefined ? undefined : { by, at };

export const uncountClass: Act<'uncount-class'> = {
  words: { zh: '撤回人数', en: 'Take the number of a class at a drill back' },
  rule: (draft, by, command) => {
    const drill = draft.state.drills.get(command.drill);
    if (!drill || drill.over) return refuse(draft, by, command, 'drill-over');
    const row = drill.classes.find(({ id }) => id === command.class);
    if (!row) return refuse(draft, by, command, 'unknown-class');
    if (!row.count) return refuse(draft, by, command, 'not-counted');
    draft.add({ kind: 'drill-uncounted', drill: drill.id, class: row.id, by: by.name });
  },
};

export const endDrill: Act<'end-drill'> = {
  words: { zh: '结束演练', en: 'End a drill, or say that it was begun by mistake' },
  rule: (draft, by, command) => {
    const drill = draft.state.drills.get(command.drill);
    if (drill?.over?.by === by.name && draft.at - drill.over.at < againMs) return;
    if (!drill || drill.over) return refuse(draft, by, command, 'drill-over', drill?.over && overBy(drill.over));
    const note = command.note?.trim();
    draft.add({
      ...{ kind: 'drill-ended', drill: drill.id, how: command.mistake ? 'void' : 'ended', by: by.name },
      ...(note && { note }),
    });
  },
};
