/**
 * The service of a district: reads its configuration, starts it and runs it until a signal comes. What keeps it from starting is one sentence in
 * both languages.
 */

import { readDistrictConfig } from '../../district/service/district-config.ts';
import { openDistrict } from '../../district/service/open-district.ts';
import { errorText } from '../../site/load-site.ts';
import { configErrors } from '../../words/command-words.ts';
import { districtServing } from '../../words/district/district-node-words.ts';
import { WordedError } from '../../words/worded-error.ts';
import { bothLanguages } from '../../words/words.ts';
import { serviceLog } from '../../world/logs.ts';
import { realWorld } from '../../world/world.ts';

/** Resolves with the exit code. */
export async function runDistrict(path: string, options: { version: string; ui: string }): Promise<number> {
  const read = await readDistrictConfig(path, process.env);
  if (!read.ok) {
    for (const error of read.errors) console.error(errorText(error));
    console.error(configErrors(read.errors.length, path));
    return 78;
  }
  const asked = new Promise<string>((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => resolve(signal));
    if (process.connected) process.once('disconnect', () => resolve('the end of what started it'));
  });
  const log = serviceLog();
  try {
    const district = await openDistrict(read.config, { ...options, world: realWorld(log) });
    log.info(bothLanguages(districtServing(district.url)), { url: district.url });
    log.info(`stopping on ${await asked}`);
    await district.close();
    return 0;
  } catch (error) {
    if (!(error instanceof WordedError)) throw error;
    console.error(bothLanguages(error.why));
    return 1;
  }
}
