/**
 * The page's one WebSocket and the fold behind it: a snapshot, then the gateway's own events through the gateway's own
 * `evolve`. On any doubt it asks for a new snapshot instead of guessing. Nothing else in the screens may write State.
 */
import { batch, computed, type ReadonlySignal, signal } from '@preact/signals';
import { evolve, pass } from '../../core/evolve.ts';
import {
  type AskFrame,
  type BeatFrame,
  type CopyWord,
  decodeState,
  type EventsFrame,
  type GaugesFrame,
  type PageFrame,
  type ServerFrame,
  type SnapshotFrame,
} from '../../core/site/feed-codec.ts';
import { emptyState } from '../../core/state.ts';
import type { Gauge, Site, State, Trouble, User, Words } from '../../core/types.ts';
import { raisedSince } from '../../core/view/view.ts';
import { base, to, whoAmI } from './gateway-api.ts';
import { advance, ageSeconds, aging, everyTurn } from './page-clock.ts';

const OPEN_LIMIT_MS = 5_000;
/** Not a byte for this long: the path is dead even if nobody said so. */
const MUTE_LIMIT_MS = 8_000;
/** Beats that come but do not advance: the gateway is stuck; asking anew this rarely cannot make it look alive. */
const STUCK_LIMIT_MS = 30_000;
/** While nothing is heard for longer than this (a beat, and what one may be late) it is asked how far the network is, so often, and each time so long. Ours. */
const SILENT_MS = 2_500;
const KNOCK_EVERY_MS = 1_000;
const KNOCK_LIMIT_MS = 2_000;
/** A connection that has not answered in this, while the gateway answers beside it, is dead: its network was another. Ours, some turns of a phone's line. */
const DEAF_MS = 600;
const RETRY_FIRST_MS = 500;
const RETRY_MAX_MS = 10_000;
/** The feed alone does not keep a session alive; a question now and then does. */
const RENEW_EVERY_MS = 1_800_000;
/** The gateway ended the session: logged out, or the account changed. */
const ENDED = 4001;

let state: State = emptyState();
const gaugeTable = new Map<string, Map<string, Gauge>>();
const turned = signal(0);
const gaugesTurned = signal(0);

export const site = signal<Site | undefined>(undefined);
export const you = signal<User | undefined>(undefined);
/** What the school is called, on pages that follow no feed. */
export const schoolName = signal<Words | undefined>(undefined);
export const troubles = signal<readonly Trouble[]>([]);
export const chain = signal<BeatFrame['chain'] | undefined>(undefined);
/** Tries since the last sign of life; 0 while connected. `open`: a socket is there, whether or not it says anything. */
export const link = signal<{ readonly open: boolean; readonly tries: number }>({ open: false, tries: 0 });
/** Where a district shows its copy of the school: how far it can be believed. */
export const copy = signal<CopyWord | undefined>(undefined);
/** Open alarms that overtook what the copy holds; at the school there are none. */
export const ahead = computed(() => copy.value?.ahead ?? []);
/** What a page of a copy has is stale from the moment on in which the copy cannot be believed, and was so before: by so much, ms. */
const doubtedMs = (word: CopyWord | undefined): number => (word?.doubt === undefined ? 0 : word.ageMs);
/** How old what is shown is, in whole seconds: a copy is as old as the school's last sign of life, and not as the district's. */
export const dataSeconds = computed(() => {
  const word = copy.value;
  const untold = word === undefined || word.doubt !== undefined ? 0 : word.ageMs;
  return ageSeconds.value + Math.floor(untold / 1_000);
});
/**
 * A copy that is older than this has missed a sign of life, which a school gives each half a minute at the latest; s. What comes from the gateway itself
 * is marked by the page's own clock.
 */
const COPY_AGING_S = 40;
export const dataAging = computed(() => (copy.value === undefined ? aging.value : dataSeconds.value > COPY_AGING_S));
/** Alarms raised while this page was cut off; stays until a person clears it. */
export const gap = signal(0);

/**
 * A view of State, computed again after every batch. A result with the same entries as the last one *is* the last one, so
 * that only those redraw who got something different: entries of State are replaced when, and only when, they changed.
 */
