/**
 * Alarms of all schools, looked for by word, kind, priority, street, school, days, state and reason. What is looked for stands in the address, so that
 * it can be sent to somebody. Each row leads to the copy of its school; nothing here acknowledges anything.
 */
import type { ComponentChildren } from 'preact';
import { useRef, useState } from 'preact/hooks';
import type { FoundAlarm, FoundAlarms } from '../../../district/board/list-types.ts';
import { alarmListWords as w } from '../../../words/district/bureau-list-words.ts';
import { kinds, reasonGroups, reasons } from '../../../words/trade-words.ts';
import { Badge } from '../../page/badge.tsx';
import { Failure } from '../../page/failure.tsx';
import { dayTime } from '../../page/format.ts';
import { read } from '../../page/gateway-api.ts';
import { say } from '../../page/language.ts';
import { Show, useLoaded } from '../../page/page-frame.tsx';
import { DayField } from '../../text/day-field.tsx';
import { DistrictDesk } from '../desk-shell.tsx';
import { mayHere, officer } from '../officer.ts';
import { OrdersBeside } from '../orders-beside.tsx';
import { ReportFiles, useOlder } from '../reports/report-files.tsx';
import { SchoolPick } from '../reports/school-pick.tsx';
import { ListFilter, ListTable } from './list-parts.tsx';

const names = ['text', 'kind', 'priority', 'street', 'school', 'since', 'until', 'state', 'reason'] as const;
type AlarmFilter = Readonly<Record<(typeof names)[number], string>>;
const states = ['open', 'closed', 'all'] as const;
const stateWords = { open: w.open, closed: w.shut, all: w.all } as const;
const DAY_MS = 86_400_000;

const offsetMin = () => officer.value?.utcOffsetMin ?? 480;
const wordOf = (table: object, key: string): string => {
  const found = (table as Readonly<Record<string, { readonly zh: string; readonly en: string } | undefined>>)[key];
  return found ? say(found) : key;
};

function fromAddress(): AlarmFilter {
  const query = new URLSearchParams(location.search);
  return Object.fromEntries(names.map((name) => [name, query.get(name) ?? ''])) as AlarmFilter;
}
function keepInAddress(filter: AlarmFilter): void {
  const query = new URLSearchParams(location.search);
  for (const name of names) {
    if (filter[name] === '') query.delete(name);
    else query.set(name, filter[name]);
  }
  history.replaceState(null, '', `${location.pathname}?${query}`);
}

/** What is asked of the district: days become times of its clock. */
function askedOf({ since, until, ...rest }: AlarmFilter): Record<string, string> {
  const at = (day: string, more: number) => String(Date.parse(day) + more * DAY_MS - offsetMin() * 60_000);
  const asked = Object.entries(rest).filter(([, value]) => value !== '');
  return {
    ...Object.fromEntries(asked),
    ...(since !== '' && { from: at(since, 0) }),
    ...(until !== '' && { to: at(until, 1) }),
  };
}

function Pick(props: {
  name: string;
  every: string;
  value: string;
  set: (value: string) => void;
  options: readonly (readonly [string, string])[];
}) {
  const { name, every, value, set, options } = props;
  return (
    <select name={name} aria-label={every} value={value} onChange={(e) => set(e.currentTarget.value)}>
      <option value="">{every}</option>
      {value !== '' && !options.some(([one]) => one === value) && <option value={value}>{value}</option>}
      {options.map(([one, text]) => (
        <option key={one} value={one}>
          {text}
        </option>
      ))}
    </select>
  );
}

/** The days, and whether it is over. */
function When({ filter, change }: { filter: AlarmFilter; change: (part: Partial<AlarmFilter>) => void }) {
  return (
    <>
      <span>
        {say(w.from)} <DayField label={say(w.from)} value={filter.since} set={(since) => change({ since })} />
      </span>
      <span>
        {say(w.to)} <DayField label={say(w.to)} value={filter.until} set={(until) => change({ until })} />
      </span>
      <span class="chooser">
        {states.map((one) => (
          <button
            key={one}
            type="button"
            class="btn"
            aria-pressed={(filter.state || 'all') === one}
            onClick={() => change({ state: one === 'all' ? '' : one })}
          >
            {say(stateWords[one])}
          </button>
        ))}
      </span>
    </>
  );
}

