/**
 * The operator's desk: alarms by what they wait for, one of them in full, and arming by hand. Silence, acknowledge and
 * close are three different things here. Everything works from the keyboard.
 */
import { useLayoutEffect } from 'preact/hooks';
import { pageTable } from '../../core/site/pages.ts';
import { raisedLately } from '../../core/view/view-handling.ts';
import { copyWords } from '../../words/district/look-words.ts';
import { dutyPage } from '../../words/duty/duty-page-words.ts';
import { AlarmItem } from '../alarm/alarm-item.tsx';
import { clockSpan } from '../page/format.ts';
import { base } from '../page/gateway-api.ts';
import { type Key, say, t } from '../page/language.ts';
import { now, stale } from '../page/page-clock.ts';
import { ahead, gap, site } from '../page/page-feed.ts';
import { Desk } from '../page/page-frame.tsx';
import { reportAs } from '../page/page-report.ts';
import { muteFailure, noisy, silence, silentSeconds, sound, speakUp } from '../page/speaker.ts';
import { deskList, flood, raises } from '../page/views.ts';
import { duty, personName } from '../text/duty-text.ts';
import { unsignedSince } from '../text/unsigned-text.ts';
import { Detail } from './alarm-detail.tsx';
import { EntryBar } from './area-cards.tsx';
import { Arming } from './arming-tab.tsx';
import { ClosedToday } from './closed-today.tsx';
import {
  choose,
  current,
  goTo,
  leftOut,
  leftOutBy,
  move,
  showAll,
  shown,
  type Tab,
  tab,
  unread,
  watchView,
} from './desk.ts';
import { Urges } from './urges.tsx';
import './console.css';

const tabs: readonly (readonly [Tab, Key, Key])[] = [
  ['waiting', 'tabWaiting', 'emptyWaiting'],
  ['handled', 'tabHandled', 'emptyHandled'],
  ['toClose', 'tabToClose', 'emptyToClose'],
  ['shelved', 'tabShelved', 'emptyShelved'],
  ['closed', 'tabClosed', 'emptyClosed'],
  ['maintenance', 'tabMaintenance', 'emptyMaintenance'],
  ['zones', 'tabZones', 'emptyZones'],
];

function Tabs() {
  return (
    <div class="tabs">
      <div class="set" role="tablist" aria-label={t('deskLists')}>
        {tabs.map(([id, key]) => (
          <button key={id} type="button" role="tab" aria-selected={tab.value === id} onClick={() => goTo(id)}>
            {t(key)}
            {id !== 'closed' && id !== 'zones' && <b>{stale.value ? '—' : deskList(id).length}</b>}
          </button>
        ))}
      </div>
      <span class="fill" />
      <OnDutyLink />
      {flood.value && <span class="flag">{t('flooded', { n: raisedLately(raises.value, now.value) })}</span>}
      {gap.value > 0 && (
        <button
          type="button"
          class="btn"
          onClick={() => {
            gap.value = 0;
          }}
        >
          {t('gap', { n: gap.value })} · {t('dismiss')}
        </button>
      )}
      {muteFailure.value !== undefined && <span class="flag">{muteFailure.value}</span>}
      {sound.value === 'blocked' && <span class="flag">{t('soundBlocked')}</span>}
      {base === '' && (
        <button type="button" class="btn" disabled={!noisy.value} onClick={silence}>
          {silentSeconds.value > 0 ? t('silenced', { left: clockSpan(silentSeconds.value * 1000) }) : t('silence')}
        </button>
      )}
    </div>
  );
}

/** Who is on duty by his own word, and the way to sign on. */
function OnDutyLink() {
  const { signed, unsigned } = duty.value;
  if (stale.value || signed.length + unsigned.length === 0) return null;
  const late = unsigned.find(({ overdue }) => overdue);
  const names = [...new Set(signed.map(({ person }) => personName(person)))].join('、');
  const text = names === '' ? say(dutyPage.wallNobody) : `${say(dutyPage.wallDuty)} ${names}`;
  const said = late ? say(unsignedSince(late.from)) : text;
  // The roster is the school's: a copy says who, and leads nowhere.
  if (base !== '') return <span class={late ? 'flag' : ''}>{said}</span>;
  return (
    <a class={late ? 'btn flag' : 'btn'} href={pageTable.duty.path}>
      {said}
    </a>
  );
}

