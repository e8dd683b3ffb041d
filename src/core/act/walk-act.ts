/**
 * Begins a walk test of some zones, and ends it before its time. Only one runs at a time.
 */

import { refuse } from '../alarm/authorize.ts';
import { endWalkTest, walkMinutes } from '../arming/walk-test.ts';
import { activeCauses } from '../condition/active-conditions.ts';
import type { Draft } from '../draft.ts';
import { lookup } from '../site/lookup.ts';
import { walkOf } from '../site/watched.ts';
import type { Refusal } from '../types.ts';
import type { Act, Asked } from './act.ts';
import { coded } from './coded.ts';

const minuteMs = 60_000;

function refusal(draft: Draft, { zones, minutes }: Asked<'walk'>): Refusal | undefined {
  if (walkOf(draft.state)) return 'walk-running';
  if (zones.length === 0 || !zones.every((zone) => lookup(draft.site.zones, zone))) return 'unknown-zone';
  return minutes >= walkMinutes.least && minutes <= walkMinutes.most ? undefined : 'too-long';
}

export const walk: Act<'walk'> = {
  words: { zh: '开始行走测试', en: 'Begin a walk test of some zones' },
  rule: coded((draft, by, command) => {
    const why = refusal(draft, command);
    if (why) return refuse(draft, by, command, why);
    const zones = [...new Set(command.zones)];
    const active = zones.flatMap((zone) => activeCauses(draft, zone));
    const until = draft.at + command.minutes * minuteMs;
    draft.add({ kind: 'walk-started', zones, by: by.name, until, active });
  }),
};

export const endWalk: Act<'end-walk'> = {
  words: { zh: '结束行走测试', en: 'End the walk test before its time' },
  rule: (draft, by, command) => {
    const running = walkOf(draft.state);
    if (!running) return refuse(draft, by, command, 'no-walk');
    endWalkTest(draft, by.name, running.zones);
  },
};
