/**
 * Day or night colours: by the school's time, or by hand for this browser. Writes one attribute of the page.
 */
import { effect, type ReadonlySignal, signal } from '@preact/signals';
import { keep, kept } from './language.ts';
import { now } from './page-clock.ts';
import { offset } from './views.ts';

export type Theme = 'auto' | 'day' | 'dark';

const KEPT = 'gatehouse.theme';
const dayFrom = 6 * 60 + 30;
const dayTo = 18 * 60 + 30;

function isTheme(name: string | null): name is Theme {
  return name === 'auto' || name === 'day' || name === 'dark';
}

function firstTheme(): Theme {
  const asked = new URLSearchParams(location.search).get('theme');
  if (isTheme(asked)) return asked;
  const had = kept(KEPT);
  return isTheme(had) ? had : 'auto';
}

export const theme = signal<Theme>(firstTheme());

/** Chooses the colours of this browser. */
export function dress(next: Theme): void {
  theme.value = next;
  keep(KEPT, next);
}

/** A guard's phone is read in the sun. */
const inTheYard = (): boolean => /^\/m(\/|$)/.test(location.pathname);

function shown(at: number): 'day' | 'dark' {
  if (theme.value !== 'auto') return theme.value;
  if (inTheYard()) return 'day';
  const minute = Math.floor(at / 60_000 + offset.value) % 1440;
  return at === 0 || (minute >= dayFrom && minute < dayTo) ? 'day' : 'dark';
}

/** Keeps the page's attribute in step with choice and time: ms since 1970, 0 while it is not known. */
export function wearTheme(time: ReadonlySignal<number> = now): void {
  effect(() => {
    document.documentElement.dataset.theme = shown(time.value);
  });
}
