/**
 * What comes most often, and which zones cry wolf, as bars beside their numbers: the few things to repair first.
 */

import type { Kpi, ZoneFigures } from '../../core/report/kpi-types.ts';
import { type ReasonCode, reasons } from '../../words/trade-words.ts';
import { say } from '../page/language.ts';
import { site } from '../page/page-feed.ts';
import { t } from '../text/kpi-language.ts';
import { count, keyName, percent, zoneName } from './kpi-text.ts';

const width = 100;

/** One row: what, a bar of one or two parts out of `whole`, the number in words, and why below. */
function Bar({
  name,
  parts,
  whole,
  number,
  why,
}: {
  name: string;
  parts: readonly number[];
  whole: number;
  number: string;
  why?: string;
}) {
  const scale = (n: number) => (whole > 0 ? (n / whole) * width : 0);
  let from = 0;
  return (
    <li>
      <span>{name}</span>
      <svg viewBox={`0 0 ${width} 10`} preserveAspectRatio="none" aria-hidden="true">
        {parts.map((n, i) => {
          const x = from;
          from += scale(n);
          return <rect key={i} class={`part${i}`} x={x} y="0" width={scale(n)} height="10" />;
        })}
      </svg>
      <span class="number">{number}</span>
      {why && <small>{why}</small>}
    </li>
  );
}

export function Pareto({ kpi }: { kpi: Kpi }) {
  let sum = 0;
  return (
    <section class="box">
      <h2>{t('kpiTop')}</h2>
      {kpi.top.length === 0 && <p class="note">{t('kpiNone')}</p>}
      <ol class="barlist">
        {kpi.top.map((key) => {
          sum += key.count;
          return (
            <Bar
              key={key.key}
              name={keyName(key)}
              parts={[key.count]}
              whole={kpi.top[0]?.count ?? 0}
              number={t('kpiTopRow', { n: key.count, share: percent(sum, kpi.raised) })}
            />
          );
        })}
      </ol>
    </section>
  );
}

/** `B1 大风 3 · C2 阈值不当 1`: the most frequent reasons first. */
function reasonList({ byCode }: ZoneFigures): string {
  return Object.entries(byCode)
    .sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1))
    .map(([code, n]) => `${code} ${code in reasons ? say(reasons[code as ReasonCode]) : ''} ${n}`)
    .join(' · ');
}

/** In the order of the fence; zones the site no longer has, and what is in none, at the end. */
function inOrder(zones: readonly ZoneFigures[]): ZoneFigures[] {
  const number = ({ zone }: ZoneFigures) => (zone === undefined ? Infinity : (site.value?.zones[zone]?.number ?? 1e9));
  return [...zones].sort((a, b) => number(a) - number(b));
}

export function Nuisance({ kpi }: { kpi: Kpi }) {
  const zones = inOrder(kpi.zones).filter(({ closed }) => closed > 0);
  // Too short for a rate: then it is how many there were.
  const short = kpi.zones.every((z) => z.nuisancePerMonth === null);
  const b = (z: ZoneFigures) => z.nuisancePerMonth ?? z.nuisance;
  const c = (z: ZoneFigures) => z.malfunctionPerMonth ?? z.malfunction;
  const whole = Math.max(0, ...zones.map((z) => b(z) + c(z)));
  return (
    <section class="box">
      <h2>
        {t('kpiZones')} <small>{t(short ? 'kpiZonesCount' : 'kpiZonesNote')}</small>
      </h2>
      {zones.length === 0 && <p class="note">{t('kpiNoClosings')}</p>}
      {zones.length > 0 && (
        <p class="legend">
          <span>
            <i class="swatch part0" /> {t('kpiNuisance')}
          </span>
          <span>
            <i class="swatch part1" /> {t('kpiMalfunction')}
          </span>
        </p>
      )}
      <ol class="barlist">
        {zones.map((z) => (
          <Bar
            key={z.zone ?? ''}
            name={zoneName(z.zone)}
            parts={[b(z), c(z)]}
            whole={whole}
            number={t('kpiZoneRow', { b: count(b(z)), c: count(c(z)) })}
            why={reasonList(z)}
          />
        ))}
      </ol>
    </section>
  );
}
