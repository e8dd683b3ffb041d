/** Why a sensor is an alarm: what it measured against which limit and for how long, or what is wrong with it. Short enough for the wall. */
import type { PointLimit, SensorFault } from '../../core/types.ts';
import type { Words } from '../words.ts';

const minuteMs = 60_000;

/** A measured value as people write it, with the minus of print. */
export const measured = (value: number, unit: string): string => {
  const figure = (Math.round(value * 10) / 10).toFixed(unit === '°C' ? 1 : 0);
  return `${figure.replace(/^-0(\.0)?$/, '0$1').replace('-', '−')} ${unit}`;
};

/** How long, for people: seconds below a minute, minutes below two hours. */
export function lasted(ms: number): Words {
  const minutes = Math.floor(ms / minuteMs);
  if (minutes < 1) return { zh: `${Math.floor(ms / 1000)} 秒`, en: `${Math.floor(ms / 1000)} s` };
  if (minutes < 120) return { zh: `${minutes} 分钟`, en: `${minutes} min` };
  return { zh: `${Math.floor(minutes / 60)} 小时`, en: `${Math.floor(minutes / 60)} h` };
}

interface Beyond {
  readonly title: Words;
  readonly unit: string;
  readonly bound: PointLimit['bound'];
  readonly extreme: number;
  readonly limit: number;
  readonly lastedMs: number;
}

/** `库温 最高 −9.8 °C，上限 −15.0 °C，已 30 分钟`. */
export function excursionWhy({ title, unit, bound, extreme, limit, lastedMs }: Beyond): Words {
  const [is, held] = [measured(extreme, unit), measured(limit, unit)];
  const above = bound === 'above';
  const zh = `${title.zh} ${above ? '最高' : '最低'} ${is}，${above ? '上限' : '下限'} ${held}`;
  const en = `${title.en} ${above ? 'up to' : 'down to'} ${is}, ${above ? 'at most' : 'at least'} ${held}`;
  if (lastedMs < 1000) return { zh, en };
  const time = lasted(lastedMs);
  return { zh: `${zh}，已 ${time.zh}`, en: `${en}, for ${time.en}` };
}

/** What is wrong with a sensor. */
export const sensorFaultNames: Readonly<Record<SensorFault, Words>> = {
  'no-reading': { zh: '没有有效读数', en: 'no valid reading' },
  stuck: { zh: '读数长时间不变，疑似卡死', en: 'same reading for hours, probably stuck' },
};

/** `库温：没有有效读数`. */
export const sensorFaultWhy = (title: Words, fault: SensorFault): Words => ({
  zh: `${title.zh}：${sensorFaultNames[fault].zh}`,
  en: `${title.en}: ${sensorFaultNames[fault].en}`,
});
