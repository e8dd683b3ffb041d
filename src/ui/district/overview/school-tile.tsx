/**
 * One school on the wall or in the list: its name, what is most pressing or why it cannot be believed, and its figures. It shows the face
 * that the district's own function gives, and must never add to it.
 */
import type { Ref } from 'preact';
import type { SchoolTile } from '../../../district/board/board-types.ts';
import type { TileFace, TileMark } from '../../../district/board/tile-face.ts';
import { tileSays } from '../../../words/district/tile-words.ts';
import { Badge } from '../../page/badge.tsx';
import { say } from '../../page/language.ts';
import { FitLine } from './fit-text.tsx';
import { viewer } from './live-feed.ts';
import './school-tile.css';

/** Where a school's own pages begin. */
export const schoolPath = (school: string) => `/district/s/${school}/wall`;

/** The last known ones are hollow and still: nobody can answer them from here, and nobody knows whether they still wait. */
function Marks({ marks }: { marks: readonly TileMark[] }) {
  return (
    <>
      {marks.map(({ priority, count }) => (
        <span key={priority} class="last-known">
          <Badge priority={priority} acked />
          {count > 1 ? `×${count}` : ''}
        </span>
      ))}
    </>
  );
}

/** What presses, or what goes on. */
function FirstLine({ face }: { face: TileFace }) {
  const { rank, first, ahead } = face;
  return (
    <span class={`tile-first ${ahead ? 'is-ahead' : ''}`}>
      {rank !== undefined && <Badge priority={rank} acked={false} />}
      {ahead && <span class="tile-ahead">{say(tileSays.ahead)}</span>}
      {first.map((words, n) => (
        <span key={n}>{say(words)}</span>
      ))}
    </span>
  );
}

function Figures({ face, from, to }: { face: TileFace; from: number; to: number }) {
  const some = face.figures.slice(from, to);
  return (
    <FitLine class="tile-figures" said={some.map(({ said }) => say(said)).join(' ')}>
      {some.map(({ id, said, short }) => (
        <span key={id} class={`tile-figure ${short ? 'lacks' : ''}`} data-figure={id}>
          {say(said)}
        </span>
      ))}
    </FitLine>
  );
}

/** The lines below the name. */
export function TileLines({ face }: { face: TileFace }) {
  const { look, rank, first, marks, state, since, before, late, ahead } = face;
  if (look !== 'plain') {
    return (
      <>
        <FitLine class="tile-state" said={state ? say(state) : ''}>
          <b>{state && say(state)}</b>
        </FitLine>
        <FitLine class="tile-since" said={since ? say(since) : ''}>
          <i>{since && say(since)}</i>
        </FitLine>
        <FitLine class="tile-past" said={`${before ? say(before) : ''}${JSON.stringify(marks)}`}>
          {before && <i>{say(before)}</i>}
          <Marks marks={marks} />
        </FitLine>
      </>
    );
  }
  return (
    <>
      <FitLine class="tile-line" said={`${rank ?? ''}${ahead ?? ''}${first.map(say).join(' ')}`}>
        <FirstLine face={face} />
      </FitLine>
      <Figures face={face} from={0} to={2} />
      {late ? (
        <FitLine class="tile-late" said={say(late)}>
          <b>{say(late)}</b>
        </FitLine>
      ) : (
        <Figures face={face} from={2} to={4} />
      )}
    </>
  );
}

/** How a tile looks, as classes. */
export const lookOf = ({ look, rank, late }: TileFace): string =>
  [look, look === 'plain' && rank !== undefined ? `asks${rank}` : '', late ? 'old' : ''].join(' ');

/** `tabs`: it is the one of all tiles that the tabulator comes to. */
export function Tile({
  tile,
  face,
  tabs,
  place,
}: {
  tile: SchoolTile;
  face: TileFace;
  tabs: boolean;
  place?: Ref<HTMLAnchorElement>;
}) {
  const name = say(tile.short);
  return (
    <a
      {...(viewer.value?.looksIn && { href: schoolPath(tile.school) })}
      class={`school-tile hatch ${lookOf(face)}`}
      data-school={tile.school}
      tabIndex={tabs ? 0 : -1}
      title={say(tile.name)}
      {...(place && { ref: place })}
    >
      <FitLine class="tile-name" said={name}>
        {name}
      </FitLine>
      <TileLines face={face} />
    </a>
  );
}
