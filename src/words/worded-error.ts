/**
 * An error that a person will read: it carries its sentence in both languages. Whoever shows it picks the language; nobody
 * joins the two into one string. It must never carry a secret.
 */
import { untranslated, type Words } from './words.ts';

/** What went wrong in the world, in words: the thing and the remedy. The English sentence is the message, for the log. */
export class WordedError extends Error {
  readonly why: Words;

  constructor(why: Words, options?: ErrorOptions) {
    super(why.en, options);
    this.name = 'WordedError';
    this.why = why;
  }
}

/** The sentence an error carries, or its message in both places when it was not made for people. */
export function wordsOf(error: unknown): Words {
  if (error instanceof WordedError) return error.why;
  const text = error instanceof Error ? error.message : String(error);
  return untranslated(text);
}
