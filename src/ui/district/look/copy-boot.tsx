/**
 * A school's own pages at the bureau: the same components over the district's copy, below its address. It must never show one without the bar that
 * says so.
 */
import { effect } from '@preact/signals';
import type { ComponentType } from 'preact';
import { render } from 'preact';
import { useErrorBoundary } from 'preact/hooks';
import { type PageId, pageAt, pageTable } from '../../../core/site/pages.ts';
import { copyAnswers, copyWords } from '../../../words/district/look-words.ts';
import { base } from '../../page/gateway-api.ts';
import { reword, say } from '../../page/language.ts';
import { later } from '../../page/later.tsx';
import { stale } from '../../page/page-clock.ts';
import { ahead, follow, site } from '../../page/page-feed.ts';
import { wearTheme } from '../../page/theme.ts';
import { putBeside, putInstead } from '../../text/beside-alarm.tsx';
import { keepOfficer } from '../officer.ts';
import { OrdersBeside } from '../orders-beside.tsx';
import { AlarmAhead } from './alarm-ahead.tsx';
import { CopyBar, lookedAt } from './copy-bar.tsx';

const components: Readonly<Partial<Record<PageId, ComponentType>>> = {
  wall: later(async () => (await import('../../wall/wall-page.tsx')).WallPage),
  console: later(async () => (await import('../../console/console-page.tsx')).ConsolePage),
  patrol: later(async () => (await import('../../patrol/patrol-page.tsx')).PatrolPage),
  history: later(async () => (await import('../../history/history-page.tsx')).HistoryPage),
};

/** The page; or, where what the school sent cannot be drawn, that it cannot. */
function Shown({ Page }: { Page: ComponentType }) {
  const [broken] = useErrorBoundary((why) => console.error('the copy cannot be shown', why));
  return broken ? (
    <p class="note" role="alert">
      {say(copyWords.broken)}
    </p>
  ) : (
    <Page />
  );
}

/** Shows the page of this address in `app`. */
export function showCopy(app: HTMLElement): void {
  const page = pageAt(location.pathname.slice(base.length));
  const Page = page && components[page];
  if (!Page) throw new Error(`${location.pathname} is no page of a copy`);
  reword(copyAnswers);
  keepOfficer();
  putBeside(({ alarm }) => <OrdersBeside school={lookedAt} alarm={alarm} />);
  putInstead(AlarmAhead);
  const { dataset } = document.documentElement;
  dataset.page = page;
  effect(() => {
    dataset.copy = ahead.value.length > 0 ? 'ahead' : '';
  });
  effect(() => {
    const cut = stale.value ? '▨ ' : '';
    document.title = `${cut}${say(pageTable[page].title)} · ${site.value?.short ?? ''} · ${say(copyWords.title)}`;
  });
  wearTheme();
  follow();
  app.textContent = '';
  render(
    <>
      <CopyBar />
      <Shown Page={Page} />
    </>,
    app,
  );
}
