/**
 * What comes of limits a person gives a zone: nobody makes it blind, and what makes it tell less ends in time, unless somebody else
 * stands for it. The bounds are written down here once more, from the same tables; the gateway's own are not read.
 */
import type { SignalLimits, Time } from '../../core/types.ts';
import { blindGiven, looseForEver, looseOutlasted, vouchedAlone } from '../../words/check-desk-words.ts';
import { promises } from '../../words/night-words.ts';
import { checker } from './check.ts';

/** Two ticks and a commit. */
const stepMs = 4_000;
/** On one person's word for a week at most. */
const wordMs = 7 * 86_400_000;

const sees = (limits: SignalLimits) =>
  limits.climbN <= 50 && limits.dwellMs <= 3_000 && limits.upN <= 10 && limits.patientN <= 60 && limits.cutN >= 5;
const usual = (limits: SignalLimits) =>
  limits.climbN <= 40 &&
  limits.dwellMs <= 2_500 &&
  limits.upN <= 7 &&
  limits.patientN <= 29 &&
  limits.driftNPerHour <= 24;
const alike = (a: SignalLimits, b: SignalLimits) => JSON.stringify(sorted(a)) === JSON.stringify(sorted(b));
const sorted = (limits: SignalLimits) => Object.entries(limits).sort(([a], [b]) => (a < b ? -1 : 1));

interface GivenLimits {
  readonly by: string;
  readonly limits: SignalLimits;
  /** When it has to be over at the latest. */
  readonly due: Time;
}

export const limitsBounded = checker(() => ({
  name: 'limits-bounded',
  title: promises.limitsBounded,
  end({ evidence, test }) {
    const given = new Map<string, GivenLimits>();
    const vouched = new Map<string, SignalLimits>();
    const settle = (zone: string, at: Time) => {
      const one = given.get(zone);
      if (one) test(at <= one.due, one.due, looseOutlasted(zone));
      given.delete(zone);
    };
    for (const { event, at: keptAt } of evidence.kept) {
      const at = evidence.decidedAt(event, keptAt);
      if (event.kind === 'untuned') settle(event.zone, at);
      if (event.kind === 'vouched') {
        const { zone, by, limits } = event;
        test(given.get(zone)?.by !== by, at, vouchedAlone(zone, by));
        vouched.set(zone, limits);
        settle(zone, at);
      }
      if (event.kind !== 'tuned') continue;
      const { zone, by, limits, configured, until } = event;
      settle(zone, at);
      const file = alike(limits, configured);
      test(file || sees(limits), at, blindGiven(zone, by));
      const others = vouched.get(zone);
      if (file || usual(limits) || (others && alike(others, limits))) continue;
      test(until !== undefined && until - event.at <= wordMs, at, looseForEver(zone, by));
      if (until !== undefined) given.set(zone, { by, limits, due: evidence.due(at + until - event.at, stepMs) });
    }
    for (const zone of [...given.keys()]) settle(zone, evidence.endedAt);
  },
}));
