/** The sentences of the page of sensors: how each stands, what it is held to, when it was beyond. For whoever has to act, at a desk. */
import type { Words } from '../words.ts';

export const sensorPage = {
  hour: { zh: '1 小时', en: '1 hour' },
  day: { zh: '24 小时', en: '24 hours' },
  week: { zh: '7 天', en: '7 days' },
  none: { zh: '本校没有配置传感器', en: 'This school has no sensors' },
  unknown: { zh: '没有读数', en: 'no reading' },
  down: { zh: '设备失联', en: 'device offline' },
  noCurve: { zh: '这段时间没有记录', en: 'Nothing was stored in this time' },
  ended: { zh: '越限记录', en: 'Excursions' },
  quiet: { zh: '这段时间没有越限', en: 'No excursion in this time' },
} as const satisfies Record<string, Words>;

/** `上限 −15.0 °C（30 分钟）`. */
export const limitText = (bound: 'above' | 'below', limit: string, wait: Words): Words => ({
  zh: `${bound === 'above' ? '上限' : '下限'} ${limit}（${wait.zh}）`,
  en: `${bound === 'above' ? 'at most' : 'at least'} ${limit} (${wait.en})`,
});

/** Since when it is beyond, and how far it was. */
export const beyondText = (time: string, extreme: string): Words => ({
  zh: `${time} 起越限，最远 ${extreme}`,
  en: `beyond since ${time}, farthest ${extreme}`,
});

/** One that is over. */
export const endedText = (time: string, wait: Words, extreme: string, alarmed: boolean): Words => ({
  zh: `${time} 恢复，越限 ${wait.zh}，最远 ${extreme}${alarmed ? '，已报警' : '，未到报警时间'}`,
  en: `back ${time}, beyond for ${wait.en}, farthest ${extreme}${alarmed ? ', was an alarm' : ', too short for an alarm'}`,
});

export const curveName = (title: string): Words => ({ zh: `${title} 曲线`, en: `Curve of ${title}` });
