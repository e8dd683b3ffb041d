/**
 * A small simulated school on real sockets, one of many: a fence host and three patrol readers over MQTT, two ONVIF cameras in the kitchen. What
 * happens there, and when, is drawn from a seed: no two schools of a district live the same day. It uses nothing of the drivers.
 */
import { setTimeout as delay } from 'node:timers/promises';
import dahua from '../devices/camera-dahua.ts';
import hikvision from '../devices/camera-hikvision.ts';
import { type Camera, onvifCamera } from './camera/camera.ts';
import { freePort } from './free-port.ts';
import { mqttFence, mqttReader, type Robot } from './robots.ts';
import { Chance } from './virtual/chance.ts';

export interface SmallSchoolOptions {
  /** The same seed is the same day. */
  readonly seed: number;
  readonly cameraPassword: string;
  readonly devicePassword: string;
}

/** A guard who sets out on a round at a time, ms since 1970. */
export interface GuardWalk {
  readonly at: number;
  readonly card: string;
}

export interface SmallSchool {
  readonly fence: Robot;
  readonly cameras: readonly Camera[];
  /** What the configuration needs to find the simulators. */
  readonly env: Readonly<Record<string, string>>;
  /** Lives until the signal is aborted: guards walk, and now and then something happens. */
  live(walks: readonly GuardWalk[], signal: AbortSignal): Promise<void>;
  stop(): Promise<void>;
}

const readerNames = ['reader-1', 'reader-2', 'reader-3'] as const;
/** From the start of a round to each reader, ms, as the plan of `config/demo-school.yaml` has it. */
const legMs = 30_000;
/** Between two things that happen at one school, ms: a district of forty has one about every ten seconds. */
const quietMs = [60_000, 900_000] as const;

/** Resolves after the time, or when it is over. */
const rest = (ms: number, signal: AbortSignal): Promise<void> =>
  delay(ms, undefined, { signal }).catch(() => undefined);

/** What may happen, how often of all, and what it does. */
type Deed = (
  school: { fence: Robot; cameras: readonly Camera[]; chance: Chance },
  signal: AbortSignal,
) => Promise<void>;

/** A device that is cut off tells later what it would tell now. */
const set = (fence: Robot, point: string, value: boolean): Promise<void> =>
  fence.set(point, value).catch(() => undefined);

const climb: Deed = async ({ fence, chance }, signal) => {
  const point = `${chance.pick(['a', 'b'])}_${chance.pick(['climb', 'pull'])}`;
  await set(fence, point, true);
  await rest(chance.between(800, 9_000), signal);
  await set(fence, point, false);
};
const cut: Deed = async ({ fence, chance }, signal) => {
  const point = `${chance.pick(['a', 'b'])}_cut`;
  await set(fence, point, true);
  await rest(chance.between(60_000, 240_000), signal);
  await set(fence, point, false);
};
const cover: Deed = async ({ cameras, chance }, signal) => {
  const camera = chance.pick(cameras);
  camera.set('masked', true);
  await rest(chance.between(10_000, 120_000), signal);
  camera.set('masked', false);
};
const lose: Deed = async ({ cameras, chance }, signal) => {
  const camera = chance.pick(cameras);
  await camera.refuse(true);
  await rest(chance.between(40_000, 180_000), signal);
  await camera.refuse(false);
};
const unplug: Deed = async ({ fence, chance }, signal) => {
  fence.faults.silent = true;
  await rest(chance.between(30_000, 120_000), signal);
  fence.faults.silent = false;
};
/** The more often a deed stands here, the more often it happens. */
const deeds: readonly Deed[] = [climb, climb, climb, cut, cover, cover, lose, unplug];

/** Tunes each wire as a fitter does, N, never two alike; from then on it hums around that and goes with the warmth of the day. */
function tune(fence: Robot, chance: Chance): NodeJS.Timeout {
  const wires = [...fence.values.keys()].filter((point) => point.includes('_wire_'));
  const bases = new Map(wires.map((wire) => [wire, chance.between(140, 160)]));
  let warmth = 0;
  const show = () => {
    warmth = Math.max(-3, Math.min(3, warmth + chance.between(-0.02, 0.02)));
    for (const [wire, base] of bases)
      void fence.set(wire, Math.round(10 * (base + warmth + chance.between(-0.4, 0.4))) / 10);
  };
  show();
  return setInterval(show, 1_000);
}

/** Starts every device. MQTT devices connect as soon as the gateway's broker listens. */
export async function openSmallSchool(options: SmallSchoolOptions): Promise<SmallSchool> {
  const { seed, cameraPassword, devicePassword: password } = options;
  const chance = new Chance(`small school ${seed}`);
  const cameras: Camera[] = [];
  for (const [name, profile] of [
    ['canteen-1', hikvision],
    ['canteen-2', dahua],
  ] as const)
    cameras.push(await onvifCamera({ user: 'gatehouse', password: cameraPassword, profile, name }));
  const port = await freePort();
  const url = `mqtt://127.0.0.1:${port}`;
  const fence = mqttFence({ url, id: 'fence-1', password, random: () => 0.5 });
  const hum = tune(fence, chance.for('hum'));
  const readers = readerNames.map((id) => mqttReader({ url, id, password }));

  const walk = async ({ at, card }: GuardWalk, signal: AbortSignal): Promise<void> => {
    const mine = chance.for(`walk ${at}`);
    for (const [i, reader] of readers.entries()) {
      // Late or early as people are; one point in twelve is forgotten.
      await rest(at + (i + 1) * legMs + mine.between(-12_000, 18_000) - Date.now(), signal);
      if (signal.aborted) return;
      if (!mine.happens(1 / 12)) await reader.set('card', card).catch(() => undefined);
    }
  };
  const happen = async (signal: AbortSignal): Promise<void> => {
    const mine = chance.for('deeds');
    while (!signal.aborted) {
      await rest(mine.between(...quietMs), signal);
      if (!signal.aborted) await mine.pick(deeds)({ fence, cameras, chance: mine }, signal);
    }
  };
  return {
    ...{ fence, cameras },
    env: {
      SIM_MQTT_PORT: String(port),
      DEMO_CAMERA_PASSWORD: cameraPassword,
      DEMO_DEVICE_PASSWORD: password,
      ...Object.fromEntries(cameras.map((camera, i) => [`SIM_CAMERA_${i + 1}_PORT`, String(camera.port)])),
    },
    live: async (walks, signal) => {
      await Promise.all([happen(signal), ...walks.map((one) => walk(one, signal))]);
    },
    stop: async () => {
      clearInterval(hum);
      await Promise.all([...readers, fence].map((robot) => robot.stop()));
      await Promise.all(cameras.map((camera) => camera.stop()));
    },
  };
}
