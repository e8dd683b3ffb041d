/**
 * What a story is played on: the school, time, chance, and what may befall the machine under the gateway. Types only;
 * whoever runs a simulation fills them.
 */
import type { Chance } from './chance.ts';
import type { Timeline } from './robot.ts';
import type { VirtualSchool } from './school.ts';

/** What befalls the machine, its disk and its surroundings. Each says so in the log book. */
export interface Machine {
  /** The process dies, and is started again after `ms`. */
  die(ms: number): void;
  /** The process dies at one of the next commits, before or after it is on disk. */
  dieAtCommit(when: 'before' | 'after'): void;
  /** No room on the disk for `ms`. */
  fillDisk(ms: number): void;
  /** The journal is taken out of its folder for `ms`: moved away, or its disk unmounted. */
  takeJournal(ms: number): void;
  /** The next commit fails once with an input/output error. */
  failCommit(): void;
  /** The next commit takes `ms`. */
  slowCommit(ms: number): void;
  /** The machine stands still for `ms`. */
  stall(ms: number): void;
  /** Its clock is set by `ms`, forward or back. */
  setClock(ms: number): void;
  /** For `ms`, devices refuse, ignore or dawdle with this probability each what they are asked to do. */
  vexRequests(ms: number, manners: { fails?: number; hangs?: number; late?: number }): void;
  /** For `ms`, channels beyond the screens refuse, ignore, dawdle or say that it is too much with this probability each. */
  vexChannels(ms: number, manners: { fails?: number; hangs?: number; late?: number; tooFast?: number }): void;
  /** For `ms`, the big screen shows nothing. */
  darkenWall(ms: number): void;
  /** InfluxDB cannot be reached for `ms`. */
  loseInflux(ms: number): void;
  /** For `ms`, InfluxDB dawdles, takes points and never says so, or takes none, with this probability each. */
  vexInflux(ms: number, manners: { slow?: number; deaf?: number; busy?: number }): void;
  /** For `ms`, InfluxDB refuses this gauge of every device, because it knows the field with another type. */
  confuseInflux(ms: number, field: string): void;
}

/** The people of the control room. */
export interface Room {
  /** Nobody answers for `ms`. */
  leave(ms: number): void;
  /** Nobody answers for `ms`, and nobody of the desk or the yard may even log in. */
  sendHome(ms: number): void;
  /** For `ms` whoever acknowledges an alarm does nothing more about it. */
  neglect(ms: number): void;
  /** For `ms` whoever sits at the desk wants nothing to be heard, nobody to go, and all of it to have been nothing. */
  betray(ms: number): void;
  /** A zone is bypassed and put on guard again after `ms`. */
  bypass(zone: string, ms: number): void;
  /** An installer wants so many zones to tell less: for `ms`, for ever, and so that they would tell nothing at all. */
  loosen(count: number, ms: number): void;
  /** These zones are walked for so many minutes. */
  walk(zones: readonly string[], minutes: number): void;
}

export interface Stage {
  readonly school: VirtualSchool;
  readonly timeline: Timeline;
  readonly chance: Chance;
  readonly machine: Machine;
  readonly room: Room;
}

export interface Scene {
  /** Minutes after the story began. */
  readonly at: number;
  act(stage: Stage): void;
}
