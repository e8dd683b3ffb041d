/**
 * What every desk page wears: the bar with the way to the others, language, colours and log-out, the stale bar, and the
 * three states of anything that is loaded. Nothing may look fresh or empty before it is known to be.
 */
import { computed } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import { may } from '../../core/act/act-roles.ts';
import { pageEntries, pagesOn, pageTable } from '../../core/site/pages.ts';
import type { State } from '../../core/types.ts';
import { toDesk, urgesWait } from '../../words/bureau/urge-words.ts';
import { roles } from '../../words/trade-words.ts';
import { DrillBar } from './drill-bar.tsx';
import { Failure } from './failure.tsx';
import { span } from './format.ts';
import { base, command, logOut, refusal, sentence, to } from './gateway-api.ts';
import { lang, say, speak, t } from './language.ts';
import { ageSeconds, now, stale } from './page-clock.ts';
import { schoolName, select, site, troubles, you } from './page-feed.ts';
import { dress, type Theme, theme } from './theme.ts';
import { districtOrders, mayAnswer } from './views.ts';

/** The other language, in its own words. */
export function LanguageSwitch() {
  const other = lang.value === 'zh' ? 'en' : 'zh';
  return (
    <button type="button" class="btn plain" lang={other} onClick={() => speak(other)}>
      {t('otherLanguage')}
    </button>
  );
}

/** The page itself, or one that has no way of its own in the bar and stands below it. */
const here = (path: string) => {
  const shown = location.pathname.slice(base.length);
  return (
    shown === path ||
    (shown.startsWith(`${path}/`) && !pageEntries.some((one) => one.path === shown && one.ways.includes('bar')))
  );
};

export function Bar() {
  const name = site.value?.name ?? schoolName.value;
  return (
    <nav class="bar">
      <span class="name one-line">{name ? say(name) : t('appName')}</span>
      {you.value &&
        pagesOn('bar', you.value.role).map(({ id, path, title }) => (
          <a key={id} href={to(path)} class={here(path) ? 'here' : ''} aria-current={here(path) ? 'page' : undefined}>
            {say(title)}
          </a>
        ))}
      <span class="fill" />
      {you.value && (
        <span>
          {you.value.name} · {say(roles[you.value.role])}
        </span>
      )}
      <select
        value={theme.value}
        aria-label={t('theme')}
        title={t('theme')}
        onChange={(e) => dress(e.currentTarget.value as Theme)}
      >
        <option value="auto">{t('themeAuto')}</option>
        <option value="day">{t('themeDay')}</option>
        <option value="dark">{t('themeDark')}</option>
      </select>
      <LanguageSwitch />
      {base === '' && (
        <button type="button" class="btn plain" onClick={() => void logOut()}>
          {t('logout')}
        </button>
      )}
    </nav>
  );
}

/** A desk page: bar, stale bar, content once the first snapshot is there. */
export function Desk({ children }: { children: ComponentChildren }) {
  return (
    <div class={`desk ${stale.value ? 'is-stale' : ''}`}>
      <Bar />
      <StaleBar />
      <ClockBar />
      <WatchBar />
      <UrgeBar />
      <DrillBar />
      <main class="content">
        {site.value ? children : <p class="note">{t(stale.value ? 'noNetwork' : 'loading')}</p>}
      </main>
    </div>
  );
}

export function StaleBar() {
  if (!stale.value) return null;
  return (
    <p class="stalebar hatched" role="alert">
      {t('staleBar', { age: span(ageSeconds.value * 1000) })}
    </p>
  );
}

const clock = select<State['clock']>((state) => state.clock, undefined);

/** That the clock of the gateway's machine was only just set, or is in doubt. */
export const clockTrouble = computed(() => troubles.value.find(({ part }) => part === 'clock'));

