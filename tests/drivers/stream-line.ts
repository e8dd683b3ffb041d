/** A line to one simulated event stream, under the supervisor, that writes down what is said and lets a test wait for it. */
import dahua from '../../devices/camera-stream-dahua.ts';
import hikvision from '../../devices/camera-stream-hikvision.ts';
import { EventStream, type EventStreamOptions, type StreamMaker } from '../../simulators/camera/event-stream.ts';
import type { Input, Value, Words } from '../../src/core/types.ts';
import type { CameraChannel, HttpStreamOptions } from '../../src/drivers/connection-options.ts';
import { httpStream } from '../../src/drivers/http/http-stream.ts';
import type { Driver } from '../../src/drivers/line.ts';
import { type QuarantineItem, Supervised } from '../../src/drivers/supervise.ts';
import type { Profile } from '../../src/profile/profile.ts';
import { realWorld, type World } from '../../src/world/world.ts';
import { until } from '../patience.ts';

export const streamUser = { user: 'gate', password: 'S3cret-pass' };
export const models: Readonly<Record<StreamMaker, Profile>> = { hikvision, dahua };

export interface StreamDevice {
  readonly id: string;
  readonly channel?: number;
}

export interface StreamRun {
  readonly cam: EventStream;
  readonly line: Supervised;
  readonly readings: Extract<Input, { kind: 'reading' }>[];
  readonly links: { readonly device: string; readonly up: boolean; readonly why: Words }[];
  readonly drops: QuarantineItem[];
  readonly pictures: { readonly device: string; readonly jpeg: Uint8Array }[];
  readonly troubles: Map<string, Words>;
  /** What was said of a point of a device, in order; and what was found so. */
  told(device: string, point: string): Value[];
  found(device: string, point: string): Value[];
  until(what: string, so: () => boolean): Promise<void>;
  stop(): Promise<void>;
}

const quiet = realWorld({ info: () => {}, warn: () => {}, error: () => {} });

/** A world whose time goes this many times as fast for whoever waits: idle limits come within a test. */
export function fastWorld(factor: number): World {
  return {
    ...quiet,
    elapsed: () => performance.now() * factor,
    sleep: (ms, signal) => quiet.sleep(ms / factor, signal),
  };
}

export async function streamRun(
  maker: StreamMaker,
  more: {
    readonly devices?: readonly StreamDevice[];
    readonly sim?: Partial<EventStreamOptions>;
    readonly options?: Partial<HttpStreamOptions>;
    readonly wire?: object;
    readonly world?: World;
  } = {},
): Promise<StreamRun> {
  const cam = await EventStream.start({ maker, ...streamUser, ...more.sim });
  const model = models[maker];
  const profile = more.wire ? ({ ...model, wire: { ...model.wire, ...more.wire } } as Profile) : model;
  const devices = (more.devices ?? [{ id: 'canteen-1' }]).map(({ id, channel }) => ({
    id,
    profile,
    options: (channel === undefined ? {} : { channel }) satisfies CameraChannel,
  }));
  const options: HttpStreamOptions = { protocol: 'http-stream', address: cam.url, ...streamUser, ...more.options };
  const [readings, links, drops] = [[], [], []] as [
    StreamRun['readings'],
    StreamRun['links'][number][],
    QuarantineItem[],
  ];
  const troubles = new Map<string, Words>();
  const pictures: { device: string; jpeg: Uint8Array }[] = [];
  const line = new Supervised(
    { id: 'canteen', protocol: 'http-stream', options, devices },
    httpStream as Driver<unknown, unknown>,
    {
      async offer(input) {
        if (input.kind === 'reading') readings.push(input);
        if (input.kind === 'link') links.push({ device: input.device, up: input.up, why: input.why });
      },
      drop: (item) => void drops.push(item),
      picture: (device, jpeg) => void pictures.push({ device, jpeg }),
      trouble: (part, why) => void (why ? troubles.set(part, why) : troubles.delete(part)),
      forget: (part) => void troubles.delete(part),
    },
    more.world ?? quiet,
  );
  const said = (device: string, point: string, initial: boolean) =>
    readings
      .filter((one) => one.device === device && (one.initial ?? false) === initial)
      .flatMap(({ values }) => values.flatMap(([key, value]) => (key === point ? [value] : [])));
  return {
    ...{ cam, line, readings, links, drops, pictures, troubles },
    told: (device, point) => said(device, point, false),
    found: (device, point) => said(device, point, true),
    until,
    async stop() {
      await line.stop();
      await cam.stop();
    },
  };
}
