/**
 * What a phone sent, as a sentence of an alarm's time line: late, with a photograph, or not taken. That it was said at once says nothing
 * that the act itself does not say.
 */
import type { PhoneAsk, PhoneFact, Time } from '../../core/types.ts';
import type { Words } from '../words.ts';

/** What was sent. */
export const phoneActs: Readonly<Record<PhoneAsk['do'], Words>> = {
  acknowledge: { zh: '确认', en: 'acknowledged' },
  accept: { zh: '接单', en: 'on the way' },
  arrive: { zh: '到场', en: 'arrived' },
  dispose: { zh: '处置结果', en: 'finding' },
  note: { zh: '备注', en: 'note' },
  'call-help': { zh: '求助', en: 'call for help' },
};

/** What the sentence needs of how the place calls its people and its times. */
interface PhoneNames {
  who(by: string): Words;
  moment(at: Time): string;
}

/** Sent by a phone: what, when it was made, and with what. */
export function phoneSent(fact: PhoneFact, names: PhoneNames): Words {
  const { by, act, madeAt, doubt, picture, refused } = fact;
  const [who, what] = [names.who(by), phoneActs[act]];
  const [lateZh, lateEn] =
    madeAt === undefined
      ? ['', '']
      : [
          `（离线补传，手机时间 ${names.moment(madeAt)}${doubt ? '，时钟存疑' : ''}）`,
          ` (sent late; made at ${names.moment(madeAt)} by the phone${doubt ? ', whose clock is in doubt' : ''})`,
        ];
  const [photoZh, photoEn] = picture === undefined ? ['', ''] : ['，附照片', ', with a photograph'];
  const [noZh, noEn] = refused ? ['，没有受理', '; not taken'] : ['', ''];
  return {
    zh: `${who.zh} 手机提交：${what.zh}${lateZh}${photoZh}${noZh}`,
    en: `${who.en} by phone: ${what.en}${lateEn}${photoEn}${noEn}`,
  };
}
