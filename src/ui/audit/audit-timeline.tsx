/**
 * A day of each route: a strip of its 24 hours with the rounds on it, and below a column for each round with a cell for each
 * checkpoint: the time allowed as a bar, the touch as a dot, what was missed in yellow. A cell says the same in words.
 */
import { signal } from '@preact/signals';
import { cellText } from '../../core/report/audit-book.ts';
import type { AuditRow, PatrolAudit } from '../../core/report/audit-types.ts';
import { localDay, timeOf } from '../../core/site/calendar.ts';
import type { Time } from '../../core/types.ts';
import { auditAlarm, auditHeads, auditLeftOver, auditUploaded } from '../../words/screens/audit-words.ts';
import { touchSources, verdicts } from '../../words/trade-words.ts';
import { MissedStill } from '../alarm/missed/missed-still.tsx';
import { hm } from '../page/format.ts';
import { say } from '../page/language.ts';
import { site } from '../page/page-feed.ts';
import { offset } from '../page/views.ts';
import { t } from '../text/audit-language.ts';
import { gridCell, onGridKey } from './grid-keys.ts';

const DAY_MS = 86_400_000;
/** Minutes to each side of the plan that a cell shows; what is farther off stands at its edge, with its number. */
const REACH_MIN = 12;
/** Units of the drawing. */
const WIDE = 100;
const HOURS = [0, 3, 6, 9, 12, 15, 18, 21, 24];

const picked = signal<number | undefined>(undefined);

interface RouteDay {
  readonly route: string;
  readonly title: string;
  readonly points: readonly { readonly id: string; readonly title: string }[];
  readonly rounds: readonly (readonly AuditRow[])[];
}

function routeDays({ rows }: PatrolAudit): RouteDay[] {
  const routes = new Map<string, Map<string, AuditRow[]>>();
  for (const row of rows) {
    const rounds = routes.get(row.route) ?? new Map<string, AuditRow[]>();
    routes.set(row.route, rounds);
    rounds.set(row.round, [...(rounds.get(row.round) ?? []), row]);
  }
  return [...routes].map(([id, rounds]) => {
    const route = site.value?.routes[id];
    const known = new Map(route?.checkpoints.map((one) => [one.id, say(one.title)]));
    for (const row of rows)
      if (row.route === id && !known.has(row.checkpoint)) known.set(row.checkpoint, row.checkpoint);
    return {
      ...{ route: id, title: route ? say(route.title) : id, rounds: [...rounds.values()] },
      points: [...known].map(([point, title]) => ({ id: point, title })),
    };
  });
}

const nameOf = (id: string | undefined): string => (id === undefined ? '—' : (site.value?.people[id]?.name ?? id));
const place = (minutes: number) =>
  ((Math.max(-REACH_MIN, Math.min(REACH_MIN, minutes)) + REACH_MIN) / (2 * REACH_MIN)) * WIDE;

/** `+9`, `−4`: whole minutes, for what was not on time. */
function offText({ verdict, offMs }: AuditRow): string {
  if (offMs === undefined || verdict === 'on-time') return '';
  const min = Math.round(Math.abs(offMs) / 60_000);
  return t(offMs < 0 ? 'auditEarly' : 'auditLate', { min });
}

function inWords(row: AuditRow, point: string): string {
  const time = (at: Time | undefined) => cellText('time', at, offset.value);
  const parts = [point, `${say(auditHeads.plan)} ${time(row.plan)}`, say(verdicts[row.verdict])];
  if (row.at !== undefined) parts.push(`${say(auditHeads.at)} ${time(row.at)}`);
  if (row.offMs !== undefined) parts.push(t('off', { min: (row.offMs / 60_000).toFixed(1) }));
  const who = [row.person, row.second].filter((one) => one !== undefined);
  if (who.length > 0) parts.push(who.map(nameOf).join('、'));
  if (row.card !== undefined) parts.push(t('card', { card: row.card }));
  if (row.source) parts.push(say(touchSources[row.source]));
  if (row.uploaded) parts.push(say(auditUploaded));
  if (row.alarm !== undefined) parts.push(say(auditAlarm(row.alarm, row.picture !== undefined)));
  if (row.leftOver) parts.push(say(auditLeftOver));
  return parts.join(' · ');
}

