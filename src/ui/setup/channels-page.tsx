/**
 * The channels beyond the screens and whom they reach: how each stands, what came of its tests, each person's ways, who would be told of
 * an alarm at a chosen time, and what to write first where there is no channel yet. It asks the core for all of that.
 */
import { useEffect } from 'preact/hooks';
import { type ChannelRow, channelRows, type ReachRow, reachRows } from '../../core/view/view-channels.ts';
import { channelPage, firstChannel } from '../../words/reach/channel-page-words.ts';
import { say, t } from '../page/language.ts';
import { stale } from '../page/page-clock.ts';
import { select } from '../page/page-feed.ts';
import { Desk } from '../page/page-frame.tsx';
import { reportAs } from '../page/page-report.ts';
import { minute } from '../page/views.ts';
import { CanaryPanel } from './reach/canary-panel.tsx';
import { ChannelCards } from './reach/channel-cards.tsx';
import { OnboardingSheet } from './reach/onboarding-sheet.tsx';
import { ReachPeople } from './reach/reach-people.tsx';
import { TellingPreview } from './reach/telling-preview.tsx';
import { SetupTabs } from './setup-tabs.tsx';

const channels = select<readonly ChannelRow[]>((state, here) => channelRows(here, state, minute.value), []);
const reached = select<readonly ReachRow[]>((state, here) => reachRows(here, state, minute.value), []);

/** What to do first where nobody is told beyond the screens. */
function FirstChannel() {
  return (
    <section class="box detail first-channel">
      <h2>{say(channelPage.firstTitle)}</h2>
      <p>
        <span class="flag">{say(channelPage.firstWhy)}</span>
      </p>
      <ol>
        <li>{say(channelPage.firstRobot)}</li>
        <li>
          {say(channelPage.firstSecret)}
          <pre>{firstChannel.secret}</pre>
        </li>
        <li>
          {say(channelPage.firstFile)}
          <pre>{firstChannel.file}</pre>
        </li>
        <li>{say(channelPage.firstCheck)}</li>
      </ol>
      <p class="small">{say(channelPage.firstMore)}</p>
    </section>
  );
}

function Parts() {
  if (minute.value === 0) return <p class="note">{t(stale.value ? 'emptyStale' : 'loading')}</p>;
  if (channels.value.length === 0) return <FirstChannel />;
  return (
    <>
      <ChannelCards rows={channels.value} />
      <CanaryPanel />
      <ReachPeople rows={reached.value} />
    </>
  );
}

export function ChannelsPage() {
  useEffect(() => reportAs('setup'), []);
  return (
    <Desk>
      <SetupTabs />
      <div class="stack">
        <Parts />
        {minute.value > 0 && <TellingPreview />}
      </div>
      <OnboardingSheet />
    </Desk>
  );
}
