/**
 * The bureau's wall: forty schools in forty places on a television, sorted by need; on a phone the same as a list. It makes no sound: the
 * schools do. What is not known never looks well, and a page that hears nothing looks it everywhere.
 */
import { computed, signal } from '@preact/signals';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { PAGE_TILES } from '../../../district/board/tile-order.ts';
import { boardSays } from '../../../words/district/board-words.ts';
import { span } from '../../page/format.ts';
import { say } from '../../page/language.ts';
import { ageSeconds, aging, everyTurn, pulse, stale } from '../../page/page-clock.ts';
import { BoardFrame, useBoard } from './board-frame.tsx';
import { counts, faceOf, narrow, needful, ordered } from './board-view.ts';
import { about, deafened, districtTroubles, unsure, viewer } from './live-feed.ts';
import { SchoolList } from './school-list.tsx';
import { Tile } from './school-tile.tsx';
import './district-wall.css';

/** Nobody has touched anything for so long: back to the first page, ms. Ours. */
const IDLE_MS = 60_000;
const pageAsked = signal(0);
/** The school that arrows move on from. */
const chosen = signal<string | undefined>(undefined);
let touchedAt = 0;

const pageCount = computed(() => Math.max(1, Math.ceil(ordered.value.length / PAGE_TILES)));
const page = computed(() => Math.min(pageAsked.value, pageCount.value - 1));
const shown = computed(() => ordered.value.slice(page.value * PAGE_TILES, (page.value + 1) * PAGE_TILES));

/** Columns and rows: few schools get larger tiles. The last one is what a page of forty fills. */
const grids = [
  [12, 4],
  [24, 6],
  [PAGE_TILES, 8],
] as const;
const columns = computed(() => grids.find(([most]) => ordered.value.length <= most)?.[1] ?? 8);

function turnTo(next: number): void {
  pageAsked.value = Math.max(0, Math.min(pageCount.value - 1, next));
}

/** Moves the choice by so many places, over to the next page where there is one. */
function move(by: number): void {
  const all = ordered.value;
  if (all.length === 0) return;
  const at = all.findIndex(({ school }) => school === chosen.value);
  const to = at < 0 ? page.value * PAGE_TILES : at + by;
  if (to < 0 || to >= all.length) return;
  chosen.value = all[to]?.school;
  turnTo(Math.floor(to / PAGE_TILES));
}

const keys: Readonly<Record<string, () => void>> = {
  ArrowLeft: () => move(-1),
  ArrowRight: () => move(1),
  ArrowUp: () => move(-columns.value),
  ArrowDown: () => move(columns.value),
  PageUp: () => turnTo(page.value - 1),
  PageDown: () => turnTo(page.value + 1),
  Home: () => turnTo(0),
  Escape: () => {
    chosen.value = undefined;
    turnTo(0);
  },
};

function onKey(event: KeyboardEvent): void {
  const act = event.ctrlKey || event.altKey || event.metaKey ? undefined : keys[event.key];
  touchedAt = performance.now();
  if (!act || narrow.value) return;
  act();
  event.preventDefault();
}

function onTouch(): void {
  touchedAt = performance.now();
}

function turn(): void {
  if (performance.now() - touchedAt > IDLE_MS && (pageAsked.peek() > 0 || chosen.peek() !== undefined)) keys.Escape?.();
}

/** Nothing to show yet, or nothing at all: what to do about it. */
function Empty() {
  if (!about.value) return <p class="board-empty">{say(stale.value ? boardSays.unknown : boardSays.connecting)}</p>;
  if (unsure.value) return <p class="board-empty">{say(boardSays.unknown)}</p>;
  const { streets = [], schools } = viewer.value ?? {};
  return (
    <div class="board-empty">
      <p>{say(streets.length > 0 ? boardSays.emptyStreets : boardSays.empty)}</p>
      <p>{say(boardSays.emptyAsk)}</p>
      {schools && <a href="/district/schools">{say(boardSays.emptyAdd)}</a>}
    </div>
  );
}

function Tiles() {
  const place = useRef<HTMLAnchorElement>(null);
  const school = chosen.value;
  const tiles = shown.value;
  const first = tiles.some((tile) => tile.school === school) ? school : tiles[0]?.school;
  // A tile that moves to another place loses the focus of the keyboard; whoever chose it keeps it.
  useLayoutEffect(() => {
    if (school !== undefined && document.activeElement !== place.current) place.current?.focus();
    else if (school === undefined && document.activeElement instanceof HTMLAnchorElement) document.activeElement.blur();
  }, [school, tiles]);
  if (tiles.length === 0) return <Empty />;
  return (
    <section
      class={`tiles across${columns.value}`}
      onFocusIn={(event) => {
        chosen.value = (event.target as HTMLElement).closest<HTMLElement>('.school-tile')?.dataset.school;
      }}
    >
      {tiles.map((tile) => (
        <Tile
          key={tile.school}
          tile={tile}
          face={faceOf(tile)}
          tabs={tile.school === first}
          {...(tile.school === school && { place })}
        />
      ))}
    </section>
  );
}

function Pages() {
  if (pageCount.value === 1) return null;
  const others = ordered.value.filter((tile) => !shown.value.includes(tile));
  const waits = needful(others).length;
  return (
    <span class="board-pages">
      {waits > 0 && <b class="elsewhere">{say(boardSays.elsewhere(waits))}</b>}
      <button type="button" aria-label={say(boardSays.previousPage)} onClick={() => turnTo(page.value - 1)}>
        ‹
      </button>
      {say(boardSays.page(page.value + 1, pageCount.value))}
      <button type="button" aria-label={say(boardSays.nextPage)} onClick={() => turnTo(page.value + 1)}>
        ›
      </button>
    </span>
  );
}

/** Age of the data, and the mark whose right half turns with each beat. */
function DataAge() {
  return (
    <span class={`board-age ${aging.value ? 'aging' : ''}`}>
      {say(boardSays.dataAgo(span(ageSeconds.value * 1_000)))}
      <svg viewBox="0 0 24 12" aria-hidden="true">
        <rect x="1" y="1" width="22" height="10" fill={pulse.value ? 'currentColor' : 'none'} stroke="currentColor" />
      </svg>
    </span>
  );
}

/** What is not so pressing that it would stand at the head. */
function Others() {
  const { never, late } = counts.value;
  if (unsure.value) return null;
  return (
    <>
      {late > 0 && <span>{`${say(boardSays.late)} ${late}`}</span>}
      {never > 0 && <span>{`${say(boardSays.never)} ${never}`}</span>}
    </>
  );
}

function Foot() {
  const trouble = deafened.value ? undefined : districtTroubles.value[0];
  return (
    <footer class="board-foot panel">
      {trouble ? (
        <b class="board-trouble">{say(trouble)}</b>
      ) : (
        <span class="board-legend">{say(boardSays.legend)}</span>
      )}
      <span class="fill" />
      <Others />
      <Pages />
      {about.value && <DataAge />}
    </footer>
  );
}

export function DistrictWallPage() {
  const list = useBoard();
  useLayoutEffect(() => {
    addEventListener('keydown', onKey);
    addEventListener('pointerdown', onTouch);
    const stop = everyTurn(turn);
    return () => {
      removeEventListener('keydown', onKey);
      removeEventListener('pointerdown', onTouch);
      stop();
    };
  }, []);
  if (list) return <SchoolList empty={<Empty />} />;
  return (
    <BoardFrame of="tiles">
      <Tiles />
      <Foot />
    </BoardFrame>
  );
}
