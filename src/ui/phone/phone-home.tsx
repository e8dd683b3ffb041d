/**
 * What a guard's phone shows when no alarm is open on it: what waits, his round, and what this phone can and cannot do.
 */
import { computed } from '@preact/signals';
import { may } from '../../core/act/act-roles.ts';
import { pagesOn, pageTable } from '../../core/site/pages.ts';
import { mayAsk } from '../../core/site/rights.ts';
import { phoneWords } from '../../words/screens/phone-words.ts';
import { AlarmItem } from '../alarm/alarm-item.tsx';
import { hm } from '../page/format.ts';
import { logOut } from '../page/gateway-api.ts';
import { say, t } from '../page/language.ts';
import { stale } from '../page/page-clock.ts';
import { you } from '../page/page-feed.ts';
import { LanguageSwitch } from '../page/page-frame.tsx';
import { cellClass, startText } from '../page/patrol-strip.tsx';
import { alarms, offset, rounds } from '../page/views.ts';
import { OwnLedger } from './my-ledger.tsx';
import { MyRound, walking } from './my-round.tsx';
import { PhoneAble } from './phone-able.tsx';
import { SosButton } from './sos-button.tsx';
import { mine } from './sprung.ts';
import { WaitingList } from './waiting-list.tsx';

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

/** `gone`: the alarm of a link that is not open any more. */
export function PhoneHome({ gone, goTo }: { gone: number | undefined; goTo: (id: number) => void }) {
  return (
    <>
      {you.value && may(you.value.role, 'call-help') && <SosButton />}
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
      <WaitingList />
      {you.value && mayAsk(you.value.role, 'point') && !walking.value && (
        <p class="hint">
          <a class="btn main" href={pageTable.point.path}>
            {say(pageTable.point.title)}
          </a>
        </p>
      )}
      <MyRound />
      <Rounds />
      <OwnLedger />
      <p class="hint">{say(phoneWords.background)}</p>
      <PhoneAble />
      <Ways />
      <p class="hint ends">
        <LanguageSwitch />
        <button type="button" class="btn plain" onClick={() => void logOut()}>
          {t('logout')}
        </button>
      </p>
    </>
  );
}