/** Keys that press what is on screen, by the button or field they stand for. */
const presses: Readonly<Record<string, string>> = { '+': '.act-send', s: '.act-shelve' };
const focuses: Readonly<Record<string, string>> = {
  r: '.reasons button, .reasons input',
  p: '.procedure .next button, .procedure .next input, .procedure .next select',
  c: '.noting input',
};

/** Keys mean the list unless a person writes, chooses a reason, or stands on a button that has its own Enter. */
function onKey(event: KeyboardEvent): void {
  const on = event.target instanceof Element ? event.target : undefined;
  if (event.ctrlKey || event.altKey || event.metaKey) return;
  if (on?.matches('input, select, textarea')) {
    if (event.key === 'Escape') (on as HTMLElement).blur();
    return;
  }
  const chosenItem = on?.matches('.item.chosen') === true;
  const tabOf = tabs[Number(event.key) - 1]?.[0];
  const find = (selector: string) => document.querySelector('.detail')?.querySelector<HTMLElement>(selector);
  const act = (selector: string) => !event.repeat && !unread.peek() && find(selector)?.click();
  const press = presses[event.key];
  const focus = focuses[event.key];
  const answer = on?.closest('.procedure .next')?.querySelector<HTMLElement>(`[data-key="${CSS.escape(event.key)}"]`);
  if (answer) answer.click();
  else if (event.key === 'ArrowDown' || event.key === 'j') move(1);
  else if (event.key === 'ArrowUp' || event.key === 'k') move(-1);
  else if (event.key === '0') silence();
  else if (tabOf) goTo(tabOf);
  else if (press !== undefined) act(press);
  // Where a bureau looks on: it opens a form and does nothing.
  else if (event.key === 'u') find('.act-order')?.click();
  else if (focus !== undefined) find(focus)?.focus();
  else if (event.key === 'Enter' && (chosenItem || !on?.matches('button, a, summary'))) act('.act-ack');
  else return;
  event.preventDefault();
}

/** What a flood leaves out of the list, by priority, and the way to see it all the same. */
function LeftOut() {
  if (leftOut.value === 0) return null;
  return (
    <p class="leftout">
      {leftOutBy.value.map(([priority, n]) => t('leftOut', { priority, n })).join(' · ')}
      <button type="button" class="btn" onClick={showAll}>
        {t('showAll')}
      </button>
    </p>
  );
}

function Lists() {
  const empty = tabs.find(([id]) => id === tab.value)?.[2] ?? 'emptyWaiting';
  const alarm = current.value;
  return (
    <div class="two">
      <div class="box hatch2">
        {shown.value.length === 0 && leftOut.value === 0 && (
          <p class="note">
            {ahead.value.length > 0 ? say(copyWords.aheadEmpty) : t(stale.value ? 'emptyStale' : empty)}
          </p>
        )}
        <ul class="list">
          {shown.value.map((a) => (
            <AlarmItem key={a.id} alarm={a} chosen={a.id === alarm?.id} choose={() => choose(a.id)} />
          ))}
        </ul>
        <LeftOut />
      </div>
      <div class="box hatch2">
        {alarm ? (
          <Detail key={alarm.id} alarm={alarm} taken={() => choose(alarm.id)} />
        ) : (
          <p class="note">{t('choose')}</p>
        )}
      </div>
    </div>
  );
}

export function ConsolePage() {
  // Before the first picture: a key pressed at what one sees must not fall on deaf ears.
  useLayoutEffect(() => {
    speakUp();
    reportAs('console');
    addEventListener('keydown', onKey);
    const stop = watchView();
    return () => {
      removeEventListener('keydown', onKey);
      stop();
    };
  }, []);
  const wide = tab.value === 'closed' || tab.value === 'zones';
  return (
    <Desk>
      <EntryBar />
      <Urges />
      <Tabs />
      {site.value && wide && (
        <div class="stack">
          <div class="box">{tab.value === 'closed' ? <ClosedToday /> : <Arming />}</div>
        </div>
      )}
      {!wide && <Lists />}
      <p class="keys">{t('consoleKeys')}</p>
    </Desk>
  );
}
