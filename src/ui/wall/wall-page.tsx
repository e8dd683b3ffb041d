/**
 * The wall: one fixed screen for a television, read from metres away, that runs for months. Contents change, places never.
 * Stale data looks stale everywhere; the clock, which makes a dead page look alive, goes first.
 */
import { signal } from '@preact/signals';
import { useLayoutEffect } from 'preact/hooks';
import { pagesOn } from '../../core/site/pages.ts';
import type { Command } from '../../core/types.ts';
import { type Candidate, candidates, raisedLately } from '../../core/view/view-handling.ts';
import { copyWords } from '../../words/district/look-words.ts';
import { dutyPage } from '../../words/duty/duty-page-words.ts';
import { AlarmList, backToTop, choose, chosen, isRead, justCame, toAcknowledge } from '../alarm/alarm-rows.tsx';
import { suggested } from '../alarm/dispatch.tsx';
import { EvidenceSlot } from '../alarm/evidence-slot.tsx';
import { hidden } from '../alarm/shots.tsx';
import { DrillChip } from '../page/drill-bar.tsx';
import { clockSpan, hms, span } from '../page/format.ts';
import { base, command, refusal, to } from '../page/gateway-api.ts';
import { fill, say, t } from '../page/language.ts';
import { ageSeconds, everyTurn, lastAt, now, stale } from '../page/page-clock.ts';
import { ahead, gap, link, select, site, you } from '../page/page-feed.ts';
import { clockTrouble, unwatched } from '../page/page-frame.tsx';
import { reportAs } from '../page/page-report.ts';
import { PatrolStrip } from '../page/patrol-strip.tsx';
import { muteFailure, silence, silentSeconds, sound, speakUp } from '../page/speaker.ts';
import { alarms, flood, incidents, offset, raises, unacked } from '../page/views.ts';
import { duty, personName } from '../text/duty-text.ts';
import { leadOf } from '../text/incident-text.ts';
import { unsignedSince } from '../text/unsigned-text.ts';
import { CampusMap } from './campus-map.tsx';
import { DayBoard } from './day-board.tsx';
import { HealthStrip } from './health-strip.tsx';
import { shifted, shiftPixels } from './pixel-shift.ts';
import './wall.css';

const FAILURE_SHOWN_MS = 15_000;

const failure = signal<{ readonly why: string; readonly at: number } | undefined>(undefined);

/** Asks for each in turn; the first that does not work ends it and is said. */
async function ask(...all: readonly Command[]): Promise<void> {
  try {
    for (const one of all) await command(one);
    failure.value = undefined;
  } catch (refused) {
    failure.value = { why: refusal(refused), at: performance.now() };
  }
}

/** Says that what came under the finger has to be read first. */
function tooSoon(): void {
  failure.value = { why: t('justCame'), at: performance.now() };
}

/** Acknowledges every alarm of the row: a row is one thing to a person, and each keeps its own record. */
async function acknowledgeTop(): Promise<void> {
  const waits = toAcknowledge();
  if (waits.length === 0 && justCame()) tooSoon();
  else await ask(...waits.map(({ id }) => ({ do: 'acknowledge', alarm: id }) as const));
}

const people = select<readonly Candidate[]>(
  (state, here) => (chosen.value ? candidates(here, state, leadOf(chosen.value)) : []),
  [],
);

/** Sends whoever is near and free to the chosen row. */
async function sendNearest(): Promise<void> {
  const alarm = chosen.value && leadOf(chosen.value);
  const best = alarm && suggested(people.value, alarm);
  if (!alarm || alarm.dispatched) return;
  if (!alarm.acked && !isRead(alarm)) return tooSoon();
  if (best) await ask({ do: 'dispatch', alarm: alarm.id, to: best.person.id });
  else failure.value = { why: t('nobodyFree'), at: performance.now() };
}

/** Keys by which something is done at the school. */
const acts = ['Enter', '0', '+'];

function onKey(event: KeyboardEvent): void {
  if (event.ctrlKey || event.altKey || event.metaKey || (base !== '' && acts.includes(event.key))) return;
  if (event.key === 'Enter' && !event.repeat) void acknowledgeTop();
  else if (event.key === 'ArrowUp') choose(-1);
  else if (event.key === 'ArrowDown') choose(1);
  else if (event.key === '0') silence();
  else if (event.key === '+' && !event.repeat) void sendNearest();
  else if (event.key === '*') hidden.value = !hidden.value;
  else if (event.key === 'Escape' || event.key === '/') gap.value = 0;
  else return;
  event.preventDefault();
}

function StateChip() {
  const waits = unacked.value.length;
  const worst = waits > 0 ? incidents.value[0]?.priority : undefined;
  const fill = worst === undefined ? '' : `p${worst}`;
  if (stale.value) return <span class={`chip ${fill}`}>{waits ? t('cutWith', { n: waits }) : t('cut')}</span>;
  if (!site.value) return <span class="chip">{t('connecting')}</span>;
  if (waits) {
    return (
      <span class={`chip ${fill}`}>
        <svg viewBox="0 0 24 24" aria-hidden="true">
          <rect x="3" y="3" width="18" height="18" fill="currentColor" />
        </svg>
        {t('waitingCount', { n: waits })}
      </span>
    );
  }
  const open = alarms.value.length;
  // Of a copy it is not said that all is quiet while alarms stand above it that it does not hold.
  if (open === 0 && ahead.value.length > 0) return null;
  return <span class="chip">{open ? t('handledCount', { n: open }) : t('quiet')}</span>;
}

/** Alarms that overtook what this copy holds: they count among what waits, and are shown above. */
function AheadChip() {
  const first = ahead.value[0];
  if (!first) return null;
  return <span class={`chip p${first.priority}`}>{fill(copyWords.aheadChip, { n: ahead.value.length })}</span>;
}

