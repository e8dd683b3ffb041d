/** The sentences of the page that takes in files of batons, with those of every page: the words come with what says them. It holds no words itself. */
import { imports } from '../../words/screens/import-words.ts';
import { speaker } from '../page/language.ts';

/** A sentence by its key. */
export const t = speaker(imports);
