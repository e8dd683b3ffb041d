/**
 * What is said of a camera's clock, and its setting where a person wants that. Times of events are put right by what was
 * measured; the time in its pictures is not, and a picture is evidence. It must never decide what an event's time is, and never
 * set a clock that is right or that the camera takes from a time server of its own.
 */
import { clockOff, clockSetInVain, clockTaken, roughly } from '../../words/camera-words.ts';
import type { CameraChannel, OnvifOptions } from '../connection-options.ts';
import type { Line } from '../line.ts';
import { child, text } from './answer/onvif-xml.ts';
import type { CameraDevices } from './onvif-devices.ts';
import { CameraError, isAway } from './onvif-error.ts';
import type { OnvifSession } from './onvif-session.ts';

/**
 * From here on it is off. Ours: cameras tell whole seconds, so half a second is no news, and what goes to and fro is taken off
 * besides; two seconds put a picture visibly beside its alarm, and are what the gateway itself is drawn along by.
 */
const OFF_MS = 2_000;
/** A clock that was off is well again below this, so that one on the edge is not said again and again. */
const WELL_MS = 1_500;
/** A clock that would not be set is not set again for so long. */
const AGAIN_MS = 3_600_000;

const SPACE = 'xmlns="http://www.onvif.org/ver10/device/wsdl"';
const SCHEMA = 'xmlns="http://www.onvif.org/ver10/schema"';

/** How the camera comes by its time, as far as it says. */
interface ClockWay {
  readonly ntp: boolean;
  readonly zone: string | undefined;
  readonly summer: boolean;
}

export class CameraClock {
  private readonly line: Line<OnvifOptions, CameraChannel>;
  private readonly devices: CameraDevices;
  private off = false;
  private triedAt = Number.NEGATIVE_INFINITY;

  constructor(line: Line<OnvifOptions, CameraChannel>, devices: CameraDevices) {
    this.line = line;
    this.devices = devices;
  }

  /** The session has just measured the clock: says that it is off or well again, and sets it where that is wanted. */
  async measured(session: OnvifSession): Promise<void> {
    if (!this.isOff(session)) return this.say(undefined);
    const way = await wayOf(session);
    const off = roughly(Math.abs(session.offsetMs));
    const ahead = session.offsetMs > 0;
    if (way?.ntp) return this.say(clockTaken(this.devices.name, ahead, off));
    this.say(clockOff(this.devices.name, ahead, off));
    if (this.line.options.setClock && way) await this.set(session, way);
  }

  private isOff({ offsetMs, doubtMs }: OnvifSession): boolean {
    this.off = Math.abs(offsetMs) - doubtMs >= (this.off ? WELL_MS : OFF_MS);
    return this.off;
  }

  private say(why: Parameters<Line['trouble']>[1]): void {
    this.line.trouble(`${this.devices.name}/clock`, why);
  }

  /** Sets the clock and believes it only when the camera then shows the right time. */
  private async set(session: OnvifSession, way: ClockWay): Promise<void> {
    const { world } = this.line;
    if (world.elapsed() - this.triedAt < AGAIN_MS) return;
    this.triedAt = world.elapsed();
    const before = session.offsetMs;
    try {
      await session.request(undefined, 'SetSystemDateAndTime', setting(world.now() + session.doubtMs, way));
      await session.look();
    } catch (error) {
      if (!(error instanceof CameraError) || isAway(error)) throw error;
      return this.say(clockSetInVain(this.devices.name, error.detail));
    }
    if (this.isOff(session)) return this.say(clockSetInVain(this.devices.name, 'unchanged'));
    this.triedAt = Number.NEGATIVE_INFINITY;
    this.say(undefined);
    const to = Math.round(world.now());
    this.line.said(this.devices.itself, { kind: 'clock-set', from: Math.round(to + before), to });
    world.log.info('camera clock was set', { device: this.devices.itself, offMs: Math.round(before) });
  }
}

/** Undefined where the camera does not say: such a clock is not set. */
async function wayOf(session: OnvifSession): Promise<ClockWay | undefined> {
  try {
    const answer = await session.request(undefined, 'GetSystemDateAndTime', `<GetSystemDateAndTime ${SPACE}/>`);
    const system = child(answer, 'systemDateAndTime');
    const type = text(system, 'dateTimeType');
    if (type === undefined) return undefined;
    const summer = text(system, 'daylightSavings') === 'true';
    return { ntp: /^ntp$/i.test(type), zone: text(child(system, 'timeZone'), 'TZ'), summer };
  } catch (error) {
    if (!(error instanceof CameraError) || isAway(error)) throw error;
    return undefined;
  }
}

/** UTC to the nearest second; the time zone stays as it is, for the time in the picture goes by it. */
function setting(at: number, { zone, summer }: ClockWay): string {
  const d = new Date(Math.round(at / 1000) * 1000);
  const time = `<Hour>${d.getUTCHours()}</Hour><Minute>${d.getUTCMinutes()}</Minute><Second>${d.getUTCSeconds()}</Second>`;
  const date = `<Year>${d.getUTCFullYear()}</Year><Month>${d.getUTCMonth() + 1}</Month><Day>${d.getUTCDate()}</Day>`;
  const safe =
    zone !== undefined && /^[\w<>+:,./-]{1,64}$/.test(zone)
      ? zone.replaceAll('<', '&lt;').replaceAll('>', '&gt;')
      : undefined;
  return (
    `<SetSystemDateAndTime ${SPACE}><DateTimeType>Manual</DateTimeType><DaylightSavings>${summer}</DaylightSavings>` +
    (safe === undefined ? '' : `<TimeZone><TZ ${SCHEMA}>${safe}</TZ></TimeZone>`) +
    `<UTCDateTime><Time ${SCHEMA}>${time}</Time><Date ${SCHEMA}>${date}</Date></UTCDateTime></SetSystemDateAndTime>`
  );
}