function Touch({ row }: { row: AuditRow }) {
  const [early, late] = row.allowed ?? [0, 0];
  return (
    <svg viewBox={`0 0 ${WIDE} 20`} preserveAspectRatio="none" aria-hidden="true">
      <rect
        class="allowed"
        x={place(-early / 60_000)}
        y="6"
        width={place(late / 60_000) - place(-early / 60_000)}
        height="8"
      />
      {row.offMs !== undefined && <rect class="touch" x={place(row.offMs / 60_000) - 2} y="2" width="4" height="16" />}
    </svg>
  );
}

function Cell({ row, title, at }: { row: AuditRow | undefined; title: string; at: [number, number] }) {
  if (!row) return <td class="none">{t('auditNotYet')}</td>;
  const words = inWords(row, title);
  const missed = row.at === undefined;
  return (
    <td>
      <button
        type="button"
        class={`touchcell ${row.verdict}`}
        title={words}
        aria-label={words}
        aria-pressed={picked.value === row.seq}
        {...gridCell(...at, at[0] === 0 && at[1] === 0)}
        onClick={() => {
          picked.value = picked.value === row.seq ? undefined : row.seq;
        }}
      >
        {missed ? <b>✕ {say(verdicts[row.verdict])}</b> : <Touch row={row} />}
        {!missed && row.verdict !== 'on-time' && (
          <small>
            {say(verdicts[row.verdict])} {offText(row)}
          </small>
        )}
      </button>
    </td>
  );
}

/** The 24 hours of the day with a block for each round, from its first touch to its last. */
function Strip({ day, from }: { day: RouteDay; from: Time }) {
  const x = (at: Time) => ((at - from) / DAY_MS) * 240;
  return (
    <svg
      class="daystrip"
      viewBox="0 0 240 12"
      preserveAspectRatio="none"
      role="img"
      aria-label={t('auditStrip', { route: day.title, n: day.rounds.length })}
    >
      <rect class="ground" x="0" y="0" width="240" height="12" />
      {HOURS.map((hour) => (
        <path key={hour} class="hours" d={`M${hour * 10} 0V12`} />
      ))}
      {day.rounds.map((rows) => {
        const touches = rows.flatMap(({ at }) => at ?? []);
        const start = rows[0]?.start ?? from;
        const [first, last] = touches.length > 0 ? [Math.min(...touches), Math.max(...touches)] : [start, start];
        return (
          <rect
            key={start}
            class={touches.length > 0 ? 'bars' : 'over'}
            x={x(first)}
            y="2"
            width={Math.max(1, x(last) - x(first))}
            height="8"
          />
        );
      })}
    </svg>
  );
}

function DayTable({ day, from }: { day: RouteDay; from: Time }) {
  const rows = day.rounds.flat();
  const shown = rows.find(({ seq }) => seq === picked.value);
  const titleOf = (id: string) => day.points.find((one) => one.id === id)?.title ?? id;
  return (
    <section class="box">
      <h2>{t('auditTimeline', { route: day.title })}</h2>
      <div class="daybox">
        <Strip day={day} from={from} />
        <div class="hourmarks" aria-hidden="true">
          {HOURS.map((hour) => (
            <i key={hour}>{hour}</i>
          ))}
        </div>
      </div>
      <div class="scroll">
        <table class="touches" onKeyDown={onGridKey}>
          <thead>
            <tr>
              <th />
              {day.rounds.map(([first]) => (
                <th key={first?.round} scope="col">
                  {hm(first?.start ?? 0, offset.value)}
                  <small>{nameOf(first?.person)}</small>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {day.points.map((point, r) => (
              <tr key={point.id}>
                <th scope="row">
                  {r + 1} {point.title}
                </th>
                {day.rounds.map((round, c) => (
                  <Cell
                    key={c}
                    row={round.find((row) => row.checkpoint === point.id)}
                    title={point.title}
                    at={[r, c]}
                  />
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p class="auditnote" aria-live="polite">
        {shown ? inWords(shown, titleOf(shown.checkpoint)) : t('auditTimelineNote')}
      </p>
      {shown?.alarm !== undefined && (
        <div class="auditnote missed-moment">
          <MissedStill key={shown.seq} alarm={shown.alarm} picture={shown.picture} />
        </div>
      )}
    </section>
  );
}

export function Timeline({ audit }: { audit: PatrolAudit }) {
  const from = timeOf(localDay(audit.from, offset.value), 0, offset.value);
  return (
    <>
      {routeDays(audit).map((day) => (
        <DayTable key={day.route} day={day} from={from} />
      ))}
    </>
  );
}
