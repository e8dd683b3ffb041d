/**
 * Takes in a file of touches, or takes them out of judgement again, that a baton kept. Each new one is a fact and is judged as if it had been told in its time; the
 * same file again is refused, and a touch that is known already changes nothing.
 */

import { refuse } from '../alarm/authorize.ts';
import { judgeTouches } from '../patrol/rounds.ts';
import { importedTouch, newTouches } from '../patrol/touches.ts';
import type { Act } from './act.ts';

/** Rows of a file at most; ours: a year of one baton at 50 touches a day. */
export const importMax = 20_000;

export const importTouches: Act<'import-touches'> = {
  words: { zh: '导入巡更棒的打点记录', en: 'Take in the touches a baton kept' },
  rule: (draft, by, command) => {
    const { file, batch } = command;
    // The rows would stand in the refusal a second time.
    if (draft.state.imports.has(batch)) return refuse(draft, by, { ...command, touches: [] }, 'already-imported');
    const fresh = newTouches(draft.state.touches.values(), command.touches).map((touch) =>
      importedTouch(draft, batch, touch),
    );
    const known = command.touches.length - fresh.length;
    draft.add({ kind: 'imported', batch, file, by: by.name, taken: fresh.length, known });
    for (const touch of fresh) draft.add({ kind: 'touched', ...touch });
    judgeTouches(draft, fresh);
  },
};

export const undoImport: Act<'undo-import'> = {
  words: { zh: '撤销一次导入', en: 'Undo an import of touches' },
  rule: (draft, by, command) => {
    const { batch } = command;
    if (!draft.state.imports.has(batch)) return refuse(draft, by, command, 'unknown-import');
    draft.add({ kind: 'import-undone', batch, by: by.name });
    const gone = [...draft.state.touches.values()].filter((touch) => touch.batch === batch);
    judgeTouches(draft, gone, new Set(gone));
  },
};
