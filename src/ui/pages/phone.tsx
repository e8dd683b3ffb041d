/**
 * A guard's phone: what waits, one tap to open, one to take it. Gloves, sunlight, one hand. Acknowledging is a POST after a
 * tap; opening a link never does anything. Works on plain http inside a chat's browser.
 */
import { computed, signal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { may } from '../../core/rights.ts';
import type { Alarm } from '../../core/types.ts';
import { detailOf, phaseWhole, titleOf, whatOf } from '../alarmtext.ts';
import { command, logOut } from '../api.ts';
import { ageSeconds, stale } from '../clock.ts';
import { look, site, you } from '../feed.ts';
import { hm, hms, span } from '../format.ts';
import { Badge } from '../parts/badge.tsx';
import { cameraOf, evidencePath, noCameraText, picturePath } from '../parts/evidence.tsx';
import { LanguageSwitch, StaleBar, useAct } from '../parts/frame.tsx';
import { AlarmItem, ageOf } from '../parts/item.tsx';
import { ShotTile } from '../parts/shots.tsx';
import { cellClass } from '../parts/strip.tsx';
import { reportAs } from '../report.ts';
import { alarms, offset, rounds } from '../views.ts';
import { say, t } from '../words.ts';

const openAlarms = look<readonly Alarm[]>((state) => [...state.alarms.values()], []);

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

function Shown({ alarm }: { alarm: Alarm }) {
  const { busy, failure, act } = useAct();
  const camera = cameraOf(alarm);
  const what = whatOf(alarm) || (alarm.acked ? '' : detailOf(alarm, offset.value));
  const free = you.value !== undefined && may(you.value.role, 'acknowledge');
  return (
    <>
      <div class={`hero p${alarm.priority} ${alarm.acked ? 'acked' : ''}`} data-alarm={alarm.id}>
        <b>
          <Badge priority={alarm.priority} acked={!!alarm.acked} /> {titleOf(alarm)}
        </b>
        {t('secondsAgo', { age: ageOf(alarm) })} · {hms(alarm.taken ?? alarm.raisedAt, offset.value)} ·{' '}
        {phaseWhole(alarm)}
      </div>
      {!camera && <p class="line">{noCameraText(alarm)}</p>}
      {camera && (
        <ShotTile
          path={alarm.picture === undefined ? picturePath(camera) : evidencePath(alarm.picture)}
          once={alarm.picture !== undefined}
          label={say(camera.title)}
        />
      )}
      {what && (
        <p class="line">
          <b>{t('what')}</b>
          {what}
        </p>
      )}
      {alarm.acked && (
        <p class="line">{t('ackedAlready', { name: alarm.acked.by, time: hms(alarm.acked.at, offset.value) })}</p>
      )}
      <div class="grow" />
      <div class="foot">
        {failure !== undefined && (
          <p class="failed" role="alert">
            {t('notSent', { why: failure })}
          </p>
        )}
        {!alarm.acked && free && (
          <button
            type="button"
            class="btn main"
            disabled={busy}
            onClick={() => void act(() => command({ do: 'acknowledge', alarm: alarm.id }))}
          >
            {t(busy ? 'sending' : 'goThere')}
          </button>
        )}
        <button type="button" class="btn" onClick={() => goTo(undefined)}>
          {t('back')}
        </button>
      </div>
    </>
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
              {hm(row.start, offset.value)} {say(row.route.title)}
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
          {alarms.value.map((alarm) => (
            <AlarmItem key={alarm.id} alarm={alarm} chosen={false} choose={() => goTo(alarm.id)} />
          ))}
        </ul>
      </section>
      <Rounds />
      <p class="hint">{t('phoneHint')}</p>
      <p class="hint ends">
        <LanguageSwitch />
        <button type="button" class="btn plain" onClick={() => void logOut()}>
          {t('logout')}
        </button>
      </p>
    </>
  );
}

export function PhonePage() {
  useEffect(() => {
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
      {!site.value && <p class="note">{t(stale.value ? 'noNetwork' : 'loading')}</p>}
      {site.value && (alarm ? <Shown key={alarm.id} alarm={alarm} /> : <Home />)}
    </main>
  );
}
