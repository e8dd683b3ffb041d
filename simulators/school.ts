/**
 * The whole simulated school on real sockets: fence hosts and contacts on one Modbus line, an MQTT fence host, patrol
 * readers, four ONVIF cameras, the canteen's sensors, all showing the same campus. It uses nothing of the drivers; it knows devices by profile.
 */
import { randomUUID } from 'node:crypto';
import axis from '../devices/camera-axis.ts';
import dahua from '../devices/camera-dahua.ts';
import hikvision from '../devices/camera-hikvision.ts';
import tapo from '../devices/camera-tapo.ts';
import contacts from '../devices/dry-contact-modbus.ts';
import tensionHost from '../devices/tension-host-modbus.ts';
import type { Register } from '../src/profile/profile.ts';
import { type Camera, onvifCamera } from './camera/camera.ts';
import { canStream, type RtspCameras, startRtspCameras } from './camera/rtsp-cameras.ts';
import { Campus, wireCount } from './campus.ts';
import { type CanteenBus, openCanteenBus } from './canteen-bus.ts';
import { type ChatServer, openChat } from './chat/chat-server.ts';
import { freePort } from './free-port.ts';
import { type ModbusSimulator, modbusSimulator } from './modbus/modbus.ts';
import { mqttFence, mqttReader, type Robot } from './robots.ts';

/** The sensors' own pace. */
const beatMs = 250;
const modbusZones = [
  { unit: 1, channel: 'a', zone: 'z1', side: 'north' },
  { unit: 1, channel: 'b', zone: 'z2', side: 'north' },
  { unit: 2, channel: 'a', zone: 'z3', side: 'east' },
  { unit: 2, channel: 'b', zone: 'z4', side: 'east' },
  { unit: 3, channel: 'a', zone: 'z5', side: 'south' },
  { unit: 3, channel: 'b', zone: 'z6', side: 'west' },
] as const;
const mqttZone = { zone: 'z7', side: 'west' } as const;
const contactUnit = 10;
const readerCount = 8;
/** The standard port; probes reach it on loopback only, so no camera of the neighbourhood is mistaken for one of ours. */
const discovery = { port: 3702, interfaces: ['127.0.0.1'] } as const;
const cameraModels = [
  ['canteen-1', hikvision],
  ['canteen-2', dahua],
  ['canteen-3', tapo],
  ['gate-1', axis],
] as const;

export interface SchoolOptions {
  readonly seed: number;
  /** Passwords the devices use; the configuration gets the same from its environment. */
  readonly cameraPassword: string;
  readonly devicePassword: string;
  /** The key of the group's robot, and the secret of the application beside it. */
  readonly chatPassword: string;
}

export interface School {
  readonly campus: Campus;
  readonly cameras: ReadonlyMap<string, Camera>;
  readonly modbus: ModbusSimulator;
  readonly readers: ReadonlyMap<string, Robot>;
  readonly fence: Robot;
  /** The stores and detectors of the canteen. */
  readonly canteen: CanteenBus;
  /** The chats that the school's people read. */
  readonly chat: ChatServer;
  /** What the configuration needs to find the simulators. */
  readonly env: Readonly<Record<string, string>>;
  /** Somebody presses or lets go of the button in the gatehouse. */
  sos(pressed: boolean): void;
  /** Somebody is at the fence where the camera of the gate looks, or is gone. */
  seenAtGate(somebody: boolean): void;
  stop(): Promise<void>;
}

const registers: Readonly<Record<string, Register>> = tensionHost.wire.registers;
/** The value whose register says "no sensor", as the profile has it. */
const noSensor = (point: string): number => (registers[point]?.fault ?? 0) * (registers[point]?.scale ?? 1);

function showFences(campus: Campus, modbus: ModbusSimulator, fence: Robot, at: number): void {
  for (const { unit, channel, zone } of modbusZones) {
    const { tensions, bases, lows, highs, signs } = campus.look(zone, at);
    for (let wire = 0; wire < wireCount; wire++) {
      const point = `${channel}${wire + 1}`;
      modbus.set(unit, `${point}_tension`, tensions[wire] ?? noSensor(`${point}_tension`));
      modbus.set(unit, `${point}_base`, bases[wire] ?? 0);
      modbus.set(unit, `${point}_low`, Math.max(0, lows[wire] ?? 0));
      modbus.set(unit, `${point}_high`, highs[wire] ?? 0);
    }
    for (const sign of ['pull', 'cut', 'slack'] as const) modbus.set(unit, `${channel}_${sign}`, signs[sign]);
  }
  const { tensions, signs } = campus.look(mqttZone.zone, at);
  for (const [wire, tension] of tensions.entries())
    if (tension !== undefined) void fence.set(`a_wire_${wire + 1}`, tension);
  for (const sign of ['climb', 'pull', 'cut', 'slack'] as const) {
    const point = `a_${sign}`;
    const holds = signs[sign];
    if (fence.connected && (fence.values.get(point) ?? false) !== holds) fence.set(point, holds).catch(untold);
  }
}

