/**
 * The name of the browser's tab: which page, of which school, and how many alarms wait, so that somebody who works in
 * another tab sees it. While data is stale it says so instead of a number.
 */
import { effect } from '@preact/signals';
import { type Key, t } from './language.ts';
import { stale } from './page-clock.ts';
import { site } from './page-feed.ts';
import { unacked } from './views.ts';

const names: Readonly<Record<string, Key>> = {
  wall: 'navWall',
  console: 'navConsole',
  m: 'navPhone',
  patrol: 'navPatrol',
  kpi: 'navKpi',
  setup: 'navSetup',
  'setup/threshold': 'setupLimits',
  'setup/walk': 'setupWalk',
  login: 'signIn',
};

/** Keeps the tab's name in step. */
export function wearTitle(page: string): void {
  effect(() => {
    const here = site.value;
    const waits = unacked.value.length;
    const first = here && stale.value ? `${t('cut')} · ` : waits > 0 ? `(${waits}) ` : '';
    const name = names[page];
    document.title = `${first}${name ? `${t(name)} · ` : ''}${here?.short ?? t('appName')}`;
  });
}
