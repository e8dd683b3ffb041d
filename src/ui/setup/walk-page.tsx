/**
 * The walk test: choose zones, begin, watch the touches come in, end, print. Past tests are read from the journal. While a
 * test runs whoever opens this page sees it; only those who may can begin or end one.
 */
import { useEffect, useState } from 'preact/hooks';
import { may } from '../../core/act/act-roles.ts';
import { walkMinutes } from '../../core/arming/walk-test.ts';
import { touchesNeeded, walkResults, walksOf } from '../../core/report/walk-results.ts';
import { walkTimer } from '../../core/site/armed-plan.ts';
import { walkOf } from '../../core/site/watched.ts';
import type { Event, WalkTest } from '../../core/types.ts';
import { Failure } from '../page/failure.tsx';
import { clockSpan, stamp } from '../page/format.ts';
import { type CommandWithCode, command, read } from '../page/gateway-api.ts';
import { now, stale } from '../page/page-clock.ts';
import { chain, select, site, you } from '../page/page-feed.ts';
import { Desk, Show, useAct, useLoaded } from '../page/page-frame.tsx';
import { reportAs } from '../page/page-report.ts';
import { offset } from '../page/views.ts';
import { needsPin, PinField } from '../text/pin-field.tsx';
import { SetupTabs } from './setup-tabs.tsx';
import { type Finished, printSheet, WalkSheet } from './walk-sheet.tsx';
import { WalkTable, zoneText } from './walk-table.tsx';
import './walk.css';
import { t } from '../text/commission-language.ts';

const MINUTES = [10, 20, walkMinutes.usual, 45, walkMinutes.most] as const;
const PAST_MS = 90 * 86_400_000;
const ROWS = 1_000;

const known = select<WalkTest | undefined>((state) => state.walk, undefined);
const running = select<WalkTest | undefined>((state) => walkOf(state), undefined);
const mayWalk = () => you.value !== undefined && may(you.value.role, 'walk');

/** Zones in the order of their numbers, and whether anybody could tell of a touch there. */
function choices(): readonly { readonly id: string; readonly speaks: boolean }[] {
  const here = site.value;
  if (!here) return [];
  const nobody = { by: '', at: 0, until: 0, active: [], touches: [] };
  return Object.values(here.zones)
    .sort((a, b) => a.number - b.number)
    .map(({ id }) => ({ id, speaks: walkResults(here, { ...nobody, zones: [id] }).length > 0 }));
}

function Begin() {
  const [chosen, choose] = useState<readonly string[]>([]);
  const [minutes, setMinutes] = useState<number>(walkMinutes.usual);
  const [pin, setPin] = useState('');
  const { busy, failure, act } = useAct();
  const zones = choices();
  if (zones.length === 0) return <p class="note">{t('walkNoZones')}</p>;
  if (!mayWalk()) return <p class="note">{t('walkMayNot')}</p>;
  const able = zones.flatMap(({ id, speaks }) => (speaks ? [id] : []));
  const begin = (event: SubmitEvent) => {
    event.preventDefault();
    const wish: CommandWithCode = { do: 'walk', zones: chosen, minutes };
    setPin('');
    void act(() => command(needsPin.value ? { ...wish, pin } : wish));
  };
  return (
    <form class="box" onSubmit={begin}>
      <div class="detail">
        <h2>{t('walkBegin')}</h2>
        <fieldset class="picks">
          <legend>{t('walkZones')}</legend>
          {zones.map(({ id, speaks }) => (
            <label key={id} class={chosen.includes(id) ? 'on' : ''} title={speaks ? undefined : t('walkNothing')}>
              <input
                type="checkbox"
                disabled={!speaks}
                checked={chosen.includes(id)}
                onChange={() => choose(chosen.includes(id) ? chosen.filter((one) => one !== id) : [...chosen, id])}
              />
              <span>{zoneText(id)}</span>
            </label>
          ))}
          <button type="button" class="btn plain" onClick={() => choose(chosen.length === able.length ? [] : able)}>
            {t(chosen.length === able.length ? 'walkNoneChosen' : 'walkAll')}
          </button>
        </fieldset>
        <div class="field">
          <label>
            {t('walkMinutes')}{' '}
            <select value={minutes} onChange={(e) => setMinutes(Number(e.currentTarget.value))}>
              {MINUTES.map((n) => (
                <option key={n} value={n}>
                  {t('minutes', { n })}
                </option>
              ))}
            </select>
          </label>
          <PinField value={pin} set={setPin} />
          <button type="submit" class="btn main" disabled={busy || chosen.length === 0 || stale.value}>
            {t('walkStart')}
          </button>
        </div>
        <Failure why={failure} />
        <ul class="told">
          <li>{t('walkQuiet')}</li>
          <li>{t('walkOthers')}</li>
          <li>{t('walkAfter')}</li>
          <li>{t('walkHow', { n: touchesNeeded })}</li>
        </ul>
      </div>
    </form>
  );
}

