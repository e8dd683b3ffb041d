/**
 * The gateway as a process: started, reading its configuration again on SIGHUP, stopped by a signal, by the death of what
 * started it, or by its own end. Its exit code is what a service manager goes by, so an end nobody asked for is never 0.
 */
import { type AppOptions, openApp, type RunningApp } from '../app/app.ts';
import { configInForce, configRefused, reloadFailed } from '../words/command-words.ts';
import { bothLanguages } from '../words/words.ts';
import { serviceLog } from '../world/logs.ts';
import { type Log, realWorld } from '../world/world.ts';
import { exit } from './exit-codes.ts';
import { configOrSay } from './read-config.ts';
import { type ReloadOutcome, sayEnded, sayRunning, takeName } from './running.ts';

/** Puts a changed configuration in force, or says where a person looks why the one before stays. */
async function reload(path: string, dir: string, app: RunningApp, log: Log): Promise<Omit<ReloadOutcome, 'count'>> {
  const said: string[] = [];
  const say = (line: string) => {
    console.error(line);
    said.push(line);
  };
  try {
    const next = await configOrSay(path, say);
    if (next) {
      await app.reconfigure(next, (await takeName(dir)) ?? 'SIGHUP');
      const restart = app.port.troubles().find(({ part }) => part === 'config');
      said.push(restart ? bothLanguages(restart.why) : configInForce(path));
      return { ok: true, said };
    }
    app.refuse(configRefused(path));
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    log.error(`the configuration was not changed: ${why}`);
    said.push(reloadFailed(why));
  }
  return { ok: false, said };
}

/** Resolves with the first of these signals. */
function signalled(...signals: readonly NodeJS.Signals[]): Promise<string> {
  return new Promise((resolve) => {
    for (const signal of signals) process.on(signal, () => resolve(`stopping on ${signal}`));
  });
}

/** Resolves when the set-up that started us is gone: nobody could stop us any more but by looking for our number. */
function starterGone(): Promise<string> {
  const { promise, resolve } = Promise.withResolvers<string>();
  if (process.connected) process.once('disconnect', () => resolve('stopping because what started the gateway is gone'));
  return promise;
}

/** Runs until it is stopped or cannot go on; resolves with the exit code. */
export async function runGateway(
  path: string,
  options: Pick<AppOptions, 'version' | 'ui' | 'acceptJournal'>,
): Promise<number> {
  const config = await configOrSay(path);
  if (!config) return exit.config;
  const log = serviceLog();
  const world = realWorld(log);
  const { dir } = config.store;
  const told = (reloaded?: ReloadOutcome) =>
    sayRunning(dir, reloaded).catch((error: Error) =>
      log.warn(`\`npm run reload\` will not find us: ${error.message}`),
    );
  let count = 0;
  // Heard from the first moment on: until somebody listens, the signal would end the process.
  const opened = Promise.withResolvers<RunningApp>();
  const again = async () => told({ ...(await reload(path, dir, await opened.promise, log)), count: ++count });
  process.on('SIGHUP', () => void again());
  let asked: Promise<string> | undefined;
  const asking = () => (asked ??= Promise.race([signalled('SIGINT', 'SIGTERM'), starterGone()]));
  const onServing = (url: string) => {
    // Whoever reads this may stop us at once, and we go as we should from then on.
    void asking();
    log.info(`pages at ${url}`);
  };
  const app = await openApp(config, { ...options, world, onServing });
  opened.resolve(app);
  await told();
  const broken = app.broken.then(() => undefined);
  const why = await Promise.race([asking(), broken]);
  log.info(why ?? 'stopping because the gateway cannot go on');
  await app.stop();
  await sayEnded(dir).catch(() => undefined);
  return why === undefined ? exit.failed : exit.ok;
}
