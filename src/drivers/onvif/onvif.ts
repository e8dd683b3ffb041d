/**
 * The ONVIF driver: one line is one camera. It logs in, follows the camera's events and fetches pictures on request.
 * It ends by throwing when the camera is lost; it must never reconnect by itself, never judge what an event means, and
 * never send a credential to an address no person accepted.
 */

import { wordsOf } from '../../words/worded-error.ts';
import type { OnvifOptions } from '../connection-options.ts';
import type { Driver } from '../line.ts';
import { CameraError } from './onvif-error.ts';
import { EventLoop } from './onvif-events.ts';
import { OnvifSession, type PortTrust } from './onvif-session.ts';
import { Snapshots } from './onvif-snapshot.ts';

/** Runs one camera. What it throws carries a sentence for the operator. */
export const onvif: Driver<OnvifOptions, object> = async (line) => {
  const { world, signal, options } = line;
  const device = line.devices[0];
  const wire = device?.profile.wire;
  if (!device || wire?.protocol !== 'onvif') throw new Error(`line ${line.id} needs one device with an ONVIF profile`);
  const trust: PortTrust = { ports: true };
  let digestOnly = false;

  const attempt = async (): Promise<OnvifSession> => {
    const auth = digestOnly ? 'digest' : (wire.auth ?? 'both');
    const session = new OnvifSession(world, device.id, options, auth, signal, trust);
    try {
      await session.open();
      return session;
    } catch (error) {
      session.close();
      throw error;
    }
  };
  const open = async (): Promise<OnvifSession> => {
    try {
      return await attempt();
    } catch (error) {
      // A camera that dislikes the UsernameToken may refuse at once instead of asking for Digest. A Digest that was
      // answered and refused is a wrong password: asking again would only bring the account nearer to its lock.
      const refused = error instanceof CameraError && error.trouble === 'refused' && !/digest/i.test(error.detail);
      if (!refused || digestOnly || (wire.auth ?? 'both') !== 'both' || options.user === undefined) throw error;
      digestOnly = true;
      return await attempt().catch((again: unknown) => {
        digestOnly = false;
        throw again;
      });
    }
  };

  const pictures = new Snapshots(open, options, options.timeoutMs ?? 5000, signal);
  line.offer({ snapshot: () => pictures.take() });
  const login = async (): Promise<OnvifSession> => {
    const session = await open();
    line.trouble(device.id, undefined);
    return session;
  };
  try {
    await new EventLoop(line, device.id, device.profile, wire, login).run();
  } catch (error) {
    if (signal.aborted) return;
    if (error instanceof CameraError && error.trouble === 'refused') line.trouble(device.id, error.why);
    line.link(device.id, false, wordsOf(error));
    throw error;
  }
};
