/** What stands over and under a minute of tension, where an alarm is looked into. */
import type { Words } from '../words.ts';

export const tensionWords = {
  title: { zh: '本防区各线张力（1 分钟）', en: 'Tension of the wires, one minute' },
  range: { zh: '{what} {low} 到 {high}', en: '{what} {low} to {high}' },
  began: { zh: '虚线为触发时刻', en: 'dashed line: triggered' },
  label: { zh: '本防区各线张力一分钟曲线', en: 'One minute of tension of the wires of this zone' },
  noSamples: { zh: '这一分钟没有张力数据', en: 'No tension was stored in this minute' },
} as const satisfies Record<string, Words>;
