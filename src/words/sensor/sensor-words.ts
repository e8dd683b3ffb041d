/** What became of sensors, as sentences: limits passed and kept again, sensors that are not to be believed. */
import type { SensorFact } from '../../core/types.ts';
import type { FactNames, FactOf } from '../alarm-sentences.ts';
import type { Words } from '../words.ts';
import { lasted, sensorFaultNames } from './sensor-alarm-words.ts';

type SensorSentences = {
  readonly [K in SensorFact['kind']]: (fact: FactOf<K>, names: Pick<FactNames, 'cause'>) => Words;
};

/** A value whose unit the sentence does not know: the point's title says what it is. */
const figure = (value: number): string => String(Math.round(value * 10) / 10).replace('-', '−');

const gauge = (
  { device, point }: { readonly device: string; readonly point: string },
  names: Pick<FactNames, 'cause'>,
): Words => names.cause(`${device}/${point}`, device);

const bounds = {
  above: { zh: '上限', en: 'upper limit' },
  below: { zh: '下限', en: 'lower limit' },
} as const satisfies Record<string, Words>;

export const sensorSentences: SensorSentences = {
  'excursion-began': (fact, names) => {
    const [what, bound, value, limit] = [
      gauge(fact, names),
      bounds[fact.bound],
      figure(fact.value),
      figure(fact.limit),
    ];
    const wait = lasted(fact.dwellMs);
    if (fact.dwellMs === 0)
      return {
        zh: `${what.zh} ${value}，超过${bound.zh} ${limit}`,
        en: `${what.en} ${value}, beyond its ${bound.en} ${limit}`,
      };
    return {
      zh: `${what.zh} ${value}，超过${bound.zh} ${limit}，持续 ${wait.zh}才报警`,
      en: `${what.en} ${value}, beyond its ${bound.en} ${limit}; an alarm after ${wait.en}`,
    };
  },
  'excursion-deepened': (fact, names) => {
    const [what, bound, value] = [gauge(fact, names), bounds[fact.bound], figure(fact.value)];
    return { zh: `${what.zh} ${value}，离${bound.zh}更远`, en: `${what.en} ${value}, farther beyond its ${bound.en}` };
  },
  'excursion-ended': (fact, names) => {
    const [what, extreme, time] = [gauge(fact, names), figure(fact.extreme), lasted(fact.lastedMs)];
    const [gapZh, gapEn] = fact.unheard ? ['（其间有一段没有读数）', ' (some of it unheard)'] : ['', ''];
    if (fact.why === 'no-limit')
      return {
        zh: `${what.zh} 不再按此限值判断，越限 ${time.zh}，最远 ${extreme}${gapZh}`,
        en: `${what.en} is held to this limit no longer; beyond it for ${time.en}, farthest ${extreme}${gapEn}`,
      };
    return {
      zh: `${what.zh} 恢复，越限 ${time.zh}，最远 ${extreme}${gapZh}${fact.alarmed ? '' : '，未到报警时间'}`,
      en: `${what.en} is back; beyond for ${time.en}, farthest ${extreme}${gapEn}${fact.alarmed ? '' : ', too short for an alarm'}`,
    };
  },
  'sensor-doubted': (fact, names) => {
    const [what, fault] = [gauge(fact, names), sensorFaultNames[fact.fault]];
    if (fact.active) return { zh: `${what.zh} ${fault.zh}`, en: `${what.en}: ${fault.en}` };
    return { zh: `${what.zh} 读数恢复正常`, en: `${what.en} reads as usual again` };
  },
};
