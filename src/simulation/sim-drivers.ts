/**
 * Drivers for a simulated school: what the real ones report of a Modbus line, a broker and a camera, over wires that are
 * calls. The real supervisor runs them, and like the real ones they run one line until it breaks, and then throw.
 * They must never know more of the school than its wires say.
 */
import { answers, type Box, gaugesOf, statesOf } from '../../simulators/virtual/box.ts';
import type { Chance } from '../../simulators/virtual/chance.ts';
import type { VirtualSchool } from '../../simulators/virtual/school.ts';
import type { Value } from '../core/types.ts';
import type { Driver, Line } from '../drivers/line.ts';
import type { ConfigLine } from '../site/load-site.ts';
import { eventsReceived, reportsNoMore } from '../words/camera-words.ts';
import {
  brokerReady,
  cameraSilent,
  deviceAnswers,
  deviceConnected,
  doesNotAnswer,
  lineUnreachable,
  noAnswer,
  noCamera,
  requestRefused,
} from '../words/night-words.ts';
import { WordedError } from '../words/worded-error.ts';

/** Pace, time-out and patience of the real Modbus driver. */
const pollMs = 250;
const timeoutMs = 500;
const unheardMs = 3_000;
/** Polls that say what the last one said change nothing but the time of hearing: they are this rare, and say one state. */
const sameAgainMs = 2_000;
const gaugesMs = 10_000;
/** Tensions are polled with every turn; while nothing bears on the wires this often is enough, and an MQTT host tells no more. */
const calmTensionsMs = 2_000;
/** Hold and time-out of the real camera driver, and after how long it doubts a silent subscription. */
const holdMs = 20_000;
const cameraTimeoutMs = 5_000;
const muteMs = 300_000;
const jpeg = new Uint8Array([0xff, 0xd8, 0xff, 0xd9]);

/** How requests to devices go at the moment. */
export interface Manners {
  /** Chances of a request to be refused, to get no answer for ever, or to get it late. */
  fails: number;
  hangs: number;
  late: number;
}

export interface Wires {
  readonly school: VirtualSchool;
  readonly manners: Manners;
  readonly chance: Chance;
  /** An event was acknowledged to its device, or its connection closed instead. */
  answered(device: string, id: string, values: readonly (readonly [string, Value])[], kept: boolean): void;
  /** An output of a device switched. */
  switched(device: string, point: string, value: Value): void;
}

/** The driver of a line. */
export function driverOf(protocol: ConfigLine['protocol'], wires: Wires): Driver<unknown, unknown> {
  if (protocol === 'onvif' || protocol === 'http-stream') return (line) => camera(line, wires);
  return protocol.startsWith('mqtt') ? (line) => broker(line, wires) : (line) => bus(line, wires);
}

/** A request under way: as long as such things take, or as bad as the story wants it. */
async function asked(line: Line, { manners, chance }: Wires): Promise<void> {
  if (chance.happens(manners.hangs)) await Promise.withResolvers<void>().promise;
  await line.world.sleep(chance.happens(manners.late) ? chance.between(2_000, 20_000) : chance.between(10, 90));
  if (chance.happens(manners.fails)) throw new WordedError(requestRefused);
}

async function write(line: Line, wires: Wires, device: string, point: string, value: Value): Promise<void> {
  // The device may do what it is told although its answer is lost.
  if (wires.chance.happens(wires.manners.hangs)) take(wires, device, point, value);
  await asked(line, wires);
  if (take(wires, device, point, value)) return;
  await line.world.sleep(timeoutMs);
  throw new WordedError(noAnswer(device));
}

function take({ school, switched }: Wires, device: string, point: string, value: Value): boolean {
  const taken = school.write(device, point, value);
  if (taken) switched(device, point, value);
  return taken;
}

interface Polled {
  version: number;
  saidAt: number;
  gaugesAt: number;
  tensionsAt: number;
  heardAt: number;
  up: boolean | undefined;
}

async function bus(line: Line, wires: Wires): Promise<void> {
  const { school } = wires;
  const boxes = line.devices.map(({ id }) => school.boxes.get(id)).filter((box) => box !== undefined);
  const polled = new Map<Box, Polled>();
  const now = line.world.elapsed();
  for (const box of boxes)
    polled.set(box, { version: 0, saidAt: 0, gaugesAt: 0, tensionsAt: 0, heardAt: now, up: undefined });
  line.offer({ write: (device, point, value) => write(line, wires, device, point, value) });
  let lastAt = now;
  while (!line.signal.aborted) {
    if (boxes.every((box) => !box.lineUp)) {
      if (line.world.elapsed() - lastAt > unheardMs) throw new WordedError(lineUnreachable(line.id));
    } else lastAt = line.world.elapsed();
    for (const [box, known] of polled) poll(line, wires, box, known);
    const moved = boxes.some(({ device }) => school.busy(device.id));
    await Promise.race([line.world.sleep(moved ? pollMs : calmTensionsMs), nextPoll(line, boxes, wires)]);
  }
}

