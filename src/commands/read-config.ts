/**
 * The configuration as a command reads it: right, or every error of it said at once and none mended. It must change nothing, neither a file nor
 * the gateway that runs.
 */
import { type Config, errorText, loadConfig } from '../site/load-site.ts';
import { configErrors } from '../words/command-words.ts';

/** The configuration, or every error of it said. */
export async function configOrSay(path: string, say = console.error): Promise<Config | undefined> {
  const loaded = await loadConfig(path, process.env);
  if (loaded.ok) {
    for (const warning of loaded.warnings) say(errorText(warning));
    return loaded.config;
  }
  for (const error of loaded.errors) say(errorText(error));
  say(configErrors(loaded.errors.length, path));
  return undefined;
}
