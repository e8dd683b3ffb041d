/** Accountability: alarms of all schools with who was told, who acted and after how long; each opens to its course, line by line. It judges nobody. */
import { useState } from 'preact/hooks';
import type { AccountAlarm, AccountAnswer } from '../../../district/board/report-types.ts';
import { orderGiven } from '../../../words/district/order-board-words.ts';
import { deedTitles, deedWho, outcomeTitles, accountWords as w } from '../../../words/district/report-page-words.ts';
import { kinds } from '../../../words/trade-words.ts';
import { Badge } from '../../page/badge.tsx';
import { dayTime, span } from '../../page/format.ts';
import { read } from '../../page/gateway-api.ts';
import { say } from '../../page/language.ts';
import { Show, useLoaded } from '../../page/page-frame.tsx';
import { DistrictDesk } from '../desk-shell.tsx';
import { officer, officerNow } from '../officer.ts';
import { OlderTable, ReportFiles, useOlder } from './report-files.tsx';
import { SchoolPick } from './school-pick.tsx';

const dayMs = 86_400_000;
const spans = [
  [1, w.day],
  [7, w.week],
  [30, w.month],
] as const;
const levels = [
  [1, w.urgent],
  [2, w.twoLevels],
  [4, w.everyLevel],
] as const;

const titleOf = (
  table: Readonly<Record<string, { readonly zh: string; readonly en: string } | undefined>>,
  key: string,
) => {
  const words = table[key];
  return words ? say(words) : key;
};
const offsetMin = () => officer.value?.utcOffsetMin ?? 480;

/** A person and after how long, or that nobody did. */
function Step({ who, at, from }: { who?: string | undefined; at?: number | undefined; from: number }) {
  if (at === undefined) return <small>{say(w.notYet)}</small>;
  return (
    <>
      {who} <small>{span(at - from)}</small>
    </>
  );
}

function Course({ alarm: { deeds, orders, raisedAt } }: { alarm: AccountAlarm }) {
  return (
    <ol class="accountcourse">
      {deeds.map((deed, i) => (
        <li key={i}>
          <span class="num">+{span(Math.max(0, deed.at - raisedAt))}</span> {titleOf(deedTitles, deed.kind)}{' '}
          {[
            deed.who && say(deedWho(deed.kind, deed.who)),
            deed.channel,
            deed.outcome && titleOf(outcomeTitles, deed.outcome),
          ]
            .filter(Boolean)
            .join(' · ')}
        </li>
      ))}
      {orders.map((order, i) => (
        <li key={`o${i}`}>
          {say(w.orders)}: {titleOf(orderGiven, order.kind)} · {order.officer} · {dayTime(order.at, offsetMin())}{' '}
          {[order.outcome && titleOf(outcomeTitles, order.outcome), order.answer, order.doneBy]
            .filter(Boolean)
            .join(' · ')}
        </li>
      ))}
    </ol>
  );
}

function Row({ alarm }: { alarm: AccountAlarm }) {
  const [open, setOpen] = useState(false);
  const told = new Set(
    alarm.deeds
      .filter(({ kind, outcome }) => kind === 'done' && outcome === 'told')
      .map(({ who, channel }) => who ?? channel),
  );
  return (
    <>
      <tr data-alarm={`${alarm.school}/${alarm.id}`}>
        <td>
          <button type="button" class="btn plain" aria-expanded={open} onClick={() => setOpen(!open)}>
            {dayTime(alarm.raisedAt, offsetMin())}
          </button>
        </td>
        <td>{say(alarm.name)}</td>
        <td>
          <Badge priority={alarm.priority as 1 | 2 | 3 | 4} acked={alarm.ackedAt !== undefined} /> {say(alarm.place)}{' '}
          {titleOf(kinds, alarm.kind)}
        </td>
        <td>{told.size > 0 ? [...told].join('、') : <small>{say(w.nobody)}</small>}</td>
        <td>
          <Step who={alarm.ackedBy} at={alarm.ackedAt} from={alarm.raisedAt} />
        </td>
        <td>
          <Step who={alarm.dispatchedTo} at={alarm.arrivedAt} from={alarm.raisedAt} />
        </td>
        <td>
          <Step who={alarm.closedBy} at={alarm.closedAt} from={alarm.raisedAt} />
        </td>
      </tr>
      {open && (
        <tr>
          <td colSpan={7}>
            <Course alarm={alarm} />
          </td>
        </tr>
      )}
    </>
  );
}

const heads = [w.raised, w.school, w.alarm, w.told, w.acked, w.arrived, w.closed];

function List({ first, query }: { first: AccountAnswer; query: string }) {
  const pageOf = ({ alarms, next }: AccountAnswer) => ({ rows: alarms, ...(next !== undefined && { next }) });
  const list = useOlder(pageOf(first), async (before) =>
    pageOf(await read<AccountAnswer>(`/api/accountability?${query}&before=${encodeURIComponent(before)}`)),
  );
  const row = (alarm: AccountAlarm) => <Row key={`${alarm.school}/${alarm.id}`} alarm={alarm} />;
  return <OlderTable heads={heads} none={w.none} older={w.older} list={list} row={row} />;
}

function Accounts() {
  const [days, setDays] = useState(7);
  const [priority, setPriority] = useState(1);
  const [school, setSchool] = useState(new URLSearchParams(location.search).get('school') ?? '');
  // To the minute: what is asked must not change with each look at the clock.
  const [now] = useState(officerNow.value);
  const asked = {
    from: String(Math.max(0, Math.floor(now - days * dayMs))),
    priority: String(priority),
    ...(school !== '' && { school }),
  };
  const query = new URLSearchParams(asked).toString();
  const [loaded, again] = useLoaded(() => read<AccountAnswer>(`/api/accountability?${query}`), query);
  return (
    <div class="box">
      <p class="note">{say(w.intro)}</p>
      <div class="field reportfilter">
        <SchoolPick value={school} set={setSchool} every={w.every} />
        <span class="chooser">
          {spans.map(([count, title]) => (
            <button key={count} type="button" class="btn" aria-pressed={days === count} onClick={() => setDays(count)}>
              {say(title)}
            </button>
          ))}
        </span>
        <span class="chooser">
          {levels.map(([level, title]) => (
            <button
              key={level}
              type="button"
              class="btn"
              aria-pressed={priority === level}
              onClick={() => setPriority(level)}
            >
              {say(title)}
            </button>
          ))}
        </span>
        <ReportFiles path="/api/accountability" asked={asked} />
      </div>
      <Show loaded={loaded} again={again}>
        {(first) => <List key={query} first={first} query={query} />}
      </Show>
      <p class="note">{say(w.basis)}</p>
    </div>
  );
}

export function AccountabilityPage() {
  return (
    <DistrictDesk>
      <Accounts />
    </DistrictDesk>
  );
}
