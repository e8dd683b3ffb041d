/**
 * The clip of an alarm: played when somebody asks for it, and taken away with a reason by who may. Nothing is fetched before, because
 * that somebody looked is a fact.
 */
import { useState } from 'preact/hooks';
import type { Alarm, Role } from '../../../core/types.ts';
import { clipPage, clipSpan } from '../../../words/video/clip-words.ts';
import { clipLate } from '../../../words/video/key-frame-words.ts';
import { hms } from '../../page/format.ts';
import { refusal, takeFile } from '../../page/gateway-api.ts';
import { say } from '../../page/language.ts';
import { offset } from '../../page/views.ts';
import './clip-tile.css';

const pathOf = (name: string) => `/api/clips/${encodeURIComponent(name)}`;

function Export({ name }: { name: string }) {
  const [reason, setReason] = useState('');
  const [failed, setFailed] = useState<string | undefined>(undefined);
  const take = async (event: Event) => {
    event.preventDefault();
    try {
      await takeFile(`${pathOf(name)}/export`, { reason }, name);
      setFailed(undefined);
    } catch (failure) {
      setFailed(refusal(failure));
    }
  };
  return (
    <form class="clip-export" onSubmit={take}>
      <label>
        {say(clipPage.exportWhy)}
        <input
          value={reason}
          minLength={2}
          maxLength={200}
          required
          onInput={({ currentTarget }) => setReason(currentTarget.value)}
        />
      </label>
      <button type="submit" class="btn">
        {say(clipPage.exportClip)}
      </button>
      {failed !== undefined && <p class="clip-failed">{failed}</p>}
    </form>
  );
}

/** Which seconds it covers: its name says when it begins, and the video how long it is. Sparse key frames make it begin after the alarm. */
function Covered({ name, alarm, seconds }: { name: string; alarm: Covering; seconds: number | undefined }) {
  const from = Number.parseInt(name, 10);
  // By the gateway's clock alone, as it was cut.
  const before = alarm.raisedAt - from;
  const local = (at: number) => hms(at, offset.value);
  const until = seconds === undefined ? undefined : local(from + seconds * 1_000);
  return (
    <p class="clip-span">
      {before < 0 ? say(clipLate(-before)) : say(clipSpan(local(from), (before / 1_000).toFixed(1), until))}
    </p>
  );
}

type Covering = Pick<Alarm, 'raisedAt'>;

export function ClipTile({ name, role, alarm }: { name: string; role: Role; alarm: Covering }) {
  const [open, setOpen] = useState(false);
  const [seconds, setSeconds] = useState<number>();
  const measured = ({ currentTarget: { duration } }: { readonly currentTarget: HTMLVideoElement }) =>
    Number.isFinite(duration) && setSeconds(duration);
  return (
    <div class="clip">
      {open ? (
        <video
          src={pathOf(name)}
          controls
          autoplay
          muted
          aria-label={say(clipPage.label)}
          onLoadedMetadata={measured}
          onDurationChange={measured}
        />
      ) : (
        <button type="button" class="clip-open" onClick={() => setOpen(true)}>
          {say(clipPage.show)}
        </button>
      )}
      <Covered {...{ name, alarm, seconds }} />
      {open && (role === 'head' || role === 'admin') && <Export name={name} />}
    </div>
  );
}
