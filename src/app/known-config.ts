/**
 * Which configuration was last in force, kept in the data folder without its secrets, so that a start can say what was changed
 * while the gateway was down. It is a memory and no record: when it is lost, nothing is said of the difference.
 */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ConfigDifference } from '../core/types.ts';
import type { Config } from '../site/load-site.ts';
import { writeDurably } from '../world/durable-file.ts';
import type { Log } from '../world/world.ts';
import { type ConfigDescription, describe, differenceOf } from './config-difference.ts';
import type { Gateway } from './gateway.ts';

const fileOf = (dir: string) => join(dir, 'config.known.json');

interface KnownConfig {
  readonly hash: string;
  readonly description: ConfigDescription;
}

/** Starts the gateway with what the configuration says otherwise than when it last ran, and remembers it once that is kept. */
export async function startKnowing(gateway: Gateway, version: string, config: Config, log: Log): Promise<void> {
  await gateway.start(version, config.hash, await changedSince(config));
  void gateway
    .read(() => undefined)
    .then(
      () => rememberConfig(config.store.dir, config, log),
      () => undefined,
    );
}

/** What differs from what was last in force; undefined when it is the same file, or when nothing is known of the last. */
async function changedSince(config: Config): Promise<ConfigDifference | undefined> {
  let known: KnownConfig;
  try {
    known = JSON.parse(await readFile(fileOf(config.store.dir), 'utf8')) as KnownConfig;
    if (known.hash === config.hash) return undefined;
    return differenceOf(known.description, describe(config));
  } catch {
    return undefined;
  }
}

/** Remembers what is in force now. A disk that takes no more must not keep the gateway from anything. */
export async function rememberConfig(dir: string, config: Config, log: Log): Promise<void> {
  const known: KnownConfig = { hash: config.hash, description: describe(config) };
  await writeDurably(fileOf(dir), JSON.stringify(known)).catch((error: Error) =>
    log.warn(`which configuration is in force could not be remembered: ${error.message}`),
  );
}
