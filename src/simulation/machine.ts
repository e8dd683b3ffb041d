/**
 * The machine under a simulated gateway: what befalls it, said in the log book as it happens, and the gateway's process
 * that is started again after each death, as the service manager would.
 */
import type { Chance } from '../../simulators/virtual/chance.ts';
import type { Machine } from '../../simulators/virtual/stage.ts';
import type { Words } from '../core/types.ts';
import {
  channelsVexed,
  channelsWell,
  clockSet,
  devicesVexed,
  devicesWell,
  diskFailsOnce,
  diskFills,
  diskHasRoom,
  diskSlow,
  influxConfused,
  influxReturns,
  influxRighted,
  influxStops,
  influxVexed,
  influxWell,
  journalBack,
  journalLost,
  machineStood,
  powerLost,
  startedAgain,
  wallDark,
  wallLit,
} from '../words/night-words.ts';
import type { Observation } from './observed.ts';
import type { ProcessRun } from './process-run.ts';
import type { ChannelManners } from './sim-channels.ts';
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
  readonly channels: ChannelManners;
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
    this.#say(powerLost);
    this.#parts.see({ what: 'life', life: this.#lives, is: 'crashed' });
    this.#end();
    this.#parts.time.after(ms, () => {
      this.#say(startedAgain);
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
    this.#say(diskFills);
    disk.full = true;
    time.after(ms, () => {
      this.#say(diskHasRoom);
      disk.full = false;
    });
  }

  takeJournal(ms: number): void {
    const { disk, time, see } = this.#parts;
    this.#say(journalLost);
    disk.gone = true;
    see({ what: 'journal', there: false });
    time.after(ms, () => {
      this.#say(journalBack);
      disk.gone = false;
      see({ what: 'journal', there: true });
    });
  }

  failCommit(): void {
    this.#say(diskFailsOnce);
    this.#parts.disk.strike({ do: 'error' });
  }

  slowCommit(ms: number): void {
    const seconds = (ms / 1_000).toFixed(1);
    this.#say(diskSlow(seconds));
    this.#parts.disk.strike({ do: 'late', ms });
  }

  stall(ms: number): void {
    const { time, see } = this.#parts;
    const from = time.truth;
    time.stall(ms);
    const seconds = Math.round(ms / 1_000);
    this.#say(machineStood(seconds));
    see({ what: 'unwell', from });
  }

  setClock(ms: number): void {
    this.#parts.time.stepClock(ms);
    const minutes = Math.round(Math.abs(ms) / 60_000);
    this.#say(clockSet(ms > 0, minutes));
  }

  vexRequests(ms: number, { fails = 0, hangs = 0, late = 0 }: { fails?: number; hangs?: number; late?: number }): void {
    const { manners, time } = this.#parts;
    this.#say(devicesVexed);
    Object.assign(manners, { fails, hangs, late });
    time.after(ms, () => {
      Object.assign(manners, { fails: 0, hangs: 0, late: 0 });
      this.#say(devicesWell);
    });
  }

  vexChannels(ms: number, { fails = 0, hangs = 0, late = 0, tooFast = 0 }: Partial<ChannelManners>): void {
    const { channels, time } = this.#parts;
    this.#say(channelsVexed);
    Object.assign(channels, { fails, hangs, late, tooFast });
    time.after(ms, () => {
      Object.assign(channels, { fails: 0, hangs: 0, late: 0, tooFast: 0 });
      this.#say(channelsWell);
    });
  }

  darkenWall(ms: number): void {
    const { wall, time } = this.#parts;
    this.#say(wallDark);
    wall().dark = true;
    time.after(ms, () => {
      this.#say(wallLit);
      wall().dark = false;
    });
  }

  loseInflux(ms: number): void {
    const { influx, time } = this.#parts;
    this.#say(influxStops);
    influx.reach(false);
    time.after(ms, () => {
      this.#say(influxReturns);
      influx.reach(true);
    });
  }

  vexInflux(ms: number, manners: { slow?: number; deaf?: number; busy?: number }): void {
    const { influx, time } = this.#parts;
    this.#say(influxVexed);
    influx.vex(manners);
    time.after(ms, () => {
      influx.vex({});
      this.#say(influxWell);
    });
  }

  confuseInflux(ms: number, field: string): void {
    const { influx, time } = this.#parts;
    this.#say(influxConfused(field));
    influx.conflicts.add(`gauges.${field}`);
    time.after(ms, () => {
      influx.conflicts.delete(`gauges.${field}`);
      this.#say(influxRighted(field));
    });
  }

  #end(): void {
    this.#life?.die();
    this.#life = undefined;
    this.#parts.disk.lose();
  }

  #say(words: Words): void {
    this.#parts.see({ what: 'machine', words });
  }
}
