/** How far apart the key frames of a camera are, measured when somebody asks, with what to do where they are sparse. The gateway measures. */
import { useState } from 'preact/hooks';
import type { Words } from '../../../core/types.ts';
import { keyFrameEvery, keyFrameNone, keyFrameWords } from '../../../words/video/key-frame-words.ts';
import { Failure } from '../../page/failure.tsx';
import { post } from '../../page/gateway-api.ts';
import { say } from '../../page/language.ts';
import { useAct } from '../../page/page-frame.tsx';

/** Beyond this a video is long in opening. Ours: twice what installers are told to set. */
const SPARSE_MS = 4_000;
/** The gateway looks for 25 s. */
const LIMIT_MS = 40_000;

type MeasuredStream = { readonly everyMs?: number; readonly atLeastMs?: number; readonly why?: Words };
type MeasuredCamera = { readonly large: MeasuredStream; readonly small: MeasuredStream };

function Stream({ title, found: { everyMs, atLeastMs, why } }: { title: Words; found: MeasuredStream }) {
  const sparse = atLeastMs !== undefined || (everyMs ?? 0) > SPARSE_MS;
  return (
    <p class="note">
      {say(title)}{' '}
      <b class={sparse ? 'flag' : ''}>
        {everyMs !== undefined
          ? say(keyFrameEvery(everyMs))
          : atLeastMs !== undefined
            ? say(keyFrameNone(atLeastMs))
            : why && say(why)}
      </b>
      {sparse && ` ${say(keyFrameWords.sparse)}`}
    </p>
  );
}

export function KeyFrames({ camera }: { camera: string }) {
  const [found, set] = useState<MeasuredCamera>();
  const { busy, failure, act } = useAct();
  const measure = () =>
    void act(async () => {
      set(undefined);
      set(await post<MeasuredCamera>(`/api/cameras/${encodeURIComponent(camera)}/key-frames`, {}, 'POST', LIMIT_MS));
    });
  return (
    <div class="keyframes">
      <p class="note">
        <button type="button" class="btn" disabled={busy} onClick={measure}>
          {say(keyFrameWords.measure)}
        </button>{' '}
        {busy && say(keyFrameWords.measuring)}
      </p>
      {found && <Stream title={keyFrameWords.large} found={found.large} />}
      {found && <Stream title={keyFrameWords.small} found={found.small} />}
      <Failure why={failure} />
    </div>
  );
}
