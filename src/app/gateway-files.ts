/**
 * How many files and connections the process has open, held against how many it may: beyond, no device, page or file is let in any
 * more, and what fails then says so nowhere. Linux tells both under /proc; elsewhere nothing is said.
 */
import { readdir, readFile } from 'node:fs/promises';
import type { Words } from '../core/types.ts';
import { filesNearlyOut, filesOut } from '../words/gateway-words.ts';

/** From this share on a person is told: connections come in bursts. */
const share = 0.8;

/** What is wrong, given how many are open and how many may be. */
export function filesTrouble(open: number, most: number): Words | undefined {
  return open >= share * most ? filesNearlyOut(open, most) : undefined;
}

/** What is wrong with the files of this process. */
export async function openFilesTrouble(): Promise<Words | undefined> {
  try {
    const limits = await readFile('/proc/self/limits', 'utf8');
    const most = Number(/^Max open files +(\d+)/m.exec(limits)?.[1]);
    return Number.isFinite(most) ? filesTrouble((await readdir('/proc/self/fd')).length, most) : undefined;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    return code === 'EMFILE' || code === 'ENFILE' ? filesOut(code) : undefined;
  }
}
