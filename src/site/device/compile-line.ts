/** What the driver of a line, and of each device on it, is started with: plain data, out of the line's part of the file and its secrets. */
import { resolve } from 'node:path';
import type {
  BrokerOptions,
  CameraChannel,
  EventBrokerOptions,
  HttpStreamOptions,
  ModbusOptions,
  ModbusUnit,
  MqttClientOptions,
  MqttDevice,
  OnvifOptions,
  PushOptions,
} from '../../drivers/connection-options.ts';
import type { Profile } from '../../profile/profile.ts';
import { given } from '../parts/compile-parts.ts';
import type { SiteFile } from '../site-schema.ts';
import type { DevicePart } from './compile-device.ts';

interface PemPair {
  /** Absolute path of a PEM file. */
  readonly key: string;
  /** Absolute path of a PEM file. */
  readonly cert: string;
}

export type LineOptions =
  | ModbusOptions
  | BrokerOptions
  | MqttClientOptions
  | OnvifOptions
  | HttpStreamOptions
  | PushOptions;
/** By wire: Modbus, MQTT, cameras. */
export type DeviceOptions = ModbusUnit | (MqttDevice & { readonly topic: string }) | CameraChannel;

/** What a line needs beside its own part of the file. */
interface LineNeeds {
  readonly password: string | undefined;
  readonly folder: string;
  readonly utcOffsetMin: number;
  /** What a camera is told of the device as which it publishes by itself. */
  readonly eventBroker: EventBrokerOptions | undefined;
}

/** What a line's driver is started with. */
export function lineOptions(
  line: SiteFile['lines'][number],
  { password, folder, utcOffsetMin, eventBroker }: LineNeeds,
): LineOptions {
  switch (line.protocol) {
    case 'http-push':
    case 'mqtt-broker': {
      const { id: _, tls, ...rest } = line;
      return given({ ...rest, utcOffsetMin, tls: tls && absolutePair(tls, folder) });
    }
    case 'mqtt-client': {
      const { id: _, passwordFile: __, ca, ...rest } = line;
      return given({ ...rest, utcOffsetMin, password, ca: ca === undefined ? undefined : resolve(folder, ca) });
    }
    case 'onvif': {
      const { id: _, passwordFile: __, eventBroker: ___, ...rest } = line;
      return given({ ...rest, utcOffsetMin, password, eventBroker });
    }
    case 'http-stream': {
      const { id: _, passwordFile: __, ...rest } = line;
      return given({ ...rest, utcOffsetMin, password });
    }
    default: {
      const { id: _, ...rest } = line;
      return given(rest);
    }
  }
}

/** Both files of a pair by their absolute paths. */
export function absolutePair(tls: PemPair, folder: string): PemPair {
  return { key: resolve(folder, tls.key), cert: resolve(folder, tls.cert) };
}

/** Topic prefix of a device that names none. */
export function topicOf(device: { readonly id?: string | undefined; readonly topic?: string | undefined }): string {
  return device.topic ?? `gatehouse/${device.id}`;
}

/** What a driver has to know of one device. */
export function deviceOptions(
  device: DevicePart,
  wire: Profile['wire']['protocol'],
  password: string | undefined,
): DeviceOptions {
  if (wire === 'modbus') return { unit: device.unit! };
  return wire === 'mqtt'
    ? given({ topic: topicOf(device), password, channel: device.channel })
    : given({ channel: device.channel });
}
