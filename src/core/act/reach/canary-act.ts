/**
 * A canary by hand: the whole way of an alarm is tried now, as it is once a day. It is refused while one is on its way, so that no two
 * are taken for each other.
 */
import { refuse } from '../../alarm/authorize.ts';
import { canaryHop } from '../../tell/canary.ts';
import type { Act } from '../act.ts';

export const startCanary: Act<'start-canary'> = {
  words: { zh: '开始链路自检', en: 'Send a canary' },
  rule(draft, by, command) {
    const { site, state } = draft;
    if (!site.canary) return refuse(draft, by, command, 'no-canary');
    if (state.canary && canaryHop(site, state.canary)) return refuse(draft, by, command, 'canary-runs');
    draft.add({ kind: 'canary', step: 'begun', by: by.name });
  },
};
