/**
 * Gives a zone other limits for the gateway's own detection, at once; with `until` for a trial, after which those before it
 * count again. Limits that hide what a fence ought to tell are given for a trial only, unless a second person stands for them; and
 * those with which a climb or a cut may not be seen are not given at all.
 */

import { refuse } from '../alarm/authorize.ts';
import { looseSince, trialMaxMs, wrongLimits } from '../arming/tuning.ts';
import type { Draft } from '../draft.ts';
import { blindLimits, looseLimits } from '../site/limit-bounds.ts';
import { lookup } from '../site/lookup.ts';
import { limitsOf, looseOf, sameLimits, vouchedFor } from '../site/zone-limits.ts';
import type { Refusal, SignalLimits, User } from '../types.ts';
import type { Act, Asked } from './act.ts';
import { coded } from './coded.ts';

/** Whether the limits hide something, and one person's word is all there is for them. */
function onOneWord(draft: Draft, zone: string, limits: SignalLimits): boolean {
  return looseLimits(limits).length > 0 && !vouchedFor(draft.state, zone, limits);
}

/** What is configured may always come back: it is said on every screen when it is loose. */
function configuredSo(draft: Draft, zone: string, limits: SignalLimits): boolean {
  const configured = lookup(draft.site.zones, zone)?.signal;
  return configured !== undefined && sameLimits(configured, limits);
}

function refusal(draft: Draft, { zone, limits, reason, until }: Asked<'tune'>): Refusal | undefined {
  if (!lookup(draft.site.zones, zone)) return 'unknown-zone';
  if (!limitsOf(draft.site, draft.state, zone)) return 'no-wires';
  if (wrongLimits(limits).length > 0) return 'wrong-limits';
  if (!reason.trim()) return 'reason-missing';
  const given = configuredSo(draft, zone, limits);
  if (!given && blindLimits(limits).length > 0) return 'blind-limits';
  const loose = !given && onOneWord(draft, zone, limits);
  if (until === undefined) return loose ? 'loose-limits' : undefined;
  if (until <= draft.at) return 'end-missing';
  if (until - draft.at > trialMaxMs) return 'too-long';
  return loose && until - looseSince(draft, zone) > trialMaxMs ? 'loose-limits' : undefined;
}

export const tune: Act<'tune'> = {
  words: { zh: '修改防区阈值', en: 'Give a zone other limits; with `until` only for a trial' },
  rule: coded((draft, by, command) => {
    const why = refusal(draft, command);
    const configured = lookup(draft.site.zones, command.zone)?.signal;
    const before = limitsOf(draft.site, draft.state, command.zone);
    if (why || !configured || !before) return refuse(draft, by, command, why ?? 'no-wires');
    const { zone, limits, reason, until } = command;
    const loose = until !== undefined && onOneWord(draft, zone, limits);
    draft.add({
      kind: 'tuned',
      zone,
      by: by.name,
      reason: reason.trim(),
      configured,
      before,
      limits,
      ...(until !== undefined && { until }),
      ...(loose && { looseSince: looseSince(draft, zone) }),
    });
  }),
};

function vouchRefusal(draft: Draft, by: User, { zone, limits, reason }: Asked<'vouch'>): Refusal | undefined {
  if (!lookup(draft.site.zones, zone)) return 'unknown-zone';
  const inForce = limitsOf(draft.site, draft.state, zone);
  if (!inForce) return 'no-wires';
  if (!reason.trim()) return 'reason-missing';
  const loose = looseOf(draft.site, draft.state, zone);
  if (!loose || loose.vouched || !sameLimits(inForce, limits)) return 'nothing-to-vouch';
  if (loose.blind.length > 0) return 'blind-limits';
  // Whoever gave any of them is no second person, though another changed something small since.
  const { tuned, loose: spans } = draft.state;
  const gave = [tuned.get(zone)?.by, ...(spans.get(zone)?.people ?? [])];
  return gave.includes(by.name) ? 'not-second' : undefined;
}

export const vouch: Act<'vouch'> = {
  words: { zh: '复核放宽的阈值', en: 'Stand, as a second person, for limits that hide what a fence ought to tell' },
  rule: coded((draft, by, command) => {
    const why = vouchRefusal(draft, by, command);
    if (why) return refuse(draft, by, command, why);
    const { zone, limits, reason } = command;
    draft.add({ kind: 'vouched', zone, by: by.name, reason: reason.trim(), limits });
  }),
};
