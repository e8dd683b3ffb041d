/**
 * The name of the browser's tab: which page, of which school, and how many alarms wait, so that somebody who works in
 * another tab sees it. While data is stale it says so instead of a number.
 */
import { effect } from '@preact/signals';
import { type PageId, pageTable } from '../../core/site/pages.ts';
import { say, t } from './language.ts';
import { stale } from './page-clock.ts';
import { site } from './page-feed.ts';
import { unacked } from './views.ts';

/** Keeps the tab's name in step. */
export function wearTitle(page: PageId): void {
  effect(() => {
    const here = site.value;
    const waits = unacked.value.length;
    const first = here && stale.value ? `${t('cut')} · ` : waits > 0 ? `(${waits}) ` : '';
    document.title = `${first}${say(pageTable[page].title)} · ${here?.short ?? t('appName')}`;
  });
}
