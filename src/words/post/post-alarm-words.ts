/** Why a post is an alarm, and why it is none any more: what the core writes into facts. */
import type { Words } from '../words.ts';

/** Too few are there. */
export const postShort = (there: number, planned: number): Words => ({
  zh: `应到 ${planned} 人，报警时在岗 ${there} 人`,
  en: `${there} of ${planned} there when raised`,
});

/** Nobody has to be there any more. */
export const postOver: Words = { zh: '本次护学岗时间已过', en: 'the time of the post is over' };

/** Touches that were told later say that nobody was lacking. */
export const reachedAfterAll = (people: number): Words => ({
  zh: `事后补传：当时在岗 ${people} 人，不缺人`,
  en: `uploaded later: ${people} were there, nobody was lacking`,
});
