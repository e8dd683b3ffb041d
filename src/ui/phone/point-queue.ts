/**
 * Touches that could not be sent: they wait in this browser with the phone's own time, each with whose it is, and go out when the gateway
 * answers again. Another person's are never sent from here; what the gateway does not take is shown until somebody has read it.
 */
import { signal } from '@preact/signals';
import { Failed, sendFile } from '../page/gateway-api.ts';
import { keep, kept } from '../page/language.ts';
import { now } from '../page/page-clock.ts';
import { you } from '../page/page-feed.ts';

export interface WaitingTouch {
  readonly who: string;
  readonly code: string;
  readonly via: 'nfc' | 'qr';
  /** By the phone's clock, ms. */
  readonly at: number;
  /** How far that was from the gateway's, as far as was known then. */
  readonly off?: number;
  /** A JPEG as a data URL. */
  readonly photo?: string;
  /** Why the gateway did not take it. */
  readonly refused?: string;
}

const NAME = 'gatehouse.touches';

function load(): readonly WaitingTouch[] {
  try {
    return JSON.parse(kept(NAME) ?? '[]') as readonly WaitingTouch[];
  } catch {
    return [];
  }
}

export const waiting = signal<readonly WaitingTouch[]>(load());

/** Keeps what waits; false where this browser has no room for it, and then nothing has changed. */
function store(touches: readonly WaitingTouch[]): boolean {
  if (!keep(NAME, JSON.stringify(touches))) return false;
  waiting.value = touches;
  return true;
}

/** A touch as it is made now. */
export function touchNow(code: string, via: WaitingTouch['via'], photo?: string): WaitingTouch {
  const at = Date.now();
  const heard = now.peek();
  return {
    ...{ who: you.peek()?.name ?? '', code, via, at },
    ...(heard > 0 && { off: heard - at }),
    ...(photo !== undefined && { photo }),
  };
}

async function bytesOf(photo: string | undefined): Promise<Blob> {
  const base64 = photo?.split(',')[1];
  if (base64 === undefined) return new Blob([]);
  const text = atob(base64);
  return new Blob([Uint8Array.from(text, (one) => one.charCodeAt(0))]);
}

/** Sends a touch; the reader it was at. Throws Failed. */
export async function sendTouch({ code, via, at, off, photo }: WaitingTouch): Promise<string> {
  const query = new URLSearchParams({ code, via, at: String(at), sent: String(Date.now()) });
  if (off !== undefined) query.set('off', String(off));
  const { reader } = await sendFile<{ reader: string }>(`/api/points/touch?${query}`, await bytesOf(photo));
  return reader;
}

/** Whether the gateway said no, rather than nothing, or not now. */
export const isRefusal = (failure: unknown): failure is Failed =>
  failure instanceof Failed &&
  failure.status >= 400 &&
  failure.status < 500 &&
  ![401, 408, 429].includes(failure.status);

export const queue = (touch: WaitingTouch): boolean => store([...waiting.value, touch]);
export const dismiss = (touch: WaitingTouch): boolean => store(waiting.value.filter((one) => one !== touch));

let sending = false;

/** Sends what waits of whoever is logged in here, oldest first, until one does not get through. */
export async function sendWaiting(): Promise<boolean> {
  if (sending) return false;
  sending = true;
  let sent = false;
  try {
    for (const touch of waiting.value.filter(({ who, refused }) => who === you.value?.name && refused === undefined)) {
      try {
        await sendTouch(touch);
        sent = true;
        dismiss(touch);
      } catch (failure) {
        if (!isRefusal(failure)) return sent;
        store(waiting.value.map((one) => (one === touch ? { ...one, refused: failure.message } : one)));
      }
    }
    return sent;
  } finally {
    sending = false;
  }
}