function Running({ walk }: { walk: WalkTest }) {
  const { busy, failure, act } = useAct();
  return (
    <section class={`box ${stale.value ? 'hatch2' : ''}`} aria-live="polite">
      <div class="detail">
        <h2>
          {t('walkRunning')}
          <b class="left">{t('walkLeft', { left: stale.value ? '—' : clockSpan(walk.until - now.value) })}</b>
          <small>
            {t('walkSelfEnds')} · {t('walkBy', { name: walk.by, time: stamp(walk.at, offset.value) })}
          </small>
        </h2>
        <p class="facts">
          <b>{walk.zones.map(zoneText).join(' · ')}</b>
          <span>{t('walkOthers')}</span>
          <span>{t('walkHow', { n: touchesNeeded })}</span>
        </p>
      </div>
      <WalkTable walk={walk} />
      <div class="detail">
        <p class="facts">{t('timedFrom')}</p>
        {mayWalk() && (
          <p class="acts">
            <button
              type="button"
              class="btn main"
              disabled={busy}
              onClick={() => void act(() => command({ do: 'end-walk' }))}
            >
              {t('walkEnd')}
            </button>
            {t('walkAfter')}
          </p>
        )}
        <Failure why={failure} />
      </div>
    </section>
  );
}

type EventRow = Event & { readonly hash?: string };
type Began = Extract<EventRow, { kind: 'walk-started' }>;
type Ended = Extract<EventRow, { kind: 'walk-ended' }>;
interface PastWalk {
  readonly began: Began;
  readonly ended: Ended;
}

async function rowsOf(kind: Event['kind'], from: number, to?: number): Promise<readonly EventRow[]> {
  const query = new URLSearchParams({ kind, from: String(from), limit: String(ROWS) });
  if (to !== undefined) query.set('to', String(to));
  return (await read<{ readonly rows: readonly EventRow[] }>(`/api/events?${query}`)).rows;
}

/** Finished tests, newest first. */
async function loadPast(): Promise<readonly PastWalk[]> {
  const from = now.peek() - PAST_MS;
  const [began, ended] = await Promise.all([rowsOf('walk-started', from), rowsOf('walk-ended', from)]);
  const ends = [...ended].reverse() as Ended[];
  return (began as Began[]).flatMap((one) => {
    const end = ends.find(({ seq }) => seq > one.seq);
    return end ? [{ began: one, ended: end }] : [];
  });
}

async function loadFinished({ began, ended }: PastWalk): Promise<Finished & { readonly all: boolean }> {
  const hits = await rowsOf('zone-tested', began.at, ended.at);
  const within = hits.filter(({ seq }) => seq > began.seq && seq < ended.seq).reverse();
  const [walk] = walksOf([began, ...within, ended]);
  if (!walk) throw new Error('a walk test without a beginning');
  const { seq, hash } = ended;
  return { walk, seq, all: hits.length < ROWS, ...(hash !== undefined && { hash }) };
}

function PastDetail({ past, shown }: { past: PastWalk; shown: (finished: Finished) => void }) {
  const [loaded, again] = useLoaded(() => loadFinished(past), past.ended.seq);
  useEffect(() => {
    if (loaded.phase === 'there') shown(loaded.value);
  }, [loaded, shown]);
  return (
    <Show loaded={loaded} again={again}>
      {(finished) => (
        <>
          {!finished.all && <p class="note">{t('walkMoreHits')}</p>}
          <WalkTable walk={finished.walk} />
          <p class="detail acts">
            <button type="button" class="btn" disabled={chain.value === undefined} onClick={() => printSheet(finished)}>
              {t('print')}
            </button>
          </p>
        </>
      )}
    </Show>
  );
}

function endText({ by, at }: Ended): string {
  const time = stamp(at, offset.value);
  return by === walkTimer ? t('walkEndedAlone', { time }) : t('walkEndedBy', { name: by, time });
}

function History({ shown }: { shown: (finished: Finished) => void }) {
  const [loaded, again] = useLoaded(loadPast, known.value?.ended?.at ?? 0);
  const [open, setOpen] = useState<number>();
  return (
    <section class="box">
      <h2>{t('walkPast')}</h2>
      <Show loaded={loaded} again={again}>
        {(all) =>
          all.length === 0 ? (
            <p class="note">{t('walkPastNone')}</p>
          ) : (
            <ul class="past">
              {all.map((past, i) => {
                const here = open === undefined ? i === 0 : open === past.ended.seq;
                return (
                  <li key={past.ended.seq}>
                    <div class="heading">
                      <b>{past.began.zones.map(zoneText).join(' · ')}</b>
                      <span>
                        {t('walkBy', { name: past.began.by, time: stamp(past.began.at, offset.value) })} ·{' '}
                        {endText(past.ended)}
                      </span>
                      <button
                        type="button"
                        class="btn plain"
                        aria-expanded={here}
                        onClick={() => setOpen(here ? 0 : past.ended.seq)}
                      >
                        {t(here ? 'walkHide' : 'walkShow')}
                      </button>
                    </div>
                    {here && <PastDetail past={past} shown={shown} />}
                  </li>
                );
              })}
            </ul>
          )
        }
      </Show>
    </section>
  );
}

export function WalkPage() {
  const [shown, show] = useState<Finished>();
  useEffect(() => reportAs('setup'), []);
  return (
    <Desk>
      <SetupTabs />
      <div class="stack">
        {running.value ? <Running walk={running.value} /> : <Begin />}
        {now.value > 0 && <History shown={show} />}
      </div>
      <WalkSheet shown={shown} />
    </Desk>
  );
}
