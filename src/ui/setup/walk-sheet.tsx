/**
 * The record of a walk test as it is printed: who tested what and when, every time beside its limit and the limit's source,
 * the place of the test in the hash chain, and room to sign. It is only seen on paper.
 */
import { signal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { touchesNeeded, walkLimitMs } from '../../core/report/walk-results.ts';
import type { WalkTest } from '../../core/types.ts';
import { stamp } from '../page/format.ts';
import { say } from '../page/language.ts';
import { now } from '../page/page-clock.ts';
import { chain, site } from '../page/page-feed.ts';
import { offset } from '../page/views.ts';
import { t } from '../text/commission-language.ts';
import { WalkTable, zoneText } from './walk-table.tsx';

/** A finished walk test and the event that ended it. */
export interface Finished {
  readonly walk: WalkTest;
  readonly seq: number;
  readonly hash?: string;
}

/** What is on the sheet. */
const printed = signal<Finished | undefined>(undefined);
/** Counts how often printing was asked for. */
const asked = signal(0);

/** Puts a test on the sheet and opens the browser's way to print it. */
export function printSheet(finished: Finished): void {
  printed.value = finished;
  asked.value++;
}

function Line({ label, children }: { label: string; children: preact.ComponentChildren }) {
  return (
    <div>
      <dt>{label}</dt>
      <dd>{children}</dd>
    </div>
  );
}

const signers = ['signInstaller', 'signHead', 'signWitness'] as const;

/** The sheet; `shown` is on it until another is asked for. */
export function WalkSheet({ shown }: { shown: Finished | undefined }) {
  const times = asked.value;
  useEffect(() => {
    if (times > 0) window.print();
  }, [times]);
  const finished = printed.value ?? shown;
  const here = site.value;
  // Without a sheet the page prints as it is.
  useEffect(() => {
    if (finished) document.documentElement.dataset.sheet = '';
    return () => {
      delete document.documentElement.dataset.sheet;
    };
  }, [finished]);
  if (!finished || !here) return null;
  const { walk, seq, hash } = finished;
  return (
    <section class="printed" aria-hidden="true">
      <h1>{t('sheetTitle')}</h1>
      <dl>
        <Line label={t('sheetSchool')}>{say(here.name)}</Line>
        <Line label={t('sheetTime')}>
          {stamp(walk.at, offset.value)} — {walk.ended ? stamp(walk.ended.at, offset.value) : '—'}
        </Line>
        <Line label={t('sheetBy')}>{walk.by}</Line>
        <Line label={t('walkZones')}>{walk.zones.map(zoneText).join(' · ')}</Line>
        <Line label={t('sheetLimit')}>{t('sheetLimitText', { limit: walkLimitMs / 1_000, n: touchesNeeded })}</Line>
      </dl>
      <WalkTable walk={walk} />
      <p>{t('timedFrom')}</p>
      <dl>
        <Line label={t('sheetChain')}>
          {t('sheetChainText', { seq, hash: hash ?? '—' })}
          <br />
          {t('sheetHead', { hash: chain.value?.head ?? '—' })} ·{' '}
          {t('sheetPrinted', { time: stamp(now.value, offset.value) })}
        </Line>
      </dl>
      <ul class="signs">
        {signers.map((key) => (
          <li key={key}>
            <b>{t(key)}</b>
            <span>{t('signDate')}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
