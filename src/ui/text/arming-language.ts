/** The sentences of arming, which the console alone says, with those of every page: the words come with what says them. It holds no words itself. */
import { arming } from '../../words/screens/arming-words.ts';
import { speaker } from '../page/language.ts';

/** A sentence by its key. */
export const t = speaker(arming);
export type ArmingKey = Parameters<typeof t>[0];
