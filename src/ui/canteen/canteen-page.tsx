/**
 * The canteen for whoever answers for it: what has to be put right first, then the checks of today, the cameras by area, and what happened
 * today. For desk and phone alike. It lives without the feed; what it shows is stale as soon as the gateway says nothing new.
 */
import { useEffect } from 'preact/hooks';
import { canteenWords } from '../../words/screens/canteen-page-words.ts';
import { say, t } from '../page/language.ts';
import { stale } from '../page/page-clock.ts';
import { Bar, StaleBar } from '../page/page-frame.tsx';
import { AlarmsBox } from './canteen-alarms.tsx';
import { CamerasBox } from './canteen-cameras.tsx';
import { canteen, followCanteen, unanswered } from './canteen-poll.ts';
import { LedgerBox } from './ledger-box.tsx';
import { ListsBox } from './list-box.tsx';
import { MenuBox } from './menu-box.tsx';
import { ReportBox } from './report-box.tsx';
import './canteen.css';

function Contents() {
  const view = canteen.value;
  if (!view) return <p class="note">{unanswered.value ?? t('loading')}</p>;
  if (view.areas.length === 0 && view.rectifications.length === 0) return <p class="note">{say(canteenWords.none)}</p>;
  return (
    <div class="canteen hatch2">
      <div class="side">
        <CamerasBox view={view} />
        <AlarmsBox view={view} />
      </div>
      <div class="side">
        <LedgerBox view={view} />
        <ListsBox view={view} />
        <MenuBox view={view} />
        <ReportBox view={view} />
      </div>
    </div>
  );
}

export function CanteenPage() {
  useEffect(followCanteen, []);
  return (
    <div class={`desk ${stale.value ? 'is-stale' : ''}`}>
      <Bar />
      {canteen.value && <StaleBar />}
      <main class="content">
        <Contents />
      </main>
    </div>
  );
}
