/**
 * A serial cable for simulated devices: a pseudo-terminal (`socat`) joined to a simulated RTU line.
 * It ends only the process it started.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';

const READY_MS = 5000;

export interface Cable {
  readonly path: string;
  /** The adapter is pulled out: the port goes away. */
  unplug(): Promise<void>;
}

/** Lays a cable from a serial port at `path` (made here) to the RTU framing at a loopback `port`. */
export async function serialCable(path: string, port: number): Promise<Cable> {
  const socat = spawn('socat', [`pty,raw,echo=0,link=${path}`, `tcp:127.0.0.1:${port}`], { stdio: 'ignore' });
  const ended = once(socat, 'exit');
  for (let waited = 0; !existsSync(path); waited += 20) {
    if (waited >= READY_MS || socat.exitCode !== null) throw new Error(`socat made no serial port at ${path}`);
    await delay(20);
  }
  // socat takes the last closing of the port for its end; a driver may close and open as it likes while we hold it.
  const held = await open(path, 'r+');
  return {
    path,
    async unplug() {
      await held.close();
      socat.kill();
      await ended;
    },
  };
}
