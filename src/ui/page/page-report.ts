/**
 * What this page tells the gateway about itself: every ten seconds, and at once when other alarms were painted. The gateway
 * tells others of an alarm that no wall has shown, so this must only ever say what was really painted.
 */
import { effect } from '@preact/signals';
import { everyTurn } from './page-clock.ts';
import { seq, tell } from './page-feed.ts';
import { sound } from './speaker.ts';

const EVERY_MS = 10_000;

interface Measured {
  readonly memory?: { readonly usedJSHeapSize: number };
}

let saidAt = Number.NEGATIVE_INFINITY;
let saidPainted = '';

/** A row of an incident stands for each of its alarms. */
function paintedAlarms(): number[] {
  const ids = new Set<number>();
  for (const row of document.querySelectorAll<HTMLElement | SVGElement>('[data-alarm]')) {
    if (row.getClientRects().length === 0) continue;
    for (const id of row.dataset.alarm?.split(' ') ?? []) ids.add(Number(id));
  }
  return [...ids];
}

function report(page: string, painted: readonly number[]): void {
  const { memory } = performance as Measured;
  const told = tell({
    t: 'page',
    page,
    seq: seq(),
    displayed: painted,
    visible: document.visibilityState === 'visible',
    sound: sound.peek(),
    nodes: document.getElementsByTagName('*').length,
    ...(memory ? { heapMB: Math.round(memory.usedJSHeapSize / 104_857.6) / 10 } : {}),
  });
  if (!told) return;
  saidAt = performance.now();
  saidPainted = painted.join();
}

/** Starts reporting as `page`. Frames that are not painted (hidden tab) report nothing as painted. */
export function reportAs(page: string): void {
  let waits = false;
  const afterPaint = () => {
    if (waits) return;
    waits = true;
    requestAnimationFrame(() =>
      requestAnimationFrame(() => {
        waits = false;
        const painted = paintedAlarms();
        if (painted.join() !== saidPainted) report(page, painted);
      }),
    );
  };
  effect(() => {
    seq();
    afterPaint();
  });
  everyTurn(() => {
    const painted = document.visibilityState === 'visible' ? paintedAlarms() : [];
    if (performance.now() - saidAt >= EVERY_MS) report(page, painted);
  });
}
