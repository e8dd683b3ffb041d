/** The journals a school had before the present one, and the alarms of one of them, to be read. It must never offer to do anything about them. */
import { useState } from 'preact/hooks';
import type { EarlierAlarm, EarlierJournal } from '../../../district/board/list-types.ts';
import { schoolPageWords as w } from '../../../words/district/access-page-words.ts';
import { kinds } from '../../../words/trade-words.ts';
import { dayTime } from '../../page/format.ts';
import { read } from '../../page/gateway-api.ts';
import { say } from '../../page/language.ts';
import { Show, useLoaded } from '../../page/page-frame.tsx';
import { officer } from '../officer.ts';

const time = (at: number | null): string => (at === null ? '—' : dayTime(at, officer.value?.utcOffsetMin ?? 480));
const kindOf = (kind: string): string => {
  const title = kinds[kind as keyof typeof kinds];
  return title ? say(title) : kind;
};

function Alarms({ school, epoch }: { school: string; epoch: number }) {
  const [loaded, again] = useLoaded(
    () => read<readonly EarlierAlarm[]>(`/api/schools/${school}/journals/${epoch}/alarms`),
    `${school} ${epoch}`,
  );
  return (
    <Show loaded={loaded} again={again}>
      {(rows) =>
        rows.length === 0 ? (
          <p class="note">{say(w.noAlarms)}</p>
        ) : (
          <ul class="ledger">
            {rows.map((row) => (
              <li key={row.id}>
                {time(row.raisedAt)} P{row.priority} {say(row)} {kindOf(row.kind)}{' '}
                <small>
                  {row.ackedBy} {row.closedBy} {row.closedAt !== null && time(row.closedAt)}
                </small>
              </li>
            ))}
          </ul>
        )
      }
    </Show>
  );
}

export function EarlierJournals({ school, of }: { school: string; of: unknown }) {
  const [open, setOpen] = useState<number>();
  const [loaded, again] = useLoaded(() => read<readonly EarlierJournal[]>(`/api/schools/${school}/journals`), of);
  return (
    <Show loaded={loaded} again={again}>
      {(journals) =>
        journals.length > 0 && (
          <>
            <h2>{say(w.earlier)}</h2>
            {journals.map(({ epoch, lines, alarms, from, to }) => (
              <div key={epoch}>
                <button
                  type="button"
                  class="btn plain"
                  aria-expanded={open === epoch}
                  onClick={() => setOpen(open === epoch ? undefined : epoch)}
                >
                  {say(w.earlierOf)} {epoch} · {time(from)} – {time(to)} · {lines} {say(w.earlierLines)} · {alarms}{' '}
                  {say(w.earlierAlarms)}
                </button>
                {open === epoch && <Alarms school={school} epoch={epoch} />}
              </div>
            ))}
          </>
        )
      }
    </Show>
  );
}
