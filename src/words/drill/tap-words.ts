/** The page a class opens at a drill, in words: for a teacher in the yard with a phone in one hand. */
import type { DrillKind } from '../../core/types.ts';
import type { Words } from '../words.ts';
import { drillKinds } from './drill-terms.ts';

export const codeUnknown: Words = {
  zh: '这个二维码无效或已作废，请向值班室要本次演练的扫码单。',
  en: 'This code is unknown or out of use; ask the control room for the sheet of this drill.',
};

/** `消防疏散演练进行中`. */
export const drillRuns = (kind: DrillKind): Words => ({
  zh: `${drillKinds[kind].zh}演练进行中`,
  en: `${drillKinds[kind].en}: drill in progress`,
});
/** `已用 1:12`. */
export const tapSince = (clock: string): Words => ({ zh: `已用时 ${clock}`, en: `${clock} since the start` });
export const tapListed = (n: number): Words => ({ zh: `在册 ${n} 人`, en: `${n} on the list` });
export const tapAllThere = (n: number): Words => ({ zh: `全部到齐（${n} 人）`, en: `All ${n} are there` });
export const tapDone = (present: number, due: number): Words =>
  present >= due
    ? { zh: `已上报：到齐 ${present}/${due}`, en: `Sent: all there, ${present} of ${due}` }
    : {
        zh: `已上报：${present}/${due}，还差 ${due - present} 人`,
        en: `Sent: ${present} of ${due}, ${due - present} missing`,
      };
export const tapAfter = (clock: string): Words => ({ zh: `用时 ${clock}`, en: `after ${clock}` });

/** A number that is on its way, or waits for a network. */
export const tapOnWay = (present: number, due: number, waits: boolean): Words =>
  waits
    ? {
        zh: `${present}/${due}：没有网络，已记下人数和时间，正在重试，请勿关闭本页`,
        en: `${present} of ${due}: no network. Number and time are noted and sent again; keep this page open`,
      }
    : { zh: `${present}/${due}：正在上报…`, en: `${present} of ${due}: sending…` };

export const tapWords = {
  title: { zh: '班级报到', en: 'Class at the drill' },
  loading: { zh: '正在读取…', en: 'Loading…' },
  waiting: { zh: '演练还没有开始', en: 'The drill has not begun' },
  waitingHint: {
    zh: '开始后本页会自动变化，请勿关闭。',
    en: 'This page changes by itself when it begins; keep it open.',
  },
  over: { zh: '演练已结束', en: 'The drill is over' },
  overHint: {
    zh: '人数不能再修改。如有错误，请告知值班室。',
    en: 'Numbers cannot be changed any more. Tell the control room of mistakes.',
  },
  broken: { zh: '真实报警，演练中止', en: 'Real alarm: the drill is broken off' },
  brokenHint: {
    zh: '这不是演练。请看管好学生，听从现场指挥。',
    en: 'This is no drill. Keep the pupils together and follow orders.',
  },
  present: { zh: '实到', en: 'Present' },
  due: { zh: '今日应到', en: 'Due today' },
  dueHint: { zh: '请假、缺勤的学生不算在内。', en: 'Leave out pupils who are ill or absent.' },
  send: { zh: '上报人数', en: 'Send the number' },
  change: { zh: '报错了？修改', en: 'Wrong? Put it right' },
  less: { zh: '减一', en: 'One less' },
  more: { zh: '加一', en: 'One more' },
  tooMany: { zh: '实到不能多于应到。', en: 'No more can be there than are due.' },
} as const satisfies Record<string, Words>;
