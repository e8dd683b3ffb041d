/**
 * An alarm that overtook the backlog, where the copy is asked for it: what its line and what was said of it since tell, marked, with the orders of the
 * bureau beside it. Once the copy has come to it, the whole of it is shown instead. It must never show as settled what is only not known.
 */
import type { ComponentChildren } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { AlarmAheadShown } from '../../../district/board/list-types.ts';
import { copyWords as words } from '../../../words/district/look-words.ts';
import { Badge } from '../../page/badge.tsx';
import { stamp } from '../../page/format.ts';
import { read } from '../../page/gateway-api.ts';
import { fill, say, t } from '../../page/language.ts';
import { ahead, seq } from '../../page/page-feed.ts';
import { Show, useLoaded } from '../../page/page-frame.tsx';
import { offset } from '../../page/views.ts';
import { BesideAlarm } from '../../text/beside-alarm.tsx';
import { kindWord } from './copy-bar.tsx';

/** The copy holds its line; the page has the whole alarm within this time. Ours. */
const COMES_MS = 5_000;

const time = (at: number): string => stamp(at, offset.value);

function Known({ alarm }: { alarm: AlarmAheadShown }) {
  const { id, kind, priority, place, at, ackedBy, ackedAt, closedBy, closedAt } = alarm;
  const acked = ackedAt !== undefined && fill(words.beyondAcked, { time: time(ackedAt), name: ackedBy ?? '' });
  return (
    <div class="detail" data-beyond={id}>
      <h2>
        <Badge priority={Math.min(4, Math.max(1, priority)) as 1 | 2 | 3 | 4} acked={ackedAt !== undefined} />
        {say(place)} {kindWord(kind)}
        <small>#{id}</small>
      </h2>
      <p class="facts" role="status">
        <span>{say(words.beyond)}</span>
      </p>
      <p class="facts">
        <span>{fill(words.beyondRaised, { time: time(at) })}</span>
        <span>{acked || say(words.beyondWaits)}</span>
        {closedAt !== undefined && (
          <span>{fill(words.beyondClosed, { time: time(closedAt), name: closedBy ?? '' })}</span>
        )}
      </p>
      <BesideAlarm alarm={id} />
    </div>
  );
}

/** What is known of the alarm; where nothing is, the children. */
export function AlarmAhead({
  alarm,
  again,
  children,
}: {
  readonly alarm: number;
  readonly again: () => void;
  readonly children: ComponentChildren;
}) {
  const here = seq() >= alarm;
  const began = useRef(here);
  const [over, end] = useState(false);
  // What is said of it changes while one looks.
  const said = JSON.stringify(ahead.value.find(({ id }) => id === alarm));
  const [loaded, reload] = useLoaded(
    () => read<{ readonly alarm?: AlarmAheadShown }>(`/api/ahead/${alarm}`),
    `${alarm} ${here} ${said}`,
  );
  useEffect(() => {
    if (!here || began.current) return;
    again();
    // Where it was made up, or lost with an old backup, it never comes.
    const timer = setTimeout(() => end(true), COMES_MS);
    return () => clearTimeout(timer);
  }, [here]);
  if (here && !began.current && !over) return <p class="note">{t('loading')}</p>;
  return (
    <Show loaded={loaded} again={reload}>
      {(known) => (known.alarm ? <Known alarm={known.alarm} /> : children)}
    </Show>
  );
}
