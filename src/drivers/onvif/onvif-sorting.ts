/**
 * What the pulls of one line bring, sorted by device: each has an intake of its own, and a subscription begins and settles for
 * all of them at once. It must never read what an event says beyond whose it is.
 */
import type { CameraChannel, OnvifOptions } from '../connection-options.ts';
import type { Line } from '../line.ts';
import type { CameraDevices } from './onvif-devices.ts';
import { CameraIntake } from './onvif-intake.ts';
import { readNotification } from './onvif-topics.ts';

export class Sorting {
  private readonly devices: CameraDevices;
  private readonly intakes: ReadonlyMap<string, CameraIntake>;
  private readonly first: CameraIntake;

  constructor(line: Line<OnvifOptions, CameraChannel>, devices: CameraDevices) {
    this.devices = devices;
    const intakes = devices.all.map((device) => new CameraIntake(line, device, (report) => devices.report(report)));
    this.intakes = new Map(devices.all.map(({ id }, index) => [id, intakes[index]!]));
    this.first = intakes[0]!;
  }

  /** A subscription begins. */
  begin(): void {
    for (const intake of this.intakes.values()) intake.begin();
  }

  /** Whether the camera is still telling how things stand. */
  get unsettled(): boolean {
    return this.first.unsettled;
  }

  /** The last of the subscription before, after this one was made: what is in both counts once. */
  async takeLast(messages: readonly unknown[], offsetMs: number): Promise<void> {
    const { own } = this.sorted(messages);
    await Promise.all([...own].map(([intake, list]) => intake.takeLast(list, offsetMs)));
  }

  /** What one pull brought. Resolves to whether it told how things stand; rejects when it could not be kept. */
  async take(messages: readonly unknown[], offsetMs: number): Promise<boolean> {
    const { own, telling } = this.sorted(messages);
    await Promise.all([...own].map(([intake, list]) => intake.take(list, offsetMs, telling)));
    return telling;
  }

  /** By intake, also those that got nothing; what cannot be read goes to the first, which says so. */
  private sorted(messages: readonly unknown[]): { own: Map<CameraIntake, unknown[]>; telling: boolean } {
    const own = new Map([...this.intakes.values()].map((intake) => [intake, [] as unknown[]]));
    let telling = false;
    for (const raw of messages) {
      const n = readNotification(raw);
      if (n?.operation === 'Initialized') telling = true;
      const device = n && this.devices.deviceOf(n);
      if (n && !device) continue;
      own.get(device ? this.intakes.get(device.id)! : this.first)!.push(raw);
    }
    return { own, telling };
  }
}
