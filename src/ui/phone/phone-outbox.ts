/**
 * What this phone says to the gateway, kept before it is sent: touches of checkpoints, what is said of alarms, calls for help, each with the
 * phone's own time and whose it is. Out of reach it waits here and goes out when the gateway answers again, oldest first, and calls for help
 * before all else. What waits of another person must never go out from here; what the gateway does not take is shown until somebody has read it.
 */
import { effect, signal } from '@preact/signals';
import { placeOf } from '../../core/site/naming.ts';
import type { Alarm, PhoneAsk, Words } from '../../core/types.ts';
import { phoneActs } from '../../words/reach/phone-sentences.ts';
import { phoneWords } from '../../words/screens/phone-words.ts';
import { pointWords } from '../../words/screens/point-page-words.ts';
import { kinds } from '../../words/trade-words.ts';
import { Failed, sendFile, whoAmI } from '../page/gateway-api.ts';
import { keep, kept, say } from '../page/language.ts';
import { now, stale } from '../page/page-clock.ts';
import { site, you } from '../page/page-feed.ts';
import { allKept, dropKept, putKept } from './phone-outbox-store.ts';

/** A checkpoint's code that was read. */
export interface CodeRead {
  readonly do: 'touch';
  readonly code: string;
  readonly via: 'nfc' | 'qr';
}

export interface WaitingItem {
  readonly key: string;
  readonly who: string;
  /** By the phone's clock, ms. */
  readonly at: number;
  /** How far that was from the gateway's, as far as was known then. */
  readonly off?: number;
  readonly what: CodeRead | PhoneAsk;
  /** What it is about, for the list of what waits: the alarm, or the point. */
  readonly about?: Words;
  /** A JPEG. */
  readonly photo?: ArrayBuffer;
  /** Why the gateway did not take it. */
  readonly refused?: string;
}

/** What came of it: the gateway's answer, or that it waits here. */
export type PhoneAnswer<T> = { readonly answer: T } | { readonly waits: true };

/** A dead network often lets a request hang; it is kept, so there is no need to wait long. */
const LIMIT_MS = 10_000;
const WHO = 'gatehouse.who';
/** Where earlier versions kept touches. */
const FORMER = 'gatehouse.touches';

export const waiting = signal<readonly WaitingItem[]>([]);
/** What is on its way just now. */
const onWay = new Set<string>();

const byTime = (all: readonly WaitingItem[]) => [...all].sort((a, b) => a.at - b.at);

