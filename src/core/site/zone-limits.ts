/**
 * By what limits a zone is judged now, and whether they hide what a fence ought to tell. It asks and never decides: who may give
 * limits and when they end is ruled elsewhere.
 */
import type { By, ReadOnly, SignalLimits, Site, State, Time } from '../types.ts';
import { type BoundedLimit, blindLimits, looseLimits } from './limit-bounds.ts';
import { lookup } from './lookup.ts';

/** Whether two limits are the same, one by one. */
export const sameLimits = (a: SignalLimits, b: SignalLimits): boolean =>
  (Object.keys(a) as (keyof SignalLimits)[]).every((name) => a[name] === b[name]);

/** The limits that count in a zone now: a person's, or the configured ones. Undefined where the zone has no wires. */
export function limitsOf(site: Site, state: ReadOnly<State>, zone: string): SignalLimits | undefined {
  const configured = lookup(site.zones, zone)?.signal;
  return configured && (state.tuned.get(zone)?.limits ?? configured);
}

/** Limits of a zone that hide what its fence ought to tell. */
export interface LooseLimits {
  /** Which of them. */
  readonly names: readonly BoundedLimit[];
  /** Of these the ones with which a climb or a cut may not be seen at all. */
  readonly blind: readonly BoundedLimit[];
  /** They end by themselves then. */
  readonly until?: Time;
  /** The second person who stands for them. */
  readonly vouched?: By;
  /** Nobody gave them an end and nobody else stands for them: the file says so, or they are from a time without bounds. */
  readonly owed: boolean;
}

/** What is loose about the limits a zone is judged by now; undefined when nothing is. */
export function looseOf(site: Site, state: ReadOnly<State>, zone: string): LooseLimits | undefined {
  const limits = limitsOf(site, state, zone);
  const names = limits ? looseLimits(limits) : [];
  if (!limits || names.length === 0) return undefined;
  const blind = blindLimits(limits);
  const tuned = state.tuned.get(zone);
  const vouched = vouchedFor(state, zone, limits);
  return {
    names,
    blind,
    ...(tuned?.until !== undefined && { until: tuned.until }),
    ...(vouched && { vouched: { by: vouched.by, at: vouched.at } }),
    owed: blind.length > 0 || (!vouched && (tuned?.until === undefined || tuned.dated === true)),
  };
}

/** How a screen marks a zone with loose limits. blind: a climb or a cut may not be seen. owed: nobody gave them an end. */
export type LooseMark = 'blind' | 'owed' | 'trial' | 'vouched';

export function markOf({ blind, owed, vouched }: LooseLimits): LooseMark {
  if (blind.length > 0) return 'blind';
  return vouched ? 'vouched' : owed ? 'owed' : 'trial';
}

/** Who stands for just these limits in a zone. */
export function vouchedFor(state: ReadOnly<State>, zone: string, limits: SignalLimits): By | undefined {
  const vouched = state.vouched.get(zone);
  return vouched && sameLimits(vouched.limits, limits) ? vouched : undefined;
}
