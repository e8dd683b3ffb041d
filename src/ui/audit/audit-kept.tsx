/**
 * What was cut of the journal by the settings for retention, and the incidents that are held back from it, each with the way to let go. It must
 * never offer that to whoever may not.
 */
import { useState } from 'preact/hooks';
import { may } from '../../core/act/act-roles.ts';
import { pageTable } from '../../core/site/pages.ts';
import type { CaseHold, CutClass, CutSpan } from '../../core/types.ts';
import { classWords, ruleWords } from '../../words/proof/retention-words.ts';
import { Failure } from '../page/failure.tsx';
import { stamp } from '../page/format.ts';
import { command, to } from '../page/gateway-api.ts';
import { say } from '../page/language.ts';
import { stale } from '../page/page-clock.ts';
import { select, you } from '../page/page-feed.ts';
import { useAct } from '../page/page-frame.tsx';
import { offset, openAlarms } from '../page/views.ts';
import { t } from '../text/audit-language.ts';
import { dayText, prunedSpans } from '../text/cut-notice.tsx';
import { whoText } from '../text/handling-text.ts';

const held = select<readonly (readonly [number, CaseHold])[]>((state) => [...state.held], []);

function Release({ incident }: { incident: number }) {
  const [reason, setReason] = useState('');
  const { busy, failure, act } = useAct();
  const release = () => void act(() => command({ do: 'release-case', incident, reason: reason.trim() }));
  return (
    <span class="field">
      <label>
        {t('keptReason')} <input maxLength={200} value={reason} onInput={(e) => setReason(e.currentTarget.value)} />
      </label>
      <button type="button" class="btn" disabled={busy || stale.value || reason.trim() === ''} onClick={release}>
        {t('keptRelease')}
      </button>
      <Failure why={failure} />
    </span>
  );
}

export function Kept() {
  const [cut, holds, open] = [
    Object.entries(prunedSpans.value) as [CutClass, CutSpan][],
    held.value,
    openAlarms.value.length,
  ];
  const mayRelease = you.value !== undefined && may(you.value.role, 'release-case');
  if (cut.length === 0 && holds.length === 0) return null;
  return (
    <section class="box kept">
      <h2>{t('keptTitle')}</h2>
      {cut.map(([of, { before, days }]) => (
        <p key={of}>
          {t('keptCut', { what: say(classWords[of]), day: dayText(before), days, rule: say(ruleWords[of]) })}
        </p>
      ))}
      {cut.length > 0 && open > 0 && <p>{t('keptOpen', { n: open })}</p>}
      {cut.length > 0 && <p class="note">{t('keptProof')}</p>}
      <ul>
        {holds.map(([incident, { by, at }]) => (
          <li key={incident}>
            <a href={to(`${pageTable.history.path}/${incident}`)}>{t('keptIncident', { incident })}</a>{' '}
            {t('keptHeld', { by: whoText(by), time: stamp(at, offset.value) })}{' '}
            {mayRelease && <Release incident={incident} />}
          </li>
        ))}
      </ul>
    </section>
  );
}