export function select<T>(query: (state: State, site: Site) => T, before: T): ReadonlySignal<T> {
  let last = before;
  return computed(() => {
    turned.value;
    const next = site.value ? query(state, site.value) : before;
    if (!sameEntries(last, next)) last = next;
    return last;
  });
}

function sameEntries(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || !a || !b) return false;
  const left = Object.entries(a);
  const right = new Map(Object.entries(b));
  return left.length === right.size && left.every(([key, value]) => right.has(key) && right.get(key) === value);
}

/** The gauges; latest wins. Reading them here makes the reader follow them. */
export function gauges(): ReadonlyMap<string, ReadonlyMap<string, Gauge>> {
  gaugesTurned.value;
  return gaugeTable;
}

/** The last event folded in; reading it makes the reader follow every batch. */
export function seq(): number {
  turned.value;
  return state.seq;
}

let socket: WebSocket | undefined;
let openedAt = 0;
let heardAt = 0;
let advancedAt = 0;
let beatN = -1;
let beatSeq = 0;
let snapshots = 0;
let version: string | undefined;
let retryAt: number | undefined;
let knockedAt = 0;
/** When this connection was asked whether it carries anything, and has not answered. */
let askedAt: number | undefined;
/** Whether the last knock that came to an end found nobody. */
let away = false;

/** Sends a page report; false when there was nobody to take it. */
export function tell(frame: PageFrame): boolean {
  if (socket?.readyState !== WebSocket.OPEN || !link.peek().open) return false;
  socket.send(JSON.stringify(frame));
  return true;
}

/** Starts the feed, once per page. */
export function follow(): void {
  connect();
  setInterval(() => void whoAmI(), RENEW_EVERY_MS);
  everyTurn(watch);
}

function connect(): void {
  retryAt = undefined;
  openedAt = heardAt = advancedAt = performance.now();
  askedAt = undefined;
  beatN = -1;
  beatSeq = 0;
  const mine = new WebSocket(`${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}${to('/feed')}`);
  socket = mine;
  let told = false;
  mine.onmessage = (message) => {
    if (socket !== mine) return;
    told = true;
    // Whatever comes, it carries.
    askedAt = undefined;
    try {
      const frame = JSON.parse(String(message.data)) as ServerFrame;
      // That the connection lives says nothing of what is told by it.
      if (frame.t === 'here') return;
      heardAt = performance.now();
      take(frame);
    } catch (doubt) {
      console.error('the feed could not be folded; asking for a new snapshot', doubt);
      retry();
    }
  };
  mine.onclose = ({ code }) => {
    if (socket !== mine) return;
    retry();
    if (!told || code === ENDED) void whoAmI();
  };
}

/** Drops the socket and tries again after a while that doubles, with jitter so that many walls do not knock at once. */
function retry(): void {
  const old = socket;
  socket = undefined;
  old?.close();
  const tries = link.peek().tries + 1;
  link.value = { open: false, tries };
  const wait = Math.min(RETRY_MAX_MS, RETRY_FIRST_MS * 2 ** (tries - 1));
  retryAt = performance.now() + wait * (0.5 + Math.random() / 2);
}

/**
 * Asks whether anybody is there, which costs the gateway nothing. Whoever comes out of a dead spot is answered within a second or so, where
 * a socket that was opened in it hangs, and the next try may be ten seconds away. Only an answer after none means anything: a gateway
 * that is there and takes no feed is not to be asked more often.
 */
async function knock(asked: number): Promise<void> {
  knockedAt = asked;
  const limit = new AbortController();
  const over = setTimeout(() => limit.abort(), KNOCK_LIMIT_MS);
  try {
    // Without cookies browsers keep a pool apart: those the page was loaded by may all be dead, and are tried one after the other.
    await fetch('/healthz', { cache: 'no-store', credentials: 'omit', signal: limit.signal });
    const was = away;
    away = false;
    const fresh = retryAt === undefined && Math.max(openedAt, heardAt) >= asked;
    if (was && !fresh) comeBack();
    else if (askedAt !== undefined) setTimeout(leaveDeaf, askedAt + DEAF_MS - performance.now(), askedAt);
  } catch {
    away = true;
  } finally {
    clearTimeout(over);
  }
}

