/**
 * Every checker of a simulated night, in the order in which the summary lists them.
 */
import type { Checker } from './check.ts';
import {
  armedOnly,
  deafIsUrgent,
  keptEventsTold,
  noAlarmWithoutCause,
  overInTime,
  overWhenOver,
  raisedInTime,
  silenceIsAlarm,
} from './check-alarms.ts';
import { areasKept, walkCounts } from './check-areas.ts';
import { schedulesKept } from './check-arming.ts';
import { closedAsClaimed, silenceEnds } from './check-claims.ts';
import { clockSaid } from './check-clock.ts';
import { feltInTime, feltRaises, heldStays, stillHostTold } from './check-detection.ts';
import { picturesBrought, sirenSounds } from './check-duties.ts';
import { escalatedInTime, escalatedRightly, unpaintedTold } from './check-escalation.ts';
import { drawerAsked, suspectedOnce } from './check-exceptions.ts';
import { latched, noTwins } from './check-handling.ts';
import { floodsSaid, incidentsWhole } from './check-incidents.ts';
import { influxHasFacts, influxHasMinutes, influxHasSamples } from './check-influx.ts';
import {
  accountsBalance,
  chainWhole,
  journalLossTold,
  neverEnded,
  replayEqualsLive,
  screenEqualsGateway,
  timeForward,
} from './check-journal.ts';
import { keptBeforeAnswered, keptBeforeDone, keptBeforeTold, oneMessageOneFact } from './check-kept.ts';
import { limitsBounded } from './check-limits.ts';
import { messagesSent } from './check-messages.ts';
import { missedInTime, verdictsTrue, withdrawnRightly } from './check-patrol.ts';
import { pledgesKept } from './check-pledge.ts';
import { postsTrue, shortInTime } from './check-posts.ts';
import { nobodySaid } from './check-reach.ts';
import { eachSilenceTold } from './check-silences.ts';
import type { Evidence } from './evidence.ts';

const all = [
  raisedInTime,
  noAlarmWithoutCause,
  armedOnly,
  overWhenOver,
  overInTime,
  silenceIsAlarm,
  eachSilenceTold,
  deafIsUrgent,
  feltInTime,
  feltRaises,
  heldStays,
  stillHostTold,
  noTwins,
  latched,
  incidentsWhole,
  floodsSaid,
  escalatedInTime,
  unpaintedTold,
  escalatedRightly,
  nobodySaid,
  pledgesKept,
  limitsBounded,
  closedAsClaimed,
  silenceEnds,
  messagesSent,
  schedulesKept,
  areasKept,
  clockSaid,
  walkCounts,
  sirenSounds,
  picturesBrought,
  verdictsTrue,
  missedInTime,
  withdrawnRightly,
  suspectedOnce,
  drawerAsked,
  postsTrue,
  shortInTime,
  keptEventsTold,
  keptBeforeTold,
  keptBeforeAnswered,
  keptBeforeDone,
  oneMessageOneFact,
  chainWhole,
  journalLossTold,
  timeForward,
  replayEqualsLive,
  screenEqualsGateway,
  accountsBalance,
  influxHasSamples,
  influxHasFacts,
  influxHasMinutes,
  neverEnded,
] as const;

/** A fresh set for one night. */
export const checkers = (evidence: Evidence): Checker[] => all.map((make) => make(evidence));
