/**
 * The one WebSocket of the bureau's pages, and the board behind it: all tiles, then whole tiles that replace others. On any doubt it comes
 * again for all of it instead of guessing. Nothing else may write the board.
 */
import { batch, computed, signal } from '@preact/signals';
import type {
  BoardViewer,
  DistrictBoard,
  DistrictTrouble,
  LiveFrame,
  SchoolTile,
} from '../../../district/board/board-types.ts';
import { whoAmI } from '../../page/gateway-api.ts';
import { advance, everyTurn, stale } from '../../page/page-clock.ts';

const OPEN_LIMIT_MS = 5_000;
/** Not a byte for this long: the path is dead even if nobody said so. */
const MUTE_LIMIT_MS = 8_000;
const RETRY_FIRST_MS = 400;
/** A wall is there again within three seconds of its district. */
const RETRY_MAX_MS = 2_500;
/** The socket alone does not keep a session alive; a question now and then does. */
const RENEW_EVERY_MS = 1_800_000;
/** The district ended the session: logged out, or the account changed. */
const ENDED = 4001;
/** The part that is in trouble when the district cannot read what it knows: its board stands still. */
const STANDS = 'board';

type BoardAbout = Omit<DistrictBoard, 'tiles' | 'now'>;
/** Undefined until the first board is there. */
export const about = signal<BoardAbout | undefined>(undefined);
export const viewer = signal<BoardViewer | undefined>(undefined);
/** By school; the map is replaced with every change, a tile when it changed. */
export const tiles = signal<ReadonlyMap<string, SchoolTile>>(new Map());
export const districtTroubles = signal<readonly DistrictTrouble[]>([]);
/** The district is heard, and cannot say how its schools are. */
export const deafened = computed(() => districtTroubles.value.find(({ part }) => part === STANDS));
/** What is shown is not so now, as far as anybody can tell. */
export const unsure = computed(() => stale.value || deafened.value !== undefined);

let socket: WebSocket | undefined;
let openedAt = 0;
let heardAt = 0;
let open = false;
let beatN = 0;
let tries = 0;
let retryAt: number | undefined;
let version: string | undefined;
let following = false;

/** Starts the feed, once per page. */
export function followBoard(): void {
  if (following) return;
  following = true;
  connect();
  setInterval(() => void whoAmI(), RENEW_EVERY_MS);
  everyTurn(watch);
}

function connect(): void {
  retryAt = undefined;
  openedAt = heardAt = performance.now();
  beatN = 0;
  open = false;
  const mine = new WebSocket(`${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}/api/live`);
  socket = mine;
  mine.onmessage = (message) => {
    if (socket !== mine) return;
    heardAt = performance.now();
    try {
      take(JSON.parse(String(message.data)) as LiveFrame);
      open = true;
    } catch (doubt) {
      console.error('the board could not be read; asking for all of it', doubt);
      retry();
    }
  };
  mine.onclose = ({ code }) => {
    if (socket !== mine) return;
    const told = open;
    retry();
    if (!told || code === ENDED) void whoAmI();
  };
}

/** Drops the socket and tries again after a while that doubles, with jitter so that many walls do not knock at once. */
function retry(): void {
  const old = socket;
  socket = undefined;
  old?.close();
  const wait = Math.min(RETRY_MAX_MS, RETRY_FIRST_MS * 2 ** tries);
  tries = Math.min(tries + 1, 10);
  retryAt = performance.now() + wait * (0.5 + Math.random() / 2);
}

function watch(): void {
  const at = performance.now();
  if (retryAt !== undefined) {
    if (at >= retryAt) connect();
    return;
  }
  if ((!open && at - openedAt > OPEN_LIMIT_MS) || at - heardAt > MUTE_LIMIT_MS) retry();
}

function take(frame: LiveFrame): void {
  batch(() => {
    if ('board' in frame) takeBoard(frame);
    else if ('beat' in frame) takeBeat(frame);
    else takeChange(frame);
  });
}

function takeBoard({ board, you, version: told }: Extract<LiveFrame, { board: unknown }>): void {
  if (version !== undefined && version !== told) location.reload();
  version = told;
  const { tiles: all, now, ...rest } = board;
  about.value = rest;
  viewer.value = you;
  tiles.value = new Map(all.map((tile) => [tile.school, tile]));
  advance(now);
}

function takeChange({ tiles: changed, seen, gone }: Extract<LiveFrame, { seen: unknown }>): void {
  const next = new Map(tiles.peek());
  for (const school of gone) next.delete(school);
  for (const tile of changed) next.set(tile.school, tile);
  for (const [school, seenAt] of seen) {
    const tile = next.get(school);
    if (tile) next.set(school, { ...tile, seenAt });
  }
  tiles.value = next;
}

/** Only a beat that counts up is a sign of life. */
function takeBeat({ beat, now, troubles }: Extract<LiveFrame, { beat: unknown }>): void {
  if (beat <= beatN) return;
  beatN = beat;
  tries = 0;
  districtTroubles.value = troubles;
  if (about.peek()) advance(now);
}