/** The school's group and its application in WeCom; the other vendors have no account here. */
function openGroup(password: string): Promise<ChatServer> {
  const robot = { key: randomUUID() };
  const app = { corp: 'ww0123456789abcdef', secret: password, agent: 1_000_002, trusted: true, tokenSeconds: 7_200 };
  const users = ['LiQiang', 'ZhangWei', 'WangJianguo'];
  return openChat({ accounts: { wecom: { key: password }, dingtalk: robot, feishu: robot, app: { ...app, users } } });
}

/** A robot that is cut off tells later what it would tell now. */
const untold = (): void => undefined;

/** Settings the hosts would have from their commissioning: those of their family. */
function commission(modbus: ModbusSimulator): void {
  for (const { unit, channel } of modbusZones) {
    modbus.set(unit, `${channel}_armed`, true);
    modbus.set(unit, 'pull_margin', 49);
    modbus.set(unit, 'slack_margin', 49);
    modbus.set(unit, 'confirm_time', 2);
    modbus.set(unit, 'siren_time', 30);
  }
}

/** What the cameras stream, where this machine has what that needs: each a large and a small test scene. */
async function openStreams(login: {
  readonly user: string;
  readonly password: string;
}): Promise<RtspCameras | undefined> {
  if (!canStream()) return undefined;
  const scenes = cameraModels.flatMap(([name]) => [
    [`/${name}/1/1`, { width: 1280, height: 720 }] as const,
    [`/${name}/1/2`, {}] as const,
  ]);
  // A demonstration without video is better than none.
  return await startRtspCameras({ ...login, cameras: Object.fromEntries(scenes) }).catch(() => undefined);
}

/** Starts every device of the school. MQTT devices connect as soon as the gateway's broker listens. */
export async function openSchool(options: SchoolOptions): Promise<School> {
  const plans = modbusZones.map(({ zone, side }) => ({ zone, side, host: 'b' as const }));
  const campus = new Campus([...plans, { ...mqttZone, host: 'a' }], options.seed);
  const units = [1, 2, 3].map((unit) => ({ unit, profile: tensionHost }));
  const modbus = await modbusSimulator({ units: [...units, { unit: contactUnit, profile: contacts }] });
  commission(modbus);
  const canteen = await openCanteenBus(options.seed);
  const cameras = new Map<string, Camera>();
  const login = { user: 'gatehouse', password: options.cameraPassword };
  const streams = await openStreams(login);
  for (const [name, profile] of cameraModels) {
    const rtsp = streams && { rtsp: streams.url(`/${name}`) };
    cameras.set(name, await onvifCamera({ ...login, ...rtsp, profile, name, discovery }));
  }
  const mqttPort = await freePort();
  const url = `mqtt://127.0.0.1:${mqttPort}`;
  const password = options.devicePassword;
  const fence = mqttFence({ url, id: 'fence-4', password });
  const readers = new Map<string, Robot>();
  for (let number = 1; number <= readerCount; number++) {
    readers.set(`reader-${number}`, mqttReader({ url, id: `reader-${number}`, password }));
  }
  const chat = await openGroup(options.chatPassword);
  const show = () => showFences(campus, modbus, fence, Date.now());
  show();
  const beat = setInterval(show, beatMs);
  const ports = [...cameras.values()].map((camera, i) => [`SIM_CAMERA_${i + 1}_PORT`, String(camera.port)]);
  return {
    campus,
    cameras,
    modbus,
    readers,
    fence,
    canteen,
    chat,
    env: {
      SIM_CHAT_URL: chat.url,
      DEMO_CHAT_PASSWORD: options.chatPassword,
      SIM_FENCE_PORT: String(modbus.port),
      SIM_CANTEEN_PORT: String(canteen.port),
      SIM_MQTT_PORT: String(mqttPort),
      DEMO_CAMERA_PASSWORD: options.cameraPassword,
      DEMO_DEVICE_PASSWORD: options.devicePassword,
      ...Object.fromEntries(ports),
    },
    seenAtGate: (somebody) => {
      const gate = cameras.get('gate-1');
      if (gate) gate.somebody = somebody;
    },
    sos: (pressed) => modbus.set(contactUnit, 'sos', pressed),
    stop: async () => {
      clearInterval(beat);
      await Promise.all([...readers.values(), fence].map((robot) => robot.stop()));
      await Promise.all([...cameras.values()].map((camera) => camera.stop()));
      await streams?.stop();
      await modbus.close();
      await canteen.stop();
      await chat.stop();
    },
  };
}
