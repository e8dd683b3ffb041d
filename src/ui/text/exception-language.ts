/** The sentences of the list of exceptions, with those of every page: the words come with what says them. It holds no words itself. */
import { exceptionPage } from '../../words/screens/exception-words.ts';
import { speaker } from '../page/language.ts';

/** A sentence by its key. */
export const t = speaker(exceptionPage);
