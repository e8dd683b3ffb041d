/**
 * A guard's phone: what waits, one tap to open, one to take it. Gloves, sunlight, one hand. Acknowledging is a POST after a
 * tap; opening a link never does anything. It sounds and shakes while it is in front. Works on plain http inside a chat's
 * browser.
 */
import { computed, signal } from '@preact/signals';
import { useLayoutEffect } from 'preact/hooks';
import { pagesOn, pageTable } from '../../core/site/pages.ts';
import { mayAsk } from '../../core/site/rights.ts';
import type { Alarm } from '../../core/types.ts';
import { AlarmItem } from '../alarm/alarm-item.tsx';
import { hm, span } from '../page/format.ts';
import { logOut } from '../page/gateway-api.ts';
import { say, t } from '../page/language.ts';
import { ageSeconds, stale } from '../page/page-clock.ts';
import { site, you } from '../page/page-feed.ts';
import { ClockBar, LanguageSwitch, StaleBar, WatchBar } from '../page/page-frame.tsx';
import { reportAs } from '../page/page-report.ts';
import { cellClass, startText } from '../page/patrol-strip.tsx';
import { sound, speakUp, tryOut } from '../page/speaker.ts';
import { alarms, offset, openAlarms, rounds, sentHere } from '../page/views.ts';
import { PhoneAlarm } from './phone-alarm.tsx';
import './phone.css';

/** `/m/a/123` opens alarm 123, so that a message can link to it. */
function askedFor(): number | undefined {
  const id = Number(/^\/m\/a\/(\d+)$/.exec(location.pathname)?.[1]);
  return Number.isSafeInteger(id) ? id : undefined;
}
const chosenId = signal<number | undefined>(askedFor());

function goTo(id: number | undefined): void {
  history.pushState(null, '', id === undefined ? '/m' : `/m/a/${id}`);
  chosenId.value = id;
  scrollTo(0, 0);
}

function Top() {
  const age = span(ageSeconds.value * 1000);
  return (
    <header>
      <span>
        {site.value?.short ?? t('appName')}
        {you.value && ` · ${you.value.name}`}
      </span>
      <span class={`conn ${stale.value ? 'off' : ''}`}>{t(stale.value ? 'notConnected' : 'live', { age })}</span>
    </header>
  );
}

/** Until a finger has touched the page a browser lets it neither sound nor shake; any touch will do. */
function SoundBar() {
  if (sound.value === 'running') return null;
  return (
    <p class="soundbar" role="alert">
      {t(sound.value === 'none' ? 'phoneMute' : 'phoneSoundOff')}
    </p>
  );
}

/** What is under way first, what is over last. */
const byNeed = computed(() => {
  const rank = { open: 0, ahead: 1, over: 2 };
  return [...rounds.value].sort((a, b) => rank[a.phase] - rank[b.phase] || a.start - b.start);
});

function Rounds() {
  return (
    <section>
      <h2>{t('myRounds')}</h2>
      {rounds.value.length === 0 && <p class="note">{t('noPatrol')}</p>}
      {byNeed.value.map((row) => (
        <div key={row.id} class="round2">
          <p class="top">
            <b>
              {startText(row)} {say(row.route.title)}
            </b>
            <span>
              {row.reached}/{row.cells.length}
              {row.missed > 0 && ` · ${t('missedN', { n: row.missed })}`}
              {row.next !== undefined &&
                row.phase === 'open' &&
                ` · ${t('next', { time: hm(row.next, offset.value) })}`}
            </span>
          </p>
          <span class="cells">
            {row.cells.map((cell, i) => (
              <i key={cell.checkpoint.id} class={cellClass(cell)}>
                {i + 1}
              </i>
            ))}
          </span>
        </div>
      ))}
    </section>
  );
}

/** What this guard was sent to first, then the order of the wall. */
const mine = computed<readonly Alarm[]>(() => {
  return [...alarms.value.filter(sentHere), ...alarms.value.filter((a) => !sentHere(a))];
});

/** The other pages of this person's role. */
function Ways() {
  if (!you.value) return null;
  return (
    <nav class="hint ways2" aria-label={t('otherPages')}>
      {pagesOn('bar', you.value.role)
        .filter(({ id }) => id !== 'phone' && id !== 'point')
        .map(({ id, path, title }) => (
          <a key={id} class="btn" href={path}>
            {say(title)}
          </a>
        ))}
    </nav>
  );
}

function Home() {
  const gone = chosenId.value;
  return (
    <>
      {gone !== undefined && !stale.value && <p class="line">{t('skipPhone', { n: gone })}</p>}
      <section>
        <h2>
          {t('mine')} {stale.value ? '—' : alarms.value.length}
        </h2>
        {alarms.value.length === 0 && <p class="note">{t(stale.value ? 'emptyStale' : 'mineNone')}</p>}
        <ul class="list">
          {mine.value.map((alarm) => (
            <AlarmItem key={alarm.id} alarm={alarm} chosen={false} choose={() => goTo(alarm.id)} />
          ))}
        </ul>
      </section>
      {you.value && mayAsk(you.value.role, 'point') && (
        <p class="hint">
          <a class="btn main" href={pageTable.point.path}>
            {say(pageTable.point.title)}
          </a>
        </p>
      )}
      <Rounds />
      <p class="hint">{t('phoneHint')}</p>
      <Ways />
      <p class="hint ends">
        <button type="button" class="btn" onClick={tryOut}>
          {t('phoneTry')}
        </button>
        <LanguageSwitch />
        <button type="button" class="btn plain" onClick={() => void logOut()}>
          {t('logout')}
        </button>
      </p>
    </>
  );
}

export function PhonePage() {
  useLayoutEffect(() => {
    speakUp('pocket');
    reportAs('m');
    const back = () => {
      chosenId.value = askedFor();
    };
    addEventListener('popstate', back);
    return () => removeEventListener('popstate', back);
  }, []);
  const alarm = openAlarms.value.find((a) => a.id === chosenId.value);
  return (
    <main class={`phone ${stale.value ? 'is-stale' : ''}`}>
      <Top />
      <StaleBar />
      <ClockBar />
      <WatchBar />
      <SoundBar />
      {!site.value && <p class="note">{t(stale.value ? 'noNetwork' : 'loading')}</p>}
      {site.value && alarm && you.value && (
        <PhoneAlarm key={alarm.id} alarm={alarm} role={you.value.role} back={() => goTo(undefined)} choose={goTo} />
      )}
      {site.value && !alarm && <Home />}
    </main>
  );
}
