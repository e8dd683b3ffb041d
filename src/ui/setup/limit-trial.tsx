/**
 * "What these limits would have done": asks the gateway to play its stored samples, shows how far it is, and then how often
 * it would have raised, by what people found, with what would be missed and what the samples cannot tell.
 */
import { useEffect, useRef, useState } from 'preact/hooks';
import { wrongLimits } from '../../core/arming/tuning.ts';
import type { Episode, Played } from '../../core/report/rehearsal.ts';
import { sameLimits } from '../../core/site/zone-limits.ts';
import type { Detection, Point, SignalLimits, Time } from '../../core/types.ts';
import { kinds, signs } from '../../words/trade-words.ts';
import { Failure } from '../page/failure.tsx';
import { rate, span, stamp, valueText } from '../page/format.ts';
import { askInLines } from '../page/gateway-api.ts';
import { say } from '../page/language.ts';
import { now, stale } from '../page/page-clock.ts';
import { useAct } from '../page/page-frame.tsx';
import { offset } from '../page/views.ts';
import { t } from '../text/commission-language.ts';
import { pointTitle } from '../text/detection-text.ts';
import { reasonText } from '../text/handling-text.ts';

const DAY_MS = 86_400_000;
const SPANS = [1, 7] as const;
/** Below this many steps of the thinning a limit is too fine for what was stored. */
const FINE = 2;

const signText = (sign: Detection): string => say(signs[sign]);

/** What an alarm was closed with, in words, or why there is nothing to say. */
function foundText(reason: string): string {
  if (reason === 'none') return t('replayNone');
  return reason === 'open' ? t('replayOpen') : reasonText(reason);
}

