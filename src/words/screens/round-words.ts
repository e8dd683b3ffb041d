/**
 * What is said of a round that a person has changed: what was done, by whom and why, and why it may be refused. Board, report, exports and
 * the journal take it from here, so that a cancelled round is called the same everywhere.
 */
import type { Refusal, RoundChange, RoundChangeKind, RoundCommand } from '../../core/types.ts';
import type { FactNames, FactOf } from '../alarm-sentences.ts';
import type { Words } from '../words.ts';

/** What was done to a round, in a word. */
export const roundChanges: Readonly<Record<RoundChangeKind, Words>> = {
  cancelled: { zh: '取消', en: 'cancelled' },
  reinstated: { zh: '恢复', en: 'reinstated' },
  extended: { zh: '顺延', en: 'put off' },
  paused: { zh: '暂停', en: 'paused' },
  resumed: { zh: '继续', en: 'resumed' },
  covered: { zh: '换人', en: 'covered' },
  reviewed: { zh: '复核', en: 'reviewed' },
};

type SaidChange = Pick<RoundChange, 'how' | 'minutes' | 'person' | 'of'>;

/** What was done, with its figures and names: 顺延 20 分钟, 张伟 顶替 李强. */
export function changeText({ how, minutes = 0, person = '', of }: SaidChange, nameOf: (id: string) => string): Words {
  if (how === 'extended') return { zh: `顺延 ${minutes} 分钟`, en: `put off by ${minutes} min` };
  if (how !== 'covered') return roundChanges[how];
  const [who, was] = [nameOf(person), of === undefined ? undefined : nameOf(of)];
  return was === undefined
    ? { zh: `改由 ${who} 巡更`, en: `to be walked by ${who}` }
    : { zh: `${who} 顶替 ${was}`, en: `${who} in place of ${was}` };
}

/** A pause that nobody ended. */
export const endedByItself: Words = { zh: '暂停满时限，自动继续', en: 'paused as long as may be, goes on by itself' };

/** The fact as a sentence of the journal. */
export const roundChangeSentences = {
  'round-changed': (fact: FactOf<'round-changed'>, names: FactNames): Words => {
    const [title, who] = [names.route(fact.route), names.who(fact.by)];
    const [zh, en] = [
      `巡更 ${title.zh} ${names.moment(fact.start)}`,
      `round ${title.en} of ${names.moment(fact.start)}`,
    ];
    if (fact.reason === undefined) return { zh: `${zh}：${endedByItself.zh}`, en: `${en}: ${endedByItself.en}` };
    const [zhDone, enDone] = [
      changeText(fact, (id) => names.who(id).zh).zh,
      changeText(fact, (id) => names.who(id).en).en,
    ];
    return {
      zh: `${zh}：${who.zh} ${zhDone}，原因：${fact.reason}`,
      en: `${en}: ${enDone} by ${who.en}: ${fact.reason}`,
    };
  },
};

/** What somebody asked for. */
export const roundCommands: Readonly<Record<RoundCommand['do'], Words>> = {
  'cancel-round': { zh: '取消巡更', en: 'to cancel a round' },
  'reinstate-round': { zh: '恢复巡更', en: 'to reinstate a round' },
  'extend-round': { zh: '顺延巡更', en: 'to put off a round' },
  'pause-round': { zh: '暂停巡更', en: 'to pause a round' },
  'resume-round': { zh: '继续巡更', en: 'to resume a round' },
  'cover-round': { zh: '换人巡更', en: 'to have another walk a round' },
  'review-round': { zh: '复核巡更变更', en: 'to review what was changed of a round' },
};

/** Why it was refused. */
export const roundRefusals = {
  'unknown-round': {
    zh: '没有这趟巡更，或离现在超过八天。请刷新页面。',
    en: 'There is no such round, or it is more than eight days away. Load the page again.',
  },
  'round-over': {
    zh: '这趟巡更已结束，结果不能再改；漏巡的原因请在报警或例外中说明。',
    en: 'This round is over and stays as it is; say in the alarm or the exception why a point was missed.',
  },
  'round-cancelled': {
    zh: '这趟巡更已取消，需要时请先恢复。',
    en: 'This round is cancelled; reinstate it first if it is to be walked.',
  },
  'round-not-cancelled': { zh: '这趟巡更没有取消。', en: 'This round is not cancelled.' },
  'round-not-begun': {
    zh: '这趟巡更还没有开始，不能暂停；可以顺延或取消。',
    en: 'This round has not begun, so it cannot be paused; put it off or cancel it.',
  },
  'round-paused': { zh: '这趟巡更已在暂停中。', en: 'This round is paused already.' },
  'round-not-paused': { zh: '这趟巡更没有暂停。', en: 'This round is not paused.' },
  'paused-enough': {
    zh: '这趟巡更已暂停满 60 分钟，不能再暂停。',
    en: 'This round has stood still for 60 minutes, which is all it may.',
  },
  'changed-enough': {
    zh: '这趟巡更改动次数太多，不能再改。',
    en: 'This round was changed as often as may be.',
  },
  'already-planned': { zh: '这趟巡更已经由此人负责。', en: 'This person is planned for the round already.' },
  'not-planned': { zh: '被顶替的人不在这趟巡更里。', en: 'Whoever is to be replaced is not planned for this round.' },
  'nothing-to-review': {
    zh: '这趟巡更没有待复核的变更。',
    en: 'Nothing that was changed of this round waits for a head.',
  },
  'own-change': {
    zh: '变更是您本人做的，须由另一人复核。',
    en: 'You changed this yourself; somebody else has to review it.',
  },
} as const satisfies Partial<Record<Refusal, Words>>;

/** What the first person did, where somebody else was first. */
export const roundFirsts = {
  'round-cancelled': { zh: '取消了这趟巡更', en: 'cancelled this round' },
  'round-paused': { zh: '暂停了这趟巡更', en: 'paused this round' },
} as const satisfies Partial<Record<Refusal, Words>>;

export const extendedAtMost = (minutes: number): Words => ({
  zh: `一趟巡更合计最多顺延 ${minutes} 分钟。`,
  en: `A round is put off by ${minutes} minutes at most, all in all.`,
});
