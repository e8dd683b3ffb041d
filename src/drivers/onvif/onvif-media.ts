/**
 * The pictures and videos a camera offers, and which of them serves what. A camera's names for its profiles (`main`, `sub`,
 * `Profile_1`) carry no meaning, so encoder and resolution choose. Media2 is asked first, because Media cannot say H.265;
 * a camera that announces Media2 and fails in it is asked by Media. It must never fetch a picture or open a video.
 */
import type { StreamUse } from '../line.ts';
import { attribute, child, children, type Element, figure, found, text } from './answer/onvif-xml.ts';
import { escapeXml } from './onvif-codec.ts';
import { CameraError, isAway } from './onvif-error.ts';
import type { OnvifSession } from './onvif-session.ts';

/** One media profile of a camera, as far as it says what it is. */
export interface MediaProfile {
  readonly token: string;
  /** The token of its video source configuration, and of the source (the channel) itself. */
  readonly configuration?: string;
  readonly source?: string;
  /** As cameras write it, in capitals without stops: H264, H265, JPEG, MPEG4. */
  readonly codec?: string;
  readonly width?: number;
  readonly height?: number;
  /** Pictures per second at most. */
  readonly rate?: number;
}

/** What a profile is wanted for: a video of that use, or a still. */
export type MediaUse = StreamUse | 'still';

/** A tile of fewer pixels across shows that somebody is there and not what he does. Ours. */
const SMALL_WIDTH_MIN = 320;
/**
 * A still of more pixels is no better proof of what happened, and every wall asks for one every two seconds: full HD.
 * Ours; some cameras give one size whatever profile is asked for.
 */
const STILL_PIXELS_MAX = 1920 * 1080;
/** What browsers play, best first; MJPEG fills a network. */
const CODECS = ['H264', 'H265', 'MPEG4', 'JPEG'];

const pixels = ({ width = 0, height = 0 }: MediaProfile): number => width * height;
const codecRank = ({ codec = '' }: MediaProfile): number => {
  const rank = CODECS.indexOf(codec);
  return rank < 0 ? CODECS.length : rank;
};

/**
 * The profiles that serve a use, the best first; in the camera's own order where it does not say what they are. `large`: the
 * most pixels, H.264 where two are as large. `small`: the smallest H.264 that can be recognised. `still`: the largest up to
 * full HD. Profiles without video come last: they may be all there is.
 */
export function suited(profiles: readonly MediaProfile[], use: MediaUse): MediaProfile[] {
  const known = profiles.filter((profile) => pixels(profile) > 0);
  const others = profiles.filter((profile) => pixels(profile) === 0);
  const order = known.sort((a, b) => {
    if (use === 'large') return pixels(b) - pixels(a) || codecRank(a) - codecRank(b) || (b.rate ?? 0) - (a.rate ?? 0);
    if (use === 'small') {
      const seen = seeable(b) - seeable(a);
      return codecRank(a) - codecRank(b) || seen || (seeable(a) === 1 ? pixels(a) - pixels(b) : pixels(b) - pixels(a));
    }
    return fits(b) - fits(a) || (fits(a) === 1 ? pixels(b) - pixels(a) : pixels(a) - pixels(b));
  });
  return [...order, ...others.sort((a, b) => Number(b.codec !== undefined) - Number(a.codec !== undefined))];
}

/** Whether one can recognise anything in it, 1 or 0. */
const seeable = ({ width = 0 }: MediaProfile): number => (width >= SMALL_WIDTH_MIN ? 1 : 0);
/** Whether it is no larger than a still needs to be, 1 or 0. */
const fits = (profile: MediaProfile): number => (pixels(profile) <= STILL_PIXELS_MAX ? 1 : 0);

function profileOf(element: Element): MediaProfile | undefined {
  const token = attribute(element, 'token');
  if (token === undefined) return undefined;
  const parts = child(element, 'configurations');
  const source = child(parts, 'videoSource') ?? child(element, 'videoSourceConfiguration');
  const encoder = child(parts, 'videoEncoder') ?? child(element, 'videoEncoderConfiguration');
  const size = child(encoder, 'resolution');
  const said: Record<keyof MediaProfile, string | number | undefined> = {
    token,
    configuration: attribute(source, 'token'),
    source: text(source, 'sourceToken'),
    codec: text(encoder, 'encoding')
      ?.toUpperCase()
      .replace(/[^A-Z0-9]/g, '')
      .slice(0, 20),
    width: figure(size, 'width'),
    height: figure(size, 'height'),
    rate: figure(child(encoder, 'rateControl'), 'frameRateLimit'),
  };
  return Object.fromEntries(Object.entries(said).filter(([, value]) => value !== undefined)) as unknown as MediaProfile;
}

type MediaService = 'media2' | 'media';
const NAMESPACES = {
  media2: 'http://www.onvif.org/ver20/media/wsdl',
  media: 'http://www.onvif.org/ver10/media/wsdl',
} as const satisfies Record<MediaService, string>;

/** Asks by Media2 where the camera has it, and from then on by Media where that failed. */
async function ask<T>(session: OnvifSession, run: (service: MediaService) => Promise<T>): Promise<T> {
  if (!session.cam.media2Support) return run('media');
  try {
    return await run('media2');
  } catch (error) {
    if (!(error instanceof CameraError) || isAway(error)) throw error;
    session.cam.media2Support = false;
    return run('media');
  }
}

/** Every profile the camera has. Rejects with a CameraError. */
export function mediaProfiles(session: OnvifSession): Promise<MediaProfile[]> {
  return ask(session, async (service) => {
    const inner = service === 'media2' ? '<Type>All</Type>' : '';
    const answer = await session.request(
      service,
      'GetProfiles',
      `<GetProfiles xmlns="${NAMESPACES[service]}">${inner}</GetProfiles>`,
    );
    const profiles = children(answer, 'profiles').flatMap((one) => profileOf(one) ?? []);
    if (profiles.length === 0 && service === 'media2') throw session.error('fault', 'no media profile');
    return profiles;
  });
}

/** Where the still of a profile is, as the camera wrote it; undefined when it gives none. */
export function snapshotAddress(session: OnvifSession, token: string): Promise<string | undefined> {
  return ask(session, async (service) => {
    const body = `<GetSnapshotUri xmlns="${NAMESPACES[service]}">${tokenXml(token)}</GetSnapshotUri>`;
    return addressIn(await session.request(service, 'GetSnapshotUri', body));
  });
}

/** Where the video of a profile is, as the camera wrote it; undefined when it gives none. */
export function streamAddress(session: OnvifSession, token: string): Promise<string | undefined> {
  return ask(session, async (service) => {
    const setup =
      service === 'media2'
        ? '<Protocol>RTSP</Protocol>'
        : '<StreamSetup><Stream xmlns="http://www.onvif.org/ver10/schema">RTP-Unicast</Stream>' +
          '<Transport xmlns="http://www.onvif.org/ver10/schema"><Protocol>RTSP</Protocol></Transport></StreamSetup>';
    const body = `<GetStreamUri xmlns="${NAMESPACES[service]}">${setup}${tokenXml(token)}</GetStreamUri>`;
    return addressIn(await session.request(service, 'GetStreamUri', body));
  });
}

const tokenXml = (token: string): string => `<ProfileToken>${escapeXml(token)}</ProfileToken>`;

/** The address in an answer. Some cameras escape it twice, and no address has `&amp;` in it. */
const addressIn = (answer: unknown): string | undefined => found(answer, 'uri')?.replaceAll('&amp;', '&');
