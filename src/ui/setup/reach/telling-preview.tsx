/**
 * Who would be told, step by step, if something happened now or at another time. Every answer is the core's, which tells by the same
 * functions at night; nothing is reckoned here.
 */
import { useMemo, useState } from 'preact/hooks';
import { localDay, timeOf, weekday } from '../../../core/site/calendar.ts';
import { placeOf } from '../../../core/site/naming.ts';
import { sight } from '../../../core/site/rights.ts';
import type { AlarmKind, Priority, Site, Time, Words } from '../../../core/types.ts';
import { type SupposedStep, type SupposedTelling, wouldTell } from '../../../core/view/view-telling.ts';
import { nobodyReasons } from '../../../words/alarm-sentences.ts';
import {
  byPriority,
  byRule,
  personNoWay,
  personRests,
  preview,
  repeats,
  stepNobody,
  supposed,
  toldAfter,
} from '../../../words/reach/preview-words.ts';
import { weekDaysShort } from '../../../words/screens/round-page-words.ts';
import { kinds, roles } from '../../../words/trade-words.ts';
import { untranslated } from '../../../words/words.ts';
import { say, t } from '../../page/language.ts';
import { stale } from '../../page/page-clock.ts';
import { select, site, you } from '../../page/page-feed.ts';
import { minute, offset } from '../../page/views.ts';
import { whoText } from '../../text/handling-text.ts';
import { channelText } from './channel-cards.tsx';
import './telling-preview.css';

interface Supposition {
  readonly zone: string;
  readonly kind: AlarmKind;
  readonly priority: Priority;
  /** Without it, now. */
  readonly at?: Time;
}

/** Nobody at the place itself may hear of these. */
const covert: ReadonlySet<AlarmKind> = new Set<AlarmKind>(['duress', 'unwatched']);
const seconds = (ms: number) => Math.round(ms / 1_000);

/** The next Sunday's three o'clock in the morning. */
function sundayNight(now: Time, utcOffsetMin: number): Time {
  const today = localDay(now, utcOffsetMin);
  const days = Array.from({ length: 8 }, (_, n) => today + n).filter((day) => weekday(day) === 0);
  return days.map((day) => timeOf(day, 3 * 60, utcOffsetMin)).find((at) => at > now) ?? now;
}

/** A time as the field has it, `2026-11-23T14:32`, in the school's own time. */
const fieldOf = (at: Time) => new Date(at + offset.value * 60_000).toISOString().slice(0, 16);
function timeIn(field: string): Time | undefined {
  const at = Date.parse(`${field}Z`);
  return Number.isNaN(at) ? undefined : at - offset.value * 60_000;
}

/** `周日 2026-11-29 03:00` */
function momentWords(at: Time): Words {
  const day = weekDaysShort[weekday(localDay(at, offset.value))]!;
  const time = fieldOf(at).replace('T', ' ');
  return { zh: `${day.zh} ${time}`, en: `${day.en} ${time}` };
}

function placeWords(here: Site, zone: string): Words {
  return zone === '' ? preview.noZone : placeOf(here, { zone, device: '', key: '' });
}

function Ask({ here, wish, set }: { here: Site; wish: Supposition; set: (wish: Supposition) => void }) {
  const zones = Object.values(here.zones).sort((a, b) => a.number - b.number);
  const { at: _at, ...unset } = wish;
  return (
    <div class="field">
      <label>
        {say(preview.zone)}{' '}
        <select value={wish.zone} onChange={(e) => set({ ...wish, zone: e.currentTarget.value })}>
          {zones.map(({ id }) => (
            <option key={id} value={id}>
              {say(placeWords(here, id))}
            </option>
          ))}
          <option value="">{say(preview.noZone)}</option>
        </select>
      </label>
      <label>
        {say(preview.kind)}{' '}
        <select value={wish.kind} onChange={(e) => set({ ...wish, kind: e.currentTarget.value as AlarmKind })}>
          {Object.entries(kinds).map(([kind, words]) => (
            <option key={kind} value={kind}>
              {say(words)}
            </option>
          ))}
        </select>
      </label>
      <label>
        {say(preview.priority)}{' '}
        <select
          value={wish.priority}
          onChange={(e) => set({ ...wish, priority: Number(e.currentTarget.value) as Priority })}
        >
          {[1, 2, 3, 4].map((n) => (
            <option key={n} value={n}>
              P{n}
            </option>
          ))}
        </select>
      </label>
      <label>
        {say(preview.when)}{' '}
        <input
          type="datetime-local"
          value={fieldOf(wish.at ?? minute.value)}
          onInput={(e) => {
            const at = timeIn(e.currentTarget.value);
            if (at !== undefined) set({ ...wish, at });
          }}
        />
      </label>
      <button type="button" class="btn" aria-pressed={wish.at === undefined} onClick={() => set(unset)}>
        {say(preview.now)}
      </button>
      <button
        type="button"
        class="btn"
        aria-pressed={wish.at === sundayNight(minute.value, offset.value)}
        onClick={() => set({ ...wish, at: sundayNight(minute.value, offset.value) })}
      >
        {say(preview.sunday)}
      </button>
    </div>
  );
}

