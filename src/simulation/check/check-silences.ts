/**
 * Silences against what was true: each that was longer than its device may be silent is a fact of its own, however soon it was over.
 * While the disk takes nothing a line may have to hold back what its devices say, and nobody knows of a silence. That a silence is an alarm in time is judged elsewhere.
 */
import type { Outage } from '../../../simulators/virtual/truth.ts';
import { silenceLost } from '../../words/check-words.ts';
import { promises } from '../../words/night-words.ts';
import { checker } from './check.ts';
import type { Evidence } from './evidence.ts';

type EndedOutage = Outage & { readonly to: number };

/** Beyond what it may be, so that a message on its way at either end decides nothing, ms. */
const surelyMs = 100;
/** A device that is back for less than this may not have been heard between two silences, ms. */
const heardMs = 200;
/** After a silence a device is heard again, and its line well, within this time, ms. */
const backMs = 60_000;

/** The silences of a device that came one soon after the other; of cameras none, which are heard again when their line finds them. */
function bursts({ site, truth }: Evidence, device: string): EndedOutage[][] {
  if (site.devices[device]?.family === 'camera') return [];
  const found: EndedOutage[][] = [];
  for (const one of truth.outages) {
    if (one.device !== device || one.to === undefined) continue;
    const last = found.at(-1);
    if (last && one.from - last.at(-1)!.to < backMs) last.push(one as EndedOutage);
    else found.push([one as EndedOutage]);
  }
  return found;
}

export const eachSilenceTold = checker(() => ({
  name: 'each-silence-told',
  title: promises.eachSilenceTold,
  end({ evidence, test }) {
    const lost = evidence.facts('linked').filter(({ event }) => !event.up);
    for (const { id, staleMs } of Object.values(evidence.site.devices)) {
      for (const burst of bursts(evidence, id)) {
        const [{ from }, { to }] = [burst[0]!, burst.at(-1)!];
        const until = evidence.due(to, backMs, id);
        if (until > evidence.endedAt || evidence.disturbed(from - staleMs, until)) continue;
        if (burst.some((one, n) => n > 0 && one.from - burst[n - 1]!.to < heardMs)) continue;
        const long = burst.filter((one) => one.to - one.from > staleMs + surelyMs).length;
        if (long === 0) continue;
        const told = lost.filter(({ event, at }) => event.device === id && at >= from && at <= until).length;
        test(told >= long, from, silenceLost(id));
      }
    }
  },
}));
