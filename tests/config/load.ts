/**
 * Loads a configuration from its text, with the small models of these tests.
 */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Config, errorText, loadConfig } from '../../src/site/load-site.ts';
import { models } from './models.ts';

/** The errors as `line:column path: message`, and the configuration when there was none. */
export async function loadText(
  folder: string,
  text: string,
  env: Readonly<Record<string, string>>,
): Promise<{ lines: string[]; config: Config | undefined }> {
  const file = join(folder, 'school.yaml');
  await writeFile(file, text);
  const result = await loadConfig(file, env, models);
  const lines = result.ok ? [] : result.errors.map((error) => errorText(error).slice(file.length + 1));
  return { lines, config: result.ok ? result.config : undefined };
}
