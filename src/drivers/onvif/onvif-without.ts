/**
 * A camera that can be reached and gives no events: it is up for its pictures, that it has no events is said once, and it is
 * asked for some again at leisure. One that did tell events is not up without them, for its silence would look like calm.
 * It must never take a refused password, nor a camera that is not there, for a camera without events.
 */
import type { Words } from '../../core/types.ts';
import {
  eventsAwaited,
  eventsForbidden,
  eventsGone,
  eventsUnanswered,
  offersNoEvents,
  picturesOnly,
} from '../../words/camera-words.ts';
import { untranslated } from '../../words/words.ts';
import type { CameraChannel, OnvifOptions } from '../connection-options.ts';
import type { Line } from '../line.ts';
import type { CameraAccess } from './onvif-access.ts';
import type { CameraClock } from './onvif-clock.ts';
import type { CameraDevices } from './onvif-devices.ts';
import { CameraError, isAway } from './onvif-error.ts';
import type { OnvifSession } from './onvif-session.ts';

/** It is looked after this often, and at first asked for events as often. */
const LOOK_MS = 5_000;
const LEISURE_MS = 60_000;
/** Where asking failed on the way the camera may be starting. Each try may cost it a place for a minute, and some have four. */
const UNANSWERED_MS = 10_000;
/** Where events are known to come they are asked for again so soon: a pull that hangs has taken six seconds already, and ten are all there are. */
const SOON_MS = 2_000;
/** Where the user may not receive events, asking is a refused log-in for some cameras. */
const FORBIDDEN_MS = 300_000;

export class WithoutEvents {
  private readonly line: Line<OnvifOptions, CameraChannel>;
  private readonly devices: CameraDevices;
  private readonly clock: CameraClock;
  private readonly device: string;
  private readonly access: CameraAccess;
  private pauseMs = LOOK_MS;
  private said = false;

  constructor(
    line: Line<OnvifOptions, CameraChannel>,
    devices: CameraDevices,
    access: CameraAccess,
    clock: CameraClock,
  ) {
    this.line = line;
    this.clock = clock;
    this.devices = devices;
    this.device = devices.name;
    this.access = access;
  }

  /** Events come. */
  over(): void {
    this.pauseMs = LOOK_MS;
    if (this.said) this.line.trouble(`${this.device}/events`, undefined);
    this.said = false;
  }

  /** After a subscription failed: returns when another is worth trying, throws when the camera is lost or refuses the log-in. */
  async wait(session: OnvifSession, error: unknown): Promise<void> {
    if (!(error instanceof CameraError)) throw error;
    const { memory } = this.access;
    const forbidden = error.trouble === 'refused';
    if (forbidden && !memory.eventsRefused) {
      // The next log-in is tried with what pictures need. Passes it, the user may not receive events.
      memory.eventsRefused = true;
      throw this.access.noted(error);
    }
    // A camera that hangs in its events may answer all else; one that is lost does not.
    await session.look().catch((lost) => Promise.reject(this.access.noted(isAway(error) ? error : lost)));
    if (!forbidden) await session.prove('profiles').catch((refusal) => Promise.reject(this.access.noted(refusal)));
    this.access.accepted();
    const { world, signal } = this.line;
    const why = this.sentence(error);
    const without = isAway(error) ? eventsAwaited : picturesOnly;
    const tryAt = world.elapsed() + this.nextPause(error);
    for (;;) {
      this.say(why, without);
      const leftMs = tryAt - world.elapsed();
      if (leftMs <= 0) return;
      await world.sleep(Math.min(leftMs, LOOK_MS), signal);
      await session.look();
      await this.clock.measured(session);
    }
  }

  /** How long until it is asked again: soon where events are known to come, or a place may become free. */
  private nextPause(error: CameraError): number {
    const { trouble } = error;
    if (trouble === 'refused') return FORBIDDEN_MS;
    if (trouble === 'full') return LOOK_MS;
    if (this.access.memory.told) return SOON_MS;
    const pauseMs = this.pauseMs;
    this.pauseMs = Math.min(pauseMs * 2, LEISURE_MS);
    return isAway(error) ? Math.min(pauseMs, UNANSWERED_MS) : pauseMs;
  }

  private sentence(error: CameraError): Words {
    const detail = error.trouble === 'refused' ? eventsForbidden : untranslated(error.detail);
    if (error.trouble === 'full' || error.detail === 'mute') return error.why;
    if (this.access.memory.told) return eventsGone(this.device, detail);
    return isAway(error) ? eventsUnanswered(this.device, detail) : offersNoEvents(this.device, detail);
  }

  private say(why: Words, without: Words): void {
    this.said = true;
    this.line.trouble(`${this.device}/events`, why);
    if (this.access.memory.told) this.devices.link(false, why);
    else this.devices.link(true, without);
  }
}
