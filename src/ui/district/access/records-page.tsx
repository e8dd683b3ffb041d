/** How long the district keeps what, how much of it there is, since when and how large. It changes nothing: the rule stands in the configuration. */
import { type KeptAnswer, keptClasses } from '../../../district/board/keep-rules.ts';
import { keptClassTitles, retentionWords as w } from '../../../words/district/kept-record-words.ts';
import { dayTime } from '../../page/format.ts';
import { read } from '../../page/gateway-api.ts';
import { say } from '../../page/language.ts';
import { Show, useLoaded } from '../../page/page-frame.tsx';
import { DistrictDesk } from '../desk-shell.tsx';
import { officer } from '../officer.ts';
import { AccessBox } from './access-frame.tsx';

const time = (at: number): string => dayTime(at, officer.value?.utcOffsetMin ?? 480);
/** Bytes as people say them. */
function size(bytes: number): string {
  const [unit, of] = bytes >= 1e9 ? ['GB', 1e9] : bytes >= 1e6 ? ['MB', 1e6] : ['KB', 1e3];
  return `${(bytes / Number(of)).toFixed(1)} ${unit}`;
}

function Kept({ kept }: { kept: KeptAnswer }) {
  const { keep, lastAt, bytes, tables, schools } = kept;
  return (
    <AccessBox>
      <p>{say(w.intro)}</p>
      <h2>{say(w.keep)}</h2>
      <ul class="keeplist">
        {keptClasses.map((one) => (
          <li key={one}>
            {say(keptClassTitles[one])} · {keep[one] === null ? say(w.forever) : `${keep[one]} ${say(w.days)}`}
          </li>
        ))}
        <li>
          {say(w.last)} · {lastAt === null ? say(w.never) : time(lastAt)}
        </li>
        <li>
          {say(w.size)} · {size(bytes)}
        </li>
      </ul>
      {schools.length === 0 && <p class="note">{say(w.none)}</p>}
      <div class="scroll" hidden={schools.length === 0}>
        <table class="accessrows">
          <thead>
            <tr>
              {[w.school, w.lines, w.cut, w.since].map((title) => (
                <th key={title.en}>{say(title)}</th>
              ))}
            </tr>
          </thead>
          <tbody>
            {schools.map((one) => (
              <tr key={one.school}>
                <td>{say(one)}</td>
                <td class="num">{one.lines}</td>
                <td class="num">{one.cut}</td>
                <td>{time(one.since)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <div class="scroll">
        <table class="accessrows">
          <thead>
            <tr>
              {[w.table, w.rows, w.bytes].map((title) => (
                <th key={title.en}>{say(title)}</th>
              ))}
            </tr>
          </thead>
          <tbody>
            {tables.map((one) => (
              <tr key={one.table}>
                <td>
                  <code>{one.table}</code>
                </td>
                <td class="num">{one.rows}</td>
                <td class="num">{size(one.bytes)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </AccessBox>
  );
}

export function RecordsPage() {
  const [loaded, again] = useLoaded(() => read<KeptAnswer>('/api/retention'), 0);
  return (
    <DistrictDesk>
      <Show loaded={loaded} again={again}>
        {(kept) => <Kept kept={kept} />}
      </Show>
    </DistrictDesk>
  );
}
