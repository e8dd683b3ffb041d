/**
 * What is answered to what a platform asks: its catalogue, who we are, how we stand. Pure: from what is asked and how the school stands to
 * documents. Silent calls for help are in none of them.
 */
import type { Alarm, Durable, Site, State, Time } from '../../core/types.ts';
import { zonePicture } from '../../core/view/view.ts';
import { zoneTitle } from '../../words/trade-words.ts';
import type { GbAsked, GbElement } from './gb-body.ts';
import { gbTime } from './gb-clock.ts';
import type { GbVersion } from './gb-mapping.ts';

/** Who we are to a platform. */
export interface GbSelf {
  /** 20 digits. */
  readonly id: string;
  readonly version: GbVersion;
  /** Of our own program. */
  readonly program: string;
  /** What zones and devices are called there, 20 digits each; a zone that is not named is called by its number. */
  readonly channels: Readonly<Record<string, string>>;
}

/** One thing of the school that a platform can name. */
export interface GbChannel {
  readonly id: string;
  readonly of: string;
  readonly kind: 'zone' | 'device';
  readonly name: string;
}

/** What a channel is called: centre and trade of our own id, 134 (alarm input), and the number painted on the fence. */
const channelOf = (self: GbSelf, number: number) => `${self.id.slice(0, 10)}134${String(number).padStart(7, '0')}`;

/** All channels: every zone, and the devices that are named. */
export function gbChannels(site: Site, self: GbSelf): readonly GbChannel[] {
  const zones = Object.values(site.zones).map(({ id, number, title }) => ({
    ...{ id: self.channels[id] ?? channelOf(self, number), of: id, kind: 'zone' as const },
    name: zoneTitle(number, title).zh,
  }));
  const devices = Object.values(site.devices).flatMap(({ id, title }) => {
    const named = self.channels[id];
    return named === undefined ? [] : [{ id: named, of: id, kind: 'device' as const, name: title.zh }];
  });
  return [...zones, ...devices];
}

const response = (cmd: string, { fields }: GbAsked, device: string, rest: readonly GbElement[]): GbElement => [
  'Response',
  [['CmdType', cmd], ['SN', fields.get('SN') ?? '0'], ['DeviceID', device], ...rest],
];

/** That a command was done, or was not. */
export const resultOf = (asked: GbAsked, cmd: string, device: string, ok: boolean): GbElement =>
  response(cmd, asked, device, [['Result', ok ? 'OK' : 'ERROR']]);

/** Items in one message: a datagram must not be cut into pieces on its way. Ours. */
const itemsPer = { UDP: 2, TCP: 20 } as const;

/** The catalogue, in as many documents as it needs. */
export function catalogOf(
  asked: GbAsked,
  site: Site,
  self: GbSelf,
  up: (channel: GbChannel) => boolean,
  transport: 'UDP' | 'TCP',
): readonly GbElement[] {
  const channels = gbChannels(site, self);
  const items = channels.map(
    (channel): GbElement => [
      'Item',
      [
        ...([
          ['DeviceID', channel.id],
          ['Name', channel.name],
          ['Manufacturer', 'Gatehouse'],
        ] as const),
        ...([
          ['Model', channel.kind],
          ['Owner', 'Owner'],
          ['CivilCode', self.id.slice(0, 6)],
        ] as const),
        ...([
          ['Address', site.name.zh],
          ['Parental', 0],
          ['ParentID', self.id],
        ] as const),
        ...([
          ['SafetyWay', 0],
          ['RegisterWay', 1],
          ['Secrecy', 0],
        ] as const),
        ['Status', up(channel) ? 'ON' : 'OFF'],
      ],
    ],
  );
  const per = itemsPer[transport];
  const parts = Array.from({ length: Math.max(1, Math.ceil(items.length / per)) }, (_, i) =>
    items.slice(i * per, (i + 1) * per),
  );
  return parts.map((part) =>
    response('Catalog', asked, self.id, [
      ['SumNum', items.length],
      ['DeviceList', part, part.length],
    ]),
  );
}

export const deviceInfo = (asked: GbAsked, site: Site, self: GbSelf): GbElement =>
  response('DeviceInfo', asked, self.id, [
    ...([
      ['Result', 'OK'],
      ['DeviceName', site.name.zh],
      ['Manufacturer', 'Gatehouse'],
      ['Model', 'Gatehouse'],
    ] as const),
    ...([
      ['Firmware', self.program],
      ['Channel', gbChannels(site, self).length],
    ] as const),
  ]);

export type DutyStatus = 'ONDUTY' | 'OFFDUTY' | 'ALARM';

/** How a channel stands: in alarm, on guard, or not. */
export function dutyOf(site: Site, state: Durable<State>, channel: GbChannel): DutyStatus {
  const open = ([...state.alarms.values()] as readonly Alarm[]).filter(({ covert }) => !covert);
  if (open.some(({ zone, device }) => (channel.kind === 'zone' ? zone : device) === channel.of)) return 'ALARM';
  const zone = channel.kind === 'zone' ? site.zones[channel.of] : undefined;
  if (!zone) return 'ONDUTY';
  return zonePicture(site, state, zone).mode === 'armed' ? 'ONDUTY' : 'OFFDUTY';
}

/** Whether anything that guards it is heard. */
export function isHeard(site: Site, state: Durable<State>, { kind, of }: GbChannel): boolean {
  const zone = kind === 'zone' ? site.zones[of] : undefined;
  return zone ? !zonePicture(site, state, zone).blind : state.devices.get(of)?.up === true;
}

/** How we stand, with every channel's guard; or one channel alone. */
export function deviceStatus(
  asked: GbAsked,
  cmd: string,
  { site, state, self, now }: { site: Site; state: Durable<State>; self: GbSelf; now: Time },
): GbElement {
  const device = asked.fields.get('DeviceID') ?? self.id;
  const channels = gbChannels(site, self).filter(({ id }) => device === self.id || id === device);
  const duties = channels.map(
    (channel): GbElement => [
      'Item',
      [
        ['DeviceID', channel.id],
        ['DutyStatus', dutyOf(site, state, channel)],
      ],
    ],
  );
  return response(cmd, asked, device, [
    ...([
      ['Result', 'OK'],
      ['Online', 'ONLINE'],
      ['Status', 'OK'],
      ['DeviceTime', gbTime(now, site.utcOffsetMin)],
    ] as const),
    ...([
      ['Encode', 'OFF'],
      ['Record', 'OFF'],
    ] as const),
    ['Alarmstatus', duties, duties.length],
  ]);
}
