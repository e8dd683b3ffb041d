/**
 * The way between the pages of commissioning: health of lines and devices, limits, walk test.
 */
import { t } from '../page/language.ts';
import './setup.css';

const tabs = [
  ['/setup', 'setupHealth'],
  ['/setup/threshold', 'setupLimits'],
  ['/setup/walk', 'setupWalk'],
] as const;

export function SetupTabs() {
  const here = location.pathname.replace(/\/$/, '');
  return (
    <nav class="tabs ways" aria-label={t('setupParts')}>
      {tabs.map(([to, key]) => (
        <a key={to} href={to} aria-current={here === to ? 'page' : undefined}>
          {t(key)}
        </a>
      ))}
    </nav>
  );
}
