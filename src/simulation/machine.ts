/**
 * The machine under a simulated gateway: what befalls it, said in the log book as it happens, and the gateway's process
 * that is started again after each death, as the service manager would.
 */
import type { Chance } from '../../simulators/virtual/chance.ts';
import type { Machine } from '../../simulators/virtual/stage.ts';
import type { Observation } from './observed.ts';
import type { ProcessRun } from './process-run.ts';
import type { Disk } from './sim-disk.ts';
import type { Manners } from './sim-drivers.ts';
import type { SimulatedInflux } from './sim-influx.ts';
import type { Wall } from './sim-wall.ts';
import type { VirtualTime } from './virtual-time.ts';

/** The service manager waits a little before it starts a service again. */
const restartMs = [1_000, 12_000] as const;

export interface MachineParts {
  readonly time: VirtualTime;
  readonly chance: Chance;
  readonly disk: Disk;
  readonly manners: Manners;
  see(sight: Observation): void;
  /** A new process. */
  birth(n: number): ProcessRun;
  readonly influx: SimulatedInflux;
  /** How channels beyond the screens behave. */
  readonly channels: Manners;
  /** The big screen. */
  readonly wall: () => Wall;
}

export class SimulatedMachine implements Machine {
  #life: ProcessRun | undefined;
  #lives = 0;
  readonly #parts: MachineParts;

  constructor(parts: MachineParts) {
    this.#parts = parts;
  }

  /** The process that lives now. */
  get life(): ProcessRun | undefined {
    return this.#life;
  }

  /** Processes so far. */
  get lives(): number {
    return this.#lives;
  }

  /** Starts a process now. */
  start(): void {
    this.#lives += 1;
    const life = this.#parts.birth(this.#lives);
    this.#life = life;
    void life.start();
  }

  /** The process could not go on and ended by itself: the service manager starts another. */
  broke(): void {
    this.#end();
    this.#parts.time.after(this.#parts.chance.between(...restartMs), () => this.start());
  }

  die(ms: number): void {
    if (!this.#life) return;
    this.#say('网关主机断电', 'the gateway’s machine loses its power');
    this.#parts.see({ what: 'life', life: this.#lives, is: 'crashed' });
    this.#end();
    this.#parts.time.after(ms, () => {
      this.#say('网关重新启动', 'the gateway is started again');
      this.start();
    });
  }

  /** The disk is struck in the middle of a commit. */
  readonly crash = (): void => this.die(this.#parts.chance.between(...restartMs));

  dieAtCommit(when: 'before' | 'after'): void {
    this.#parts.disk.strike({ do: `crash-${when}` });
  }

  fillDisk(ms: number): void {
    const { disk, time } = this.#parts;
    this.#say('磁盘写满', 'the disk is full');
    disk.full = true;
    time.after(ms, () => {
      this.#say('磁盘腾出空间', 'there is room on the disk again');
      disk.full = false;
    });
  }

  failCommit(): void {
    this.#say('磁盘写入出错一次', 'the disk fails once');
    this.#parts.disk.strike({ do: 'error' });
  }

  slowCommit(ms: number): void {
    const seconds = (ms / 1_000).toFixed(1);
    this.#say(`磁盘一次写入用了 ${seconds} 秒`, `the disk takes ${seconds} s for one commit`);
    this.#parts.disk.strike({ do: 'late', ms });
  }

  stall(ms: number): void {
    const { time, see } = this.#parts;
    const from = time.truth;
    time.stall(ms);
    const seconds = Math.round(ms / 1_000);
    this.#say(`网关主机停顿 ${seconds} 秒`, `the gateway’s machine stood still for ${seconds} s`);
    see({ what: 'unwell', from });
  }

  setClock(ms: number): void {
    this.#parts.time.stepClock(ms);
    const minutes = Math.round(Math.abs(ms) / 60_000);
    const ahead = ms > 0;
    this.#say(
      `网关主机的时钟被拨${ahead ? '快' : '慢'} ${minutes} 分钟`,
      `the machine’s clock is set ${ahead ? 'ahead' : 'back'} by ${minutes} min`,
    );
  }

  vexRequests(ms: number, { fails = 0, hangs = 0, late = 0 }: { fails?: number; hangs?: number; late?: number }): void {
    const { manners, time } = this.#parts;
    this.#say('设备不听指挥', 'devices do badly what they are asked to do');
    Object.assign(manners, { fails, hangs, late });
    time.after(ms, () => {
      Object.assign(manners, { fails: 0, hangs: 0, late: 0 });
      this.#say('设备恢复听指挥', 'devices do again what they are asked to do');
    });
  }

  vexChannels(ms: number, { fails = 0, hangs = 0, late = 0 }: { fails?: number; hangs?: number; late?: number }): void {
    const { channels, time } = this.#parts;
    this.#say('消息通道不正常', 'channels for messages work badly');
    Object.assign(channels, { fails, hangs, late });
    time.after(ms, () => {
      Object.assign(channels, { fails: 0, hangs: 0, late: 0 });
      this.#say('消息通道恢复', 'channels for messages work again');
    });
  }

  darkenWall(ms: number): void {
    const { wall, time } = this.#parts;
    this.#say('大屏黑屏', 'the wall goes dark');
    wall().dark = true;
    time.after(ms, () => {
      this.#say('大屏恢复', 'the wall shows again');
      wall().dark = false;
    });
  }

  loseInflux(ms: number): void {
    const { influx, time } = this.#parts;
    this.#say('InfluxDB 停机', 'InfluxDB is away');
    influx.reach(false);
    time.after(ms, () => {
      this.#say('InfluxDB 恢复', 'InfluxDB is back');
      influx.reach(true);
    });
  }

  vexInflux(ms: number, manners: { slow?: number; deaf?: number; busy?: number }): void {
    const { influx, time } = this.#parts;
    this.#say('InfluxDB 应答不正常', 'InfluxDB answers badly');
    influx.vex(manners);
    time.after(ms, () => {
      influx.vex({});
      this.#say('InfluxDB 应答正常', 'InfluxDB answers well again');
    });
  }

  confuseInflux(ms: number, field: string): void {
    const { influx, time } = this.#parts;
    this.#say(`InfluxDB 里 ${field} 的类型不对`, `InfluxDB knows ${field} with another type`);
    influx.conflicts.add(`gauges.${field}`);
    time.after(ms, () => {
      influx.conflicts.delete(`gauges.${field}`);
      this.#say(`InfluxDB 里 ${field} 的类型已改正`, `the type of ${field} in InfluxDB is right again`);
    });
  }

  #end(): void {
    this.#life?.die();
    this.#life = undefined;
    this.#parts.disk.lose();
  }

  #say(zh: string, en: string): void {
    this.#parts.see({ what: 'machine', words: { zh, en } });
  }
}
