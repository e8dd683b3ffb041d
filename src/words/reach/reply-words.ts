/** What is said of answers by the way a message came: how to give one, what came of it, and whom no message reaches any more. */
import type { ReplyCame, ReplySaid } from '../../core/types.ts';
import type { Words } from '../words.ts';

/** What people write, in lower case and without spaces and marks. */
export const replySpellings: Readonly<Record<Exclude<ReplySaid, 'other'>, readonly string[]>> = {
  acknowledge: ['确认', '收到', '我去', 'ok', 'ack', 'yes', 'y'],
  stop: ['退订', 'td', 't', '取消', 'stop', 'unsubscribe'],
  start: ['恢复', '订阅', 'start'],
};

/** The end of a message about an alarm that can be answered; in an SMS it is counted within its length. */
export const howToReply = (number: number): Words => ({
  zh: ` 回${number}确认，退订回TD`,
  en: ` Reply ${number} OK; TD stops`,
});

/** What a button writes for whoever presses it: an answer that acknowledges. */
export const acknowledgeBy = (number: number): Words => ({ zh: `${number}确认`, en: `${number} OK` });

/** `1 北围栏西段 攀爬` */
export const replyNumbered = (number: number, what: Words): Words => ({
  zh: `${number} ${what.zh}`,
  en: `${number} ${what.en}`,
});

/** What came of an answer, in the record. */
export const replyCame: Readonly<Record<ReplyCame, Words>> = {
  acknowledged: { zh: '已确认', en: 'acknowledged' },
  part: { zh: '已应答，还须一人', en: 'answered, and another must' },
  already: { zh: '此前已有人确认', en: 'somebody had acknowledged it before' },
  ambiguous: {
    zh: '有几条待确认，没说是哪一条，未确认',
    en: 'several wait and it names none; nothing was acknowledged',
  },
  'no-such': { zh: '没有这个编号的报警，未确认', en: 'no alarm has this number; nothing was acknowledged' },
  'nothing-waits': { zh: '没有待确认的报警', en: 'nothing waits' },
  'no-account': { zh: '没有账号，不能确认', en: 'has no account and may not acknowledge' },
  refused: { zh: '账号无权确认，未确认', en: 'the account may not acknowledge; nothing was' },
  stopped: { zh: '退订，不再发送', en: 'wants no more messages' },
  started: { zh: '恢复接收', en: 'wants messages again' },
  'not-understood': { zh: '看不懂，未处理', en: 'was not understood; nothing was done' },
  'unknown-sender': { zh: '不在人员名单，未处理', en: 'is nobody on the list; nothing was done' },
};

/** What an answer is about, as it stands now. */
interface AnswerHoles {
  readonly alarm: Words | undefined;
  readonly by: { readonly name: string; readonly time: string } | undefined;
  /** What of that he was told of still waits, each with its number. */
  readonly open: readonly Words[];
}

const listed = (open: readonly Words[]): Words => ({
  zh: open.map(({ zh }) => zh).join('；'),
  en: open.map(({ en }) => en).join('; '),
});

/** The alarms that wait, and how to name one; nothing where none does. */
function waiting(open: readonly Words[]): Words {
  if (open.length === 0) return { zh: '现在没有等您确认的报警', en: 'nothing waits for you now' };
  const { zh, en } = listed(open);
  return { zh: `待确认：${zh}。请回“编号+确认”`, en: `Waiting: ${en}. Reply number and OK` };
}

/** Whoever has it by now; that it is over where nobody has. */
function standing({ by }: AnswerHoles): Words {
  if (!by) return { zh: '已关闭', en: 'it is closed' };
  return { zh: `已由 ${by.name} 于 ${by.time} 确认`, en: `${by.name} acknowledged it at ${by.time}` };
}

/** What whoever answered is told. */
export function replyAnswer(came: ReplyCame, holes: AnswerHoles): Words {
  const { zh, en } = holes.alarm ?? { zh: '该报警', en: 'the alarm' };
  const [so, wait] = [standing(holes), waiting(holes.open)];
  switch (came) {
    case 'acknowledged':
    case 'already':
      return { zh: `${zh}：${so.zh}`, en: `${en}: ${so.en}` };
    case 'part':
      return holes.by
        ? { zh: `${zh}：${so.zh}`, en: `${en}: ${so.en}` }
        : { zh: `${zh}：已记录，还须另一人确认`, en: `${en}: noted; another person must acknowledge, too` };
    case 'no-account':
    case 'refused':
      return {
        zh: `${zh}：您的账号不能确认，未确认，请打电话给值班室`,
        en: `${en}: not acknowledged, for your account may not; call the control room`,
      };
    case 'stopped':
      return { zh: '已退订，不再发消息。回“恢复”可重新接收', en: 'No more messages. Reply START to have them again' };
    case 'started':
      return { zh: '已恢复，今后照常发消息', en: 'You will have messages again' };
    case 'no-such':
      return {
        zh: `没有这个编号的报警，未确认。${wait.zh}`,
        en: `No alarm has this number, nothing was done. ${wait.en}`,
      };
    default:
      return { zh: `没有确认任何报警。${wait.zh}`, en: `Nothing was acknowledged. ${wait.en}` };
  }
}

export const replyFolderUnusable = (folder: string, code: string): Words => ({
  zh: `短信回复读不了：${folder} 不能读写（${code}）。请把网关的用户加进 smsd 组`,
  en: `Answers by SMS are not read: ${folder} cannot be read and emptied (${code}). Add the gateway's user to the group smsd`,
});

/** Who has said that he wants no more messages by a channel. */
export const peopleOff = (channel: string, names: readonly string[]): Words => ({
  zh: `已退订“${channel}”，报警不再发给：${names.join('、')}。请本人回“恢复”`,
  en: `Unsubscribed from “${channel}”, and told of no alarm by it: ${names.join(', ')}. They reply START to have them again`,
});