function SoundMark() {
  if (silentSeconds.value > 0) {
    return <span class="chip">{t('silenced', { left: clockSpan(silentSeconds.value * 1000) })}</span>;
  }
  if (sound.value !== 'running') {
    return <span class="chip p3">{t(sound.value === 'none' ? 'soundNone' : 'soundBlocked')}</span>;
  }
  return (
    <span class="t2">
      <svg viewBox="0 0 24 24" aria-hidden="true">
        <path
          d="M3 9v6h4l6 5V4L7 9zM16 8a5 5 0 010 8M18.5 5a9 9 0 010 14"
          fill="none"
          stroke="currentColor"
          stroke-width="2.4"
        />
      </svg>
      {t(stale.value ? 'soundReady' : 'soundOn')}
    </span>
  );
}

const entry = select((state) => [...state.entryTimers][0], undefined);

/** What matters most now, in one place: what did not work, who came in, too many alarms, what keeps alarms from being told. */
function said() {
  const why = failure.value?.why ?? muteFailure.value;
  if (why !== undefined) return <span class="chip p3 one-line">{why}</span>;
  const [area, open] = entry.value ?? [];
  const title = area === undefined ? undefined : site.value?.areas[area]?.title;
  if (open && title && open.until > now.value && !stale.value) {
    return <span class="chip entry">{t('entryChip', { area: say(title), left: span(open.until - now.value) })}</span>;
  }
  // That nobody is on duty has a place of its own.
  const unheard = unwatched.value.find(({ part }) => part !== 'duty') ?? clockTrouble.value;
  if (unheard && !flood.value) return <span class="chip p3 one-line">{say(unheard.why)}</span>;
  if (flood.value) return <span class="chip p3">{t('flooded', { n: raisedLately(raises.value, now.value) })}</span>;
  return null;
}

/** Whose log-in this screen has, which is the way to the other pages for whoever has a pointer: said where nothing else is, and whole or not at all. */
function Account() {
  if (!you.value) return null;
  const way = pagesOn('bar', you.value.role).find(({ id }) => id !== 'wall');
  const name = t('accountHere', { name: you.value.name });
  if (!way) return <span class="t2">{name}</span>;
  return (
    <a class="t2 account" href={to(way.path)}>
      {name}
    </a>
  );
}

/** Who said at the desk that he is on duty; that nobody did, and since when. Nothing while that may have changed unseen. */
function OnDutyMark() {
  const { signed, unsigned } = duty.value;
  if (stale.value || signed.length + unsigned.length === 0) return null;
  const late = unsigned.find(({ overdue }) => overdue);
  if (late) return <span class="chip p3 on-duty">{say(unsignedSince(late.from))}</span>;
  const names = [...new Set(signed.map(({ person }) => personName(person)))];
  if (names.length === 0) return <span class="t2 on-duty">{say(dutyPage.wallNobody)}</span>;
  return (
    <span class="t2 one-line on-duty">
      {say(dutyPage.wallDuty)} {names.join('、')}
    </span>
  );
}

function Header() {
  const what = said();
  return (
    <header class="panel wide head">
      <span class="school">{site.value ? say(site.value.name) : t('appName')}</span>
      <StateChip />
      <AheadChip />
      <DrillChip />
      {gap.value > 0 && (
        <button
          type="button"
          class="chip press"
          onClick={() => {
            gap.value = 0;
          }}
        >
          {t('gap', { n: gap.value })}
          <svg viewBox="0 0 24 24" role="img" aria-label={t('dismiss')}>
            <path d="M5 5 19 19M19 5 5 19" stroke="currentColor" stroke-width="4" />
          </svg>
        </button>
      )}
      <span class="fill">
        <i />
        {what === null && <Account />}
      </span>
      {what}
      <OnDutyMark />
      {base === '' && <SoundMark />}
      {!stale.value && now.value > 0 && <span class="clock">{hms(now.value, offset.value)}</span>}
    </header>
  );
}

function Banner() {
  if (!stale.value) return null;
  const at = lastAt.value;
  const { open, tries } = link.value;
  return (
    <div class="banner" role="alert">
      <p class="cut">{t('cutFor', { age: span(ageSeconds.value * 1000) })}</p>
      <p class="t1">{t('notLive')}</p>
      <p class="rest t2">
        <span>{at === undefined ? t('noUpdate') : t('lastUpdate', { time: hms(at, offset.value) })}</span>
        <span>{t('gatewayAt', { host: location.host })}</span>
        <span>{open ? t('linkMute') : t('retrying', { n: Math.max(1, tries) })}</span>
      </p>
    </div>
  );
}

function turn(): void {
  backToTop();
  shiftPixels();
  const shown = failure.peek();
  if (shown && performance.now() - shown.at > FAILURE_SHOWN_MS) failure.value = undefined;
}

export function WallPage() {
  // Before the first picture: a key pressed at what one sees must not fall on deaf ears.
  useLayoutEffect(() => {
    speakUp();
    reportAs('wall');
    addEventListener('keydown', onKey);
    const stop = everyTurn(turn);
    return () => {
      removeEventListener('keydown', onKey);
      stop();
    };
  }, []);
  return (
    <main class={`wall ${stale.value ? 'is-stale' : ''}`}>
      <div class="grid" style={shifted()}>
        <Header />
        <section class="panel map hatch">
          <CampusMap />
          <Banner />
        </section>
        <AlarmList>
          <DayBoard />
        </AlarmList>
        <PatrolStrip />
        <EvidenceSlot />
        <HealthStrip />
      </div>
    </main>
  );
}
