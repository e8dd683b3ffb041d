/**
 * The handling of an alarm in words: how far it has come, who is doing what, what joined it to others. One place, so that
 * wall, console and phone never call the same step by two names.
 */
import { handlingOf, late, memoryOf } from '../../core/alarm/alarm-state.ts';
import { lookup } from '../../core/site/lookup.ts';
import type { Alarm, By, Joining, PledgeStage, ProcedureStep, Shelf, Value } from '../../core/types.ts';
import { joinings } from '../../words/alarm-sentences.ts';
import { type ReasonCode, reasonOf, reasons } from '../../words/trade-words.ts';
import { hm, span, valueText } from '../page/format.ts';
import { type Key, say, t } from '../page/language.ts';
import { now } from '../page/page-clock.ts';
import { site } from '../page/page-feed.ts';
import { offset } from '../page/views.ts';

/** The name of whoever did something: of a person by the site, of an account as it is. */
export function whoText(by: string): string {
  const people = site.value?.people ?? {};
  if (by === 'schedule') return t('bySchedule');
  if (by === 'gateway') return t('gatewayItself');
  return lookup(people, by)?.name ?? by;
}

/** `王建国 14:31` */
export function byText({ by, at }: By): string {
  return `${whoText(by)} ${hm(at, offset.value)}`;
}

const stages: Readonly<Record<ReturnType<typeof handlingOf>, Key>> = {
  none: 'stAcked',
  dispatched: 'stDispatched',
  accepted: 'stAccepted',
  arrived: 'stArrived',
  disposed: 'stDisposed',
  'waits-countersign': 'stCountersign',
  'to-close': 'stToClose',
};

/** What is late, in the one word a row has room for. */
const lateStages: Readonly<Record<PledgeStage, Key>> = {
  send: 'stNotSent',
  accept: 'stNoReply',
  arrive: 'stNotThere',
  find: 'stNotFound',
  review: 'stNotReviewed',
};
const lateBy: Readonly<Record<PledgeStage, Key>> = {
  send: 'lateSend',
  accept: 'lateReply',
  arrive: 'lateThere',
  find: 'lateFind',
  review: 'lateReview',
};
const owes: Readonly<Record<PledgeStage, readonly [ahead: Key, over: Key]>> = {
  send: ['owesSend', 'overSend'],
  accept: ['owesAccept', 'overAccept'],
  arrive: ['owesArrive', 'overArrive'],
  find: ['owesFind', 'overFind'],
  review: ['owesReview', 'overReview'],
};

/** `01:12内须派人`, or `已超时 00:40，没有派人`; undefined where nothing is owed. */
export function pledgeText({ pledge, acked }: Alarm): string | undefined {
  if (!pledge || !acked) return undefined;
  const [ahead, over] = owes[pledge.stage];
  const leftMs = pledge.until - now.value;
  return leftMs > 0 ? t(ahead, { left: span(leftMs) }) : t(over, { age: span(-leftMs) });
}

/** What is late for an alarm that somebody took, as far as this page knows the time. */
export const lateNow = (alarm: Alarm) => late(alarm, now.value);

/** `待确认`, `已恢复`, `已派单`, `未接单`, `待复核`, `缺原因`: the one word a row has room for. */
export function stageText(alarm: Alarm): string {
  const memory = memoryOf(alarm);
  if (!alarm.acked && alarm.parts) return t('stPart');
  if (memory === 'unack') return t('stUnacked');
  if (memory === 'rtn-unack') return t('stReturned');
  const tardy = lateNow(alarm);
  if (tardy) return t(lateStages[tardy]);
  const handling = handlingOf(alarm);
  return t(handling === 'disposed' && memory === 'latched' ? 'stCloseNow' : stages[handling]);
}

/** As `stageText`, and that somebody must still acknowledge what is over already: where there is room for it. */
export function stageWhole(alarm: Alarm): string {
  return memoryOf(alarm) === 'rtn-unack' ? t('stUnackedReturned') : stageText(alarm);
}

/** Who has it in hand, beside `stageText`: `李强 14:35`, `李强 01:20未接单`, `李强 14:40 B1 大风`; else who acknowledged. */
export function inHandText(alarm: Alarm): string | undefined {
  const { acked, dispatched, accepted, arrived, disposed, pledge } = alarm;
  const holes = (who: By) => ({ name: whoText(who.by), time: hm(who.at, offset.value) });
  if (disposed) {
    const { reason } = disposed;
    return t('foundBy', { ...holes(disposed), reason, what: reasonWords(reason) });
  }
  const tardy = lateNow(alarm);
  if (tardy && pledge) {
    const sent = accepted?.by ?? dispatched?.to ?? pledge.by;
    return t(lateBy[tardy], {
      name: whoText(tardy === 'send' ? pledge.by : sent),
      age: span(now.value - pledge.since),
    });
  }
  const goes = arrived ?? accepted ?? (dispatched && { by: dispatched.to, at: dispatched.at });
  if (goes) return t('goesBy', holes(goes));
  return acked && t('ackedBy', holes(acked));
}

/** The words of a stored reason code; empty for an unknown one. */
export function reasonWords(code: string): string {
  return code in reasons ? say(reasons[code as ReasonCode]) : '';
}

/** A stored reason code with its words: `B1 大风`; an unknown code is shown as it is. */
export function reasonText(code: string): string {
  return say(reasonOf(code));
}

/** Why alarms are one incident. */
export function joiningText(why: Joining): string {
  return say(joinings[why]);
}

/** `搁置到 16:30 · 王建国：大风` */
export function shelfText(shelf: Shelf): string {
  const until = shelf.once ? 'shelvedOnce' : 'shelvedUntil';
  return t(until, { time: hm(shelf.until, offset.value), name: whoText(shelf.by), reason: shelf.reason });
}

/** An answer of a procedure as a person says it. */
export function answerText(value: Value | undefined, asked: ProcedureStep['answer']): string {
  if (value === undefined || asked === 'done') return t('answerDone');
  if (asked === 'person') return whoText(String(value));
  if (asked === 'yes-no') return t(value === true || value === 'yes' ? 'yes' : 'no');
  return valueText(value);
}
