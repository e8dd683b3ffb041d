/**
 * Loads a configuration from its text, with the small models of these tests.
 */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Config, type ConfigError, errorText, loadConfig } from '../../src/site/load-site.ts';
import { untranslated } from '../../src/words/words.ts';
import { models } from './models.ts';

/** As it is printed, in English alone. */
export const englishText = (error: ConfigError): string =>
  errorText({ ...error, message: untranslated(error.message.en) });

/** The errors as `line:column path: message`, and the configuration when there was none. */
export async function loadText(
  folder: string,
  text: string,
  env: Readonly<Record<string, string>>,
): Promise<{ lines: string[]; config: Config | undefined }> {
  const file = join(folder, 'school.yaml');
  await writeFile(file, text);
  const result = await loadConfig(file, env, models);
  const lines = result.ok ? [] : result.errors.map((error) => englishText(error).slice(file.length + 1));
  return { lines, config: result.ok ? result.config : undefined };
}
