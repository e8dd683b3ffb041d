/**
 * Gives a zone other limits for the gateway's own detection, at once; with `until` for a trial, after which those before it
 * count again.
 */

import { refuse } from '../alarm/authorize.ts';
import { limitsOf, trialMaxMs, wrongLimits } from '../arming/tuning.ts';
import type { Draft } from '../draft.ts';
import { lookup } from '../site/lookup.ts';
import type { Refusal } from '../types.ts';
import type { Act, Asked } from './act.ts';
import { coded } from './coded.ts';

function refusal(draft: Draft, { zone, limits, reason, until }: Asked<'tune'>): Refusal | undefined {
  if (!lookup(draft.site.zones, zone)) return 'unknown-zone';
  if (!limitsOf(draft.site, draft.state, zone)) return 'no-wires';
  if (wrongLimits(limits).length > 0) return 'wrong-limits';
  if (!reason.trim()) return 'reason-missing';
  if (until === undefined) return undefined;
  if (until <= draft.at) return 'end-missing';
  return until - draft.at > trialMaxMs ? 'too-long' : undefined;
}

export const tune: Act<'tune'> = {
  roles: ['admin', 'integrator'],
  words: { zh: '修改防区阈值', en: 'Give a zone other limits; with `until` only for a trial' },
  rule: coded((draft, by, command) => {
    const why = refusal(draft, command);
    const configured = lookup(draft.site.zones, command.zone)?.signal;
    const before = limitsOf(draft.site, draft.state, command.zone);
    if (why || !configured || !before) return refuse(draft, by, command, why ?? 'no-wires');
    const { zone, limits, reason, until } = command;
    draft.add({
      kind: 'tuned',
      zone,
      by: by.name,
      reason: reason.trim(),
      configured,
      before,
      limits,
      ...(until !== undefined && { until }),
    });
  }),
};
