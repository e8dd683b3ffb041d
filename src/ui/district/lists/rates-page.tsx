/**
 * The figures of schools by day, patrol or canteens: one row a school, one column a day, and what all days come to. A day with nothing due shows no
 * rate; nothing is ranked here.
 */
import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import type { CanteenRates, DayShare, PatrolRates, RatesAnswer } from '../../../district/board/list-types.ts';
import { ratesWords as w } from '../../../words/district/bureau-list-words.ts';
import type { Words } from '../../../words/words.ts';
import { Failure } from '../../page/failure.tsx';
import { rateTenth } from '../../page/format.ts';
import { read } from '../../page/gateway-api.ts';
import { say } from '../../page/language.ts';
import { Show, useLoaded } from '../../page/page-frame.tsx';
import { DistrictDesk } from '../desk-shell.tsx';
import { officer, officerNow } from '../officer.ts';
import { ReportFiles, useOlder } from '../reports/report-files.tsx';
import { SchoolPick } from '../reports/school-pick.tsx';
import { ListFilter, ListTable } from './list-parts.tsx';

const DAY_MS = 86_400_000;
const lengths = [
  [7, w.week],
  [30, w.month],
] as const;

interface OfAny {
  readonly school: string;
  readonly name: Words;
  readonly street: string;
  readonly days: readonly DayShare[];
}

/** What one kind of figures is: where it is asked, its columns beside the days, and what they mean. */
interface RatesKind<T extends OfAny> {
  readonly path: string;
  readonly copy: string;
  readonly heads: readonly Words[];
  readonly cells: (row: T) => readonly ComponentChildren[];
  readonly basis: Words;
}

/** `2026-11-30`, so many days before today. */
function dayBefore(days: number): string {
  const offset = (officer.value?.utcOffsetMin ?? 480) * 60_000;
  return new Date(officerNow.value + offset - days * DAY_MS).toISOString().slice(0, 10);
}

function Rows<T extends OfAny>({ kind, first, query }: { kind: RatesKind<T>; first: RatesAnswer<T>; query: string }) {
  const { rows, more, failure, busy, goBack } = useOlder<T>(first, (after) =>
    read<RatesAnswer<T>>(`${kind.path}?${query}&after=${encodeURIComponent(after)}`),
  );
  if (rows.length === 0) return <p class="note">{say(w.none)}</p>;
  return (
    <>
      <ListTable heads={[w.school, w.street, ...kind.heads]} days={first.days}>
        {rows.map((row) => (
          <Row key={row.school} kind={kind} row={row} days={first.days} />
        ))}
      </ListTable>
      <Failure why={failure} />
      {more && (
        <button type="button" class="btn" disabled={busy} onClick={() => void goBack()}>
          {say(w.more)}
        </button>
      )}
    </>
  );
}

function Row<T extends OfAny>({ kind, row, days }: { kind: RatesKind<T>; row: T; days: readonly string[] }) {
  const known = new Map(row.days.map((one) => [one.day, one]));
  return (
    <tr data-school={row.school}>
      <td>
        <a href={`/district/s/${row.school}/${kind.copy}`}>{say(row.name)}</a>
      </td>
      <td>{row.street}</td>
      {kind.cells(row).map((cell, i) => (
        <td key={i} class="n">
          {cell}
        </td>
      ))}
      {days.map((day) => {
        const share = known.get(day);
        return (
          <td key={day} class="n">
            {share && share.of > 0 ? rateTenth(share.good, share.of) : '—'}
          </td>
        );
      })}
    </tr>
  );
}

function Rates<T extends OfAny>({ kind }: { kind: RatesKind<T> }) {
  const [length, setLength] = useState<number>(7);
  const [school, setSchool] = useState(new URLSearchParams(location.search).get('school') ?? '');
  const asked = { from: dayBefore(length - 1), to: dayBefore(0), ...(school !== '' && { school }) };
  const query = new URLSearchParams(asked).toString();
  const [loaded, again] = useLoaded(() => read<RatesAnswer<T>>(`${kind.path}?${query}`), query);
  return (
    <div class="box">
      <ListFilter>
        <SchoolPick value={school} set={setSchool} every={w.everySchool} />
        <span class="chooser">
          {lengths.map(([days, title]) => (
            <button key={days} type="button" class="btn" aria-pressed={length === days} onClick={() => setLength(days)}>
              {say(title)}
            </button>
          ))}
        </span>
        <ReportFiles path={kind.path} asked={asked} />
      </ListFilter>
      <Show loaded={loaded} again={again}>
        {(first) => <Rows key={query} kind={kind} first={first} query={query} />}
      </Show>
      <p class="note">{say(kind.basis)}</p>
    </div>
  );
}

const share = (good: number, of: number) => <b>{of > 0 ? rateTenth(good, of) : '—'}</b>;
/** A number that somebody should look at, where it is one. */
const flagged = (n: number) => (n > 0 ? <span class="flag">{n}</span> : n);

const patrol: RatesKind<PatrolRates> = {
  path: '/api/patrol-rates',
  copy: 'patrol',
  heads: [w.rounds, w.due, w.missed, w.arrival, w.punctual],
  cells: (row) => [row.rounds, row.due, flagged(row.missed), share(row.reached, row.due), share(row.onTime, row.due)],
  basis: w.patrolBasis,
};
const canteen: RatesKind<CanteenRates> = {
  path: '/api/canteen-rates',
  copy: 'console',
  heads: [w.cameras, w.online, w.open, w.overdue, w.closed],
  cells: (row) => [row.cameras, share(row.upMs, row.dueMs), row.open, flagged(row.overdue), row.closed],
  basis: w.canteenBasis,
};

export const PatrolRatesPage = () => (
  <DistrictDesk>
    <Rates kind={patrol} />
  </DistrictDesk>
);
export const CanteenRatesPage = () => (
  <DistrictDesk>
    <Rates kind={canteen} />
  </DistrictDesk>
);
