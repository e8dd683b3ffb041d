/** The ledger of rectifications across schools: what is open and overdue, whose, and the way to urge it. The bureau closes none. */
import { useState } from 'preact/hooks';
import type { LedgerAnswer, LedgerRow } from '../../../district/board/report-types.ts';
import { rectifyStages } from '../../../words/canteen/rectify-words.ts';
import { ledgerWords as w } from '../../../words/district/report-page-words.ts';
import { dayTime } from '../../page/format.ts';
import { read } from '../../page/gateway-api.ts';
import { say } from '../../page/language.ts';
import { Show, useLoaded } from '../../page/page-frame.tsx';
import { DistrictDesk } from '../desk-shell.tsx';
import { mayHere, officer } from '../officer.ts';
import { OlderTable, ReportFiles, useOlder } from './report-files.tsx';
import { SchoolPick } from './school-pick.tsx';

const states = ['open', 'overdue', 'all'] as const;
const stageOf = (state: string) => {
  const words = (rectifyStages as Readonly<Record<string, { readonly zh: string; readonly en: string } | undefined>>)[
    state
  ];
  return words ? say(words) : state;
};

function Row({ row }: { row: LedgerRow }) {
  const offset = officer.value?.utcOffsetMin ?? 480;
  const time = (at: number | undefined) => (at === undefined ? '—' : dayTime(at, offset));
  return (
    <tr data-rectification={`${row.school}/${row.id}`}>
      <td>{say(row.name)}</td>
      <td>{row.street}</td>
      <td class="num">{row.id}</td>
      <td>{row.place && say(row.place)}</td>
      <td class="ledgerwhat">{row.what}</td>
      <td>{time(row.openedAt)}</td>
      <td>
        {time(row.dueAt)} {row.overdue && <span class="flag">{say(w.overdue)}</span>}
      </td>
      <td>{row.takenBy ?? '—'}</td>
      <td>{stageOf(row.state)}</td>
      <td>{time(row.closedAt)}</td>
      <td>
        {mayHere('order') && row.closedAt === undefined && (
          <a class="btn" href={`/district/orders?school=${row.school}&rectification=${row.id}`}>
            {say(w.urge)}
          </a>
        )}
      </td>
    </tr>
  );
}

const heads = [w.school, w.street, w.number, w.place, w.what, w.found, w.due, w.who, w.stage, w.closed, undefined];

function List({ first, query }: { first: LedgerAnswer; query: string }) {
  const list = useOlder<LedgerRow>(first, (before) =>
    read<LedgerAnswer>(`/api/ledger?${query}&before=${encodeURIComponent(before)}`),
  );
  const row = (one: LedgerRow) => <Row key={`${one.school}/${one.id}`} row={one} />;
  return <OlderTable heads={heads} none={w.none} older={w.older} list={list} row={row} />;
}

function Ledger() {
  const [state, setState] = useState<(typeof states)[number]>('open');
  const [school, setSchool] = useState(new URLSearchParams(location.search).get('school') ?? '');
  const asked = { state, ...(school !== '' && { school }) };
  const query = new URLSearchParams(asked).toString();
  const [loaded, again] = useLoaded(() => read<LedgerAnswer>(`/api/ledger?${query}`), query);
  const counts = loaded.phase === 'there' ? { open: loaded.value.open, overdue: loaded.value.overdue } : undefined;
  return (
    <div class="box">
      <div class="field reportfilter">
        <SchoolPick value={school} set={setSchool} every={w.every} />
        <span class="chooser">
          {states.map((one) => (
            <button key={one} type="button" class="btn" aria-pressed={state === one} onClick={() => setState(one)}>
              {say(w[one])} {one !== 'all' && counts?.[one]}
            </button>
          ))}
        </span>
        <ReportFiles path="/api/ledger" asked={asked} />
      </div>
      <Show loaded={loaded} again={again}>
        {(first) => <List key={query} first={first} query={query} />}
      </Show>
      <p class="note">{say(w.basis)}</p>
    </div>
  );
}

export function LedgerPage() {
  return (
    <DistrictDesk>
      <Ledger />
    </DistrictDesk>
  );
}
