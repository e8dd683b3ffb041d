/**
 * The way between the pages of commissioning: health of lines and devices, limits, walk test. Only those a person may see.
 */
import { pagesOn } from '../../core/site/pages.ts';
import { say, t } from '../page/language.ts';
import { you } from '../page/page-feed.ts';
import './setup.css';

export function SetupTabs() {
  return (
    <nav class="tabs ways" aria-label={t('setupParts')}>
      {you.value &&
        pagesOn('setup', you.value.role).map(({ id, path, title }) => (
          <a key={id} href={path} aria-current={location.pathname === path ? 'page' : undefined}>
            {say(title)}
          </a>
        ))}
    </nav>
  );
}
