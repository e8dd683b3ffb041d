/**
 * The answer to a question about State that cannot be told now: it is ahead of the journal, and waiting is no use or has
 * lasted too long. It carries the words of whatever keeps the journal from following; it must never stand for a mistake.
 */
import { WordedError } from '../words/worded-error.ts';

/** State holds what is not durable, so nothing is told of it. */
export class Untold extends WordedError {}
