/** That a drill runs, or was broken off just now, as the pages that watch say it: in few words, for every page brings them. */
import type { Words } from '../words.ts';

export const drillRunsNow = (clock: string, full: number, classes: number): Words => ({
  zh: `演练进行中 ${clock}，${full}/${classes} 个班到齐`,
  en: `Drill: ${clock}, ${full}/${classes} classes there`,
});
export const drillBroken: Words = { zh: '真实报警，演练已中止', en: 'Real alarm: drill broken off' };
