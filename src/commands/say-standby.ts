/**
 * Says on a terminal whom alarms would not reach, by the accounts in the data folder that a configuration names: steps that reach
 * nobody, and walls whose account will not do. It must never refuse anything for it: people come and go.
 */
import { resolve } from 'node:path';
import { usersFile } from '../app/serving.ts';
import { emptySteps, unlistedWalls, wallAccounts } from '../core/alarm/reach.ts';
import type { AccountState } from '../core/types.ts';
import { usersIn } from '../server/auth/users-file.ts';
import { ServerError } from '../server/http/problem.ts';
import { type Config, loadConfig } from '../site/load-site.ts';
import { emptyStepWords, wallAccountWrong, wallUnlisted } from '../words/door-words.ts';
import { bothLanguages, type Words } from '../words/words.ts';

/** Everything that would reach nobody, one sentence each. Rejects with ServerError when the people cannot be read. */
export async function standbyGaps({ site, store }: Pick<Config, 'site' | 'store'>): Promise<readonly Words[]> {
  const people = await usersIn(usersFile(store.dir));
  const accounts: ReadonlyMap<string, AccountState> = new Map(
    people.map(({ name, role, kiosk, disabled }) => [
      name,
      { role, ...(kiosk && { wall: true as const }), ...(disabled && { disabled: true as const }) },
    ]),
  );
  const steps = emptySteps(site, { accounts, channelFails: new Map(), complete: true });
  const walls = [...wallAccounts(site, accounts)].flatMap(([user, is]) =>
    is === 'well' ? [] : [wallAccountWrong(user, is)],
  );
  return [...steps.map(emptyStepWords), ...walls, ...unlistedWalls(site, accounts).map(wallUnlisted)];
}

/** Says them; people who cannot be read are said instead. */
export async function sayStandby(config: Pick<Config, 'site' | 'store'>): Promise<void> {
  try {
    for (const gap of await standbyGaps(config)) console.error(bothLanguages(gap));
  } catch (error) {
    if (!(error instanceof ServerError)) throw error;
    console.error(bothLanguages(error.why));
  }
}

/** The same after a change of people, when the configuration is of their data folder. */
export async function sayStandbyOf(path: string, dir: string): Promise<void> {
  const loaded = await loadConfig(path, process.env);
  if (loaded.ok && resolve(loaded.config.store.dir) === resolve(dir)) await sayStandby(loaded.config);
}
