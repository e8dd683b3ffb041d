/** A line to one simulated camera that writes down what the driver says, and lets a test wait for it. */
import camera from '../../devices/camera-onvif.ts';
import { type Camera, type CameraOptions, onvifCamera } from '../../simulators/camera/camera.ts';
import type { DeviceSaid, Input, Words } from '../../src/core/types.ts';
import type { CameraChannel, OnvifOptions } from '../../src/drivers/connection-options.ts';
import type { Driver, Line, LineActions, Report } from '../../src/drivers/line.ts';
import { onvif } from '../../src/drivers/onvif/onvif.ts';
import { Supervised } from '../../src/drivers/supervise.ts';
import type { Profile } from '../../src/profile/profile.ts';
import { bothLanguages } from '../../src/words/words.ts';
import { realWorld, type World } from '../../src/world/world.ts';
import { PATIENCE_MS, until } from '../patience.ts';

export interface Said {
  readonly reports: Report[];
  readonly links: { up: boolean; why: string }[];
  /** What was last said of each device. */
  readonly stands: Map<string, { up: boolean; why: string }>;
  readonly drops: { reason: string; topic?: string; payload?: string; why: string }[];
  readonly troubles: Map<string, Words>;
  /** What devices told of themselves. */
  readonly told: ({ readonly device: string } & DeviceSaid)[];
  readonly logged: string[];
  actions: LineActions;
}

export interface Running {
  readonly said: Said;
  /** Resolves with what the driver threw, or undefined when it returned. */
  readonly ended: Promise<unknown>;
  /** Resolves when something is so; it is looked at after each word of the driver. Rejects when it never is. */
  until(what: string, so: () => boolean): Promise<void>;
  stop(): Promise<void>;
}

export const quiet: World = realWorld({ info: () => {}, warn: () => {}, error: () => {} });

export const credentials = { user: 'gate', password: 'S3cret-pass' };

/** A camera with a password, and the options a line needs for it. The time limit is the usual one. */
export async function secured(more: Partial<CameraOptions> = {}): Promise<{ cam: Camera; options: OnvifOptions }> {
  const cam = await onvifCamera({ profile: camera, name: 'canteen-1', ...credentials, ...more });
  return { cam, options: { protocol: 'onvif', address: cam.url, ...credentials, timeoutMs: 5_000 } };
}

/** Runs the driver until it is stopped or throws. `channels`: the devices of the line, each with its channel. */
export function run(
  options: OnvifOptions,
  profile: Profile = camera,
  world: World = quiet,
  channels?: Readonly<Record<string, number | string | undefined>>,
): Running {
  const stopping = new AbortController();
  const watchers = new Set<() => void>();
  const said: Said = {
    reports: [],
    links: [],
    stands: new Map(),
    told: [],
    drops: [],
    troubles: new Map(),
    logged: [],
    actions: {},
  };
  const spoken = (): void => {
    for (const look of [...watchers]) look();
  };
  const devices = Object.entries(channels ?? { 'canteen-1': undefined }).map(([id, channel]) => ({
    id,
    profile,
    options: channel === undefined ? {} : { channel },
  }));
  const line: Line<OnvifOptions, CameraChannel> = {
    id: channels ? 'recorder' : 'canteen-1',
    options,
    devices,
    world: { ...world, log: { ...world.log, info: (message) => said.logged.push(message) } },
    signal: stopping.signal,
    async report(report) {
      said.reports.push(report);
      spoken();
    },
    link(device, up, why) {
      said.links.push({ up, why: bothLanguages(why) });
      said.stands.set(device, { up, why: bothLanguages(why) });
      spoken();
    },
    drop(reason, { topic, payload, why }) {
      said.drops.push({
        reason,
        why: typeof why === 'string' ? why : bothLanguages(why),
        ...(topic !== undefined && { topic }),
        ...(payload !== undefined && { payload: String(payload) }),
      });
      spoken();
    },
    said(device, what) {
      said.told.push({ device, ...what });
      spoken();
    },
    ready: () => undefined,
    memory: (make) => make(),
    offer(actions) {
      said.actions = actions;
    },
    trouble(about, why) {
      if (why) said.troubles.set(about, why);
      else said.troubles.delete(about);
      spoken();
    },
  };
  const ended = onvif(line).then(
    () => undefined,
    (error: unknown) => error,
  );
  return {
    said,
    ended,
    until(what, so) {
      return new Promise((resolve, reject) => {
        const finish = (end: () => void): void => {
          clearTimeout(limit);
          watchers.delete(look);
          end();
        };
        const look = (): void => {
          if (so()) finish(resolve);
        };
        const limit = setTimeout(
          () =>
            finish(() =>
              reject(
                new Error(
                  `in vain waited until ${what}; heard ${JSON.stringify([said.links.slice(-3), said.reports.slice(-3), said.drops.slice(-3)])}`,
                ),
              ),
            ),
          PATIENCE_MS,
        );
        watchers.add(look);
        void ended.then((error) =>
          finish(() => (so() ? resolve() : reject(new Error(`the driver ended before ${what}: ${error}`)))),
        );
        look();
      });
    },
    async stop() {
      stopping.abort();
      await ended;
    },
  };
}

export interface SupervisedLine {
  readonly reports: Extract<Input, { kind: 'reading' }>[];
  readonly links: { readonly up: boolean; readonly why: Words; readonly at: number }[];
  readonly troubles: Map<string, Words>;
  /** Every part whose trouble was taken back. */
  readonly well: string[];
  snapshot(): Promise<Uint8Array>;
  until(what: string, so: () => boolean): Promise<void>;
  stop(): Promise<void>;
}

/** A line as the gateway runs it: the supervisor starts the driver again when it breaks. */
export function supervised(options: OnvifOptions, profile: Profile = camera, world: World = quiet): SupervisedLine {
  const devices = [{ id: 'canteen-1', profile, options: {} }];
  const [reports, links, well] = [[], [], []] as [SupervisedLine['reports'], SupervisedLine['links'], string[]];
  const troubles = new Map<string, Words>();
  const one = new Supervised(
    { id: 'canteen-1', protocol: 'onvif', options, devices },
    onvif as Driver<unknown, unknown>,
    {
      async offer(input) {
        if (input.kind === 'reading') reports.push(input);
        if (input.kind === 'link') links.push({ up: input.up, why: input.why, at: world.elapsed() });
      },
      drop: () => undefined,
      picture: () => undefined,
      trouble(part, why) {
        if (why) troubles.set(part, why);
        else if (troubles.delete(part)) well.push(part);
      },
      forget: (part) => void troubles.delete(part),
    },
    world,
  );
  const heard = () => JSON.stringify([links.slice(-3), [...troubles]]);
  return {
    reports,
    links,
    troubles,
    well,
    snapshot: () => one.snapshot('canteen-1'),
    until: (what, so) =>
      until(what, so).catch((error: Error) => Promise.reject(new Error(`${error.message}; heard ${heard()}`))),
    stop: () => one.stop(),
  };
}

/** The reports of one point, as values. */
export const valuesOf = (said: Said, point: string): unknown[] =>
  said.reports.flatMap((r) => r.values.filter(([key]) => key === point).map(([, value]) => value));
