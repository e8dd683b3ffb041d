/**
 * The media services of a simulated camera: channels, their profiles in both dialects, addresses of stills and videos, and
 * what real firmware gets wrong in them. It must never share a line with the driver, nor serve a video: that is for an RTSP
 * server beside it, whose address it is told.
 */
import type { CameraFaults } from './camera-faults.ts';
import { type Answer, envelope, escapeXml, type Items, refuse, textOf } from './camera-soap.ts';

/** What a request to the media services is answered from. */
export interface MediaContext {
  readonly faults: CameraFaults;
  /** `http://127.0.0.1:1234`, without a path. */
  readonly origin: () => string;
  readonly body: string;
  readonly channels: readonly MediaChannel[];
  /** `rtsp://127.0.0.1:8554`, without a path; undefined for a camera without video. */
  readonly rtsp: string | undefined;
}

/** One encoder of a channel. */
export interface StreamOptions {
  readonly encoding: 'H264' | 'H265' | 'JPEG' | 'MPEG4';
  readonly width: number;
  readonly height: number;
  /** Pictures per second. */
  readonly rate: number;
  /** Behind the address of the RTSP server. Default `/<channel>/<stream>`, both counted from 1. */
  readonly path?: string;
}

/** One camera behind the address. */
export interface ChannelOptions {
  /** Token of its video source. Default `VideoSource_1` and so on. */
  readonly source?: string;
  /** Shown in its picture. Default the name of the camera, with the channel's number where there are several. */
  readonly name?: string;
  /** Default `ordinaryStreams`. */
  readonly streams?: readonly StreamOptions[];
}

/** A main stream and a sub-stream as cameras come with. */
export const ordinaryStreams: readonly StreamOptions[] = [
  { encoding: 'H264', width: 1920, height: 1080, rate: 25 },
  { encoding: 'H264', width: 640, height: 360, rate: 15 },
];

interface MediaStream extends StreamOptions {
  readonly token: string;
  readonly path: string;
}

export interface MediaChannel {
  /** Counted from 1. */
  readonly number: number;
  readonly source: string;
  readonly configuration: string;
  readonly name: string;
  readonly streams: readonly MediaStream[];
}

/** The channels of a camera. Names of profiles mean nothing, as with real ones: the first of each is called `Profile_1`. */
export function mediaChannels(name: string, channels: readonly ChannelOptions[]): MediaChannel[] {
  let profile = 0;
  return channels.map((channel, index) => {
    const number = index + 1;
    return {
      number,
      source: channel.source ?? `VideoSource_${number}`,
      configuration: `VideoSourceToken_${number}`,
      name: channel.name ?? (channels.length === 1 ? name : `${name} ${number}`),
      streams: (channel.streams ?? ordinaryStreams).map((stream, at) => ({
        ...stream,
        token: `Profile${String(profile++).padStart(3, '0')}`,
        path: stream.path ?? `/${number}/${at + 1}`,
      })),
    };
  });
}

/** How an event says which channel it is from. */
export function sourceItems(channel: MediaChannel, naming: CameraFaults['naming']): Items {
  switch (naming) {
    case 'source':
      return { Source: channel.source };
    case 'source-token':
      return { VideoSourceToken: channel.source, Rule: 'Rule1' };
    case 'configuration':
      return {
        VideoSourceConfigurationToken: channel.configuration,
        VideoAnalyticsConfigurationToken: '1',
        Rule: 'Rule1',
      };
    case 'number':
      return { Source: String(channel.number) };
  }
}

type MediaDialect = 'media' | 'media2';
const dialectOf = (body: string): MediaDialect => (/ver20\/media/.test(body) ? 'media2' : 'media');

function profileXml(channel: MediaChannel, stream: MediaStream, dialect: MediaDialect): string {
  const { encoding, width, height, rate, token } = stream;
  const bounds = `<tt:Bounds x="0" y="0" width="${width}" height="${height}"/>`;
  const source = `<tt:Name>VideoSourceConfig</tt:Name><tt:UseCount>2</tt:UseCount><tt:SourceToken>${escapeXml(channel.source)}</tt:SourceToken>${bounds}`;
  // Media has no word for H.265, and firmware then says H264 there.
  const said = dialect === 'media' && encoding === 'H265' ? 'H264' : encoding;
  const encoder =
    `<tt:Name>VideoEncoder</tt:Name><tt:UseCount>1</tt:UseCount><tt:Encoding>${said}</tt:Encoding>` +
    `<tt:Resolution><tt:Width>${width}</tt:Width><tt:Height>${height}</tt:Height></tt:Resolution><tt:Quality>3</tt:Quality>` +
    `<tt:RateControl><tt:FrameRateLimit>${rate}</tt:FrameRateLimit><tt:BitrateLimit>2048</tt:BitrateLimit></tt:RateControl>`;
  const name = `Profile_${stream.token}`;
  const of = `token="${channel.configuration}"`;
  const by = `token="Encoder_${token}"`;
  if (dialect === 'media2')
    return (
      `<tr2:Profiles token="${token}" fixed="true"><tr2:Name>${name}</tr2:Name><tr2:Configurations>` +
      `<tr2:VideoSource ${of}>${source}</tr2:VideoSource><tr2:VideoEncoder ${by}>${encoder}</tr2:VideoEncoder>` +
      '</tr2:Configurations></tr2:Profiles>'
    );
  return (
    `<trt:Profiles token="${token}" fixed="true"><tt:Name>${name}</tt:Name>` +
    `<tt:VideoSourceConfiguration ${of}>${source}</tt:VideoSourceConfiguration>` +
    `<tt:VideoEncoderConfiguration ${by}>${encoder}</tt:VideoEncoderConfiguration></trt:Profiles>`
  );
}

