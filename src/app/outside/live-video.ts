/**
 * Live video as the application has it: where the video of a camera is, by configuration or by what the camera says, the port the
 * server is given, and the clips that are kept. It decides nothing else.
 */
import type { StreamUse, VideoStream } from '../../drivers/line.ts';
import type { VideoPort } from '../../server/video/video-port.ts';
import type { Config } from '../../site/load-site.ts';
import { measureKeyFrames } from '../../video/key-frames.ts';
import { LiveVideos } from '../../video/live-videos.ts';
import { videoTroubles } from '../../words/video/live-video-words.ts';
import type { World } from '../../world/world.ts';
import type { Gateway } from '../gateway.ts';
import type { Lines } from '../lines.ts';
import { ClipKeeping } from './clip-keeping.ts';

/** The log-in of the line a camera hangs on, where it has one. */
function loginOf(config: Config, camera: string): Pick<VideoStream, 'user' | 'password'> {
  const line = config.lines.find(({ devices }) => devices.some(({ id }) => id === camera));
  const { user, password } = (line?.options ?? {}) as { user?: string; password?: string };
  return { ...(user !== undefined && { user }), ...(password !== undefined && { password }) };
}

/** Where the video of a camera is: at the relay, as its configuration says, or as it says itself. */
export async function videoAddress(config: Config, lines: Lines, camera: string, use: StreamUse): Promise<VideoStream> {
  const { relay, streams } = config.video;
  if (relay !== undefined) return { url: relay.replace('{camera}', encodeURIComponent(camera)) };
  const own = Object.hasOwn(streams, camera) ? streams[camera] : undefined;
  const url = use === 'small' ? (own?.small ?? own?.large) : (own?.large ?? own?.small);
  return url === undefined ? await lines.stream(camera, use) : { url, ...loginOf(config, camera) };
}

/** Live videos over these lines, how the server sees them, and the clips that are kept of them. `config` gives what is in force. */
export function openLiveVideo(
  dir: string,
  config: () => Config,
  { lines, gateway, world }: { readonly lines: Lines; readonly gateway: Gateway; readonly world: World },
): { readonly videos: LiveVideos; readonly port: VideoPort; readonly clips: ClipKeeping } {
  const videos = new LiveVideos({
    world,
    most: () => config().video.most,
    where: (camera, use) => videoAddress(config(), lines, camera, use),
  });
  return {
    videos,
    port: {
      reasons: () => config().video.reasons,
      watch: (camera, use, watcher) => videos.watch(camera, use, watcher),
      keyFrames: (camera, use) =>
        measureKeyFrames((viewer) => videos.watch(camera, use, viewer), world, videoTroubles.silent),
    },
    clips: new ClipKeeping({
      ...{ dir, world, config, videos, now: () => gateway.now },
      openAlarms: () => gateway.read((state) => [...state.alarms.keys()]),
    }),
  };
}
