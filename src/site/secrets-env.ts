/**
 * Values for `${NAME}` from a file beside the configuration, `secrets.env`, because the environment of a process that runs cannot be
 * changed: a reload would never see a new name. What stands in it counts before the environment. It must be for its owner
 * alone, and nothing of it may get into a message.
 */
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import { secretsOpen, secretsUnreadable } from '../words/site/config-text-words.ts';
import type { Words } from '../words/words.ts';
import type { ConfigError } from './yaml-text.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** The environment with the file's values in it, or why the file will not do. */
export async function withSecrets(
  folder: string,
  env: Environment,
): Promise<{ env: Environment } | { error: ConfigError }> {
  const file = join(folder, 'secrets.env');
  const refused = (message: Words) => ({ error: { file, line: 1, column: 1, path: '', message } });
  try {
    const { mode } = await stat(file);
    if ((mode & 0o077) !== 0) return refused(secretsOpen);
    return { env: { ...env, ...parseEnv(await readFile(file, 'utf8')) } };
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    return code === 'ENOENT' ? { env } : refused(secretsUnreadable(String(code)));
  }
}
