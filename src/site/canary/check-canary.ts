/**
 * What the canary says about the rest of the file: its device, its test address and the channel that tells of its failure. A device of its
 * model that is not the canary's would be an alarm as soon as it is silent. It must never change anything, nor show an address.
 */
import { canaryFaults } from '../../words/reach/canary-words.ts';
import { foundExpected } from '../../words/site/config-shape-words.ts';
import { personHasNo } from '../../words/site/config-tell-words.ts';
import { compileLadder, compileRung } from '../parts/compile-tell.ts';
import type { Contact } from '../parts/schema-person.ts';
import type { byId, ConfigCheck, entries, mustExist } from '../references.ts';
import type { ChannelNature } from '../schema-channel.ts';
import type { Path } from '../yaml-text.ts';

/** The model of its device. */
const model = 'canary-mqtt';
const place: Path = ['tell', 'canary'];

/** How references are judged. */
interface CanaryRefusals {
  readonly byId: typeof byId;
  readonly entries: typeof entries;
  readonly mustExist: typeof mustExist;
  readonly natureOf: (channel: { readonly protocol?: string | undefined } | undefined) => ChannelNature | undefined;
}

function checkTestDevice(
  check: ConfigCheck,
  id: string | undefined,
  { byId, entries, mustExist }: CanaryRefusals,
): void {
  const path: Path = [...place, 'device'];
  for (const [n, device] of entries(check, 'devices'))
    if (device.profile === model && device.id !== id) check.source.refuse(['devices', n, 'id'], canaryFaults.unnamed);
  if (!mustExist(check, path, id, 'devices')) return;
  const device = byId(check, 'devices', id);
  if (device?.profile !== model)
    check.source.refuse(path, foundExpected(check.source.found(path), canaryFaults.device));
  else if (byId(check, 'lines', device.line)?.protocol !== 'mqtt-broker') check.source.refuse(path, canaryFaults.line);
  else if (device.password === undefined && device.passwordFile === undefined)
    check.source.refuse(path, canaryFaults.password);
}

/** The channel that the test address is told by; undefined where there is none. */
function triedChannel(
  check: ConfigCheck,
  id: string | undefined,
  { byId, entries, natureOf }: CanaryRefusals,
): string | undefined {
  const person = byId(check, 'people', id);
  const channels = [...entries(check, 'channels')].flatMap(([, one]) =>
    one.id === undefined ? [] : [{ id: one.id, rungSec: natureOf(one)?.rungSec }],
  );
  const whole = ({ channel, afterSec }: { channel?: string | undefined; afterSec?: number | undefined } = {}) =>
    channel === undefined || afterSec === undefined ? [] : [{ channel, afterSec }];
  const common = check.file.tell?.ladder?.flatMap((rung) => whole(rung));
  const own = person?.ladder?.flatMap((rung) => whole(rung)).map(compileRung);
  const rungs = [...(own ?? compileLadder(common, channels) ?? [])].sort((a, b) => a.afterMs - b.afterMs);
  return rungs.find(({ channel }) => {
    const core = natureOf(byId(check, 'channels', channel))?.core;
    return core && !core.alarmsOnly && (core.each === undefined || (person as Contact | undefined)?.[core.each]);
  })?.channel;
}

/** Reports what does not fit. */
export function checkCanary(check: ConfigCheck, how: CanaryRefusals): void {
  const { byId, mustExist, natureOf } = how;
  const { device, to, alert, answers } = check.file.tell?.canary ?? {};
  checkTestDevice(check, device, how);
  if (!check.file.tell?.canary) return;
  const [at, channelAt, toAt]: Path[] = [
    [...place, 'to'],
    [...place, 'alert', 'channel'],
    [...place, 'alert', 'to'],
  ] as const;
  const tried = mustExist(check, at!, to, 'people') ? triedChannel(check, to, how) : undefined;
  if (to !== undefined && byId(check, 'people', to) && tried === undefined) check.source.refuse(at!, canaryFaults.rung);
  if (!mustExist(check, channelAt!, alert?.channel, 'channels')) return;
  if (alert?.channel === tried) check.source.refuse(channelAt!, canaryFaults.same);
  const each = natureOf(byId(check, 'channels', alert?.channel))?.core.each;
  if (alert?.to === undefined) {
    if (each !== undefined) check.source.refuse(channelAt!, canaryFaults.person);
  } else if (mustExist(check, toAt!, alert.to, 'people') && each !== undefined) {
    const known = byId(check, 'people', alert.to) as Contact | undefined;
    if (known?.[each] === undefined) check.source.refuse(toAt!, personHasNo(check.source.found(toAt!), each));
  }
  const by = byId(check, 'channels', tried) as { replies?: boolean; callbackToken?: string } | undefined;
  if (answers && by && by.replies !== true && by.callbackToken === undefined)
    check.source.refuse([...place, 'answers'], canaryFaults.answers);
}
