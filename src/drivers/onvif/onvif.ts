/**
 * The ONVIF driver: one line is one camera, or one recorder with a device for each of its channels. It logs in, follows the
 * events and fetches pictures on request. It ends by throwing when the camera is lost; it must never reconnect by itself,
 * never judge what an event means, and never send a credential to an address no person accepted.
 */

import { wordsOf } from '../../words/worded-error.ts';
import type { CameraChannel, OnvifOptions } from '../connection-options.ts';
import type { Driver } from '../line.ts';
import { CameraAccess, newMemory } from './onvif-access.ts';
import { CameraDevices } from './onvif-devices.ts';
import { EventLoop } from './onvif-events.ts';
import { Snapshots } from './onvif-snapshot.ts';
import { Streams } from './onvif-stream.ts';

/** Runs one camera or recorder. What it throws carries a sentence for the operator. */
export const onvif: Driver<OnvifOptions, CameraChannel> = async (line) => {
  const { options, signal, world } = line;
  // Whoever shares an address shares its log-in: the first device says how.
  const wire = line.devices[0]?.profile.wire;
  if (wire?.protocol !== 'onvif') throw new Error(`line ${line.id} needs a device with an ONVIF profile`);
  const devices = new CameraDevices(line);
  const access = new CameraAccess(
    line,
    devices,
    wire.auth,
    line.memory(() => newMemory(world)),
  );
  const pictures = new Map(
    line.devices.map((device) => [device.id, new Snapshots(access, device.options, options, world, signal)]),
  );
  const streams = new Map(
    line.devices.map((device) => [device.id, new Streams(access, device.options, options, signal)]),
  );
  line.offer({
    snapshot: (device) => pictures.get(device)!.take(),
    stream: (device, use) => streams.get(device)!.find(use),
  });
  try {
    await new EventLoop(line, devices, wire, access).run();
  } catch (error) {
    if (signal.aborted) return;
    devices.link(false, wordsOf(error));
    throw error;
  }
};
