/**
 * What a person may change of a round: call it off and take that back, put it off, let it stand still, have another walk it; and a head
 * who has seen it. Nothing here takes anything out of the record: each is a fact with who and why, what was missed before stays missed, and
 * all of it has a bound, so that nobody at the desk can make a round that was not walked disappear.
 */

import { refuse } from '../alarm/authorize.ts';
import type { Draft } from '../draft.ts';
import { changesOf } from '../patrol/round-changes.ts';
import { judgeChanged } from '../patrol/rounds.ts';
import { extendMaxMin, pauseMaxMs, RoundCourse } from '../round/round-course.ts';
import { lookup } from '../site/lookup.ts';
import { plannedRound } from '../site/round-plan.ts';
import type { By, Refusal, Round, RoundChange, RoundCommand, Time, User } from '../types.ts';
import type { Act, Asked } from './act.ts';
import { may } from './act-roles.ts';

/** How far ahead a round may be changed; ours: a week, and the day that has begun. */
export const aheadMs = 8 * 86_400_000;
/** A round is changed so often at most; ours. */
const changesMax = 24;

/** The round a person speaks of, as it stands. */
interface RoundAsking {
  readonly draft: Draft;
  readonly by: User;
  readonly command: RoundCommand;
  readonly id: string;
  readonly route: string;
  readonly start: Time;
  readonly course: RoundCourse;
  readonly over: boolean;
}
type Refused = Refusal | readonly [why: Refusal, first: By];
type NewChange = Omit<RoundChange, 'by' | 'at' | 'reason' | 'review'>;

function asked(draft: Draft, by: User, command: RoundCommand): RoundAsking | undefined {
  const { site, state, now } = draft;
  const id = command.round;
  const opened: Round | undefined = state.rounds.get(id) ?? state.pastRounds.get(id);
  const planned = opened ? undefined : plannedRound(site, id);
  const route = opened ? lookup(site.routes, opened.route) : planned?.route;
  const plan = opened ?? planned;
  if (!route || !plan || plan.start > now + aheadMs) return undefined;
  const course = new RoundCourse(route, plan, changesOf(draft, id));
  // By the plan alone: what may be asked must not depend on which touches were told so far, or the verdicts would.
  return { draft, by, command, id, route: route.id, start: plan.start, course, over: now > course.last };
}

/** What every change has in common: the round is known and not over, there is a reason, and it was not changed too often. */
function refusalOf({ command, course, over }: RoundAsking): Refused | undefined {
  if (command.reason.trim() === '') return 'reason-missing';
  if (command.do === 'review-round') return undefined;
  const { cancelled, changes } = course;
  if (over) return 'round-over';
  if (command.do === 'reinstate-round') return cancelled ? undefined : 'round-not-cancelled';
  if (cancelled) return ['round-cancelled', cancelled];
  return command.do !== 'resume-round' && changes.length >= changesMax ? 'changed-enough' : undefined;
}

/** What a command comes to, or why it is refused; undefined where it is so already by this person's hand. */
function changeOfAsked(asking: RoundAsking): NewChange | Refused | undefined {
  const { draft, by, command, course } = asking;
  const running = course.pausedAt(draft.at);
  switch (command.do) {
    case 'cancel-round':
      return { how: 'cancelled' };
    case 'reinstate-round':
      return { how: 'reinstated' };
    case 'extend-round':
      if (course.extendedMin + command.minutes > extendMaxMin) return 'too-long';
      return command.minutes > 0 ? { how: 'extended', minutes: command.minutes } : 'end-missing';
    case 'pause-round':
      if (draft.now < course.opens) return 'round-not-begun';
      if (running) return running.by === by.name ? undefined : ['round-paused', { by: running.by, at: running.from }];
      return course.pausedMs >= pauseMaxMs ? 'paused-enough' : { how: 'paused' };
    case 'resume-round':
      return running ? { how: 'resumed' } : 'round-not-paused';
    case 'cover-round':
      return cover(asking, command);
    case 'review-round': {
      const waits = course.unreviewed;
      if (waits.length === 0) return 'nothing-to-review';
      return waits.some((one) => one.by === by.name) ? 'own-change' : { how: 'reviewed' };
    }
    default:
      return command satisfies never;
  }
}

function cover({ draft, course }: RoundAsking, { person, of }: Asked<'cover-round'>): NewChange | Refused {
  const now = course.peopleAt(draft.at);
  if (!lookup(draft.site.people, person)) return 'unknown-person';
  if (now.person === person || now.second === person) return 'already-planned';
  const instead = of ?? now.person;
  if (instead !== now.person && instead !== now.second) return 'not-planned';
  return { how: 'covered', person, ...(instead !== undefined && { of: instead }) };
}

/** Less is due by it, or later, so whoever answers for the guards sees it. */
const lessens: ReadonlySet<RoundChange['how']> = new Set(['cancelled', 'extended', 'paused']);

function change(draft: Draft, by: User, command: RoundCommand): void {
  const asking = asked(draft, by, command);
  if (!asking) return refuse(draft, by, command, 'unknown-round');
  const { course, id: round, route, start } = asking;
  // A double click, or a second try after an answer that was lost.
  if (command.do === 'cancel-round' && course.cancelled?.by === by.name) return;
  const found = refusalOf(asking) ?? changeOfAsked(asking);
  if (found === undefined) return;
  if (typeof found === 'string') return refuse(draft, by, command, found);
  if (!('how' in found)) return refuse(draft, by, command, ...found);
  const review = lessens.has(found.how) && !may(by.role, 'review-round');
  const reason = command.reason.trim();
  draft.add({
    ...{ kind: 'round-changed', round, route, start, ...found, by: by.name, reason },
    ...(review && { review: true as const }),
  });
  judgeChanged(draft, round);
}

export const cancelRound: Act<'cancel-round'> = {
  words: { zh: '取消一趟巡更', en: 'Cancel a round that has not begun or is under way; what was missed stays missed' },
  rule: change,
};
export const reinstateRound: Act<'reinstate-round'> = {
  words: { zh: '恢复已取消的巡更', en: 'Take the cancelling of a round back while it is not over' },
  rule: change,
};
export const extendRound: Act<'extend-round'> = {
  words: { zh: '顺延一趟巡更', en: 'Put off what is left of a round by some minutes' },
  rule: change,
};
export const pauseRound: Act<'pause-round'> = {
  words: { zh: '暂停一趟巡更', en: 'Let a round stand still; it goes on by itself after an hour at most' },
  rule: change,
};
export const resumeRound: Act<'resume-round'> = {
  words: { zh: '继续暂停的巡更', en: 'Let a round that stands still go on' },
  rule: change,
};
export const coverRound: Act<'cover-round'> = {
  words: { zh: '换人巡更', en: 'Have another person walk a round, from now on' },
  rule: change,
};
export const reviewRound: Act<'review-round'> = {
  words: { zh: '复核巡更变更', en: 'Say, as a head, that what was changed of a round was seen' },
  rule: change,
};
