/**
 * What people say of the one-key police alarm: a window in which the next press is a test, that the police answered, that an officer is
 * there. The press itself goes to the police by its own line whatever is said here.
 */
import { refuse } from '../../alarm/authorize.ts';
import { isPoliceLine } from '../../alarm/police.ts';
import type { Act } from '../act.ts';

/** Long enough to walk to the button and call the police beforehand; short, because a press in it is no alarm here. Ours. */
export const policeWindow = { least: 5, most: 60 };

export const announcePoliceTest: Act<'announce-police-test'> = {
  words: { zh: '预告一键报警测试', en: 'Announce a test of the one-key police alarm' },
  rule(draft, by, command) {
    const { device, minutes, reason } = command;
    if (!isPoliceLine(draft.site, device)) return refuse(draft, by, command, 'unknown-police-line');
    if (draft.state.policeLines.get(device)?.announced) return refuse(draft, by, command, 'already-announced');
    if (!reason.trim()) return refuse(draft, by, command, 'reason-missing');
    if (minutes > policeWindow.most) return refuse(draft, by, command, 'too-long');
    const until = draft.at + minutes * 60_000;
    draft.add({ kind: 'police-announced', device, until, by: by.name, reason });
  },
};

export const policeStep: Act<'police-step'> = {
  words: { zh: '登记报警进展：已接警或民警到场', en: 'Note that the police answered, or that an officer is there' },
  rule(draft, by, command) {
    const { call, step } = command;
    const alarm = draft.state.alarms.get(call);
    if (alarm?.kind !== 'police') return refuse(draft, by, command, 'not-police');
    if (alarm.police?.[step]?.by === by.name) return;
    if (alarm.police?.[step]) return refuse(draft, by, command, 'already-said');
    draft.add({ kind: 'police-step', alarm: alarm.id, step, by: by.name });
  },
};
