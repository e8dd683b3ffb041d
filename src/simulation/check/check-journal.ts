/**
 * The journal itself: a whole chain, numbers without a gap, time that never goes back, and a fold that gives what the
 * gateway holds and what a screen shows. And the gateway's accounts, which must balance at every quiet moment.
 */
import { createHash } from 'node:crypto';
import type { Time } from '../../core/types.ts';
import { checker } from './check.ts';

const genesis = '0'.repeat(64);

export const chainWhole = checker(() => ({
  name: 'chain-whole',
  title: { zh: '日志链完整', en: 'the chain is whole' },
  end(desk) {
    const { stores, endedAt } = desk.evidence;
    const { disk } = stores;
    let before = genesis;
    disk.lines.forEach((line, i) => {
      const hash = createHash('sha256').update(before).update(line).digest('hex');
      desk.test(disk.links[i] === hash, endedAt, `第 ${i + 1} 号断链`, `the chain is broken at ${i + 1}`);
      before = hash;
    });
  },
}));

/** Both clocks are read in whole milliseconds. */
const roundingMs = 2;

export const timeForward = checker(() => {
  let seq = 0;
  let last: Time = 0;
  /** As far as the gateway's time can have come: the clock's, or on from where it was when that was set back. */
  let furthest: Time = 0;
  let before: Time = 0;
  return {
    name: 'time-forward',
    title: { zh: '时间和编号只向前', en: 'time and numbers only go forward' },
    see(seen, desk) {
      furthest = Math.max(seen.wall, furthest + seen.at - before);
      before = seen.at;
      if (seen.what !== 'kept') return;
      for (const event of seen.events) {
        desk.test(
          event.seq === seq + 1,
          seen.at,
          `第 ${seq} 号之后是第 ${event.seq} 号`,
          `${event.seq} follows ${seq}`,
        );
        desk.test(event.at >= last, seen.at, `第 ${event.seq} 号时间倒退`, `time ran back at ${event.seq}`);
        desk.test(
          event.at <= furthest + roundingMs,
          seen.at,
          `第 ${event.seq} 号的时间在将来`,
          `${event.seq} happened in the future`,
        );
        seq = event.seq;
        last = event.at;
      }
    },
  };
});

const compared = (what: 'screen' | 'replay', name: string, zh: string, en: string) =>
  checker(() => ({
    name,
    title: { zh, en },
    see(seen, desk) {
      if (seen.what !== 'compared' || seen.with !== what) return;
      desk.test(seen.differs === undefined, seen.at, `不一致：${seen.differs}`, `they differ: ${seen.differs}`);
    },
  }));

export const replayEqualsLive = compared(
  'replay',
  'replay-equals-live',
  '重放日志等于现状',
  'the folded journal is what is so',
);
export const screenEqualsGateway = compared(
  'screen',
  'screen-equals-gateway',
  '屏幕等于网关',
  'a screen shows what is so',
);

export const accountsBalance = checker(() => ({
  name: 'accounts-balance',
  title: { zh: '台账平衡', en: 'every value received is accounted for' },
  see(seen, desk) {
    if (seen.what !== 'accounts') return;
    const { line, missing, received, offered } = seen;
    desk.test(
      missing === 0,
      seen.at,
      `${line} 有 ${missing} 个值不知去向`,
      `${missing} values of ${line} are unaccounted for`,
    );
    desk.test(
      received === offered,
      seen.at,
      `${line} 送来 ${offered}，记了 ${received}`,
      `${line} offered ${offered}, ${received} were booked`,
    );
  },
}));

export const neverEnded = checker(() => ({
  name: 'never-ended',
  title: { zh: '外界不能使网关停机', en: 'nothing from outside ends the gateway' },
  see(seen, desk) {
    if (seen.what !== 'life') return;
    desk.test(seen.is !== 'broken', seen.at, `网关停机：${seen.why}`, `the gateway ended: ${seen.why}`);
  },
}));
