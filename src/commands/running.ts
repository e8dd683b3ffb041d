/**
 * What a running gateway leaves in its data folder for the commands beside it: which process it is, and what came of the last
 * time it read its configuration again. A process number alone would outlive a kill and then name a stranger, so the moment
 * of its birth stands beside it. A disk that takes no more must not keep the gateway from anything.
 */
import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** What came of reading the configuration again. */
export interface ReloadOutcome {
  /** Counts from 1 at each start. */
  readonly count: number;
  readonly ok: boolean;
  /** What a person is told, a line each. */
  readonly said: readonly string[];
}

export interface RunningGateway {
  readonly pid: number;
  /** When the process was born, as the kernel counts; with the number it names one process. */
  readonly born: string;
  readonly reload?: ReloadOutcome;
}

const recordOf = (dir: string) => join(dir, 'gateway.run.json');

/** The birth of a process: the boot and the kernel's ticks since it (field 22 of proc(5) stat); undefined when there is none. */
async function bornOf(pid: number): Promise<string | undefined> {
  try {
    const stat = await readFile(`/proc/${pid}/stat`, 'utf8');
    const boot = await readFile('/proc/sys/kernel/random/boot_id', 'utf8');
    // A program's name may hold blanks and brackets; what counts comes after the last one.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return `${boot.trim()} ${fields[19]}`;
  } catch {
    return undefined;
  }
}

/** Says that this process runs the gateway of the folder. Rejects with what the file system says. */
export async function sayRunning(dir: string, reload?: ReloadOutcome): Promise<void> {
  const born = (await bornOf(process.pid)) ?? '';
  const record: RunningGateway = { pid: process.pid, born, ...(reload && { reload }) };
  const fresh = `${recordOf(dir)}.new`;
  await writeFile(fresh, JSON.stringify(record), { mode: 0o600 });
  await rename(fresh, recordOf(dir));
}

const askerOf = (dir: string) => join(dir, 'gateway.reload.json');
/** A name that was left longer ago than this was left for another signal, ms. */
const askedMs = 60_000;

/** Leaves the name of whoever asks for a reload where the gateway finds it. */
export async function leaveName(dir: string, by: string): Promise<void> {
  await writeFile(askerOf(dir), JSON.stringify({ by, at: Date.now() }), { mode: 0o600 });
}

/** Who asked for a reload just now; undefined when the signal came from elsewhere. */
export async function takeName(dir: string): Promise<string | undefined> {
  try {
    const { by, at } = JSON.parse(await readFile(askerOf(dir), 'utf8')) as { by: unknown; at: number };
    await rm(askerOf(dir), { force: true });
    return typeof by === 'string' && Math.abs(Date.now() - at) <= askedMs ? by : undefined;
  } catch {
    return undefined;
  }
}

export async function sayEnded(dir: string): Promise<void> {
  await rm(recordOf(dir), { force: true });
}

/** The gateway that runs on the folder; undefined when none does, whatever a killed one left there. */
export async function runningOn(dir: string): Promise<RunningGateway | undefined> {
  let record: RunningGateway;
  try {
    record = JSON.parse(await readFile(recordOf(dir), 'utf8')) as RunningGateway;
  } catch {
    // None, or half of one: then nobody can be named.
    return undefined;
  }
  return (await bornOf(record.pid)) === record.born ? record : undefined;
}
