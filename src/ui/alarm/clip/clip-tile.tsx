/**
 * The clip of an alarm: played when somebody asks for it, and taken away with a reason by who may. Nothing is fetched before, because
 * that somebody looked is a fact.
 */
import { useState } from 'preact/hooks';
import type { Role } from '../../../core/types.ts';
import { clipPage } from '../../../words/video/clip-words.ts';
import { refusal, takeFile } from '../../page/gateway-api.ts';
import { say } from '../../page/language.ts';
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

export function ClipTile({ name, role }: { name: string; role: Role }) {
  const [open, setOpen] = useState(false);
  return (
    <div class="clip">
      {open ? (
        <video src={pathOf(name)} controls autoplay muted aria-label={say(clipPage.label)} />
      ) : (
        <button type="button" class="clip-open" onClick={() => setOpen(true)}>
          {say(clipPage.show)}
        </button>
      )}
      {open && (role === 'head' || role === 'admin') && <Export name={name} />}
    </div>
  );
}
