/**
 * A process of its own that breaks the product on purpose and plays nights with it. While our modules are loaded, the text
 * of each planted bug is put beside the sound text, and which of the two runs is chosen for every night: so no file is
 * touched, and the same code without a bug is shown to be sound. What was found goes to standard output, a line of JSON each.
 * Called as `plant.ts SHARE SHARES`, it takes every so many-th bug, and the first share the nights without one.
 */
import { readFileSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { fileURLToPath } from 'node:url';
import { type Bug, bugs } from './bugs.ts';

const root = new URL('../..', import.meta.url).href;

/** What the nights of a bug came to. */
export interface Caught {
  /** Index of the bug; -1: none was planted. */
  readonly bug: number;
  /** Text the bug would break that does not stand in its file exactly once. */
  readonly lost: readonly string[];
  readonly by: readonly string[];
}

interface Choice {
  readonly bug: number;
  readonly is: string;
}

/** The edits of a file, by the text they replace. */
function choicesIn(file: string): ReadonlyMap<string, readonly Choice[]> {
  const found = new Map<string, Choice[]>();
  bugs.forEach((bug, number) => {
    if (bug.file !== file) return;
    for (const [was, is] of bug.edits) found.set(was, [...(found.get(was) ?? []), { bug: number, is }]);
  });
  return found;
}

const chosen = (bug: number) => `globalThis.planted === ${bug}`;
const constant = /^(const \w+ = )([\s\S]*);$/;

/** The sound text and its bugs side by side: as a choice of values where the text is one, else of statements. */
function either(was: string, choices: readonly Choice[]): string {
  const head = constant.exec(was)?.[1];
  if (head === undefined && was.endsWith(';'))
    return `${choices.map(({ bug, is }) => `if (${chosen(bug)}) { ${is} } else `).join('')}{ ${was} }`;
  const value = (text: string) => `(${constant.exec(text)?.[2] ?? text})`;
  const values = choices.map(({ bug, is }) => `${chosen(bug)} ? ${value(is)} : `).join('');
  return head === undefined ? `(${values}${value(was)})` : `${head}${values}${value(was)};`;
}

const textOf = (file: string): string => readFileSync(new URL(file, root), 'utf8');
const stands = (text: string, was: string): boolean => text.split(was).length === 2;

registerHooks({
  load(url, context, next) {
    const file = url.startsWith(root) ? url.slice(root.length) : '';
    const choices = choicesIn(file);
    if (choices.size === 0) return next(url, context);
    let source = readFileSync(fileURLToPath(url), 'utf8');
    for (const [was, list] of choices) if (stands(source, was)) source = source.replace(was, () => either(was, list));
    return { format: 'module-typescript', source, shortCircuit: true };
  },
});

const { campus, nightHours, plantSeeds, play } = await import('./night.ts');
const { stories } = await import('../../simulators/virtual/stories.ts');
const config = await campus();
// What a broken gateway leaves behind must not end this process: the checkers say what is wrong with it.
process.on('unhandledRejection', () => undefined);

/** Plays the nights of a story until the checker has found something in one. */
async function search(name: string, until: (by: ReadonlySet<string>) => boolean): Promise<string[]> {
  const by = new Set<string>();
  for (const seed of plantSeeds) {
    const { findings } = await play({ config, seed, story: stories.get(name)!, hours: nightHours });
    for (const { checker } of findings) by.add(checker);
    if (until(by)) break;
  }
  return [...by];
}

async function caught(number: number, bug: Bug): Promise<Caught> {
  const text = textOf(bug.file);
  const lost = bug.edits.map(([was]) => was).filter((was) => !stands(text, was));
  Object.assign(globalThis, { planted: number });
  const by = lost.length > 0 ? [] : await search(bug.story, (found) => found.has(bug.caughtBy));
  Object.assign(globalThis, { planted: undefined });
  return { bug: number, lost, by };
}

const say = (one: Caught): void => console.log(JSON.stringify(one));
const [share, shares] = process.argv.slice(2).map(Number) as [number, number];
if (share === 0) say({ bug: -1, lost: [], by: await search('two-at-once', () => false) });
for (const [number, bug] of bugs.entries()) if (number % shares === share) say(await caught(number, bug));
