/**
 * The slowest board that a school may have, in simulation: the gateway in a control group that gets 40 ms of one core in each 100, with a
 * hundred devices that speak and whose alarms have to be told within two seconds. It needs the right to make a control group (root); where
 * there is none it says so and measures nothing, since any other way of slowing would measure itself.
 */
import { existsSync, mkdirSync, readFileSync, rmdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { figure, table } from './figures.ts';
import { gate } from './gate.ts';
import { senders, stage } from './side.ts';

const DEVICES = 100;
const PERIOD_US = 100_000;
/** Of one core. */
const SHARE = 0.4;
/** Messages a second of all devices: a usual school, a busy night, and every device at once a second. */
const RATES = [2, 20, 100];
const LIMIT_MS = 2_000;

/** A control group of version 2 or 1 that gets the share; undefined where none can be made. */
function controlGroup():
  | { enter(pid: number): void; readonly kind: string; throttledMs(): number; end(): void }
  | undefined {
  const second = existsSync('/sys/fs/cgroup/cgroup.controllers');
  const place = join(second ? '/sys/fs/cgroup' : '/sys/fs/cgroup/cpu', `gatehouse-bench-${process.pid}`);
  const quota = String(SHARE * PERIOD_US);
  try {
    if (second) writeFileSync('/sys/fs/cgroup/cgroup.subtree_control', '+cpu');
    mkdirSync(place);
    if (second) writeFileSync(join(place, 'cpu.max'), `${quota} ${PERIOD_US}`);
    else {
      writeFileSync(join(place, 'cpu.cfs_period_us'), String(PERIOD_US));
      writeFileSync(join(place, 'cpu.cfs_quota_us'), quota);
    }
  } catch {
    if (existsSync(place)) rmdirSync(place);
    return undefined;
  }
  return {
    kind: second ? 'cgroup v2 cpu.max' : 'cgroup v1 cpu.cfs_quota_us',
    enter: (pid) => writeFileSync(join(place, 'cgroup.procs'), String(pid)),
    throttledMs() {
      const [, microseconds, nanoseconds] =
        /throttled_usec (\d+)|throttled_time (\d+)/.exec(readFileSync(join(place, 'cpu.stat'), 'utf8')) ?? [];
      return microseconds === undefined ? Number(nanoseconds) / 1e6 : Number(microseconds) / 1e3;
    },
    end: () => rmdirSync(place),
  };
}

export async function slowBoard(dir: string, seconds: number): Promise<string> {
  const group = controlGroup();
  if (!group) return '\nThe slowest board: no control group can be made here; run it as root.\n';
  const side = await gate({ dir, senders: senders(DEVICES), built: true });
  try {
    group.enter(side.pid);
    const { play, stop } = await stage(side, 1);
    const rows: string[][] = [];
    for (const rate of RATES) {
      const before = group.throttledMs();
      const { age, sent, events, cpu } = await play(rate, seconds);
      const held = (group.throttledMs() - before) / (seconds * 10);
      const told = [age.p50, age.p95, age.p99, age.max].map(figure);
      const within = sent === events && age.max <= LIMIT_MS ? 'yes' : 'no';
      rows.push([figure(rate), ...told, `${figure(cpu * 100)} %`, `${figure(held)} %`, String(sent - events), within]);
    }
    await stop();
    const head = ['messages/s', 'p50 ms', 'p95 ms', 'p99 ms', 'max ms', 'cpu', 'held back', 'lost', 'all within 2 s'];
    return table(
      `A board of one core at ${SHARE * 100} % (${group.kind}), ${DEVICES} devices, ${seconds} s each`,
      head,
      rows,
    );
  } finally {
    await side.stop();
    group.end();
  }
}
