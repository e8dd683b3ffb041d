/**
 * Asks the running gateway to read its configuration again, and says what came of it. The gateway is found by its data folder; the
 * signal goes to that process and to no other.
 */
import { userInfo } from 'node:os';
import { setTimeout as delay } from 'node:timers/promises';
import { noGatewayRuns, reloadForbidden, reloadUnanswered } from '../words/command-words.ts';
import { leaveName, runningOn } from './running.ts';

/** Lines of a large school take some seconds to stop and start. */
const answerMs = 30_000;
const lookMs = 100;

/** Whose account asks. Only root is believed who stands behind him: anybody can write SUDO_USER into his own environment. */
function whoAsks(): string {
  const { uid, username } = userInfo();
  return (uid === 0 && process.env.SUDO_USER) || username;
}

/** Resolves with the exit code: 0 when the configuration is in force, 78 when the one before stays, 1 when nobody answers. */
export async function reloadGateway(dir: string): Promise<number> {
  const running = await runningOn(dir);
  if (!running) {
    console.error(noGatewayRuns(dir));
    return 1;
  }
  await leaveName(dir, whoAsks()).catch(() => undefined);
  try {
    process.kill(running.pid, 'SIGHUP');
  } catch (error) {
    console.error(reloadForbidden(running.pid, (error as NodeJS.ErrnoException).code ?? ''));
    return 1;
  }
  const before = running.reload?.count ?? 0;
  const end = performance.now() + answerMs;
  while (performance.now() < end) {
    await delay(lookMs);
    const { reload } = (await runningOn(dir)) ?? {};
    if (!reload || reload.count <= before) continue;
    for (const line of reload.said) (reload.ok ? console.log : console.error)(line);
    return reload.ok ? 0 : 78;
  }
  console.error(reloadUnanswered(running.pid));
  return 1;
}
