/**
 * What came of a duty, as a sentence: pictures, messages, tests, sirens, writes. It must never name a person or a way otherwise than
 * the place calls them.
 */
import type { Fact } from '../../core/types.ts';
import { orderDone } from '../bureau/order-done-words.ts';
import { drillStillDone } from '../drill/drill-still-words.ts';
import { clipDone } from '../video/clip-words.ts';
import type { Words } from '../words.ts';

/** How people and ways are called. */
interface DoneNames {
  who(name: string): Words;
  channel(id: string): Words;
}

/** Why what was to be done was not; nothing when nobody knows. */
const failing = (why: Words | undefined): Words =>
  why ? { zh: `：${why.zh}`, en: `: ${why.en}` } : { zh: '', en: '' };

/** A message by its channel: `notify/7/1/wecom`, or `notify/7/1/wecom/0~sms` where another took over. */
function notified(duty: string, ok: boolean, { zh, en }: Words, names: DoneNames): Words {
  const [own = '', instead] = duty.split('~');
  const way = names.channel(instead ?? own.split('/')[3] ?? '');
  return ok
    ? { zh: `已通知：${way.zh}`, en: `told by ${way.en}` }
    : { zh: `通知失败：${way.zh}${zh}`, en: `not told by ${way.en}${en}` };
}

function tested([channel = '', person]: readonly string[], ok: boolean, { zh, en }: Words, names: DoneNames): Words {
  const [way, who] = [names.channel(channel), person === undefined ? undefined : names.who(person)];
  const [toZh, toEn] = who ? [` → ${who.zh}`, ` → ${who.en}`] : ['', ''];
  return ok
    ? { zh: `测试消息已发出：${way.zh}${toZh}`, en: `test message sent: ${way.en}${toEn}` }
    : { zh: `测试消息未发出：${way.zh}${toZh}${zh}`, en: `test message not sent: ${way.en}${toEn}${en}` };
}

/** What came of a person's answer was said to him: `answer/7/modem/li`. */
function answeredBack(
  [, channel = '', person = '']: readonly string[],
  ok: boolean,
  { zh, en }: Words,
  names: DoneNames,
) {
  const [way, who] = [names.channel(channel), names.who(person)];
  return ok
    ? { zh: `已回复 ${who.zh}：${way.zh}`, en: `${who.en} was answered by ${way.en}` }
    : { zh: `没能回复 ${who.zh}：${way.zh}${zh}`, en: `${who.en} could not be answered by ${way.en}${en}` };
}

/** When a picture beside the evidence is of. */
const momentNames = {
  before: { zh: '报警前', en: 'of before the alarm' },
  after: { zh: '报警后', en: 'of after the alarm' },
} as const satisfies Readonly<Record<string, Words>>;

/** The picture, a message by its channel (`notify/7/1/wecom`), a siren (`siren/yard-1/horn/on`), or a write a person asked for. */
export function done({ duty, ok, why }: Extract<Fact, { kind: 'done' }>, names: DoneNames): Words {
  const [kind = '', ...rest] = duty.split('/');
  const { zh, en } = failing(why);
  if (kind === 'snapshot' && rest[1] === 'own')
    return { zh: '已保存设备随事件送来的画面', en: 'the picture that came with the event is kept' };
  if (kind === 'snapshot' && (rest[1] === 'before' || rest[1] === 'after')) {
    const when = momentNames[rest[1]];
    return ok
      ? { zh: `已取证${when.zh}画面`, en: `picture ${when.en} kept` }
      : { zh: `没有${when.zh}画面${zh}`, en: `no picture ${when.en}${en}` };
  }
  if (kind === 'snapshot')
    return ok
      ? { zh: '已取证画面', en: 'evidence picture kept' }
      : { zh: `取证失败${zh}`, en: `no evidence picture${en}` };
  if (kind === 'drill') return drillStillDone(rest[1] ?? '', ok, { zh, en });
  if (kind === 'order') return orderDone(rest[1] ?? '', ok, { zh, en });
  if (kind === 'clip') return clipDone(ok, { zh, en });
  if (kind === 'notify') return notified(duty, ok, { zh, en }, names);
  if (kind === 'test') return tested(rest, ok, { zh, en }, names);
  if (kind === 'answer') return answeredBack(rest, ok, { zh, en }, names);
  const what = Object.hasOwn(duties, kind) ? duties[kind]! : { zh: kind, en: kind };
  const place = rest.join('/');
  return ok
    ? { zh: `${what.zh} ${place} 完成`, en: `${what.en} ${place} done` }
    : { zh: `${what.zh} ${place} 未成${zh}`, en: `${what.en} ${place} failed${en}` };
}

const duties: Readonly<Record<string, Words>> = {
  siren: { zh: '声光', en: 'siren' },
  remind: { zh: '上岗提醒', en: 'reminder of duty' },
  write: { zh: '操作', en: 'write' },
};
