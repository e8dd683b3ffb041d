/**
 * The journal itself: a whole chain, numbers without a gap, time that never goes back, and a fold that gives what the
 * gateway holds and what a screen shows. And the gateway's accounts, which must balance at every quiet moment.
 */
import { createHash } from 'node:crypto';
import type { Time, Words } from '../../core/types.ts';
import {
  bookedWrong,
  chainBrokenAt,
  foldedIsSo,
  gatewayEndedBy,
  lossUntold,
  numberSkipped,
  returnUntold,
  shownIsSo,
  theyDiffer,
  timeAhead,
  timeRanBack,
  valuesMissing,
} from '../../words/check-words.ts';
import { promises } from '../../words/night-words.ts';
import { checker } from './check.ts';

const genesis = '0'.repeat(64);

export const chainWhole = checker(() => ({
  name: 'chain-whole',
  title: promises.chainWhole,
  end(desk) {
    const { stores, endedAt } = desk.evidence;
    const { disk } = stores;
    let before = genesis;
    disk.lines.forEach((line, i) => {
      const hash = createHash('sha256').update(before).update(line).digest('hex');
      desk.test(disk.links[i] === hash, endedAt, chainBrokenAt(i + 1));
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
    title: promises.timeForward,
    see(seen, desk) {
      furthest = Math.max(seen.wall, furthest + seen.at - before);
      before = seen.at;
      if (seen.what !== 'kept') return;
      for (const event of seen.events) {
        desk.test(event.seq === seq + 1, seen.at, numberSkipped(seq, event.seq));
        // Back only where the fact says so.
        if (event.kind === 'clock-stepped') furthest = last = event.to;
        desk.test(event.at >= last, seen.at, timeRanBack(event.seq));
        desk.test(event.at <= furthest + roundingMs, seen.at, timeAhead(event.seq));
        seq = event.seq;
        last = event.at;
      }
    },
  };
});

const compared = (what: 'screen' | 'replay', name: string, title: Words) =>
  checker(() => ({
    name,
    title,
    see(seen, desk) {
      if (seen.what !== 'compared' || seen.with !== what) return;
      desk.test(seen.differs === undefined, seen.at, theyDiffer(seen.differs));
    },
  }));

export const replayEqualsLive = compared('replay', 'replay-equals-live', foldedIsSo);
export const screenEqualsGateway = compared('screen', 'screen-equals-gateway', shownIsSo);

export const accountsBalance = checker(() => ({
  name: 'accounts-balance',
  title: promises.accountsBalance,
  see(seen, desk) {
    if (seen.what !== 'accounts') return;
    const { line, missing, received, offered } = seen;
    desk.test(missing === 0, seen.at, valuesMissing(line, missing));
    desk.test(received === offered, seen.at, bookedWrong(line, offered, received));
  },
}));

/** The journal is asked every five seconds while there is nothing to write, and tried each second while it refuses. */
const placeToldMs = 10_000;

export const journalLossTold = checker(() => {
  let there = true;
  /** When it was taken or came back, or when a process began that could say so. */
  let since: Time = 0;
  let told = false;
  let up = false;
  return {
    name: 'journal-loss-told',
    title: promises.journalLossTold,
    see(seen, desk) {
      if (seen.what === 'life') {
        up = seen.is === 'begun';
        [there, told, since] = [true, false, seen.at];
      } else if (seen.what === 'journal') {
        if (there !== seen.there) since = seen.at;
        there = seen.there;
      } else if (seen.what === 'trouble' && seen.part === 'journal') told = seen.why !== undefined;
      else if (seen.what === 'moment' && up && since > 0 && seen.at - since > placeToldMs) {
        // A disk that refuses for a reason of its own is told under the same name.
        if (desk.evidence.disturbed(seen.at - placeToldMs, seen.at) && there) return;
        desk.test(told !== there, seen.at, there ? returnUntold : lossUntold);
      }
    },
  };
});

export const neverEnded = checker(() => ({
  name: 'never-ended',
  title: promises.neverEnded,
  see(seen, desk) {
    if (seen.what !== 'life') return;
    desk.test(seen.is !== 'broken', seen.at, gatewayEndedBy(seen.why));
  },
}));
