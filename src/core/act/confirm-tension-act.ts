/**
 * Confirms that the wires of a zone may stand as they stand now: whoever saw the fence says so, with what was seen, and only then
 * are new bases learned. Coming back from maintenance does not: somebody may have propped the wires apart meanwhile.
 */
import { refuse } from '../alarm/authorize.ts';
import type { Draft } from '../draft.ts';
import { lookup } from '../site/lookup.ts';
import { limitsOf } from '../site/zone-limits.ts';
import type { Refusal } from '../types.ts';
import type { Act, Asked } from './act.ts';
import { coded } from './coded.ts';

function refusal(draft: Draft, { zone, reason }: Asked<'confirm-base'>): Refusal | undefined {
  if (!lookup(draft.site.zones, zone)) return 'unknown-zone';
  if (!limitsOf(draft.site, draft.state, zone)) return 'no-wires';
  return reason.trim() ? undefined : 'reason-missing';
}

export const confirmBase: Act<'confirm-base'> = {
  words: { zh: '看过围栏后确认新基准', en: 'Confirm, having seen the fence, that its wires may stand as they do' },
  rule: coded((draft, by, command) => {
    const why = refusal(draft, command);
    if (why) return refuse(draft, by, command, why);
    draft.add({ kind: 'base-confirmed', zone: command.zone, by: by.name, reason: command.reason.trim() });
  }),
};
