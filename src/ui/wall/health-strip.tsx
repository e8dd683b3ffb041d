/**
 * The wall's health strip: counts good/total per family, channels beyond the screens, troubles, the hash chain, and how old the data is. Anything not
 * full is ink on yellow. While data is stale every figure but the age is a dash, because nobody knows it.
 */
import { signal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { Words } from '../../core/types.ts';
import { type Count, checkpointCount, familyCount, zoneCount } from '../../core/view/view.ts';
import { type ChannelCount, channelCount } from '../../core/view/view-channels.ts';
import { channelChip, channelsDown, channelsUntested } from '../../words/reach/told-words.ts';
import { span } from '../page/format.ts';
import { type Key, say, t } from '../page/language.ts';
import { pulse, stale } from '../page/page-clock.ts';
import { chain, dataAging, dataSeconds, link, select, site, troubles } from '../page/page-feed.ts';
import { maintenance, minute, shelved } from '../page/views.ts';
import './health-strip.css';

const none: Count = { good: 0, total: 0 };
const cameras = select((state, here) => familyCount(here, state, 'camera'), none);
const zones = select((state, here) => zoneCount(here, state), none);
const points = select((state, here) => checkpointCount(here, state), none);
const channels = select<ChannelCount>((state, here) => channelCount(here, state, minute.value), {
  total: 0,
  down: 0,
  untested: 0,
});

interface FigureProps {
  readonly label: Key | Words;
  readonly text: string;
  readonly short: boolean;
}

function Figure({ label, text, short }: FigureProps) {
  const unknown = stale.value || !site.value;
  return (
    <span>
      {typeof label === 'string' ? t(label) : say(label)}{' '}
      <b class={`num ${short && !unknown ? 'short' : ''}`}>{unknown ? '—' : text}</b>
    </span>
  );
}

function Counted({ label, count }: { label: Key; count: Count }) {
  return <Figure label={label} text={`${count.good}/${count.total}`} short={count.good < count.total} />;
}

/** How many channels take messages; and what is amiss with the others, or was not tried today. */
function Channels() {
  const { total, down, untested } = channels.value;
  if (total === 0) return null;
  const wrong = down > 0 ? channelsDown(down) : untested > 0 ? channelsUntested(untested) : undefined;
  return <Figure label={channelChip} text={wrong ? say(wrong) : `${total}/${total}`} short={wrong !== undefined} />;
}

const drawn = signal(false);

/** Left half turns while the browser draws, right half when the gateway says something new. */
function Life() {
  useEffect(() => {
    let stop = false;
    let last = 0;
    const frame = (at: number) => {
      if (stop) return;
      if (at - last >= 1000) {
        last = at;
        drawn.value = !drawn.value;
      }
      requestAnimationFrame(frame);
    };
    requestAnimationFrame(frame);
    return () => {
      stop = true;
    };
  }, []);
  return (
    <svg class="life" viewBox="0 0 36 36" aria-hidden="true">
      <rect x="2" y="8" width="16" height="20" fill={drawn.value ? 'var(--ink3)' : 'var(--raised)'} />
      <rect x="18" y="8" width="16" height="20" fill={pulse.value ? 'var(--ink3)' : 'var(--raised)'} />
      <path d="M2 8H34V28H2zM18 8V28" fill="none" stroke="var(--ink)" stroke-width="3" />
    </svg>
  );
}

export function HealthStrip() {
  const broken = chain.value?.ok === false;
  const never = !site.value && link.value.tries === 0;
  return (
    <section class="panel wide health">
      <Counted label="hsCameras" count={cameras.value} />
      <Counted label="hsZones" count={zones.value} />
      <Counted label="hsPoints" count={points.value} />
      <Channels />
      <Figure label="hsTroubles" text={String(troubles.value.length)} short={troubles.value.length > 0} />
      <Figure label="hsMaintenance" text={String(maintenance.value.length)} short={false} />
      <Figure label="hsShelved" text={String(shelved.value.length)} short={false} />
      <Figure label="hsChain" text={broken ? t('chainBroken') : chain.value ? '✓' : '—'} short={broken} />
      <span class="fill" />
      <Life />
      <span>
        {t('hsData')}{' '}
        <b class={`num ${dataAging.value ? 'aging' : ''}`}>
          {never ? '—' : t('ago', { age: span(dataSeconds.value * 1000) })}
        </b>
      </span>
    </section>
  );
}
