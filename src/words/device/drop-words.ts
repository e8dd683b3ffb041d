/** Why something that came over a wire was not kept, by the code of the ledger; apart, because only the page of health and the record say it. */
import type { DropReason } from '../../core/types.ts';
import type { Words } from '../words.ts';

export const drops: Readonly<Record<DropReason, Words>> = {
  'bad-payload': { zh: '内容读不懂', en: 'unreadable' },
  'unknown-topic': { zh: '未知主题', en: 'unknown topic' },
  'unknown-device': { zh: '未登记设备', en: 'unknown device' },
  'too-large': { zh: '过大', en: 'too large' },
  duplicate: { zh: '重复', en: 'duplicate' },
  'unknown-point': { zh: '未知点', en: 'unknown point' },
  'wrong-type': { zh: '类型不符', en: 'wrong type' },
  'out-of-range': { zh: '超出量程', en: 'out of range' },
  'too-often': { zh: '发送过于频繁', en: 'sent too often' },
  'inbox-full': { zh: '来不及处理', en: 'inbox full' },
  'series-full': { zh: '采样来不及保存', en: 'series full' },
  stopped: { zh: '网关停止时到达', en: 'came while stopping' },
};
