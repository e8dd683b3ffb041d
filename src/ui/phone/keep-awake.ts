/**
 * Keeps the screen of a phone on while its guard is on duty, where the browser can: a wake lock, which exists on HTTPS alone and which
 * the phone takes back whenever the page is out of sight. What it says of itself must be so: `on` only while the lock is held.
 */
import { signal } from '@preact/signals';
import { keep, kept } from '../page/language.ts';

/** `insecure`: the page came over plain HTTP. `refused`: the phone said no, for want of power most often. */
export type Awake = 'on' | 'off' | 'refused' | 'insecure' | 'none';

const KEPT = 'gatehouse.awake';

function able(): boolean {
  return 'wakeLock' in navigator;
}

/** What a browser can never do is said at once. */
const unable = (): Awake => (window.isSecureContext ? 'none' : 'insecure');

export const awake = signal<Awake>(able() ? 'off' : unable());
let lock: WakeLockSentinel | undefined;
let asking = false;

const wanted = () => kept(KEPT) !== 'off';

async function ask(): Promise<void> {
  if (!able() || lock || asking || !wanted() || document.visibilityState !== 'visible') return;
  asking = true;
  try {
    const held = await navigator.wakeLock.request('screen');
    lock = held;
    awake.value = 'on';
    held.onrelease = () => {
      if (lock !== held) return;
      lock = undefined;
      awake.value = 'off';
    };
    if (!wanted()) letGo();
  } catch {
    awake.value = 'refused';
  } finally {
    asking = false;
  }
}

function letGo(): void {
  const held = lock;
  lock = undefined;
  awake.value = 'off';
  void held?.release();
}

/** Asks for the lock, and again whenever the page comes back into sight or is touched. Returns the way to stop. */
export function stayAwake(): () => void {
  const again = () => void ask();
  again();
  document.addEventListener('visibilitychange', again);
  addEventListener('click', again);
  return () => {
    document.removeEventListener('visibilitychange', again);
    removeEventListener('click', again);
    if (lock) letGo();
  };
}

/** On duty or not: this browser remembers it. */
export function wantAwake(on: boolean): void {
  keep(KEPT, on ? 'on' : 'off');
  if (on) void ask();
  else if (able()) letGo();
}
