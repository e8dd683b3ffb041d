/** The ways to a report as a file, and a list that goes on by pages. */
import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import { fileWays } from '../../../words/district/report-page-words.ts';
import type { Words } from '../../../words/words.ts';
import { Failure } from '../../page/failure.tsx';
import { mayHere } from '../officer.ts';
import './reports.css';
import { sentence } from '../../page/gateway-api.ts';
import { lang, say } from '../../page/language.ts';

/** `path`: the address whose `/report.…` are the files; `asked`: what they are of. */
export function ReportFiles({ path, asked }: { path: string; asked: Readonly<Record<string, string>> }) {
  if (!mayHere('export')) return null;
  const query = new URLSearchParams({ ...asked, lang: lang.value });
  return (
    <span class="acts">
      {(Object.keys(fileWays) as (keyof typeof fileWays)[]).map((ending) => (
        <a
          key={ending}
          class="btn"
          href={`${path}/report.${ending}?${query}`}
          target={ending === 'html' ? '_blank' : undefined}
          rel="noreferrer"
        >
          {say(fileWays[ending])}
        </a>
      ))}
    </span>
  );
}

/** A page of rows, and the key of those before it. */
export interface RowsPage<T> {
  readonly rows: readonly T[];
  readonly next?: string;
}

/** Rows that were loaded, and a way to those before them. */
export function useOlder<T>(first: RowsPage<T>, load: (before: string) => Promise<RowsPage<T>>) {
  const [older, setOlder] = useState<readonly T[]>([]);
  const [next, setNext] = useState(first.next);
  const [failure, setFailure] = useState<string>();
  const [busy, setBusy] = useState(false);
  const goBack = async () => {
    if (next === undefined) return;
    setBusy(true);
    try {
      const page = await load(next);
      setOlder((was) => [...was, ...page.rows]);
      setNext(page.next);
      setFailure(undefined);
    } catch (caught) {
      setFailure(sentence(caught));
    }
    setBusy(false);
  };
  return { rows: [...first.rows, ...older], more: next !== undefined, failure, busy, goBack };
}

/** A table of such rows: its heads, what it says where there are none, and the button for those before. */
export function OlderTable<T>({
  heads,
  none,
  older,
  list,
  row,
}: {
  heads: readonly (Words | undefined)[];
  none: Words;
  older: Words;
  list: ReturnType<typeof useOlder<T>>;
  row: (one: T) => ComponentChildren;
}) {
  const { rows, more, failure, busy, goBack } = list;
  if (rows.length === 0) return <p class="note">{say(none)}</p>;
  return (
    <>
      <div class="scroll">
        <table class="reportrows">
          <thead>
            <tr>
              {heads.map((title, i) => (
                <th key={title?.en ?? i}>{title && say(title)}</th>
              ))}
            </tr>
          </thead>
          <tbody>{rows.map(row)}</tbody>
        </table>
      </div>
      <Failure why={failure} />
      {more && (
        <button type="button" class="btn" disabled={busy} onClick={() => void goBack()}>
          {say(older)}
        </button>
      )}
    </>
  );
}
