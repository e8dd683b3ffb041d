/**
 * The touches of a walk test, zone by zone, once as the controller told them and once as the gateway did, with the slowest
 * and the verdict. On screen and on the printed sheet alike; a time nobody measured is not shown as one.
 */

import { useMemo } from 'preact/hooks';
import {
  type Touch,
  touchesNeeded,
  walkLimitMs,
  walkResults,
  type ZoneResult,
} from '../../core/report/walk-results.ts';
import type { WalkTest } from '../../core/types.ts';
import { zonePicture } from '../../core/view/view.ts';
import { kinds } from '../../words/trade-words.ts';
import { hms } from '../page/format.ts';
import { say } from '../page/language.ts';
import { select, site } from '../page/page-feed.ts';
import { offset } from '../page/views.ts';
import { type CommissionKey, t } from '../text/commission-language.ts';
import { looseText } from '../text/loose-text.ts';

/** Seconds with one decimal; a time just over the limit must not be rounded down to it. */
export const seconds = (ms: number): string => (Math.ceil(ms / 100) / 10).toFixed(1);
const limit = String(walkLimitMs / 1_000);

const verdicts: Readonly<Record<ZoneResult['verdict'], CommissionKey>> = {
  waiting: 'verdictWaiting',
  short: 'verdictShort',
  untimed: 'verdictUntimed',
  failed: 'verdictFailed',
  passed: 'verdictPassed',
};

/** The verdict in words. */
export function verdictText({ verdict, touches }: ZoneResult): string {
  return t(verdicts[verdict], { limit, n: touches.length, all: touchesNeeded });
}

/** The zone in words, also when it is no longer configured. */
export function zoneText(id: string): string {
  const zone = site.value?.zones[id];
  return zone ? t('zoneTitle', { n: zone.number, title: say(zone.title) }) : id;
}

function TouchCell({ touch, waits }: { touch: Touch | undefined; waits: boolean }) {
  if (!touch) return <td class="n">{waits ? t('touchWaits') : '—'}</td>;
  const text = touch.ms === undefined ? t('touchUntimed') : t('touchMs', { s: seconds(touch.ms) });
  const slow = (touch.ms ?? 0) > walkLimitMs;
  return (
    <td class="n">
      <b class={slow ? 'flag' : ''}>{text}</b>
      <small>
        {hms(touch.at, offset.value)} {touch.alarms.map((kind) => say(kinds[kind])).join(' ')}
      </small>
    </td>
  );
}

/** What is loose about the limits the zone is judged by now; on screen and on paper. */
function LooseMarkOf({ zone: id }: { zone: string }) {
  const text = useMemo(
    () =>
      select((state, here) => {
        const zone = here.zones[id];
        return zone && looseText(zonePicture(here, state, zone));
      }, undefined),
    [id],
  ).value;
  return text === undefined ? null : <small class="flag">{text}</small>;
}

function ResultRow({ result, first, rows, over }: { result: ZoneResult; first: boolean; rows: number; over: boolean }) {
  const { touches, slowestMs, verdict } = result;
  const places = Array.from({ length: touchesNeeded }, (_, i) => i);
  const more = touches.length - touchesNeeded;
  return (
    <tr>
      {first && (
        <th scope="rowgroup" rowSpan={rows} class="zone">
          {zoneText(result.zone)}
          <LooseMarkOf zone={result.zone} />
        </th>
      )}
      <td class="by">{t(result.told === 'device' ? 'toldDevice' : 'toldGateway')}</td>
      {places.map((i) => (
        <TouchCell key={i} touch={touches[i]} waits={!over && i === touches.length} />
      ))}
      <td class="n slowest">
        {slowestMs === undefined ? '—' : t('touchMs', { s: seconds(slowestMs) })}
        {more > 0 && <small>{t('touchMore', { n: more })}</small>}
      </td>
      <td class="verdict">
        <b class={verdict === 'failed' || verdict === 'short' ? 'flag' : ''}>{verdictText(result)}</b>
      </td>
    </tr>
  );
}

export function WalkTable({ walk }: { walk: WalkTest }) {
  if (!site.value) return null;
  const results = walkResults(site.value, walk);
  if (results.length === 0) return <p class="note">{t('walkNothing')}</p>;
  return (
    <div class="scroll">
      <table class="plain walked">
        <thead>
          <tr>
            <th>{t('zone')}</th>
            <th>{t('toldBy')}</th>
            {Array.from({ length: touchesNeeded }, (_, i) => (
              <th key={i} class="n">
                {t('touchNth', { n: i + 1 })}
              </th>
            ))}
            <th class="n">{t('slowest')}</th>
            <th>{t('result')}</th>
          </tr>
        </thead>
        <tbody>
          {results.map((result, i) => (
            <ResultRow
              key={`${result.zone} ${result.told}`}
              result={result}
              first={results[i - 1]?.zone !== result.zone}
              rows={results.filter((one) => one.zone === result.zone).length}
              over={walk.ended !== undefined}
            />
          ))}
        </tbody>
      </table>
    </div>
  );
}
