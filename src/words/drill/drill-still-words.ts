/** Stills of the place where all gather at a drill, in words. */
import type { DrillMoment } from '../../core/types.ts';
import type { Words } from '../words.ts';

const stillOf: Readonly<Record<DrillMoment, Words>> = {
  start: { zh: '开始时', en: 'as it began' },
  target: { zh: '到时限时', en: 'when time was up' },
  end: { zh: '结束时', en: 'as it ended' },
};
/** That a still of the place came, or did not. */
export function drillStillDone(moment: string, ok: boolean, { zh, en }: Words): Words {
  const when = moment === 'start' || moment === 'target' || moment === 'end' ? stillOf[moment] : { zh: '', en: '' };
  return ok
    ? { zh: `已保存演练${when.zh}集合点画面`, en: `picture of the assembly point ${when.en} kept` }
    : { zh: `没有演练${when.zh}集合点画面${zh}`, en: `no picture of the assembly point ${when.en}${en}` };
}
