/** The trail: what officers did, the newest first, and the chain reckoned anew when asked. It shows what the lines say and leaves nothing out. */
import { useState } from 'preact/hooks';
import { type TrailLine, type TrailVerdict, trailKinds } from '../../../district/board/trail-kinds.ts';
import { decidedSo, schoolPageWords, trailTitles, trailWords as w } from '../../../words/district/access-page-words.ts';
import { Failure } from '../../page/failure.tsx';
import { stamp } from '../../page/format.ts';
import { post, read } from '../../page/gateway-api.ts';
import { say } from '../../page/language.ts';
import { Show, useAct, useLoaded } from '../../page/page-frame.tsx';
import { DistrictDesk } from '../desk-shell.tsx';
import { officer } from '../officer.ts';
import { AccessBox } from './access-frame.tsx';

interface TrailPart {
  readonly lines: readonly TrailLine[];
  readonly more: boolean;
}
const titleOf = (kind: string): string => {
  const words = trailTitles[kind];
  return words ? say(words) : kind;
};

/** What the line holds: a decision with its reason in words, everything else as it was written. */
function detailOf({ kind, body }: TrailLine): string {
  const { how, reason } = body;
  if (kind === 'settled' && typeof reason === 'string')
    return say(decidedSo(how === 'keep' ? schoolPageWords.keep : schoolPageWords.anew, reason));
  return Object.keys(body).length > 0 ? JSON.stringify(body) : '';
}

function Lines({ first, kind }: { first: TrailPart; kind: string }) {
  const [part, setPart] = useState(first);
  const { busy, failure, act } = useAct();
  const goBack = () =>
    void act(async () => {
      const before = part.lines.at(-1)?.n ?? 1;
      const next = await read<TrailPart>(`/api/trail?before=${before}${kind === '' ? '' : `&kind=${kind}`}`);
      setPart({ lines: [...part.lines, ...next.lines], more: next.more });
    });
  if (part.lines.length === 0) return <p class="note">{say(w.none)}</p>;
  return (
    <>
      <div class="scroll">
        <table class="trailrows">
          <thead>
            <tr>
              {[w.number, w.at, w.who, w.what, w.school, w.more].map((title) => (
                <th key={title.en}>{say(title)}</th>
              ))}
            </tr>
          </thead>
          <tbody>
            {part.lines.map((line) => (
              <tr key={line.n}>
                <td class="num">{line.n}</td>
                <td>{stamp(line.at, officer.value?.utcOffsetMin ?? 480)}</td>
                <td>{line.officer === '-' ? say(w.console) : line.officer}</td>
                <td>{titleOf(line.kind)}</td>
                <td>{line.school}</td>
                <td>
                  <small>{detailOf(line)}</small>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <Failure why={failure} />
      {part.more && (
        <button type="button" class="btn" disabled={busy} onClick={goBack}>
          {say(w.older)}
        </button>
      )}
    </>
  );
}

function Verdict() {
  const [verdict, setVerdict] = useState<TrailVerdict>();
  const { busy, failure, act } = useAct();
  const verify = () => void act(async () => setVerdict(await post<TrailVerdict>('/api/trail/verify', {})));
  return (
    <>
      <button type="button" class="btn main" disabled={busy} onClick={verify}>
        {say(w.verify)}
      </button>
      {verdict && verdict.brokenAt === undefined && (
        <span>
          {verdict.lines} {say(w.sound)} <code class="checkvalue">{verdict.head}</code>
        </span>
      )}
      {verdict?.brokenAt !== undefined && (
        <b class="flag" role="alert">
          {say(w.broken)} {verdict.brokenAt}
        </b>
      )}
      <Failure why={failure} />
    </>
  );
}

export function TrailPage() {
  const [kind, setKind] = useState('');
  const [loaded, again] = useLoaded(() => read<TrailPart>(`/api/trail${kind === '' ? '' : `?kind=${kind}`}`), kind);
  return (
    <DistrictDesk>
      <AccessBox>
        <p class="note">{say(w.intro)}</p>
        <div class="field trailfilter">
          <select name="kind" aria-label={say(w.what)} value={kind} onChange={(e) => setKind(e.currentTarget.value)}>
            <option value="">{say(w.every)}</option>
            {trailKinds.map((one) => (
              <option key={one} value={one}>
                {titleOf(one)}
              </option>
            ))}
          </select>
          <Verdict />
        </div>
        <Show loaded={loaded} again={again}>
          {(first) => <Lines key={kind} first={first} kind={kind} />}
        </Show>
      </AccessBox>
    </DistrictDesk>
  );
}
