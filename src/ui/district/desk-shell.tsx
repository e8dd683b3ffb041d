/**
 * What every page at a desk of the bureau wears: the bar with the ways of its role, who is logged in and for which streets, language,
 * colours and log-out. It must never lead to a page that would show nothing.
 */
import type { ComponentChildren } from 'preact';
import { districtPages, districtWays } from '../../district/board/district-pages.ts';
import { districtRoleWords } from '../../words/district/district-titles.ts';
import { onlyStreets } from '../../words/district/shell-words.ts';
import { logOut } from '../page/gateway-api.ts';
import { say, t } from '../page/language.ts';
import { LanguageSwitch } from '../page/page-frame.tsx';
import { dress, type Theme, theme } from '../page/theme.ts';
import { officer } from './officer.ts';
import './desk-dots.css';

/** The name of the district, the ways, and who is logged in. */
export function DistrictBar() {
  const who = officer.value;
  const here = (path: string) => location.pathname === path;
  return (
    <nav class="bar">
      <span class="name">{who ? say(who.district) : t('appName')}</span>
      {who &&
        districtWays(who.role).map(({ id, path, title }) => (
          <a key={id} href={path} class={here(path) ? 'here' : ''} aria-current={here(path) ? 'page' : undefined}>
            {say(title)}
          </a>
        ))}
      <span class="fill" />
      {who && (
        <span>
          {who.shown} · {say(districtRoleWords[who.role])}
          {who.streets.length > 0 && ` · ${say(onlyStreets(who.streets))}`}
        </span>
      )}
      {who && who.role !== 'screen' && (
        <a href={districtPages.account.path} class={here(districtPages.account.path) ? 'here' : ''}>
          {say(districtPages.account.title)}
        </a>
      )}
      <label>
        {t('theme')}{' '}
        <select value={theme.value} onChange={(e) => dress(e.currentTarget.value as Theme)}>
          <option value="auto">{t('themeAuto')}</option>
          <option value="day">{t('themeDay')}</option>
          <option value="dark">{t('themeDark')}</option>
        </select>
      </label>
      <LanguageSwitch />
      <button type="button" class="btn plain" onClick={() => void logOut()}>
        {t('logout')}
      </button>
    </nav>
  );
}

/** A page at a desk: bar, and content once it is known whose page it is. */
export function DistrictDesk({ children }: { children: ComponentChildren }) {
  return (
    <div class="desk">
      <DistrictBar />
      <main class="content">{officer.value ? children : <p class="note">{t('loading')}</p>}</main>
    </div>
  );
}
