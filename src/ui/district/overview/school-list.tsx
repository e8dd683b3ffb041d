/**
 * The board on a phone: the same tiles as a list, most needed first, in the browser's own sizes. It must say whatever the wall says.
 */
import type { ComponentChildren } from 'preact';
import type { SchoolTile } from '../../../district/board/board-types.ts';
import { shareSaid } from '../../../district/board/tile-face.ts';
import { boardSays } from '../../../words/district/board-words.ts';
import { Badge } from '../../page/badge.tsx';
import { hms, span } from '../../page/format.ts';
import { say } from '../../page/language.ts';
import { ageSeconds, now, stale } from '../../page/page-clock.ts';
import { boardOffset, counts, faceOf, ordered } from './board-view.ts';
import { about, deafened, districtTroubles, unsure, viewer } from './live-feed.ts';
import { lookOf, schoolPath, TileLines } from './school-tile.tsx';
import './school-list.css';

function Sums() {
  const { schools, online, lost, held, never, late, waiting, patrol } = counts.value;
  const doubts = { lost, held, never, late };
  return (
    <p class="list-sums">
      {!unsure.value && (
        <span>
          {say(boardSays.online)} <b>{`${online}/${schools}`}</b>
        </span>
      )}
      {!unsure.value &&
        (['lost', 'held', 'never', 'late'] as const).map((what) =>
          doubts[what] > 0 ? (
            <span key={what} class="list-doubt">
              {say(boardSays[what])} <b>{doubts[what]}</b>
            </span>
          ) : null,
        )}
      <span>{say(unsure.value ? boardSays.cutBefore : boardSays.waiting)}</span>
      {([1, 2, 3] as const).map((priority) => (
        <span key={priority} class={`head-mark ${waiting[priority - 1] ? 'filled' : ''}`} data-waiting={priority}>
          <Badge priority={priority} acked />
          <b>{waiting[priority - 1]}</b>
        </span>
      ))}
      {!unsure.value && (
        <span>
          {say(boardSays.patrol)} <b>{shareSaid(patrol)}</b>
        </span>
      )}
    </p>
  );
}

function ListHead() {
  const { district } = about.value ?? {};
  const trouble = districtTroubles.value[0];
  const onMap = location.pathname === '/district/map';
  return (
    <header class="list-head">
      <p class="list-title">
        <b>{say(district ? boardSays.title(district) : boardSays.noDistrict)}</b>
        <a href={onMap ? '/district' : '/district/map'}>{say(onMap ? boardSays.wall : boardSays.map)}</a>
        {viewer.value?.looksIn && <a href="/district/alarms">{viewer.value.shown}</a>}
        {!unsure.value && now.value > 0 && about.value && (
          <span class="list-clock">{hms(now.value, boardOffset.value)}</span>
        )}
      </p>
      {unsure.value && about.value && (
        <p class="list-cut hatched" role="alert">
          <b>
            {stale.value
              ? say(boardSays.cut(span(ageSeconds.value * 1_000)))
              : say(deafened.value ?? boardSays.notLive)}
          </b>
          <b>{say(boardSays.notLive)}</b>
        </p>
      )}
      {about.value && <Sums />}
      {trouble && !unsure.value && <p class="list-trouble">{say(trouble)}</p>}
    </header>
  );
}

/** A page of the board on a phone. */
export function ListPage({ children }: { children: ComponentChildren }) {
  return (
    <main class={`school-list ${unsure.value ? 'is-stale' : ''}`}>
      <ListHead />
      {children}
    </main>
  );
}

export function ListRows({ tiles }: { tiles: readonly SchoolTile[] }) {
  return (
    <ul>
      {tiles.map((tile) => {
        const face = faceOf(tile);
        return (
          <li key={tile.school}>
            <a
              {...(viewer.value?.looksIn && { href: schoolPath(tile.school) })}
              class={`list-row hatch ${lookOf(face)}`}
              data-school={tile.school}
              title={say(tile.name)}
            >
              <b class="list-name">{say(tile.short)}</b>
              <TileLines face={face} />
            </a>
          </li>
        );
      })}
    </ul>
  );
}

/** `empty`: what stands there while there is no school. */
export function SchoolList({ empty }: { empty: ComponentChildren }) {
  return (
    <ListPage>
      {ordered.value.length === 0 && <div class="list-empty">{empty}</div>}
      <ListRows tiles={ordered.value} />
    </ListPage>
  );
}
