/**
 * The devices of one line: several where a recorder or an encoder stands behind the address. Which of them an event is for, which
 * of them is there, and what each was last told. A channel whose signal the recorder has lost is down by itself while the others
 * are up; with the line all fall. It must never decide what an event means.
 */
import type { Value, Words } from '../../core/types.ts';
import { noChannel, signalLost, unknownSource } from '../../words/camera-words.ts';
import type { CameraChannel, OnvifOptions } from '../connection-options.ts';
import type { Line, LineDevice, Report } from '../line.ts';
import {
  channelNamed,
  channelsOf,
  namesView,
  type OnvifChannel,
  profilesNamed,
  sourceNamed,
} from './onvif-channels.ts';
import type { MediaProfile } from './onvif-media.ts';
import type { Notification } from './onvif-topics.ts';

type CameraLine = Line<OnvifOptions, CameraChannel>;
type CameraDevice = LineDevice<CameraChannel>;

/** The point by which every camera's profile tells that a recorder has lost the signal of a channel. */
const pictureLost = 'video_lost';
/** Sources that no device has are said once each, of so many. */
const STRANGERS_MAX = 64;
/** How many channels a sentence names. */
const NAMED_MAX = 12;

export class CameraDevices {
  /** For sentences: the device's id, or the line's where it has several. */
  readonly name: string;
  /** Events are told apart by channel. */
  readonly apart: boolean;
  private readonly line: CameraLine;
  private channels: readonly OnvifChannel[] = [];
  private readonly lost = new Set<string>();
  private readonly strangers = new Set<string>();
  /** The last states of each device, by point. */
  private readonly last = new Map<string, Map<string, Value>>();

  constructor(line: CameraLine) {
    this.line = line;
    this.name = this.several ? line.id : line.devices[0]!.id;
    this.apart = this.several || line.devices[0]!.options.channel !== undefined;
  }

  /** The device that stands for what is at the address: the recorder itself where there is one, else the first. */
  get itself(): string {
    const { devices } = this.line;
    return (devices.find(({ options }) => options.channel === undefined) ?? devices[0]!).id;
  }

  get several(): boolean {
    return this.line.devices.length > 1;
  }

  get all(): readonly CameraDevice[] {
    return this.line.devices;
  }

  /** What the recorder has, as it said at the log-in; nothing where it would not say. */
  learn(profiles: readonly MediaProfile[]): void {
    this.channels = channelsOf(profiles);
  }

  /** Which device an event is for; undefined when it is for none, which is then said in the quarantine with its remedy. */
  deviceOf(n: Notification): CameraDevice | undefined {
    const { devices } = this.line;
    if (!this.apart) return devices[0];
    const token = sourceNamed(n);
    // What speaks of no picture speaks of the recorder: its disk, its start, its inputs.
    if (token === undefined) return devices.find(({ options }) => options.channel === undefined) ?? devices[0];
    const found = this.named(token);
    if (!found) this.stranger(n, token);
    return found;
  }

  private named(token: string): CameraDevice | undefined {
    const { devices } = this.line;
    const exact = devices.find(({ options }) => options.channel === token);
    if (exact) return exact;
    const channel = channelNamed(this.channels, token);
    if (!channel) return undefined;
    const own = devices.filter(({ options }) =>
      profilesNamed(this.channels, options.channel).some((profile) => channel.profiles.includes(profile)),
    );
    const views = own.filter(({ options }) => namesView(profilesNamed(this.channels, options.channel), token));
    return views[0] ?? own[0];
  }

  private stranger(n: Notification, token: string): void {
    // A channel that nobody wants is no loss each time it speaks; one that the recorder itself does not know might be.
    const known = channelNamed(this.channels, token) !== undefined;
    if (known && (this.strangers.has(token) || this.strangers.size >= STRANGERS_MAX)) return;
    this.strangers.add(token);
    const why = unknownSource(this.name, token, this.list());
    this.line.drop('unknown-device', { topic: n.topic, payload: token, why });
  }

  /** The channels as a sentence names them: `1 (VideoSource_1), 2 (VideoSource_2)`. */
  private list(): string {
    const named = this.channels.slice(0, NAMED_MAX).map(({ number, source }) => `${number} (${source})`);
    return named.join(', ') + (this.channels.length > NAMED_MAX ? ' …' : '');
  }

  /** Says of every device whether it can be reached, as far as the recorder does not say otherwise of its channel. */
  link(up: boolean, why: Words): void {
    for (const device of this.line.devices) {
      const off = up ? this.off(device) : undefined;
      this.line.link(device.id, up && !off, off ?? why);
    }
  }

  /** Why a device is down although its recorder answers. */
  private off({ id, options }: CameraDevice): Words | undefined {
    if (this.lost.has(id)) return signalLost(this.name);
    const { channel } = options;
    const missing =
      channel !== undefined && this.channels.length > 0 && profilesNamed(this.channels, channel).length === 0;
    return missing ? noChannel(this.name, String(channel), this.list()) : undefined;
  }

  /**
   * A reading of a device, on its way to the gateway. That a channel's signal is lost is its link going down, and not one alarm
   * more; what a channel without signal says is kept until it has one, for hearing it would mean that it is there.
   */
  async report(report: Report): Promise<void> {
    if (!this.several) return this.line.report(report);
    const { device, values } = report;
    const states = this.last.get(device) ?? new Map<string, Value>();
    this.last.set(device, states);
    const points = this.line.devices.find(({ id }) => id === device)?.profile.points ?? [];
    for (const [key, value] of values)
      if (points.some((point) => point.key === key && point.keep === 'state')) states.set(key, value);
    const signal = values.find(([key]) => key === pictureLost)?.[1];
    if (signal === true) {
      states.delete(pictureLost);
      this.lost.add(device);
      this.line.link(device, false, signalLost(this.name));
    }
    const returned = signal === false && this.lost.delete(device);
    if (this.lost.has(device)) return;
    // A device that was down has lost its values.
    await this.line.report(returned ? { device, values: [...states], initial: true } : report);
  }
}