/** The poll that finds the next change. */
async function nextPoll(line: Line, boxes: readonly Box[], { chance }: Wires): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  for (const box of boxes) box.wake = resolve;
  await promise;
  await line.world.sleep(chance.between(1, pollMs));
}

function poll(line: Line, { school }: Wires, box: Box, known: Polled): void {
  const now = line.world.elapsed();
  const { id } = box.device;
  if (!answers(box)) {
    if (known.up === false || now - known.heardAt < unheardMs) return;
    known.up = false;
    line.link(id, false, doesNotAnswer(id));
    return;
  }
  known.heardAt = now;
  if (known.up !== true) {
    line.link(id, true, deviceAnswers);
    Object.assign(known, { up: true, version: 0, gaugesAt: 0 });
  }
  const changed = known.version !== box.version;
  if (changed || now - known.saidAt >= sameAgainMs) {
    Object.assign(known, { version: box.version, saidAt: now });
    const values = changed ? statesOf(box) : statesOf(box).slice(0, 1);
    // What the gateway cannot keep is polled again anyway.
    line.report({ device: id, values }).catch(() => Object.assign(known, { version: 0 }));
  }
  if (now - known.tensionsAt >= (school.busy(id) ? pollMs : calmTensionsMs) || known.tensionsAt === 0) {
    known.tensionsAt = now;
    const tensions = school.tensions(id);
    if (tensions.length > 0) line.report({ device: id, values: tensions }).catch(() => undefined);
  }
  if (now - known.gaugesAt < gaugesMs && known.gaugesAt > 0) return;
  known.gaugesAt = now;
  const gauges = gaugesOf(box);
  if (gauges.length > 0) line.report({ device: id, values: gauges }).catch(() => undefined);
}

async function broker(line: Line, wires: Wires): Promise<void> {
  const { school } = wires;
  line.ready(brokerReady);
  line.offer({ write: (device, point, value) => write(line, wires, device, point, value) });
  school.reach(line.id, {
    connected: (device) => line.link(device, true, deviceConnected(device)),
    gone: (device, why) => line.link(device, false, why),
    take: async (device, { id, values, sourceTime }) => {
      const more = { ...(id !== undefined && { id }), ...(sourceTime !== undefined && { sourceTime }) };
      try {
        await line.report({ device, values, ...more });
      } catch (error) {
        if (id !== undefined) wires.answered(device, id, values, false);
        throw error;
      }
      if (id !== undefined) wires.answered(device, id, values, true);
    },
  });
  try {
    await stopped(line.signal);
  } finally {
    school.reach(line.id, undefined);
  }
}

function stopped(signal: AbortSignal): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  if (signal.aborted) resolve();
  signal.addEventListener('abort', () => resolve(), { once: true });
  return promise;
}

async function camera(line: Line, wires: Wires): Promise<void> {
  const id = line.devices[0]?.id ?? '';
  const box = wires.school.boxes.get(id);
  const eye = box?.eye;
  if (!eye) throw new WordedError(noCamera(line.id));
  const { world, signal } = line;
  line.offer({
    snapshot: async () => {
      await asked(line, wires);
      if (eye.answers) return jpeg;
      await world.sleep(cameraTimeoutMs);
      throw new WordedError(cameraSilent(id));
    },
  });
  let tellsStates = false;
  while (!signal.aborted) {
    const subscription = eye.subscribe();
    if (subscription === undefined) {
      await world.sleep(cameraTimeoutMs, signal);
      throw new WordedError(cameraSilent(id));
    }
    const spoke = await draw(line, id, subscription, eye);
    if (spoke === 'nothing' && tellsStates) throw new WordedError(reportsNoMore(id));
    tellsStates ||= spoke === 'states';
  }
}

/** One subscription, until the camera forgets it or it says nothing for too long; throws when the camera is lost. */
async function draw(
  line: Line,
  id: string,
  subscription: number,
  eye: NonNullable<Box['eye']>,
): Promise<'states' | 'nothing'> {
  const { world, signal } = line;
  let spokeAt = world.elapsed();
  let spoke = false;
  for (;;) {
    const held = new AbortController();
    eye.onChange(() => held.abort());
    const found = eye.pull(subscription);
    if (found === 'forgotten') return spoke ? 'states' : 'nothing';
    if (found === undefined) {
      await world.sleep(cameraTimeoutMs, signal);
      throw new WordedError(cameraSilent(id));
    }
    line.link(id, true, eventsReceived);
    for (const { values, sourceTime, initial } of found) {
      spoke = true;
      spokeAt = world.elapsed();
      // A notification that cannot be kept is gone, as the camera keeps none.
      line.report({ device: id, values, sourceTime, ...(initial && { initial }) }).catch(() => undefined);
    }
    if (world.elapsed() - spokeAt > muteMs) return spoke ? 'states' : 'nothing';
    await world.sleep(holdMs, AbortSignal.any([held.signal, signal])).catch(() => signal.throwIfAborted());
  }
}
