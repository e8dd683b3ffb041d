/**
 * How messages go out: no channel is written to more often than its other side takes, and what is not urgent is not sent a second time
 * once it may have arrived. Held against what the gateway really began to send, and what came of it.
 */
import type { Time } from '../../core/types.ts';
import { sentInDoubt, tellPromises, tooOften } from '../../words/reach/check-tell-words.ts';
import { checker } from '../check/check.ts';

/** A minute by the gateway's clock, which a machine's may draw along by a hundredth; and a commit. */
const minuteMs = 58_000;

export const rateKept = checker(() => {
  const began = new Map<string, Time[]>();
  return {
    name: 'rate-kept',
    title: tellPromises.rateKept,
    see(seen, { evidence, test }) {
      if (seen.what !== 'undertaken' || seen.duty.do !== 'notify' || seen.duty.alarm.covert) return;
      const { channel } = seen.duty;
      const { perMin } = evidence.site.channels[channel] ?? {};
      if (perMin === undefined) return;
      const times = [...(began.get(channel) ?? []), seen.at].filter((at) => at > seen.at - minuteMs);
      began.set(channel, times);
      // Behind a disk that dawdles what was decided apart begins together.
      if (evidence.disturbed(seen.at - minuteMs, seen.at)) return;
      test(times.length <= perMin, seen.at, tooOften(channel, times.length));
    },
  };
});

export const doubtLeft = checker(() => {
  /** By message: tries under way, and those that may have arrived. */
  const flying = new Set<string>();
  const doubted = new Set<string>();
  return {
    name: 'doubt-left',
    title: tellPromises.doubtLeft,
    see(seen, { test }) {
      // What a process had begun and did not live to hear of may have arrived.
      if (seen.what === 'life' && seen.is !== 'begun') {
        for (const notice of flying) doubted.add(notice);
        flying.clear();
      }
      if (seen.what !== 'undertaken' && seen.what !== 'outcome') return;
      if (seen.duty.do !== 'notify') return;
      const [notice = ''] = seen.duty.id.split('~');
      if (seen.what === 'outcome') {
        flying.delete(notice);
        if (seen.untaken === 'unknown') doubted.add(notice);
        return;
      }
      flying.add(notice);
      if (seen.duty.alarm.priority > 2) test(!doubted.has(notice), seen.at, sentInDoubt(notice));
    },
  };
});