function Filters({ filter, change }: { filter: AlarmFilter; change: (part: Partial<AlarmFilter>) => void }) {
  const [streets] = useLoaded(() => read<{ readonly streets: readonly string[] }>('/api/streets'), 'streets');
  const [text, setText] = useState(filter.text);
  const known = streets.phase === 'there' ? streets.value.streets : [];
  const groups = Object.entries(reasonGroups).map(([letter, title]) => [letter, `${letter} ${say(title)}`] as const);
  return (
    <form
      class="field listfilter"
      onSubmit={(e) => {
        e.preventDefault();
        change({ text: text.trim() });
      }}
    >
      <input
        type="search"
        name="text"
        maxLength={100}
        placeholder={say(w.find)}
        aria-label={say(w.find)}
        value={text}
        onInput={(e) => setText(e.currentTarget.value)}
        onChange={() => change({ text: text.trim() })}
      />
      <Pick
        name="kind"
        every={say(w.everyKind)}
        value={filter.kind}
        set={(kind) => change({ kind })}
        options={Object.entries(kinds).map(([kind, title]) => [kind, say(title)] as const)}
      />
      <Pick
        name="priority"
        every={say(w.everyPriority)}
        value={filter.priority}
        set={(priority) => change({ priority })}
        options={['1', '2', '3', '4'].map((n) => [n, `P${n}`] as const)}
      />
      <Pick
        name="street"
        every={say(w.everyStreet)}
        value={filter.street}
        set={(street) => change({ street })}
        options={known.map((street) => [street, street] as const)}
      />
      <SchoolPick value={filter.school} set={(school) => change({ school })} every={w.everySchool} />
      <Pick
        name="reason"
        every={say(w.everyReason)}
        value={filter.reason}
        set={(reason) => change({ reason })}
        options={groups}
      />
      <When filter={filter} change={change} />
    </form>
  );
}

/** How it ended, or that it has not. */
function endOf({ closedAt, closedBy = '', reason = '' }: FoundAlarm): string {
  if (closedAt === undefined) return say(w.stillOpen);
  return `${dayTime(closedAt, offsetMin())} ${closedBy} ${reason === '' ? '' : `${reason} ${wordOf(reasons, reason)}`}`;
}

const COLUMNS = 7;

function Row({ row }: { row: FoundAlarm }) {
  const [asking, setAsking] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const left = () => {
    setAsking(false);
    button.current?.focus();
  };
  return (
    <>
      <Found row={row}>
        {mayHere('order') && (
          <button
            type="button"
            class="btn act-order"
            ref={button}
            aria-expanded={asking}
            onClick={() => setAsking(!asking)}
          >
            {say(w.urge)}
          </button>
        )}
      </Found>
      {asking && (
        <tr>
          <td colSpan={COLUMNS}>
            <OrdersBeside school={row.school} alarm={row.id} asking left={left} />
          </td>
        </tr>
      )}
    </>
  );
}

function Found({ row, children }: { row: FoundAlarm; children: ComponentChildren }) {
  const copy = `/district/s/${row.school}/alarms/${row.id}`;
  return (
    <tr data-found={`${row.school}/${row.id}`}>
      <td>
        <Badge priority={row.priority as 1 | 2 | 3} acked={row.ackedAt !== undefined} />
      </td>
      <td>
        <a href={copy}>{say(row.name)}</a>
        <small> {row.street}</small>
      </td>
      <td>{dayTime(row.raisedAt, offsetMin())}</td>
      <td>
        <a href={copy}>
          {say(row.place)} {wordOf(kinds, row.kind)}
        </a>
        {row.count > 1 && <small> ×{row.count}</small>} {row.covert && <span class="flag">{say(w.covert)}</span>}{' '}
        {row.ahead && <span class="flag">{say(w.ahead)}</span>}
      </td>
      <td>{row.ackedBy ?? <span class="flag">{say(w.notAcked)}</span>}</td>
      <td class="listend">{endOf(row)}</td>
      <td>{children}</td>
    </tr>
  );
}

function List({ first, query }: { first: FoundAlarms; query: string }) {
  const { rows, more, failure, busy, goBack } = useOlder<FoundAlarm>(first, (before) =>
    read<FoundAlarms>(`/api/alarms?${query}&before=${encodeURIComponent(before)}`),
  );
  if (rows.length === 0) return <p class="note">{say(w.none)}</p>;
  const heads = [w.priority, w.school, w.raised, w.place, w.acked, w.closed];
  return (
    <>
      <ListTable heads={heads} more>
        {rows.map((row) => (
          <Row key={`${row.school}/${row.id}`} row={row} />
        ))}
      </ListTable>
      <Failure why={failure} />
      {more && (
        <button type="button" class="btn" disabled={busy} onClick={() => void goBack()}>
          {say(w.older)}
        </button>
      )}
    </>
  );
}

function Alarms() {
  const [filter, setFilter] = useState(fromAddress);
  const asked = askedOf(filter);
  const query = new URLSearchParams(asked).toString();
  const [loaded, again] = useLoaded(() => read<FoundAlarms>(`/api/alarms?${query}`), query);
  const change = (part: Partial<AlarmFilter>) => {
    const next = { ...filter, ...part };
    if (JSON.stringify(next) === JSON.stringify(filter)) return;
    keepInAddress(next);
    setFilter(next);
  };
  return (
    <div class="box">
      <Filters filter={filter} change={change} />
      <ListFilter>
        <ReportFiles path="/api/alarms" asked={asked} />
      </ListFilter>
      <Show loaded={loaded} again={again}>
        {(first) => <List key={query} first={first} query={query} />}
      </Show>
      <p class="note">
        {say(w.basis)} {say(w.leads)} {!mayHere('covert') && say(w.hidden)}
      </p>
    </div>
  );
}

export function AlarmListPage() {
  return (
    <DistrictDesk>
      <Alarms />
    </DistrictDesk>
  );
}