function Reasons({ played }: { played: Played }) {
  return (
    <div class="scroll">
      <table class="plain tight">
        <thead>
          <tr>
            <th>{t('replayReason')}</th>
            <th class="n">{t('replayWas')}</th>
            <th class="n">{t('replayNow')}</th>
            <th class="n">{t('replayWould')}</th>
          </tr>
        </thead>
        <tbody>
          {played.reasons.map(({ reason, was, now: is, would }) => (
            <tr key={reason}>
              <td>{foundText(reason)}</td>
              <td class="n">{was}</td>
              <td class="n">{is}</td>
              <td class="n">
                <b>{would}</b>
              </td>
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th>{t('total')}</th>
            <td class="n">{played.was}</td>
            <td class="n">{played.now}</td>
            <td class="n">{played.would}</td>
          </tr>
        </tfoot>
      </table>
    </div>
  );
}

interface Listing {
  readonly wires: readonly Point[];
  readonly look: (at: Time) => void;
}

function EpisodeRow({ one, wires, look }: Listing & { one: Episode }) {
  const named = one.wires.flatMap((wire) => (wires[wire] ? [pointTitle(wires[wire])] : [])).join(' ');
  return (
    <tr>
      <td>{stamp(one.from, offset.value)}</td>
      <td>
        {one.signs.map(signText).join(' ')} <small>{named}</small>
      </td>
      <td class="n">{one.peakN === undefined ? '—' : valueText(one.peakN, 'N')}</td>
      <td class="n">{span(one.to - one.from)}</td>
      <td>{foundText(one.reason ?? (one.alarm === undefined ? 'none' : 'open'))}</td>
      <td>
        <button type="button" class="btn plain" onClick={() => look(one.from)}>
          {t('replayLook')}
        </button>
      </td>
    </tr>
  );
}

function Episodes({ played, ...listing }: Listing & { played: Played }) {
  if (played.episodes.length === 0) return null;
  return (
    <details>
      <summary>
        {t('replayList')} <small>{played.would}</small>
      </summary>
      <div class="scroll">
        <table class="plain tight">
          <thead>
            <tr>
              <th>{t('time')}</th>
              <th>{t('signs')}</th>
              <th class="n">{t('peak')}</th>
              <th class="n">{t('duration')}</th>
              <th>{t('replayReason')}</th>
              <th />
            </tr>
          </thead>
          <tbody>
            {played.episodes.map((one) => (
              <EpisodeRow key={one.from} one={one} {...listing} />
            ))}
          </tbody>
        </table>
      </div>
      {played.unlisted > 0 && <p class="small">{t('replayUnlisted', { n: played.unlisted })}</p>}
    </details>
  );
}

/** What the samples can and cannot tell. */
function Honesty({ played, wires, upN }: { played: Played; wires: readonly Point[]; upN: number }) {
  const deadbandN = Math.max(0, ...wires.map((point) => point.deadband ?? 0));
  const maintenance = Object.entries(played.maintenance).map(
    ([sign, count]) => `${signText(sign as Detection)} ${count}`,
  );
  return (
    <ul class="told small">
      {deadbandN > 0 && upN < FINE * deadbandN && <li>{t('replayTooFine', { n: deadbandN })}</li>}
      {played.unknownMs > 0 && <li>{t('replayLittle', { span: span(played.unknownMs) })}</li>}
      {played.unwatched > 0 && <li>{t('replayUnwatched', { n: played.unwatched })}</li>}
      {maintenance.length > 0 && <li>{t('replayMaintenance', { list: maintenance.join(' · ') })}</li>}
      <li>{t('replayOwn')}</li>
      <li>
        {t('replayThinned', { n: deadbandN })} {t('replaySamples', { n: played.samples })}
      </li>
    </ul>
  );
}

interface Replayed {
  readonly played: Played;
  readonly limits: SignalLimits;
  readonly days: number;
}

function Result({ replayed: { played, limits, days }, ...listing }: Listing & { replayed: Replayed }) {
  const { look, wires } = listing;
  const { was, now: is, would, confirmed, missed, missedNow } = played;
  return (
    <div class="replayed" aria-live="polite">
      <p class="said">{t('replaySaid', { span: t(days === 1 ? 'span24h' : 'span7d'), would, now: is, was })}</p>
      <p class={missed.length > 0 ? 'failed' : 'said'}>
        {t('replayMissed', { confirmed, missed: missed.length, now: missedNow })}
      </p>
      {missed.length > 0 && <h3>{t('replayMissedTitle')}</h3>}
      {missed.length > 0 && (
        <ul class="told">
          {missed.map(({ id, raisedAt, kind, reason }) => (
            <li key={id}>
              {stamp(raisedAt, offset.value)} {say(kinds[kind])} {foundText(reason ?? 'open')}{' '}
              <button type="button" class="btn plain" onClick={() => look(raisedAt)}>
                {t('replayLook')}
              </button>
            </li>
          ))}
        </ul>
      )}
      {played.reasons.length > 0 && <Reasons played={played} />}
      <Episodes played={played} {...listing} />
      <Honesty played={played} wires={wires} upN={limits.upN} />
    </div>
  );
}

export function Replay({
  zone,
  wires,
  limits,
  look,
}: {
  zone: string;
  wires: readonly Point[];
  limits: SignalLimits;
  look: (at: Time) => void;
}) {
  const [days, setDays] = useState<number>(7);
  const [share, setShare] = useState(0);
  const [replayed, keep] = useState<Replayed>();
  const { busy, failure, act } = useAct();
  const running = useRef<AbortController | undefined>(undefined);
  useEffect(() => () => running.current?.abort(), []);
  const run = () => {
    const gone = new AbortController();
    running.current = gone;
    setShare(0);
    const to = now.peek();
    const asked = { zone, limits, from: to - days * DAY_MS, to };
    void act(async () =>
      keep({ played: await askInLines<Played>('/api/rehearse', asked, setShare, gone.signal), limits, days }),
    );
  };
  return (
    <section class="replay">
      <h3>{t('replayTitle')}</h3>
      <p class="field">
        <label>
          {t('replaySpan')}{' '}
          <select value={days} disabled={busy} onChange={(e) => setDays(Number(e.currentTarget.value))}>
            {SPANS.map((n) => (
              <option key={n} value={n}>
                {t(n === 1 ? 'span24h' : 'span7d')}
              </option>
            ))}
          </select>
        </label>
        <button
          type="button"
          class="btn"
          disabled={busy || stale.value || wrongLimits(limits).length > 0}
          onClick={run}
        >
          {t('replayRun')}
        </button>
        {busy && (
          <>
            <progress value={share} max={1} aria-label={t('replayTitle')} />
            <span>{t('replayRuns', { share: rate(share, 1) })}</span>
            <button type="button" class="btn plain" onClick={() => running.current?.abort()}>
              {t('replayStop')}
            </button>
          </>
        )}
      </p>
      <Failure why={running.current?.signal.aborted ? undefined : failure} />
      {replayed && !sameLimits(replayed.limits, limits) && <p class="flag">{t('replayOld')}</p>}
      {replayed && <Result replayed={replayed} wires={wires} look={look} />}
    </section>
  );
}
