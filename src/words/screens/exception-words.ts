/**
 * What is said of a patrol exception: the rule, what was measured, and what came of it. It asks and never accuses; the sentence names
 * the honest reasons where there are common ones, so that whoever reads it asks for them first.
 */
import type { StillStanding } from '../../core/round/exception-still.ts';
import type { ExceptionFinding, ExceptionRule, Suspicion } from '../../core/types.ts';
import type { FactNames, FactOf } from '../alarm-sentences.ts';
import type { Words } from '../words.ts';

export const exceptionRules: Readonly<Record<ExceptionRule, Words>> = {
  'too-fast': { zh: '两点之间走得太快', en: 'Too fast between points' },
  'same-point': { zh: '同一点短时间内再次打点', en: 'The same points again within a minute' },
  'two-places': { zh: '一张卡同时在两处', en: 'One card in two places' },
  together: { zh: '两张卡总是一起打点', en: 'Two cards always together' },
  'same-pattern': { zh: '多趟巡更时间完全一样', en: 'Rounds alike to the second' },
  'off-duty': { zh: '不当班的人打点', en: 'Somebody not on duty' },
  'clock-jump': { zh: '读卡器时钟倒走', en: 'A clock that ran back' },
  'late-batch': { zh: '在线读卡器补传太晚', en: 'Told late by a reader that was there' },
  'by-hand': { zh: '手工补录太多', en: 'Too many made up by hand' },
  'one-place': { zh: '几秒内打完多个点', en: 'Many points within seconds' },
  'one-address': { zh: '多个读卡器从同一地址上报', en: 'Several readers from one address' },
};

export const exceptionFindings: Readonly<Record<ExceptionFinding, Words>> = {
  explained: { zh: '有正当原因', en: 'Explained' },
  device: { zh: '设备或时钟问题', en: 'The reader or its clock' },
  misconduct: { zh: '确有违规', en: 'So it was' },
  unclear: { zh: '无法查清', en: 'Nobody can say' },
};

const lasts = (ms: number): Words => {
  const seconds = Math.round(ms / 1_000);
  if (seconds < 120) return { zh: `${seconds} 秒`, en: `${seconds} s` };
  const minutes = Math.round(seconds / 60);
  return minutes < 120
    ? { zh: `${minutes} 分钟`, en: `${minutes} min` }
    : { zh: `${(minutes / 60).toFixed(1)} 小时`, en: `${(minutes / 60).toFixed(1)} h` };
};

type MeasuredException = Pick<Suspicion, 'value' | 'limit' | 'count'>;
const timed = (said: (value: Words, limit: Words, count: number) => Words) => (one: MeasuredException) =>
  said(lasts(one.value), lasts(one.limit), one.count);

const measured: Readonly<Record<ExceptionRule, (one: MeasuredException) => Words>> = {
  'too-fast': timed((value, limit) => ({
    zh: `连续几段路共用 ${value.zh}，最少要 ${limit.zh}。请看录像是否骑车、抄近路或点位挪动过。`,
    en: `Legs in a row took ${value.en} together, and take ${limit.en} at least. Look whether somebody rode, or whether points were moved.`,
  })),
  'same-point': timed((value, limit) => ({
    zh: `多个点在 ${limit.zh} 内又打一次，最短隔 ${value.zh}。`,
    en: `Several points were touched again within ${limit.en}, once after ${value.en}.`,
  })),
  'two-places': timed((value, limit) => ({
    zh: `两处相隔只有 ${value.zh}，走过去至少要 ${limit.zh}。请查是否有两张同号的卡。`,
    en: `Only ${value.en} lie between two places that are ${limit.en} apart at least. Look whether there are two cards of one number.`,
  })),
  together: ({ value, limit }) => ({
    zh: `${value} 个点两张卡前后几秒打点（提示值 ${limit} 个）。请看录像是一人还是两人。`,
    en: `Two cards were seconds apart at ${value} points (asked about from ${limit}). Look whether one person was there or two.`,
  }),
  'same-pattern': timed((value, limit) => ({
    zh: `连续几趟每段用时相差只有 ${value.zh}（提示值 ${limit.zh}），人走不出这样齐的时间。`,
    en: `The legs of rounds in a row differ by ${value.en} (asked about below ${limit.en}); people are not as even as that.`,
  })),
  'off-duty': ({ value, count }) => ({
    zh: `未排班的人打点 ${count} 次，30 天内第 ${value} 天。可能是借卡、换班没有登记。`,
    en: `${count} touches by somebody not planned, on day ${value} within thirty. A card may be lent, or a shift changed without a word.`,
  }),
  'clock-jump': timed((value) => ({
    zh: `读卡器记录的时间倒退 ${value.zh}。可能是换电池、对时，也可能是改过时钟。`,
    en: `Time ran back by ${value.en} in what a reader kept. A battery may have been changed, or the clock set.`,
  })),
  'late-batch': timed((value, limit, count) => ({
    zh: `读卡器当时在线，${count} 条记录却晚了 ${value.zh} 才上报（提示值 ${limit.zh}）。`,
    en: `The reader was there, and still ${count} records came ${value.en} late (asked about from ${limit.en}).`,
  })),
  'by-hand': ({ value, limit }) => ({
    zh: `7 天内手工补录 ${value} 次（提示值 ${limit} 次）。`,
    en: `${value} touches written by hand within seven days (asked about above ${limit}).`,
  }),
  'one-place': timed((value, _limit, count) => ({
    zh: `${value.zh} 内打了 ${count} 次卡，地点各不相同。请看巡更点标签是否还在原处。`,
    en: `${count} touches of different points within ${value.en}. Look whether the tags are still where they belong.`,
  })),
  'one-address': ({ value, limit }) => ({
    zh: `${value} 个读卡器几秒内从同一个陌生地址上报（提示值 ${limit} 个）。读卡器密码可能已泄露。`,
    en: `${value} readers spoke from one strange address within seconds (asked about from ${limit}). Their passwords may be known.`,
  }),
};

