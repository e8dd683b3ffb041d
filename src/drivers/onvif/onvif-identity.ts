/**
 * What a camera says of itself. Each field stays the text it is: a firmware `2.0` is no number, and a serial number may begin
 * with zeros. Cameras leave fields out. It must never judge whether this is the camera it was.
 */
import type { DeviceIdentity } from '../../core/types.ts';
import { type Element, text } from './answer/onvif-xml.ts';

/** No field of a real camera is longer. */
const FIELD_MAX = 100;

/** In the words of GetDeviceInformation. */
const NAMES = {
  maker: 'manufacturer',
  model: 'model',
  serial: 'serialNumber',
  firmware: 'firmwareVersion',
  hardware: 'hardwareId',
} as const satisfies Record<keyof DeviceIdentity, string>;

/** The XML of the question. */
export const whoAreYou = '<GetDeviceInformation xmlns="http://www.onvif.org/ver10/device/wsdl"/>';

/** What the answer tells. */
export function identityIn(answer: Element): DeviceIdentity {
  const told = Object.entries(NAMES).flatMap(([field, name]) => {
    const value = text(answer, name)
      ?.replace(/[\s\p{Cc}]+/gu, ' ')
      .slice(0, FIELD_MAX);
    return value === undefined ? [] : [[field, value]];
  });
  return Object.fromEntries(told);
}
