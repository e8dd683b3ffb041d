/**
 * A simulated night from the command line: its log book, or the summaries of every story, and what the checkers found.
 * A failure says everything that is needed to see it again.
 */
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { stories } from '../../simulators/virtual/stories.ts';
import { bookKeeper, summary } from '../simulation/logbook.ts';
import { type Night, playNight } from '../simulation/run.ts';
import { type Config, errorText, loadConfig } from '../site/load-site.ts';
import {
  simAgain,
  simFailed,
  simNight,
  uncommitted,
  unknownCommit,
  wantsHours,
  wantsOneOf,
  wantsWhole,
} from '../words/command-words.ts';

export interface SimOptions {
  readonly config: string;
  readonly seed?: string;
  /** One story with its log book; without one, the summaries of all. */
  readonly story?: string;
  readonly hours?: string;
}

const usage = 64;
const defaultSeed = 1;

/** Nothing is reached in a simulation, so a secret the environment does not have may be anything. */
const anySecret = new Proxy(process.env, { get: (env, name: string) => env[name] ?? 'simulated' });

/** Plays what was asked for; resolves with 0 when the checkers found nothing, else 1. */
export async function simulate(options: SimOptions): Promise<number> {
  const seed = options.seed === undefined ? defaultSeed : Number(options.seed);
  const hours = options.hours === undefined ? undefined : Number(options.hours);
  if (!Number.isSafeInteger(seed)) return wrong(wantsWhole(`--seed ${options.seed}`));
  if (hours !== undefined && !(hours > 0 && hours <= 1_000)) return wrong(wantsHours(`--hours ${options.hours}`));
  const story = options.story === undefined ? undefined : stories.get(options.story);
  if (options.story !== undefined && !story)
    return wrong(wantsOneOf(`--story ${options.story}`, [...stories.keys()].join(', ')));
  const loaded = await loadConfig(options.config, anySecret);
  if (!loaded.ok) {
    for (const error of loaded.errors) console.error(errorText(error));
    return 78;
  }
  const base = { config: loaded.config, seed, ...(hours !== undefined && { hours }) };
  let failed = 0;
  for (const one of story ? [story] : stories.values()) {
    const book = story && bookKeeper(loaded.config.site, (line) => console.log(line));
    const night: Night = { ...base, story: one, ...(book && { each: book }) };
    if (!(await played(night, options, loaded.config))) failed += 1;
  }
  return failed === 0 ? 0 : 1;
}

function wrong(sentence: string): number {
  console.error(sentence);
  return usage;
}

/** Plays one night and prints its summary; true when nothing was found. */
async function played(night: Night, { config, hours }: SimOptions, { hash }: Config): Promise<boolean> {
  const judgement = await playNight(night);
  console.log(`\n${summary(night, judgement).join('\n')}`);
  if (judgement.findings.length === 0) return true;
  const more = [
    ...(hours === undefined ? [] : ['--hours', hours]),
    ...(config === 'config/' ? [] : ['--config', config]),
  ];
  console.log(
    [
      '',
      simFailed,
      simNight(night.seed, night.story.id, await commit(), hash.slice(0, 12)),
      simAgain(['--seed', night.seed, '--story', night.story.id, ...more].join(' ')),
    ].join('\n'),
  );
  return false;
}

/** The commit this code is of, with a mark when files were changed since. */
async function commit(): Promise<string> {
  const git = async (...args: string[]) => (await promisify(execFile)('git', args, { cwd: root })).stdout.trim();
  try {
    const changed = await git('status', '--porcelain');
    return `${await git('rev-parse', 'HEAD')}${changed === '' ? '' : ` ${uncommitted}`}`;
  } catch {
    // No git, or no repository: the version in package.json is all there is.
    return unknownCommit;
  }
}
const root = fileURLToPath(new URL('../..', import.meta.url));
