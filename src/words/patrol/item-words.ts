/**
 * What is said of the items of checkpoints: a finding as the reason of its alarm, the fact as a sentence, and how an item stands. It
 * words what was decided and must never decide.
 */
import type { CheckItem } from '../../core/types.ts';
import type { FactNames, FactOf } from '../alarm-sentences.ts';
import type { Words } from '../words.ts';

/** An answer as people read it. */
export function itemValue({ unit }: Pick<CheckItem, 'unit'>, value: boolean | number): Words {
  if (typeof value === 'boolean') return value ? { zh: '是', en: 'yes' } : { zh: '否', en: 'no' };
  const text = unit === undefined ? String(value) : `${value} ${unit}`;
  return { zh: text, en: text };
}

/** `0 ~ 8 ℃`, `≥ 2`, `≤ 8`; empty where there is no limit. */
export function itemLimits({ min, max, unit }: Pick<CheckItem, 'min' | 'max' | 'unit'>): string {
  const of = unit === undefined ? '' : ` ${unit}`;
  if (min !== undefined && max !== undefined) return `${min} ~ ${max}${of}`;
  if (min !== undefined) return `≥ ${min}${of}`;
  return max === undefined ? '' : `≤ ${max}${of}`;
}

/** What was found amiss, as the reason of the note of upkeep. */
export function itemFinding(item: Pick<CheckItem, 'ask' | 'unit' | 'min' | 'max'>, value: boolean | number): Words {
  const [answer, limits] = [itemValue(item, value), itemLimits(item)];
  return {
    zh: `${item.ask.zh} 答：${answer.zh}${limits ? `（应为 ${limits}）` : ''}`,
    en: `${item.ask.en} Answer: ${answer.en}${limits ? ` (to be ${limits})` : ''}`,
  };
}

/** The fact as a sentence of the journal. */
export const itemSentences = {
  'item-checked': (
    { checkpoint, item, person, value, right, note, picture }: FactOf<'item-checked'>,
    names: FactNames,
  ): Words => {
    const [place, who, answer] = [names.checkpoint(checkpoint), names.who(person), itemValue({}, value)];
    const [saidZh, saidEn] = note ? [`，备注：${note}`, `, note: ${note}`] : ['', ''];
    const [photoZh, photoEn] = picture ? ['，附照片', ', with a photograph'] : ['', ''];
    return {
      zh: `${who.zh} 在 ${place.zh} 检查 ${item}：${answer.zh}（${right ? '正常' : '异常'}）${saidZh}${photoZh}`,
      en: `${who.en} looked at ${item} at ${place.en}: ${answer.en} (${right ? 'right' : 'amiss'})${saidEn}${photoEn}`,
    };
  },
};
