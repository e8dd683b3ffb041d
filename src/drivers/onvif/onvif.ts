/**
 * The ONVIF driver: one line is one camera. It logs in, follows the camera's events and fetches pictures on request.
 * It ends by throwing when the camera is lost; it must never reconnect by itself, never judge what an event means, and
 * never send a credential to an address no person accepted.
 */

import { wordsOf } from '../../words/worded-error.ts';
import type { OnvifOptions } from '../connection-options.ts';
import type { Driver } from '../line.ts';
import { CameraAccess, newMemory } from './onvif-access.ts';
import { EventLoop } from './onvif-events.ts';
import { Snapshots } from './onvif-snapshot.ts';

/** Runs one camera. What it throws carries a sentence for the operator. */
export const onvif: Driver<OnvifOptions, object> = async (line) => {
  const { options, signal } = line;
  const device = line.devices[0];
  const wire = device?.profile.wire;
  if (!device || wire?.protocol !== 'onvif') throw new Error(`line ${line.id} needs one device with an ONVIF profile`);
  const access = new CameraAccess(line, device.id, wire.auth, line.memory(newMemory));
  const pictures = new Snapshots(access, options, line.world, signal);
  line.offer({ snapshot: () => pictures.take() });
  try {
    await new EventLoop(line, device.id, device.profile, wire, access).run();
  } catch (error) {
    if (signal.aborted) return;
    line.link(device.id, false, wordsOf(error));
    throw error;
  }
};