function Step({ step }: { step: SupposedStep }) {
  const { level, afterMs, roles: named, channels, tell, untold, nobody, needs } = step;
  const last = level === 0;
  const list = (all: readonly string[]) => (all.length === 0 ? '—' : all.join(t('listComma')));
  const title = (id: string) => site.value?.channels[id]?.title ?? untranslated(id);
  return (
    <tr class={nobody ? 'would-nobody' : ''}>
      <td>{last ? say(preview.lastResort) : level}</td>
      <td>{last ? say(preview.onlyIfNobody) : t('seconds', { n: seconds(afterMs) })}</td>
      <td>{list(named.map((role) => say(roles[role])))}</td>
      <td>{list(channels.map(channelText))}</td>
      <td>
        {tell.map((one) => (
          <p key={`${one.afterMs} ${one.channel} ${one.people}`}>
            {say(
              toldAfter(
                seconds(afterMs + one.afterMs),
                title(one.channel),
                one.people.map(whoText).join(t('listComma')),
              ),
            )}
          </p>
        ))}
        {needs && <p>{say(preview.needsTwo)}</p>}
        {untold.map(({ person, why }) => (
          <p key={person} class="small">
            {say((why === 'rests' ? personRests : personNoWay)(whoText(person)))}
          </p>
        ))}
        {nobody && <span class="flag">{say(stepNobody(nobodyReasons[nobody]))}</span>}
        {tell.length === 0 && untold.length === 0 && !nobody && !needs && '—'}
      </td>
    </tr>
  );
}

function Answer({ here, wish, told }: { here: Site; wish: Supposition; told: SupposedTelling | undefined }) {
  const when = wish.at === undefined ? preview.now : momentWords(wish.at);
  const rule = here.rules?.find(({ id }) => id === told?.rule);
  return (
    <>
      <p class="facts">
        <b>{say(supposed(placeWords(here, wish.zone), kinds[wish.kind], when))}</b>
        {told === undefined && <span>{say(preview.nobodyAtAll)}</span>}
        {told && covert.has(wish.kind) && <span>{say(preview.quietChain)}</span>}
        {told && !covert.has(wish.kind) && <span>{say(rule ? byRule(rule.title) : byPriority(wish.priority))}</span>}
        {told && <span>{say(repeats(seconds(told.repeatMs)))}</span>}
      </p>
      {told && (
        <div class="scroll">
          <table class="plain would-tell">
            <thead>
              <tr>
                {(['step', 'after', 'screens', 'channels', 'persons'] as const).map((key) => (
                  <th key={key}>{say(preview[key])}</th>
                ))}
              </tr>
            </thead>
            <tbody>
              {[...told.steps, told.lastResort].map((step) => (
                <Step key={step.level} step={step} />
              ))}
            </tbody>
          </table>
        </div>
      )}
    </>
  );
}

export function TellingPreview() {
  const here = site.value;
  const role = you.value?.role;
  const first = Object.values(here?.zones ?? {}).sort((a, b) => a.number - b.number)[0]?.id ?? '';
  const [wish, set] = useState<Supposition>({ zone: first, kind: 'climb', priority: 1 });
  const { zone, kind, priority, at } = wish;
  const told = useMemo(
    () =>
      select<{ readonly telling: SupposedTelling | undefined }>(
        (state, place) => ({
          telling: wouldTell(
            place,
            state,
            { kind, priority, ...(zone !== '' && { zone }), ...(covert.has(kind) && { covert: true }) },
            at ?? minute.value,
          ),
        }),
        { telling: undefined },
      ),
    [zone, kind, priority, at],
  );
  if (!here || !role) return null;
  const hidden = sight(role) === 'integrator';
  return (
    <section class={`box detail ${stale.value ? 'hatch2' : ''}`}>
      <h2>{say(preview.title)}</h2>
      <p class="small">{say(hidden ? preview.hidden : preview.note)}</p>
      {!hidden && <Ask here={here} wish={wish} set={set} />}
      {!hidden && (stale.value ? t('emptyStale') : <Answer here={here} wish={wish} told={told.value.telling} />)}
    </section>
  );
}
