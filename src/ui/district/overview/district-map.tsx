/**
 * The bureau's map: the district's outline as it was drawn in the configuration, each school where it stands, those that need somebody by
 * name and beside it as tiles. A drawing, no street map: nothing is loaded from elsewhere. It must never show a place as well of a school
 * that is not heard.
 */
import type { OutlinePart, SchoolTile } from '../../../district/board/board-types.ts';
import { boardSays } from '../../../words/district/board-words.ts';
import { lang, say } from '../../page/language.ts';
import { stale } from '../../page/page-clock.ts';
import { BoardFrame, useBoard } from './board-frame.tsx';
import { faceOf, narrow, needful, ordered } from './board-view.ts';
import { about, unsure, viewer } from './live-feed.ts';
import { labelled, middleOf } from './map-labels.ts';
import { ListPage, ListRows } from './school-list.tsx';
import { schoolPath, Tile } from './school-tile.tsx';
import './district-map.css';

/** Half the width of a mark, in the thousandths of the drawing. */
const R = 22;
/** Names are so much larger where the whole map is as wide as a hand. */
const HAND = 1.4;
/** Letters are as legible as characters when they are so much larger. */
const LATIN = 1.27;
/** Tiles that stand beside the map. */
const BESIDE = 8;

const shapes: Readonly<Record<1 | 2 | 3, string>> = {
  1: `M0 ${-R * 1.1}L${R * 1.15} ${R * 0.8}H${-R * 1.15}z`,
  2: `M0 ${-R * 1.2}L${R * 1.2} 0L0 ${R * 1.2}L${-R * 1.2} 0z`,
  3: `M0 ${-R}a${R} ${R} 0 1 0 .01 0z`,
};
const small = 'M0 -10a10 10 0 1 0 .01 0z';
const square = `M${-R * 0.8} ${-R * 0.8}H${R * 0.8}V${R * 0.8}H${-R * 0.8}z`;

function Dot({ tile }: { tile: SchoolTile & { place: { x: number; y: number } } }) {
  const face = faceOf(tile);
  const { look, rank, late } = face;
  const asks = look === 'plain' && rank !== undefined;
  const gone = look === 'lost' || look === 'held';
  const path = asks ? shapes[rank] : gone ? square : small;
  const kind = asks ? `is-asking of${rank}` : gone ? 'is-gone' : look === 'never' || late ? 'is-late' : '';
  return (
    <g transform={`translate(${tile.place.x} ${tile.place.y})`} data-school={tile.school}>
      <a {...(viewer.value?.looksIn && { href: schoolPath(tile.school) })}>
        <title>{say(tile.name)}</title>
        <path class={`dot ${kind}`} d={path} />
        {asks && (
          <text class={`digit of${rank}`} y="14">
            {rank}
          </text>
        )}
      </a>
    </g>
  );
}

function Outline({ parts, tiles }: { parts: readonly OutlinePart[]; tiles: readonly SchoolTile[] }) {
  const placed = tiles.flatMap((tile) => (tile.place ? [{ ...tile, place: tile.place }] : []));
  // What presses is drawn last, over the others.
  const order = [...placed].reverse();
  const labels = labelled(
    needful(placed).map((tile) => ({ id: tile.school, text: say(tile.short), ...tile.place! })),
    narrow.value ? HAND : lang.value === 'en' ? LATIN : 1,
  );
  return (
    <svg class="outline" viewBox="0 0 1000 1000" role="img" aria-label={say(boardSays.mapTitle)}>
      <pattern id="doubt" width="12" height="12" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
        <rect width="5" height="12" fill="currentColor" />
      </pattern>
      {parts.map(({ points }, n) => (
        <polygon key={n} class="part" points={points.map((point) => point.join()).join(' ')} />
      ))}
      {parts.map(({ name, points }, n) => {
        const [x, y] = middleOf(points);
        return name ? (
          <text key={n} class="part-name" x={x} y={y}>
            {say(name)}
          </text>
        ) : null;
      })}
      {order.map((tile) => (
        <Dot key={tile.school} tile={tile} />
      ))}
      {labels.map(({ id, text, x, y, anchor }) => (
        <text key={id} class="place-name" x={x} y={y} text-anchor={anchor}>
          {text}
        </text>
      ))}
    </svg>
  );
}

function Notes({ tiles }: { tiles: readonly SchoolTile[] }) {
  const without = tiles.filter(({ place }) => !place).length;
  return (
    <>
      {about.value?.outline.length === 0 && <p class="map-note">{say(boardSays.noOutline)}</p>}
      {without > 0 && <p class="map-note">{say(boardSays.noPlace(without))}</p>}
    </>
  );
}

function Beside({ tiles }: { tiles: readonly SchoolTile[] }) {
  const waits = needful(tiles);
  const none = unsure.value ? boardSays.unknown : boardSays.noneNeedful;
  return (
    <section class="panel needful">
      <b class="needful-title">{say(boardSays.needful)}</b>
      {about.value && waits.length === 0 && <p class="map-note">{say(none)}</p>}
      <div class="needful-tiles">
        {waits.slice(0, BESIDE).map((tile) => (
          <Tile key={tile.school} tile={tile} face={faceOf(tile)} tabs />
        ))}
      </div>
      {waits.length > BESIDE && <p class="map-note">{say(boardSays.moreNeedful(waits.length - BESIDE))}</p>}
    </section>
  );
}

export function DistrictMapPage() {
  const list = useBoard();
  const tiles = ordered.value;
  const map = (
    <section class="panel hatch">
      <div class="outline-box">
        {about.value ? (
          <Outline parts={about.value.outline} tiles={tiles} />
        ) : (
          <p class="board-empty">{say(stale.value ? boardSays.unknown : boardSays.connecting)}</p>
        )}
      </div>
      <Notes tiles={tiles} />
    </section>
  );
  if (list) {
    return (
      <ListPage>
        {map}
        <ListRows tiles={needful(tiles)} />
      </ListPage>
    );
  }
  return (
    <BoardFrame of="map">
      <div class="district-map-body">
        {map}
        <Beside tiles={tiles} />
      </div>
    </BoardFrame>
  );
}
