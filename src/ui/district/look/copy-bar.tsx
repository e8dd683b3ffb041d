/**
 * What stands above every page of a school that the bureau looks at: that it is a copy, as of when, and large why it cannot be believed. It must
 * never be out of sight, nor say less than the worst that is known.
 */
import { pageTable } from '../../../core/site/pages.ts';
import { copyWords as words } from '../../../words/district/look-words.ts';
import { kinds } from '../../../words/trade-words.ts';
import { Badge } from '../../page/badge.tsx';
import { dayTime, span, stamp } from '../../page/format.ts';
import { base, to } from '../../page/gateway-api.ts';
import { fill, say } from '../../page/language.ts';
import { ageSeconds, stale } from '../../page/page-clock.ts';
import { ahead, copy, site } from '../../page/page-feed.ts';
import { offset } from '../../page/views.ts';
import './copy-bar.css';

/** The school's name in addresses. */
export const lookedAt = base.split('/')[3] ?? '';

/** Why the page cannot be believed; undefined where it can. */
function doubtSaid(): string | undefined {
  const known = copy.value;
  const age = span(ageSeconds.value * 1_000);
  if (known?.doubt) return fill(words[known.doubt], { age, n: known.behind });
  return stale.value && known ? say(words.cut) : undefined;
}

/** What an alarm of this kind is called; a kind that is not known here by its own name. */
export const kindWord = (kind: string): string => {
  const found = Object.keys(kinds).includes(kind) ? kinds[kind as keyof typeof kinds] : undefined;
  return found ? say(found) : kind;
};

/** Alarms that came before the lines before them: beside the page, for it does not know of them. */
function AheadBar() {
  if (ahead.value.length === 0) return null;
  return (
    <div class="copy-ahead" role="status">
      <b class="flag">{say(words.ahead)}</b>
      <ul>
        {ahead.value.map(({ id, kind, priority, place, at, ackedBy }) => (
          <li key={id} data-ahead={id}>
            <Badge priority={Math.min(4, Math.max(1, priority)) as 1 | 2 | 3 | 4} acked={ackedBy !== undefined} />{' '}
            <a href={to(`/alarms/${id}`)}>
              {say(place)} {kindWord(kind)} <small>{dayTime(at, offset.value)}</small>
            </a>{' '}
            {ackedBy !== undefined && <small>{ackedBy}</small>}
          </li>
        ))}
      </ul>
      <a class="btn" href={`/district/alarms?school=${lookedAt}&state=open`}>
        {say(words.aheadList)}
      </a>
    </div>
  );
}

export function CopyBar() {
  return (
    <>
      <CopyHead />
      <AheadBar />
    </>
  );
}

function CopyHead() {
  const known = copy.value;
  const doubt = doubtSaid();
  return (
    <header class={`copy-bar ${doubt === undefined ? '' : 'hatched'}`}>
      <a class="btn" href="/district">
        {say(words.back)}
      </a>
      <b>{site.value ? say(words.title) : say(words.loading)}</b>
      {known?.asOf !== undefined && <span>{fill(words.asOf, { time: stamp(known.asOf, offset.value) })}</span>}
      {doubt === undefined && (known?.behind ?? 0) > 0 && <span>{fill(words.behind, { n: known?.behind ?? 0 })}</span>}
      {doubt !== undefined && (
        <strong class="copy-doubt" role="alert">
          {doubt}
        </strong>
      )}
      <span class="fill" />
      {location.pathname === `${base}${pageTable.wall.path}` && (
        <a class="btn" href={`${base}${pageTable.console.path}`}>
          {say(pageTable.console.title)}
        </a>
      )}
      <a class="btn" href={`/district/orders?school=${lookedAt}`}>
        {say(words.order)}
      </a>
    </header>
  );
}
