/** An alarm as GB/T 28181 tells it. Pure. It names the place and the kind and nobody. */
import { lookup } from '../../core/site/lookup.ts';
import { placeOf } from '../../core/site/naming.ts';
import type { Event, Site } from '../../core/types.ts';
import { gbDescription, gbLate } from '../../words/outward/gb28181-words.ts';
import { kinds } from '../../words/trade-words.ts';
import { type GbSelf, gbChannels } from './gb-answers.ts';
import { type GbElement, writeBody } from './gb-body.ts';
import { gbTime } from './gb-clock.ts';
import { gbKindOf } from './gb-mapping.ts';
import type { GbLetter, GbOptions } from './gb-options.ts';

export type GbRaised = Extract<Event, { kind: 'raised' }>;

/** What a platform is told of an alarm. Its number in the journal is the SN: one that comes twice has the same. */
export function letterOf(
  site: Site,
  self: GbSelf,
  event: GbRaised,
  late: boolean,
  encoding: GbOptions['encoding'],
): GbLetter {
  const { seq, at, alarm, priority, zone, device } = event;
  const kind = gbKindOf(alarm, lookup(site.devices, device)?.family, self.version);
  const channels = gbChannels(site, self);
  const found =
    channels.find((one) => one.kind === 'zone' && one.of === zone) ??
    channels.find((one) => one.kind === 'device' && one.of === device);
  const channel = found?.id ?? self.id;
  const said = gbDescription(kinds[alarm].zh, placeOf(site, event).zh);
  const type: GbElement[] = kind.type === undefined ? [] : [['AlarmType', kind.type]];
  const more: GbElement[] = kind.event === undefined ? [] : [['AlarmTypeParam', [['EventType', kind.event]]]];
  const body: GbElement = [
    'Notify',
    [
      ...([
        ['CmdType', 'Alarm'],
        ['SN', seq],
        ['DeviceID', channel],
        ['AlarmPriority', priority],
      ] as const),
      ...([
        ['AlarmMethod', kind.method],
        ['AlarmTime', gbTime(at, site.utcOffsetMin)],
      ] as const),
      ['AlarmDescription', `${late ? gbLate : ''}${said}`],
      ...(type.length > 0 ? [['Info', [...type, ...more]] as const] : []),
    ],
  ];
  return { channel, priority, kind, body: writeBody(body, encoding) };
}