/**
 * Asks over the connection itself. A dead spot that was too short for any knock to fail in it leaves a connection that is dead and a gateway
 * that answers; one that stopped beating answers here, too, and is not to be asked for a snapshot that would make it look alive.
 */
function ask(): void {
  // Behind its first snapshot an answer may have to wait for long.
  if (askedAt !== undefined || !link.peek().open || socket?.readyState !== WebSocket.OPEN) return;
  askedAt = performance.now();
  socket.send(JSON.stringify({ t: 'ask' } satisfies AskFrame));
}

/** Gives up a connection that was asked then and has not answered, while the gateway has. */
function leaveDeaf(then: number): void {
  if (askedAt === then && retryAt === undefined) comeBack();
}

function comeBack(): void {
  const old = socket;
  socket = undefined;
  old?.close();
  link.value = { open: false, tries: link.peek().tries + 1 };
  connect();
}

/** A school's copy at the district has another way to be far away. */
const silent = (at: number) =>
  base === '' && (retryAt !== undefined || at - Math.max(openedAt, heardAt) > SILENT_MS || (away && !link.peek().open));

function watch(): void {
  const at = performance.now();
  if (silent(at)) {
    ask();
    if (at - knockedAt >= KNOCK_EVERY_MS) void knock(at);
  } else away = false;
  if (retryAt !== undefined) {
    if (at >= retryAt) connect();
    return;
  }
  const unopened = !link.peek().open && at - openedAt > OPEN_LIMIT_MS;
  if (unopened || at - heardAt > MUTE_LIMIT_MS || at - advancedAt > STUCK_LIMIT_MS) retry();
}

function take(frame: ServerFrame): void {
  if (frame.t === 'snapshot') takeSnapshot(frame);
  else if (frame.t === 'events') takeEvents(frame);
  else if (frame.t === 'gauges') takeGauges(frame);
  else if (frame.t === 'beat') takeBeat(frame);
}

function takeSnapshot(frame: SnapshotFrame): void {
  if (version !== undefined && version !== frame.version) location.reload();
  version = frame.version;
  const before = state.seq;
  state = decodeState(frame.state);
  const again = snapshots > 0 && beatN < 0 && link.peek().tries > 0;
  snapshots++;
  gaugeTable.clear();
  batch(() => {
    if (again) gap.value += raisedSince(state, before);
    site.value = frame.site;
    you.value = frame.you;
    turned.value++;
    takeGauges({ t: 'gauges', gauges: frame.gauges });
    link.value = { open: true, tries: link.peek().tries };
    advancedAt = performance.now();
    copy.value = frame.copy;
    advance(frame.at, doubtedMs(frame.copy));
  });
}

function takeEvents(frame: EventsFrame): void {
  if (frame.seq <= state.seq) return;
  if (frame.after !== state.seq) throw new Error(`events after ${frame.after} do not follow ${state.seq}`);
  for (const event of frame.events) {
    pass(state, event.seq - 1);
    evolve(state, event);
  }
  pass(state, frame.seq);
  turned.value++;
}

function takeGauges(frame: GaugesFrame): void {
  for (const [device, point, value, at] of frame.gauges) {
    if (!site.peek()?.devices[device]?.points[point]) continue;
    const points = gaugeTable.get(device) ?? new Map<string, Gauge>();
    points.set(point, { value, at });
    gaugeTable.set(device, points);
  }
  gaugesTurned.value++;
}

function takeBeat(frame: BeatFrame): void {
  if (frame.n <= beatN) return;
  if (beatSeq > state.seq) throw new Error(`the gateway is at ${beatSeq}, this page still at ${state.seq}`);
  beatN = frame.n;
  beatSeq = frame.seq;
  advancedAt = performance.now();
  batch(() => {
    troubles.value = frame.troubles;
    chain.value = frame.chain;
    link.value = { open: true, tries: 0 };
    copy.value = frame.copy;
    advance(frame.at, doubtedMs(frame.copy));
  });
}
