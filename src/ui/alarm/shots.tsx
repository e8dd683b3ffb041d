/**
 * Pictures on wall, desk and phone: snapshots drawn into canvases that stay, at most two requests in flight for the whole
 * page, each with its own time and its own staleness. A picture that stopped must never look like a live one.
 */
import { type Signal, signal, useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { hms, span, stamp } from '../page/format.ts';
import { base, picture } from '../page/gateway-api.ts';
import { t } from '../page/language.ts';
import { everyTurn, now, reckoned, stale } from '../page/page-clock.ts';
import { drawStill } from '../page/picture/still-canvas.ts';
import { offset } from '../page/views.ts';
import './shots.css';

/** One frame in two seconds a tile. */
export const INTERVAL_MS = 2_000;
const RETRY_MS = 5_000;
const IN_FLIGHT_MAX = 2;
/** Beyond this many intervals a picture is called old. */
const OLD_AFTER = 3;

/** Hides every image until pressed again: visitors in the room. */
export const hidden = signal(false);

interface Shot {
  readonly path: string;
  /** Evidence does not change: once it is there, it is not asked for again. */
  readonly once: boolean;
  readonly canvas: HTMLCanvasElement;
  /** null: there is a picture, and nobody said when it was taken. */
  readonly taken: Signal<number | null | undefined>;
  /** A video of the same camera moves above it. */
  rests: boolean;
  dueAt: number;
  busy: boolean;
}

const shots = new Set<Shot>();
let inFlight = 0;

everyTurn(() => {
  if (hidden.value || stale.value) return;
  const at = performance.now();
  const due = [...shots].filter((s) => !s.busy && !s.rests && s.dueAt <= at).sort((a, b) => a.dueAt - b.dueAt);
  for (const shot of due.slice(0, IN_FLIGHT_MAX - inFlight)) void take(shot);
});

async function take(shot: Shot): Promise<void> {
  shot.busy = true;
  inFlight++;
  const began = performance.now();
  try {
    const { jpeg, taken } = await picture(shot.path);
    await drawStill(jpeg, () => (shots.has(shot) ? shot.canvas : undefined));
    shot.taken.value = taken ?? (shot.once ? null : now.peek());
    shot.dueAt = shot.once ? Number.POSITIVE_INFINITY : began + INTERVAL_MS;
  } catch (failure) {
    console.warn('no picture', shot.path, failure);
    shot.dueAt = began + RETRY_MS;
  } finally {
    shot.busy = false;
    inFlight--;
  }
}

/** When a picture was taken: with its day once that is not today's. */
function timeText(taken: number, at: number): string {
  const day = (time: number) => stamp(time, offset.value).slice(0, 10);
  return day(taken) === day(at) ? hms(taken, offset.value) : stamp(taken, offset.value);
}

/** One tile. `path` undefined: there is nothing to show yet, and `empty` says why. */
export function ShotTile({
  path,
  once = false,
  rests = false,
  label,
  empty,
}: {
  path: string | undefined;
  once?: boolean;
  /** Nothing new is asked for while a video of the same camera moves above it. */
  rests?: boolean;
  label: string;
  empty?: string;
}) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const taken = useSignal<number | null | undefined>(undefined);
  const own = useRef<Shot | undefined>(undefined);
  useEffect(() => {
    taken.value = undefined;
    // Pictures stay at the school: a copy asks for none.
    if (!canvas.current || path === undefined || base !== '') return;
    const shot: Shot = { path, once, canvas: canvas.current, taken, rests, dueAt: 0, busy: false };
    own.current = shot;
    shots.add(shot);
    return () => {
      shots.delete(shot);
    };
  }, [path, once, taken]);
  if (own.current) own.current.rests = rests;
  const has = taken.value !== undefined && path !== undefined;
  const ageMs = has ? reckoned.value - (taken.value ?? 0) : 0;
  const old = has && !once && !rests && (stale.value || ageMs > OLD_AFTER * INTERVAL_MS);
  return (
    <div class={`shot ${old ? 'old' : ''}`}>
      <canvas ref={canvas} width="640" height="360" class={has && !hidden.value ? '' : 'hidden'} />
      {hidden.value && <p class="empty">{t('privateShort')}</p>}
      {!hidden.value && !has && <p class="empty">{empty ?? t('noPicture')}</p>}
      <p class="caption">
        <span class="one-line">{label}</span>
        {has && !rests && taken.value !== null && !hidden.value && (
          <span class={old ? 'taken words' : 'taken'}>
            {old ? t('pictureAge', { age: span(ageMs) }) : timeText(taken.value ?? 0, now.value)}
          </span>
        )}
      </p>
    </div>
  );
}