/** While the clock of the gateway's machine was only just set or is in doubt: the gateway's own sentence, and the answer to its question. */
export function ClockBar() {
  const { busy, failure, act } = useAct();
  const trouble = clockTrouble.value;
  if (!trouble) return null;
  const asked = clock.value?.asks && you.value && may(you.value.role, 'trust-clock');
  const answer = () => void act(() => command({ do: 'trust-clock' }));
  return (
    <div class="stalebar" role="alert">
      {say(trouble.why)}{' '}
      {asked && (
        <button type="button" class="btn" disabled={busy} onClick={answer}>
          {t('machineClockRight')}
        </button>
      )}
      <Failure why={failure} />
    </div>
  );
}

/** Parts in trouble by which an alarm may be missed, or reach nobody: who sits at another screen has to know. */
const watching = /^(?:walls|escalation|journal|journal-gap|snapshot|recheck|limits|certificate|duty|channel:.*)$/;
/** What keeps alarms from being seen, heard or told, in the gateway's own sentences. */
export const unwatched = computed(() => {
  // A guard in the yard can look at a wall, and mend no account.
  const guard = you.value?.role === 'guard';
  return troubles.value.filter(({ part }) => watching.test(part) && !(guard && part === 'escalation'));
});

/** A wall that is dark or mute, steps that reach nobody, messages that do not get out: said on every page of a person. */
export function WatchBar() {
  if (stale.value || unwatched.value.length === 0) return null;
  return (
    <div class="stalebar" role="status">
      {unwatched.value.map(({ part, why }) => (
        <p key={part}>{say(why)}</p>
      ))}
    </div>
  );
}

/** That the district waits for an answer, on every page of those who may give it but the desk, where it stands in full. */
export function UrgeBar() {
  const { urges } = districtOrders.value;
  const desk = pageTable.console.path;
  if (stale.value || urges.length === 0 || !mayAnswer.value || location.pathname === desk) return null;
  return (
    <p class="stalebar" role="status">
      {say(urgesWait(urges.length, urges.filter(({ due }) => due <= now.value).length))}{' '}
      <a class="btn" href={desk}>
        {say(toDesk)}
      </a>
    </p>
  );
}

export type LoadState<T> =
  | { readonly phase: 'loading' }
  | { readonly phase: 'failed'; readonly why: string }
  | { readonly phase: 'there'; readonly value: T };

/** Loads something, again whenever `key` changes or `again` is called. A late answer to an old question is dropped. */
export function useLoaded<T>(load: () => Promise<T>, key: unknown): readonly [LoadState<T>, () => void] {
  const [loaded, set] = useState<LoadState<T>>({ phase: 'loading' });
  const asked = useRef(0);
  const again = useCallback(() => {
    const mine = ++asked.current;
    load().then(
      (value) => mine === asked.current && set({ phase: 'there', value }),
      (failure) => mine === asked.current && set({ phase: 'failed', why: sentence(failure) }),
    );
  }, [key]);
  useEffect(() => {
    set({ phase: 'loading' });
    again();
    return () => {
      asked.current++;
    };
  }, [again]);
  return [loaded, again];
}

/** Shows what was loaded, or that it is loading, or why not and a way to try again. */
export function Show<T>({
  loaded,
  again,
  children,
}: {
  loaded: LoadState<T>;
  again: () => void;
  children: (value: T) => ComponentChildren;
}) {
  if (loaded.phase === 'loading') return <p class="note">{t('loading')}</p>;
  if (loaded.phase === 'there') return <>{children(loaded.value)}</>;
  return (
    <div class="note">
      <p>{t('loadFailed', { why: loaded.why })}</p>
      <button type="button" class="btn" onClick={again}>
        {t('retry')}
      </button>
    </div>
  );
}

/** Runs one asked-for thing at a time and keeps its sentence if it failed. */
export function useAct(): {
  readonly busy: boolean;
  readonly failure: string | undefined;
  readonly act: (run: () => Promise<unknown>) => Promise<boolean>;
} {
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<string>();
  const act = async (run: () => Promise<unknown>) => {
    if (busy) return false;
    setBusy(true);
    setFailure(undefined);
    try {
      await run();
      return true;
    } catch (caught) {
      setFailure(refusal(caught));
      return false;
    } finally {
      setBusy(false);
    }
  };
  return { busy, failure, act };
}
