/** The sentences of walk tests and limits, with those of every page: the words come with what says them. It holds no words itself. */
import { commission } from '../../words/screens/commission-words.ts';
import { speaker } from '../page/language.ts';

/** A sentence by its key. */
export const t = speaker(commission);
export type CommissionKey = Parameters<typeof t>[0];
