/**
 * The device service of a simulated camera: who it says it is, and its clock, which may be off, set, or kept by a time server.
 * It must never share a line with the driver.
 */
import type { CameraFaults } from './camera-faults.ts';
import { type Answer, envelope, escapeXml, refuse, textOf } from './camera-soap.ts';

/** What a camera says of itself. Fields that are absent are left out of the answer, as firmware does. */
export interface CameraInformation {
  manufacturer?: string;
  model?: string;
  firmware?: string;
  serial?: string;
  hardware?: string;
}

export interface DeviceContext {
  readonly faults: CameraFaults;
  readonly information: Readonly<CameraInformation>;
  /** The camera's own clock, ms since the epoch, and how to set it. */
  readonly clock: () => number;
  readonly setClock: (at: number) => void;
  readonly body: string;
}

/**
 * How far the clocks of cameras are off, ms, for a chance in [0, 1): nine in ten have a time server and keep within a second; most
 * others have drifted, by seconds or minutes; one in a hundred forgot its clock with its battery and shows the year of its making.
 */
export function clockOffMs(chance: () => number): number {
  const kind = chance();
  const side = chance() < 0.5 ? -1 : 1;
  if (kind < 0.9) return side * chance() * 900;
  if (kind < 0.99) return side * 2_500 * 120 ** chance();
  return -(3 + chance() * 5) * 365 * 86_400_000;
}

export function dateAndTime({ clock, faults }: DeviceContext): Answer {
  const d = new Date(clock());
  const time = `<tt:Hour>${d.getUTCHours()}</tt:Hour><tt:Minute>${d.getUTCMinutes()}</tt:Minute><tt:Second>${d.getUTCSeconds()}</tt:Second>`;
  const date = `<tt:Year>${d.getUTCFullYear()}</tt:Year><tt:Month>${d.getUTCMonth() + 1}</tt:Month><tt:Day>${d.getUTCDate()}</tt:Day>`;
  return {
    xml: envelope(
      `<tds:GetSystemDateAndTimeResponse><tds:SystemDateAndTime><tt:DateTimeType>${faults.clockBy === 'ntp' ? 'NTP' : 'Manual'}</tt:DateTimeType>` +
        '<tt:DaylightSavings>false</tt:DaylightSavings><tt:TimeZone><tt:TZ>CST-8</tt:TZ></tt:TimeZone>' +
        `<tt:UTCDateTime><tt:Time>${time}</tt:Time><tt:Date>${date}</tt:Date></tt:UTCDateTime>` +
        '</tds:SystemDateAndTime></tds:GetSystemDateAndTimeResponse>',
    ),
  };
}

export function setDateAndTime({ body, faults, setClock }: DeviceContext): Answer {
  const n = (name: string): number => Number(textOf(body, name));
  const at = Date.UTC(n('Year'), n('Month') - 1, n('Day'), n('Hour'), n('Minute'), n('Second'));
  if (!Number.isFinite(at)) return refuse('ter:InvalidDateTime', 'An invalid date or time was specified');
  // Firmware that lost its zone shows another hour in its picture.
  if (textOf(body, 'TZ') !== 'CST-8') return refuse('ter:InvalidTimeZone', 'An invalid time zone was specified');
  if (faults.clockBy !== 'stuck') setClock(at);
  return { xml: envelope('<tds:SetSystemDateAndTimeResponse/>') };
}

export function information({ information: told }: DeviceContext): Answer {
  const { manufacturer, model, firmware, serial, hardware } = told;
  const one = (name: string, value: string | undefined): string =>
    value === undefined ? '' : `<tds:${name}>${escapeXml(value)}</tds:${name}>`;
  return {
    xml: envelope(
      `<tds:GetDeviceInformationResponse>${one('Manufacturer', manufacturer)}${one('Model', model)}` +
        `${one('FirmwareVersion', firmware)}${one('SerialNumber', serial)}${one('HardwareId', hardware)}` +
        '</tds:GetDeviceInformationResponse>',
    ),
  };
}
