/** What the health page says of the way to the district. */
import type { Words } from '../words.ts';

export const uplinkPage = {
  title: { zh: '区级平台', en: 'District' },
  never: { zh: '还没有连上', en: 'not reached yet' },
  heard: { zh: '最近一次答复', en: 'Last answer' },
  have: { zh: '已收到', en: 'Has' },
  cosigned: { zh: '最近会签', en: 'Cosigned' },
  notCosigned: { zh: '还没有会签', en: 'nothing cosigned yet' },
} as const satisfies Readonly<Record<string, Words>>;

/** How many records the district has, and how many it lacks. */
export const districtHas = (have: number, behind: number): Words =>
  behind === 0
    ? { zh: `${have} 条，没有缺`, en: `${have} records, all of them` }
    : { zh: `${have} 条，还差 ${behind} 条`, en: `${have} records, ${behind} still to come` };

/** `ago`: a span in words. */
export const cosignedAgo = (size: number, ago: string): Words => ({
  zh: `到第 ${size} 条，${ago}前`,
  en: `up to record ${size}, ${ago} ago`,
});
