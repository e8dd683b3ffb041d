/**
 * The way between the pages of commissioning: health of lines and devices, limits, walk test. Only those a person may see.
 */
import { useEffect } from 'preact/hooks';
import { pagesOn } from '../../core/site/pages.ts';
import { say, t } from '../page/language.ts';
import { you } from '../page/page-feed.ts';
import { learnPin } from '../text/pin-field.tsx';
import './setup.css';

export function SetupTabs() {
  // Walk tests and limits take watch away: whoever has a code is asked for it there.
  useEffect(() => void learnPin(), []);
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
