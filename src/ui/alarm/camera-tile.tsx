/**
 * A camera on a page: its stills, its live video over them where that is wanted, and the way to open it large. The video and all it
 * needs comes as a script of its own, when it is first wanted: a page never waits for it, and shows stills without it.
 */
import type { ComponentType } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { Device } from '../../core/types.ts';
import { videoPage } from '../../words/video/video-page-words.ts';
import { base } from '../page/gateway-api.ts';
import { say } from '../page/language.ts';
import { unacked } from '../page/views.ts';
import { hidden, ShotTile } from './shots.tsx';
import './camera-tile.css';

type Over = typeof import('../video/video-over.tsx').VideoOver;
let loaded: Over | undefined;

/** What plays, once it is there; stills stay where it cannot be had. */
function useVideoOver(wanted: boolean): Over | undefined {
  const [over, set] = useState<{ readonly Over: Over | undefined }>({ Over: loaded });
  useEffect(() => {
    if (!wanted || loaded) return;
    let here = true;
    import('../video/video-over.tsx').then(
      ({ VideoOver }) => {
        loaded = VideoOver;
        if (here) set({ Over: VideoOver });
      },
      (failure) => console.warn('no video', failure),
    );
    return () => {
      here = false;
    };
  }, [wanted]);
  return over.Over ?? loaded;
}

interface CameraShown {
  readonly camera: Device;
  readonly path: string;
  readonly label: string;
  readonly empty?: string;
  /** Its video plays as soon as it can, for this open alarm where one is named. */
  readonly plays?: boolean;
  readonly alarm?: number | undefined;
}

/** Stills, and the video over them. The still rests while the video moves. */
function Seen({
  camera,
  path,
  label,
  empty,
  plays = false,
  alarm,
  use,
}: CameraShown & { readonly use: 'large' | 'small' }) {
  const Over: ComponentType<Parameters<Over>[0]> | undefined = useVideoOver(plays);
  const [moves, setMoves] = useState(false);
  const shows = plays && Over !== undefined && !hidden.value;
  useEffect(() => {
    if (!shows) setMoves(false);
  }, [shows]);
  return (
    <>
      <ShotTile path={path} rests={moves} label={label} {...(empty !== undefined && { empty })} />
      {shows && <Over camera={camera.id} label={label} use={use} alarm={alarm} moves={setMoves} />}
    </>
  );
}

/** Over the whole page, until Esc, the button, or one alarm more: nothing may cover that. Whoever opened it has the focus again then. */
function Large({ close, ...shown }: CameraShown & { readonly close: () => void }) {
  const button = useRef<HTMLButtonElement>(null);
  const waiting = useRef(unacked.peek().length);
  const waits = unacked.value.length;
  useEffect(() => {
    if (waits > waiting.current) close();
    waiting.current = waits;
  }, [waits]);
  useEffect(() => {
    const before = document.activeElement;
    button.current?.focus();
    const onKey = (event: KeyboardEvent) => {
      // The keys of the page below must not act on what cannot be seen now, nor on what is typed here.
      event.stopPropagation();
      if (event.key === 'Escape') close();
    };
    addEventListener('keydown', onKey, true);
    return () => {
      removeEventListener('keydown', onKey, true);
      if (before instanceof HTMLElement) before.focus();
    };
  }, []);
  return (
    <div class="video-large" role="dialog" aria-modal="true" aria-label={shown.label}>
      <header>
        <b>{say(shown.camera.title)}</b>
        <button ref={button} type="button" class="btn" onClick={close}>
          {say(videoPage.close)}
        </button>
      </header>
      <div class="stage">
        <Seen {...shown} plays use="large" />
      </div>
    </div>
  );
}

/** One camera in a grid of tiles. */
export function CameraTile(shown: CameraShown) {
  const [large, setLarge] = useState(false);
  // Of a copy there is nothing to open.
  if (base !== '')
    return (
      <div class="camera-tile">
        <Seen {...shown} plays={false} use="small" />
      </div>
    );
  return (
    <div class="camera-tile">
      <Seen {...shown} plays={shown.plays === true && !large} use="small" />
      <button
        type="button"
        class="camera-open"
        aria-label={`${say(videoPage.open)} · ${shown.label}`}
        onClick={() => setLarge(true)}
      />
      {large && <Large {...shown} close={() => setLarge(false)} />}
    </div>
  );
}
