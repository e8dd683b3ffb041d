/**
 * Journals that version 0.1.0 wrote (commit 7b7f1fd), line by line as they lay on the disk: `night` is a simulated night,
 * `acts` an evening with nearly every act of a person. Beside each lies what that version had folded it to.
 */
import { readFileSync } from 'node:fs';

const file = (name: string) => readFileSync(new URL(`journals/journal-0.1.0-${name}`, import.meta.url), 'utf8');

/** The lines of an old journal. */
export const oldLines = (name: string): string[] => file(`${name}.jsonl`).trim().split('\n');
/** What the version that wrote it had folded it to, in that version's words. */
export const oldState = (name: string): unknown => JSON.parse(file(`${name}.state.json`));
