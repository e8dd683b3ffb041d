/**
 * Who a device says it is, held against who it was: another serial number at the same place is another camera, and whoever wants a
 * picture that shows nothing may hang up another camera. A person closes that alarm, having looked; who the device is now stands in
 * State from the first moment. The first identity ever, and new firmware in the same device, are facts and nothing more.
 */

import { swappedDevice } from '../../words/device/identity-words.ts';
import { trigger } from '../alarm/alarms.ts';
import type { Draft } from '../draft.ts';
import { lookup } from '../site/lookup.ts';
import type { Device, DeviceIdentity, DeviceSaid, SwapSign } from '../types.ts';

/** The key of the alarm: its own, for it says another thing than that a camera was turned. */
const swapKey = (device: string): string => `${device}/swapped`;
/** Ours: somebody has changed hardware. It waits for a person, and nobody runs for it at night. */
const priority = 3;

const fields = [
  'maker',
  'model',
  'serial',
  'firmware',
  'hardware',
] as const satisfies readonly (keyof DeviceIdentity)[];

/** Makers that number nothing write one figure again and again. */
const tells = (serial: string | undefined): boolean => serial !== undefined && !/^(.)\1*$/.test(serial);

/** Whether it is another device, and by what that is seen. */
function swapSign(was: DeviceIdentity, now: DeviceIdentity): SwapSign | undefined {
  if (tells(was.serial) && tells(now.serial)) return was.serial === now.serial ? undefined : 'serial';
  const [before, model] = [was.model, now.model];
  return before !== undefined && model !== undefined && before !== model ? 'model' : undefined;
}

/** What the device does not tell this time it may still be; another device has nothing of the one before. */
function known(was: DeviceIdentity | undefined, now: DeviceIdentity): DeviceIdentity {
  const all = { ...was, ...now };
  return Object.fromEntries(fields.flatMap((field) => (all[field] === undefined ? [] : [[field, all[field]]])));
}

const same = (a: DeviceIdentity, b: DeviceIdentity): boolean => fields.every((field) => a[field] === b[field]);

/** Takes in what a line learned of a device. What State has already says nothing new. */
export function takeSaid(draft: Draft, id: string, said: DeviceSaid): void {
  const device = lookup(draft.site.devices, id);
  if (!device) return;
  if (said.kind === 'clock-set')
    return draft.add({ kind: 'device-clock-set', device: id, from: said.from, to: said.to });
  identified(draft, device, said.identity);
}

function identified(draft: Draft, { id }: Device, told: DeviceIdentity): void {
  const {
    at: _at,
    before: _before,
    ...was
  }: Partial<NonNullable<ReturnType<typeof draft.state.identities.get>>> = draft.state.identities.get(id) ?? {};
  const first = Object.keys(was).length === 0;
  const swapped = first ? undefined : swapSign(was, told);
  const identity = known(swapped ? undefined : was, told);
  if (Object.keys(identity).length === 0 || same(was, identity)) return;
  draft.add({
    kind: 'device-identified',
    device: id,
    identity,
    ...(!first && { was }),
    ...(swapped && { swapped }),
  });
  if (!swapped) return;
  const why = swappedDevice(was, identity);
  // It is over at once: what stands now is who the device is, and a person says whether that is right.
  trigger(draft, { key: swapKey(id), alarm: 'tamper', priority, device: id, cause: swapKey(id), active: false, why });
}
