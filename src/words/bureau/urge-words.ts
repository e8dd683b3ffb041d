/** That urges of the district wait, as every page but the desk says it. Every page brings these sentences; the desk's stand in `order-desk-words.ts`. */
import type { Words } from '../words.ts';

export const urgesWait = (count: number, late: number): Words => ({
  zh: late > 0 ? `区里督办 ${count} 项待答复，其中 ${late} 项已逾期` : `区里督办 ${count} 项待答复`,
  en:
    late > 0
      ? `${count} urges of the district wait for an answer, ${late} of them overdue`
      : `${count} urges of the district wait for an answer`,
});
export const toDesk: Words = { zh: '去答复', en: 'Answer them' };
