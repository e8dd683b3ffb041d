/**
 * The head of the wall and of the map: what the tiles add up to, or, while nothing is heard, that and since when. Its figures come of the
 * one function that counts tiles; while they may be wrong they are dashes, and no clock runs.
 */
import { computed } from '@preact/signals';
import { shareSaid } from '../../../district/board/tile-face.ts';
import { boardSays } from '../../../words/district/board-words.ts';
import { Badge } from '../../page/badge.tsx';
import { hms, span } from '../../page/format.ts';
import { say } from '../../page/language.ts';
import { ageSeconds, lastAt, now, stale } from '../../page/page-clock.ts';
import { boardOffset, counts } from './board-view.ts';
import { FitLine } from './fit-text.tsx';
import { about, deafened, unsure, viewer } from './live-feed.ts';
import './board-head.css';

/** One figure with its name. */
function Figure({ name, value, marked }: { name: string; value: string; marked?: boolean }) {
  return (
    <span class={`head-figure ${marked ? 'marked' : ''}`}>
      {name} <b>{value}</b>
    </span>
  );
}

/** Alarms that wait, by priority. Nothing flashes here: the tiles do. */
function Waiting() {
  const { waiting, past } = counts.value;
  const before = past.reduce((all, one) => all + one, 0);
  return (
    <span class="head-figure head-waiting">
      {say(boardSays.waiting)}
      {([1, 2, 3] as const).map((priority) => {
        const count = waiting[priority - 1] ?? 0;
        return (
          <span key={priority} class={`head-mark ${count > 0 ? 'filled' : ''}`} data-waiting={priority}>
            <Badge priority={priority} acked />
            <b>{count}</b>
          </span>
        );
      })}
      {before > 0 && <i>{say(boardSays.ofPast(before))}</i>}
    </span>
  );
}

/** What does not add up, only where there is any. */
function Doubts() {
  const { lost, held } = counts.value;
  const all = { lost, held };
  return (
    <>
      {(['lost', 'held'] as const).map((what) =>
        all[what] > 0 ? <Figure key={what} name={say(boardSays[what])} value={String(all[what])} marked /> : null,
      )}
    </>
  );
}

function Cut() {
  const at = lastAt.value;
  const why = stale.value
    ? say(boardSays.cut(span(ageSeconds.value * 1_000)))
    : say(deafened.value ?? boardSays.notLive);
  return (
    <>
      <b class="head-cut" role="alert">
        {why}
      </b>
      {stale.value && <span>{say(boardSays.notLive)}</span>}
      <span class="fill" />
      <span>{say(boardSays.cutBefore)}</span>
      <Waiting />
      {stale.value && (
        <span>
          {at === undefined ? say(boardSays.noUpdate) : say(boardSays.lastUpdate(hms(at, boardOffset.value)))}
        </span>
      )}
    </>
  );
}

function Live() {
  const { schools, online, patrol } = counts.value;
  return (
    <>
      <Figure name={say(boardSays.online)} value={`${online}/${schools}`} />
      <Doubts />
      <Waiting />
      <Figure name={say(boardSays.patrol)} value={shareSaid(patrol)} />
    </>
  );
}

/** The ways on, for whoever has a pointer and may go there. */
function Ways() {
  const onMap = location.pathname === '/district/map';
  const { looksIn, shown } = viewer.value ?? {};
  return (
    <nav class="head-ways">
      <a href={onMap ? '/district' : '/district/map'}>{say(onMap ? boardSays.wall : boardSays.map)}</a>
      {looksIn && <a href="/district/alarms">{shown}</a>}
    </nav>
  );
}

const title = computed(() => (about.value ? boardSays.title(about.value.district) : boardSays.noDistrict));

export function BoardHead() {
  const there = about.value !== undefined;
  const cut = unsure.value && there;
  const { waiting, lost, held, never, late, online, schools } = counts.value;
  const said = [
    waiting,
    lost,
    held,
    never,
    late,
    online,
    schools,
    cut,
    ageSeconds.value > 5 && ageSeconds.value,
    say(title.value),
  ];
  return (
    <header class={`board-head panel ${cut ? 'is-cut' : ''}`}>
      <FitLine class="head-line" said={said.join()}>
        {!cut && <b class="head-title">{say(title.value)}</b>}
        {cut ? <Cut /> : there ? <Live /> : <span>{say(stale.value ? boardSays.noUpdate : boardSays.connecting)}</span>}
      </FitLine>
      {there && <Ways />}
      {!cut && there && now.value > 0 && <span class="board-clock">{hms(now.value, boardOffset.value)}</span>}
    </header>
  );
}
