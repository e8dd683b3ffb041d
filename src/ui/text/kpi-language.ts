/** The sentences of the page of alarm figures, with those of every page: the words come with what says them. It holds no words itself. */
import { kpi } from '../../words/screens/kpi-words.ts';
import { speaker } from '../page/language.ts';

/** A sentence by its key. */
export const t = speaker(kpi);
export type KpiKey = Parameters<typeof t>[0];
