/**
 * The school the simulations play at: the real small campus that is shipped, with passwords nobody asks for.
 */
import { fileURLToPath } from 'node:url';
import { type Judgement, type Night, playNight } from '../../src/simulation/run.ts';
import { type Config, errorText, loadConfig } from '../../src/site/load-site.ts';

const path = fileURLToPath(new URL('../../config', import.meta.url));

/** The shipped campus. */
export async function campus(): Promise<Config> {
  const readers = [1, 2, 3, 4, 5, 6, 7, 8].map((n) => [`READER_${n}_PASSWORD`, 'x']);
  const secrets = { CAMERA_PASSWORD: 'x', FENCE_PASSWORD: 'x', ...Object.fromEntries(readers) };
  const loaded = await loadConfig(path, secrets);
  if (loaded.ok) return loaded.config;
  throw new Error(loaded.errors.map(errorText).join('\n'));
}

/** How long the nights of the tests are, h: long enough for every story to happen. */
export const nightHours = 0.7;

/** Seeds of each story. */
export const nightSeeds = [1, 2] as const;

/** Seeds of a story among which a planted bug must show; most show in the first. */
export const plantSeeds = [1, 2, 3] as const;

export const play = (night: Night): Promise<Judgement> => playNight(night);
