/** What drills are called: kinds, signals, how one ended, how long something took. Pages bring these without the sentences of facts. */
import type { DrillEnd, DrillKind, DrillMoment, DrillSignal } from '../../core/types.ts';
import type { Words } from '../words.ts';

/** What is practised. */
export const drillKinds: Readonly<Record<DrillKind, Words>> = {
  fire: { zh: '消防疏散', en: 'Fire evacuation' },
  earthquake: { zh: '地震避险疏散', en: 'Earthquake evacuation' },
  intrusion: { zh: '防暴应急', en: 'Intruder response' },
};

export const drillSignals: Readonly<Record<DrillSignal, Words>> = {
  siren: { zh: '警号', en: 'Siren' },
  broadcast: { zh: '广播', en: 'Loudspeakers' },
};

/** How one ended. */
export const drillEnds: Readonly<Record<DrillEnd, Words>> = {
  ended: { zh: '已完成', en: 'Completed' },
  'broken-off': { zh: '因真实报警中止', en: 'Broken off by a real alarm' },
  forgotten: { zh: '超过一小时未结束，自动结束', en: 'Ended by itself after an hour' },
  void: { zh: '误启动，不计', en: 'Begun by mistake, not counted' },
};

/** Whether people knew of it. */
export const announcedWords = (announced: boolean): Words =>
  announced ? { zh: '事先通知', en: 'announced' } : { zh: '不事先通知', en: 'unannounced' };

/** `1 分 52 秒`. */
export function drillSpan(ms: number): Words {
  const all = Math.round(ms / 1_000);
  const [minutes, seconds] = [Math.floor(all / 60), all % 60];
  return minutes === 0
    ? { zh: `${seconds} 秒`, en: `${seconds} s` }
    : { zh: `${minutes} 分 ${seconds} 秒`, en: `${minutes} min ${seconds} s` };
}

/** When a still of the place is of. */
export const drillMoments: Readonly<Record<DrillMoment, Words>> = {
  start: { zh: '演练开始', en: 'Start' },
  target: { zh: '到达时限', en: 'Time was up' },
  end: { zh: '演练结束', en: 'End' },
};