function newKey(): string {
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

function bytesOf(dataUrl: string | undefined): ArrayBuffer | undefined {
  const base64 = dataUrl?.split(',')[1];
  if (base64 === undefined) return undefined;
  return Uint8Array.from(atob(base64), (one) => one.charCodeAt(0)).buffer;
}

interface FormerTouch extends Omit<CodeRead, 'do'>, Pick<WaitingItem, 'who' | 'at' | 'off' | 'refused'> {
  readonly photo?: string;
}

/** Touches that an earlier version has kept elsewhere. */
async function takeFormer(): Promise<void> {
  const text = kept(FORMER);
  if (text === null) return;
  for (const { code, via, photo, ...rest } of JSON.parse(text) as readonly FormerTouch[]) {
    const bytes = bytesOf(photo);
    await putKept<WaitingItem>({
      ...{ key: newKey(), ...rest, what: { do: 'touch', code, via } },
      ...(bytes && { photo: bytes }),
    });
  }
  localStorage.removeItem(FORMER);
}

const ready = takeFormer()
  .catch(() => undefined)
  .then(() => allKept<WaitingItem>())
  .then((all) => {
    waiting.value = byTime(all);
  });

effect(() => {
  if (you.value) keep(WHO, you.value.name);
});
/** Whose phone this is: who is logged in, or who was before the network went. */
export const whoHolds = (): string => you.peek()?.name ?? kept(WHO) ?? '';

async function put(item: WaitingItem): Promise<boolean> {
  await ready;
  if (!(await putKept(item))) return false;
  waiting.value = byTime([...waiting.peek().filter(({ key }) => key !== item.key), item]);
  return true;
}

/** Takes one off the list: it was sent, or somebody has read that it was not taken. */
export async function dismiss({ key }: Pick<WaitingItem, 'key'>): Promise<void> {
  await dropKept(key);
  waiting.value = waiting.peek().filter((one) => one.key !== key);
}

function addressOf({ key, what, at, off }: WaitingItem): string {
  const { do: act, ...said } = what;
  const query = new URLSearchParams({ at: String(at), sent: String(Date.now()) });
  if (off !== undefined) query.set('off', String(off));
  for (const [name, value] of Object.entries(said)) query.set(name, String(value));
  if (act === 'touch') return `/api/points/touch?${query}`;
  query.set('do', act);
  query.set('key', key);
  return `/api/phone/acts?${query}`;
}

const send = (item: WaitingItem): Promise<unknown> =>
  sendFile(addressOf(item), new Blob(item.photo ? [item.photo] : []), item.photo ? undefined : LIMIT_MS);

/** Whether the gateway said no, rather than nothing, or not now. */
const isRefusal = (failure: unknown): failure is Failed =>
  failure instanceof Failed &&
  failure.status >= 400 &&
  failure.status < 500 &&
  ![401, 408, 429].includes(failure.status);

/**
 * Keeps it and sends it. Throws Failed when the gateway says no, or when it could neither be sent nor kept. While data is stale it is not
 * even tried, so that nobody waits for a network that is not there; but a call for help is, because only the feed may be dead.
 */
export async function submit<T>(what: WaitingItem['what'], about?: Words, photo?: Blob): Promise<PhoneAnswer<T>> {
  const at = Date.now();
  const heard = now.peek();
  const bytes = await photo?.arrayBuffer();
  const item: WaitingItem = {
    ...{ key: newKey(), who: whoHolds(), at, what },
    ...(heard > 0 && { off: heard - at }),
    ...(about && { about }),
    ...(bytes && { photo: bytes }),
  };
  onWay.add(item.key);
  try {
    const safe = await put(item);
    if (safe && stale.peek() && what.do !== 'call-help') return { waits: true };
    try {
      const answer = (await send(item)) as T;
      await dismiss(item);
      return { answer };
    } catch (failure) {
      if (!isRefusal(failure)) {
        if (safe) return { waits: true };
        throw new Failed(1, say(pointWords.full));
      }
      await dismiss(item);
      throw failure;
    }
  } finally {
    onWay.delete(item.key);
  }
}

const isCall = ({ what }: WaitingItem): boolean => what.do === 'call-help';

/** What has to go out in its order: what was said of one alarm. A touch stands for itself. */
const orderOf = ({ key, what }: WaitingItem): string => ('alarm' in what ? `alarm ${what.alarm}` : key);

/** Whose session this is; asked where the feed has not said it. */
const sessionName = async (): Promise<string | undefined> => you.peek()?.name ?? (await whoAmI())?.name;

/** Whether nothing else would get through now, either. */
const isForAll = (failure: unknown): boolean => failure instanceof Failed && [401, 429].includes(failure.status);

/** Sends those that are due, one after the other and not twice at a time. One that does not get through holds up nothing but its own alarm. */
function lane(due: () => readonly WaitingItem[]): () => Promise<boolean> {
  let busy = false;
  const sendAll = async (): Promise<boolean> => {
    const all = due().filter(({ key, refused }) => refused === undefined && !onWay.has(key));
    const name = all.length === 0 ? undefined : await sessionName();
    const held = new Set<string>();
    let sent = false;
    for (const item of all) {
      if (item.who !== name || held.has(orderOf(item))) continue;
      try {
        await send(item);
        sent = true;
        await dismiss(item);
      } catch (failure) {
        if (isForAll(failure)) return sent;
        if (isRefusal(failure)) await put({ ...item, refused: failure.message });
        else held.add(orderOf(item));
      }
    }
    return sent;
  };
  return async () => {
    if (busy) return false;
    busy = true;
    try {
      await ready;
      return await sendAll();
    } finally {
      busy = false;
    }
  };
}

const heard = (): boolean => !stale.peek() && you.peek() !== undefined;
const sendCalls = lane(() => waiting.peek().filter(isCall));
const sendOthers = lane(() => (heard() ? waiting.peek().filter((item) => !isCall(item)) : []));

/**
 * Sends what waits of whoever is logged in here: calls for help first, heard from the gateway or not, and they wait for no photograph that is
 * on its way; then the rest, oldest first, while the gateway is heard. Whether any got through.
 */
export async function sendWaiting(): Promise<boolean> {
  const called = await sendCalls();
  return (await sendOthers()) || called;
}

/** What is waited with, of an alarm: its place and its kind. */
export function aboutAlarm(alarm: Alarm): Words | undefined {
  const here = site.peek();
  if (!here) return undefined;
  const [place, kind] = [placeOf(here, alarm), kinds[alarm.kind]];
  return { zh: `${place.zh} ${kind.zh}`, en: `${place.en} ${kind.en}` };
}

/** A call that whoever stands beside this person must not read of. */
export const isQuiet = ({ what }: WaitingItem): boolean => what.do === 'call-help' && what.silent === true;

/** What an item is, in words. */
export function nameOf(item: WaitingItem): Words {
  if (item.what.do === 'touch') return pointWords.touch;
  return isQuiet(item) ? phoneWords.quietName : phoneActs[item.what.do];
}
