/**
 * A live video over the still of its camera: invisible until it moves, hatched with its age as soon as it stands, and gone again when
 * it stands too long, so that the still below speaks. The whole picture, never cropped, never with sound.
 */
import { useEffect, useRef, useState } from 'preact/hooks';
import { videoPage, videoStands } from '../../words/video/video-page-words.ts';
import { span } from '../page/format.ts';
import { say } from '../page/language.ts';
import { everyTurn } from '../page/page-clock.ts';
import { VideoSource, type VideoState, type VideoWanted } from './video-source.ts';
import './video-over.css';

/** A picture that has not moved for so long is called old; much longer, and stills take its place. */
const OLD_MS = 2_500;
const GIVEN_UP_MS = 12_000;

interface VideoShown extends VideoWanted {
  /** Which camera it is: the still's caption is covered. */
  readonly label: string;
  /** Told whether it moves: the still below may rest then. */
  readonly moves?: (moves: boolean) => void;
}

function useVideo(wanted: VideoShown) {
  const { camera, use, alarm, reason, moves } = wanted;
  const element = useRef<HTMLVideoElement>(null);
  const [state, setState] = useState<VideoState>({ is: 'starting' });
  const [still, setStill] = useState(0);
  useEffect(() => {
    if (!element.current) return;
    const source = new VideoSource(element.current, { camera, use, alarm, reason }, setState);
    const stopTurns = everyTurn(() => setStill(Math.floor(source.still() / 500) * 500));
    return () => {
      stopTurns();
      source.stop();
    };
    // Another alarm at the same camera is no other video.
  }, [camera, use, reason]);
  const shown = state.is === 'playing' && still < GIVEN_UP_MS;
  useEffect(() => {
    moves?.(shown && still < OLD_MS);
  }, [shown, still >= OLD_MS]);
  return { element, state, still, shown };
}

/** Asks for the reason that the school wants, and looks with it. */
function Why({ ask }: { ask: (reason: string) => void }) {
  const [typed, type] = useState('');
  return (
    <form
      class="video-why"
      onSubmit={(event) => {
        event.preventDefault();
        if (typed.trim().length >= 2) ask(typed.trim());
      }}
    >
      <label>
        {say(videoPage.reason)} <input maxLength={200} value={typed} onInput={(e) => type(e.currentTarget.value)} />
      </label>{' '}
      <button type="submit" class="btn" disabled={typed.trim().length < 2}>
        {say(videoPage.look)}
      </button>
    </form>
  );
}

/** How it is, in a line. */
function lineOf({ is, why }: VideoState, still: number): string {
  if (is === 'playing') return say(still >= OLD_MS ? videoStands(span(still)) : videoPage.live);
  if (is === 'starting') return say(why ?? videoPage.starting);
  return `${say(videoPage.stills)} · ${say(why ?? videoPage.lost)}`;
}

/** To be laid into what holds the still. */
export function VideoOver(wanted: VideoShown) {
  const [reason, setReason] = useState(wanted.reason);
  const { element, state, still, shown } = useVideo({ ...wanted, reason });
  const old = shown && still >= OLD_MS;
  return (
    <div class={`video-over ${old ? 'old' : ''}`} data-video={state.is}>
      <video ref={element} muted autoPlay playsInline class={shown ? '' : 'hidden'} />
      {state.is === 'reason' && wanted.use === 'large' && <Why ask={setReason} />}
      <p class={`video-line ${shown && !old ? 'live' : ''}`} role="status">
        {lineOf(state, still)} · {wanted.label}
      </p>
    </div>
  );
}
