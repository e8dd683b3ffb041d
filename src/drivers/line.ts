/**
 * What a driver is given: one line to devices, and the words to say what came over it.
 * A driver runs one line until it breaks, and then throws; it never reconnects, never judges, never knows of alarms.
 * `drivers/supervise` makes lines and starts drivers again; the gateway takes what they report.
 */
import type { DeviceSaid, DropReason, Time, Value, Words } from '../core/types.ts';
import type { Profile } from '../profile/profile.ts';
import type { World } from '../world/world.ts';

/** A device on a line, with what its driver needs to reach it. */
export interface LineDevice<D = unknown> {
  readonly id: string;
  readonly profile: Profile;
  /** Protocol part of the device's configuration: unit number, topic, user, password … */
  readonly options: D;
}

export type { DropReason } from '../core/types.ts';

export interface Report {
  readonly device: string;
  readonly values: readonly (readonly [point: string, value: Value])[];
  readonly sourceTime?: Time;
  readonly id?: string;
  readonly initial?: boolean;
  /** The network address it came from, where the wire tells. */
  readonly from?: string;
  /** How sure the source is of what it says, 0 to 1, where it tells. */
  readonly certainty?: number;
  /** The picture that came with it, JPEG. Where it comes after its event: a report of its own, without values. */
  readonly picture?: Uint8Array;
}

/** What the gateway may ask a line to do. A rejection is a `WordedError` for the operator. */
export interface LineActions {
  /** Writes one point and resolves when the device confirmed it. */
  write?(device: string, point: string, value: Value): Promise<void>;
  /** A fresh JPEG of a camera. */
  snapshot?(device: string): Promise<Uint8Array>;
  /** Where its video is to be had. `small` is the stream for tiles; a camera that has one stream only gives that one. */
  stream?(device: string, use: StreamUse): Promise<VideoStream>;
}

/** What a stream is wanted for: seen large, or as one of many. */
export type StreamUse = 'large' | 'small';

/** Where a video is to be had, as far as its camera says. */
export interface VideoStream {
  /** `rtsp:` or `rtsps:`, without user and password. */
  readonly url: string;
  /** The log-in, apart from the address: it must stand in no log, no list of processes and no answer. */
  readonly user?: string;
  readonly password?: string;
  /** As the camera names it: H264, H265, JPEG … */
  readonly codec?: string;
  /** Pictures per second, and pixels. */
  readonly rate?: number;
  readonly width?: number;
  readonly height?: number;
}

export interface Line<P = unknown, D = unknown> {
  readonly id: string;
  readonly options: P;
  readonly devices: readonly LineDevice<D>[];
  readonly world: World;
  /** Aborted when the line must stop. */
  readonly signal: AbortSignal;
  /**
   * Hands a reading to the gateway. Resolves when every fact it caused is durable: acknowledge the sender after that,
   * not before. Rejects when it could not be kept (journal stuck, inbox full): do not acknowledge.
   */
  report(report: Report): Promise<void>;
  /** Says that a device is reachable or not; `why` is a sentence an operator understands. Repeats are harmless. */
  link(device: string, up: boolean, why: Words): void;
  /**
   * Counts something unusable and puts it into the bounded quarantine with its reason. Never throws. A `why` that is a plain
   * string is a remark for technicians that nobody translates.
   */
  drop(
    reason: DropReason,
    what: { device?: string; topic?: string; payload?: Uint8Array | string; why: Words | string },
  ): void;
  /** Says what a device told of itself, or that its clock was set. Repeats are harmless. */
  said(device: string, what: DeviceSaid): void;
  /** Says that the wire itself works though no device may have been heard yet: a broker listens. `why` as in `link`. */
  ready(why: Words): void;
  /** Says what this line can do for the gateway while it runs. */
  offer(actions: LineActions): void;
  /**
   * What one run of the driver leaves for the next: made by the first, the same for as long as the line is configured as it
   * is. It is not kept over a restart.
   */
  memory<T extends object>(make: () => T): T;
  /** A trouble worth a person's eye that does not break the line (wrong password of one client …); undefined clears it. */
  trouble(about: string, why: Words | undefined): void;
}

/** Returns when stopped by the signal, throws when broken: what it throws is read by people, and so is best a `WordedError`. */
export type Driver<P, D> = (line: Line<P, D>) => Promise<void>;