const prefix = (dialect: MediaDialect): string => (dialect === 'media2' ? 'tr2' : 'trt');
const fails = ({ faults, body }: MediaContext): boolean => faults.media2 !== 'ok' && dialectOf(body) === 'media2';
const refusal = (): Answer => refuse('ter:ActionNotSupported', 'Optional Action Not Implemented');

export function profiles(context: MediaContext): Answer {
  const dialect = dialectOf(context.body);
  if (fails(context)) return refusal();
  const list = context.channels.flatMap((channel) =>
    channel.streams.map((stream) => profileXml(channel, stream, dialect)),
  );
  const answer = `${prefix(dialect)}:GetProfilesResponse`;
  return { xml: envelope(`<${answer}>${list.join('')}</${answer}>`) };
}

export function videoSources({ channels }: MediaContext): Answer {
  const list = channels.map(
    ({ source, streams: [main] }) =>
      `<trt:VideoSources token="${escapeXml(source)}"><tt:Framerate>${main?.rate ?? 25}</tt:Framerate><tt:Resolution>` +
      `<tt:Width>${main?.width ?? 0}</tt:Width><tt:Height>${main?.height ?? 0}</tt:Height></tt:Resolution></trt:VideoSources>`,
  );
  return { xml: envelope(`<trt:GetVideoSourcesResponse>${list.join('')}</trt:GetVideoSourcesResponse>`) };
}

/** The channel and the stream that a request names. */
function named({ channels, body }: MediaContext): { channel: MediaChannel; stream: MediaStream } | undefined {
  const token = textOf(body, 'ProfileToken');
  for (const channel of channels)
    for (const stream of channel.streams) if (stream.token === token) return { channel, stream };
  return undefined;
}

const noProfile = (): Answer => refuse('ter:NoProfile', 'The requested profile token does not exist');

/** An address in the shape of the dialect, or nested deeper than either says. */
function uriAnswer(context: MediaContext, operation: string, uri: string): Answer {
  const dialect = dialectOf(context.body);
  const answer = `${prefix(dialect)}:${operation}Response`;
  const nested = context.faults.stream === 'nested' && operation === 'GetStreamUri';
  const inner = nested
    ? `<tt:MediaUri><tt:Uri><tt:Uri>${uri}</tt:Uri></tt:Uri></tt:MediaUri>`
    : `<tt:Uri>${uri}</tt:Uri>`;
  const whole = dialect === 'media2' && !nested ? `<tr2:Uri>${uri}</tr2:Uri>` : `<trt:MediaUri>${inner}</trt:MediaUri>`;
  return { xml: envelope(`<${answer}>${whole}</${answer}>`) };
}

export function snapshotUri(context: MediaContext): Answer {
  const { faults, origin } = context;
  if (faults.snapshot === 'none' || fails(context)) return refusal();
  const one = named(context);
  if (!one) return noProfile();
  return uriAnswer(
    context,
    'GetSnapshotUri',
    `${faults.snapshotAt ?? origin()}/onvif/snapshot?channel=${one.channel.number}&amp;profile=${one.stream.token}`,
  );
}

export function streamUri(context: MediaContext): Answer {
  const { faults, rtsp } = context;
  if (faults.stream === 'none' || rtsp === undefined || fails(context)) return refusal();
  const one = named(context);
  if (!one) return noProfile();
  if (faults.stream === 'main-only' && one.stream !== one.channel.streams[0])
    return refuse('ter:IncompleteConfiguration', 'The profile has no encoder');
  if (faults.stream === 'empty') return uriAnswer(context, 'GetStreamUri', '');
  const at = faults.stream === 'http' ? 'http://192.0.2.9/live' : (faults.streamAt ?? rtsp);
  const query =
    faults.stream === 'escaped-twice' ? '?unicast=true&amp;amp;proto=Onvif' : '?unicast=true&amp;proto=Onvif';
  return uriAnswer(context, 'GetStreamUri', `${escapeXml(at)}${one.stream.path}${query}`);
}