/** What was measured, and what to look at. */
export const exceptionMeasured = (one: MeasuredException & Pick<Suspicion, 'rule'>): Words => measured[one.rule](one);

/** What the list of exceptions says. */
export const exceptionPage = {
  exceptions: { zh: '巡更例外', en: 'Patrol exceptions' },
  exceptionsOpen: { zh: '（待处理 {open} / 共 {all}）', en: '({open} open of {all})' },
  exceptionsNote: {
    zh: '例外是待查的问题，不是结论：不改变任何一趟的判定。多数有正当原因，请先问人、看录像。最近五周。',
    en: 'An exception is a question and no verdict: it changes no round. Most have a good reason; ask, and look at the recording first. The last five weeks.',
  },
  exceptionOpen: { zh: '待处理', en: 'open' },
  exceptionCamera: { zh: '调阅录像：{camera}', en: 'recording: {camera}' },
  exceptionStills: { zh: '看打点时的画面（{n} 张）', en: 'Pictures of the touches ({n})' },
  exceptionStillsHide: { zh: '收起画面', en: 'Hide the pictures' },
  exceptionMore: { zh: '另有 {n} 次打点，见打点记录', en: '{n} more touches; see the records' },
  exceptionSaid: { zh: '{by} {time}：{note}', en: '{by}, {time}: {note}' },
  exceptionFinding: { zh: '处理结论', en: 'What came of it' },
  exceptionNote: { zh: '说明（必填）', en: 'Why (required)' },
  exceptionDispose: { zh: '登记', en: 'Record' },
} as const satisfies Record<string, Words>;

/** Why there is no still of a touch. */
const noStill: Readonly<Record<Extract<StillStanding, { is: 'none' }>['why'], Words>> = {
  unsaid: { zh: '早先的记录，未取画面', en: 'an earlier record, no picture was taken' },
  hand: { zh: '手工补录，没有画面', en: 'written down by hand, so there is no picture' },
  import: { zh: '事后从巡检棒读出，当时未取画面', en: 'read out of a baton later, no picture was taken then' },
  late: { zh: '打点后才上报，当时未取画面', en: 'told only later, no picture was taken then' },
  'no-camera': { zh: '该点没有摄像机', en: 'no camera looks there' },
};

/** How the still of a touch stands; `afterMs`: how long after the touch it was taken, negative for before. */
export function stillSaid(standing: StillStanding, afterMs: number): Words {
  switch (standing.is) {
    case 'kept': {
      const seconds = (Math.abs(afterMs) / 1_000).toFixed(1);
      return afterMs < 0
        ? { zh: `打点前 ${seconds} 秒的画面`, en: `picture of ${seconds} s before` }
        : { zh: `打点后 ${seconds} 秒的画面`, en: `picture of ${seconds} s after` };
    }
    case 'photo':
      return { zh: '打点时手机拍的照片', en: 'photograph by the phone' };
    case 'none':
      return noStill[standing.why];
    case 'failed':
      return standing.why;
    default:
      return { zh: '正在取画面', en: 'picture is being looked for' };
  }
}

/** The facts as a sentence of the journal. */
export const exceptionSentences = {
  suspected: (fact: FactOf<'suspected'>, names: FactNames): Words => {
    const { rule, person, reader, cards } = fact;
    const [title, how] = [exceptionRules[rule], exceptionMeasured(fact)];
    const who = person !== undefined ? names.who(person) : reader !== undefined ? names.device(reader) : undefined;
    const named = who ?? { zh: `卡 ${cards.join('、')}`, en: `card ${cards.join(', ')}` };
    return {
      zh: `巡更例外（待查，不是结论）${named.zh}：${title.zh}。${how.zh}`,
      en: `patrol exception (a question, no verdict), ${named.en}: ${title.en}. ${how.en}`,
    };
  },
  'exception-pictured': (fact: FactOf<'exception-pictured'>): Words => {
    const { exception, nth } = fact;
    if ('picture' in fact)
      return {
        zh: `巡更例外 ${exception}：已保存第 ${nth + 1} 次打点的画面`,
        en: `patrol exception ${exception}: the picture of touch ${nth + 1} is kept`,
      };
    return {
      zh: `巡更例外 ${exception}：没有第 ${nth + 1} 次打点的画面：${fact.why.zh}`,
      en: `patrol exception ${exception}: no picture of touch ${nth + 1}: ${fact.why.en}`,
    };
  },
  'exception-disposed': ({ exception, by, finding, note }: FactOf<'exception-disposed'>, names: FactNames): Words => {
    const [who, came] = [names.who(by), exceptionFindings[finding]];
    return {
      zh: `${who.zh} 处理巡更例外 ${exception}：${came.zh}，${note}`,
      en: `${who.en} on patrol exception ${exception}: ${came.en}, ${note}`,
    };
  },
};
