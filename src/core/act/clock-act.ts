/**
 * The answer to the question which clock is right: the machine's. From then on events are stamped with it. Whoever thinks that
 * it is wrong sets it right, and the question is over by itself.
 */
import { refuse } from '../alarm/authorize.ts';
import type { Act } from './act.ts';

export const trustClock: Act<'trust-clock'> = {
  words: { zh: '确认主机时钟正确', en: 'Say that the machine’s clock is right' },
  rule: (draft, by, command) => {
    if (!draft.state.clock?.asks) return refuse(draft, by, command, 'clock-not-asked');
    draft.add({ kind: 'clock-stepped', from: draft.at, to: draft.now, by: by.name });
  },
};
