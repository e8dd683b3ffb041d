/** The sentences of the pages for audits, with those of every page: the words come with what says them. It holds no words itself. */
import { audit } from '../../words/screens/audit-page-words.ts';
import { speaker } from '../page/language.ts';

/** A sentence by its key. */
export const t = speaker(audit);
export type AuditKey = Parameters<typeof t>[0];
