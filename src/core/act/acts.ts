/**
 * Everything a person can ask for, by the name of the command: the core leads a command to its rule by this table. A
 * command that stands not here does not compile. Pages must never import it: who may give what stands in `act-roles`.
 */

import { refuse } from '../alarm/authorize.ts';
import { uncoded } from '../alarm/duress.ts';
import type { Draft } from '../draft.ts';
import { callHelp } from '../phone/call-help.ts';
import { byPhone } from '../phone/phone-key.ts';
import type { Command, User } from '../types.ts';
import { acknowledge } from './acknowledge-act.ts';
import type { Act, Rule } from './act.ts';
import { may } from './act-roles.ts';
import { answer } from './answer-act.ts';
import { armArea, armZone } from './arm-act.ts';
import { answerOrder } from './bureau/order-act.ts';
import { dismissPicture } from './camera/picture-act.ts';
import { answerList } from './canteen/list-act.ts';
import { setMenu, undoMenu } from './canteen/menu-act.ts';
import {
  answerRectification,
  countersignRectification,
  dismissRectification,
  moveRectification,
  openRectification,
  reportRectification,
  returnRectification,
  takeRectification,
  withdrawRectification,
} from './canteen/rectify-act.ts';
import { trustClock } from './clock-act.ts';
import { coded } from './coded.ts';
import { confirmBase } from './confirm-tension-act.ts';
import { accept, arrive, dispatch } from './dispatch-act.ts';
import { countClass, endDrill, startDrill, uncountClass } from './drill/drill-act.ts';
import { coverShift, swapShifts, withdrawShiftChange } from './duty/shift-act.ts';
import { giveCalendar, handOver, signOn, withdrawCalendar } from './duty/sign-on-act.ts';
import { disposeException } from './exception-act.ts';
import { close, dispose, releaseCase } from './finding-act.ts';
import { importTouches, undoImport } from './import-act.ts';
import { checkItem } from './item-act.ts';
import { look } from './look-act.ts';
import { note } from './note-act.ts';
import { touchByPhone } from './phone-act.ts';
import { startCanary } from './reach/canary-act.ts';
import { announcePoliceTest, policeStep } from './reach/police-act.ts';
import { resubscribe } from './reach/resubscribe-act.ts';
import { confirmTest, testChannel } from './reach/test-act.ts';
import { renew } from './renew-act.ts';
import {
  cancelRound,
  coverRound,
  extendRound,
  pauseRound,
  reinstateRound,
  resumeRound,
  reviewRound,
} from './round-act.ts';
import { shelve, unshelve } from './shelve-act.ts';
import { silence } from './silence-act.ts';
import { withdrawTouch, writeTouch } from './touch-act.ts';
import { tune, vouch } from './tune-act.ts';
import { endWalk, walk } from './walk-act.ts';
import { write } from './write-act.ts';

export const acts: { readonly [K in Command['do']]: Act<K> } = {
  acknowledge,
  silence,
  dispatch,
  accept,
  arrive,
  renew,
  look,
  dispose,
  close,
  note,
  shelve,
  unshelve,
  answer,
  'arm-zone': armZone,
  'arm-area': armArea,
  walk,
  'end-walk': endWalk,
  tune,
  vouch,
  'confirm-base': confirmBase,
  'dismiss-picture': { ...dismissPicture, rule: coded(dismissPicture.rule) },
  'import-touches': importTouches,
  'undo-import': undoImport,
  'write-touch': writeTouch,
  'withdraw-touch': withdrawTouch,
  'touch-by-phone': touchByPhone,
  'check-item': checkItem,
  'call-help': callHelp,
  'by-phone': byPhone({ may, rules: { acknowledge, accept, arrive, dispose, note, 'call-help': callHelp } }),
  'cancel-round': cancelRound,
  'reinstate-round': reinstateRound,
  'extend-round': extendRound,
  'pause-round': pauseRound,
  'resume-round': resumeRound,
  'cover-round': coverRound,
  'review-round': reviewRound,
  'dispose-exception': disposeException,
  'open-rectification': openRectification,
  'report-rectification': reportRectification,
  'take-rectification': takeRectification,
  'dismiss-rectification': dismissRectification,
  'move-rectification': moveRectification,
  'answer-rectification': answerRectification,
  'countersign-rectification': countersignRectification,
  'return-rectification': returnRectification,
  'withdraw-rectification': withdrawRectification,
  'answer-list': answerList,
  'set-menu': setMenu,
  'undo-menu': undoMenu,
  'start-drill': startDrill,
  'count-class': countClass,
  'uncount-class': uncountClass,
  'end-drill': endDrill,
  'answer-order': answerOrder,
  'announce-police-test': { ...announcePoliceTest, rule: coded(announcePoliceTest.rule) },
  'police-step': policeStep,
  'test-channel': testChannel,
  'confirm-test': confirmTest,
  'start-canary': startCanary,
  resubscribe,
  'cover-shift': coverShift,
  'swap-shifts': swapShifts,
  'withdraw-shift-change': withdrawShiftChange,
  'sign-on': { ...signOn, rule: coded(signOn.rule) },
  'hand-over': { ...handOver, rule: coded(handOver.rule) },
  'give-calendar': giveCalendar,
  'withdraw-calendar': withdrawCalendar,
  'release-case': releaseCase,
  'trust-clock': trustClock,
  write,
};

/** Does what was asked, or refuses it. */
export function ask(draft: Draft, by: User, command: Command): void {
  if (!may(by.role, command.do)) return refuse(draft, by, uncoded(command), 'no-right');
  const rule = acts[command.do].rule as Rule<Command>;
  rule(draft, by, command);
}
