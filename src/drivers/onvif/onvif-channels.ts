/**
 * The channels behind one address, told apart by the tokens of their video sources: which profiles and which events are whose.
 * A person names a channel by its number or by any of its tokens; recorders name it in events by whichever token they like, and
 * some by its number. It only compares: it must never ask a recorder, and never guess where two channels could be meant.
 */
import type { CameraChannel } from '../connection-options.ts';
import type { MediaProfile } from './onvif-media.ts';
import type { Notification } from './onvif-topics.ts';

/** Items of an event that name a video source, in the order in which they are believed. */
const NAMING = ['VideoSourceConfigurationToken', 'VideoSourceToken', 'VideoSource', 'Source'] as const;
/** More channels than this are not told apart. */
const CHANNELS_MAX = 256;

/** One channel: its number as people count, and its tokens. */
export interface OnvifChannel {
  readonly number: number;
  /** What a person may write in its place: the token of its source, of a configuration or of a profile. */
  readonly tokens: ReadonlySet<string>;
  readonly source: string;
  readonly profiles: readonly MediaProfile[];
}

const digitsOf = (token: string): number | undefined => {
  const digits = /(\d{1,6})\D*$/.exec(token)?.[1];
  return digits === undefined ? undefined : Number(digits);
};

/** What tells the source of a profile: profiles without one are a channel each. */
const sourceOf = ({ source, configuration, token }: MediaProfile): string => source ?? configuration ?? token;

/**
 * The channels that the profiles speak of. Their numbers are those at the end of the tokens of their sources, where these differ
 * (`VideoSource_3` is 3; where one is 0 all count from 0, and `00001` is 2), else their places in the list.
 */
export function channelsOf(profiles: readonly MediaProfile[]): OnvifChannel[] {
  const bySource = new Map<string, MediaProfile[]>();
  for (const profile of profiles) {
    const key = sourceOf(profile);
    if (bySource.size < CHANNELS_MAX || bySource.has(key)) bySource.set(key, [...(bySource.get(key) ?? []), profile]);
  }
  const digits = [...bySource.keys()].map(digitsOf);
  const distinct = new Set(digits).size === digits.length && !digits.includes(undefined);
  const from = digits.includes(0) ? 1 : 0;
  return [...bySource].map(([source, own], index) => ({
    number: distinct ? digits[index]! + from : index + 1,
    tokens: new Set([source, ...own.flatMap(({ configuration, token }) => [configuration ?? token, token])]),
    source,
    profiles: own,
  }));
}

/**
 * The profiles of the channel a person named; of the first channel where none is named. Empty when there is no such channel. The
 * token of a configuration or profile names the one view of a source that has several.
 */
export function profilesNamed(
  channels: readonly OnvifChannel[],
  named: number | string | undefined,
): readonly MediaProfile[] {
  if (named === undefined) return channels[0]?.profiles ?? [];
  const whole = channels.find(({ number, source }) =>
    typeof named === 'number' ? number === named : source === named,
  );
  if (whole || typeof named === 'number') return whole?.profiles ?? [];
  const all = channels.flatMap(({ profiles }) => profiles);
  const view = all.filter(({ configuration }) => configuration === named);
  if (view.length > 0) return view;
  const one = all.find(({ token }) => token === named);
  if (!one) return [];
  return one.configuration === undefined ? [one] : all.filter((p) => p.configuration === one.configuration);
}

/** Of a camera's profiles, those of one device. */
export const profilesOf = (profiles: readonly MediaProfile[], { channel }: CameraChannel): readonly MediaProfile[] =>
  profilesNamed(channelsOf(profiles), channel);

/** The token by which an event names where it is from; undefined when it speaks of no picture. */
export function sourceNamed({ source }: Notification): string | undefined {
  for (const item of NAMING) {
    const value = source.get(item);
    if (value !== undefined && String(value) !== '') return String(value).slice(0, 100);
  }
  return undefined;
}

/** The channel an event's token speaks of: the token itself, or else the only one whose source ends in the same number. */
export function channelNamed(channels: readonly OnvifChannel[], token: string): OnvifChannel | undefined {
  const exact = channels.find(({ source }) => source === token) ?? channels.find(({ tokens }) => tokens.has(token));
  if (exact) return exact;
  const digits = digitsOf(token);
  const alike = digits === undefined ? [] : channels.filter(({ source }) => digitsOf(source) === digits);
  return alike.length === 1 ? alike[0] : undefined;
}

/** Whether an event's token is of one view of its source, so that only the device of that view hears it. */
export const namesView = (profiles: readonly MediaProfile[], token: string): boolean =>
  profiles.some(({ configuration, token: own }) => configuration === token || own === token);
