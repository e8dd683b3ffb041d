/**
 * A guard's phone: what waits, one tap to open, one to take it. Gloves, sunlight, one hand. Acknowledging is a POST after a
 * tap; opening a link never does anything, and neither does an alarm that opens itself. It sounds and shakes while it is in front.
 * Works on plain http inside a chat's browser.
 */
import { computed, signal } from '@preact/signals';
import { useLayoutEffect } from 'preact/hooks';
import type { Alarm } from '../../core/types.ts';
import { phoneWords } from '../../words/screens/phone-words.ts';
import { Badge } from '../page/badge.tsx';
import { DrillBar } from '../page/drill-bar.tsx';
import { span } from '../page/format.ts';
import { say, t } from '../page/language.ts';
import { ageSeconds, stale } from '../page/page-clock.ts';
import { site, you } from '../page/page-feed.ts';
import { ClockBar, StaleBar, WatchBar } from '../page/page-frame.tsx';
import { reportAs } from '../page/page-report.ts';
import { speakUp } from '../page/speaker.ts';
import { openAlarms } from '../page/views.ts';
import { titleOf } from '../text/alarm-text.ts';
import { installShell } from './install-shell.ts';
import { stayAwake } from './keep-awake.ts';
import { SoundBar } from './phone-able.tsx';
import { PhoneAlarm } from './phone-alarm.tsx';
import { PhoneHome } from './phone-home.tsx';
import { whoHolds } from './phone-outbox.ts';
import { SosButton, sosHeld } from './sos-button.tsx';
import { asking, spring, sprung } from './sprung.ts';
import { useSending, WaitingList } from './waiting-list.tsx';

/** `/m/a/123` opens alarm 123, so that a message can link to it. */
function askedFor(): number | undefined {
  const id = Number(/^\/m\/a\/(\d+)$/.exec(location.pathname)?.[1]);
  return Number.isSafeInteger(id) ? id : undefined;
}
const chosenId = signal<number | undefined>(askedFor());
const chosen = computed(() => openAlarms.value.find(({ id }) => id === chosenId.value));

function show(id: number | undefined): void {
  history.pushState(null, '', id === undefined ? '/m' : `/m/a/${id}`);
  chosenId.value = id;
  scrollTo(0, 0);
}

/** A person's own choice. */
function goTo(id: number | undefined): void {
  sprung.value = undefined;
  show(id);
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

/** While one alarm is open another knocks, and does not take the screen. */
function Another({ than, open }: { than: Alarm; open: (id: number) => void }) {
  const next = asking.value.find(({ id }) => id !== than.id);
  if (!next || stale.value) return null;
  return (
    <button type="button" class="btn knock" data-alarm={next.id} onClick={() => open(next.id)}>
      <Badge priority={next.priority} acked={false} /> {say(phoneWords.another)} · {titleOf(next)}
    </button>
  );
}

/** Opened and nothing heard yet: what is known of alarms here is nothing, and that is said. What this phone can still do it can. */
function Unheard() {
  if (!stale.value) return <p class="note">{t('loading')}</p>;
  return (
    <>
      <p class="note">
        <b>{say(phoneWords.offline)}</b>
      </p>
      {whoHolds() !== '' && <SosButton />}
      <WaitingList />
    </>
  );
}

export function PhonePage() {
  useLayoutEffect(() => {
    speakUp('pocket');
    reportAs('m');
    void installShell();
    const back = () => {
      sprung.value = undefined;
      chosenId.value = askedFor();
    };
    addEventListener('popstate', back);
    const free = () => !chosen.peek() && !sosHeld.peek();
    const ends = [spring(() => site.value !== undefined, free, show), stayAwake()];
    return () => {
      removeEventListener('popstate', back);
      for (const end of ends) end();
    };
  }, []);
  useSending(() => undefined);
  const alarm = chosen.value;
  return (
    <main class={`phone ${stale.value ? 'is-stale' : ''}`}>
      <Top />
      <StaleBar />
      <ClockBar />
      <WatchBar />
      <DrillBar />
      <SoundBar />
      {!site.value && <Unheard />}
      {alarm && <Another than={alarm} open={goTo} />}
      {site.value && alarm && you.value && (
        <PhoneAlarm key={alarm.id} alarm={alarm} role={you.value.role} back={() => goTo(undefined)} choose={goTo} />
      )}
      {site.value && !alarm && <PhoneHome gone={chosenId.value} goTo={goTo} />}
    </main>
  );
}
