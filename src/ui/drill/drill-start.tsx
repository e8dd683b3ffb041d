/** Begins a drill: what is practised, whether people know, by what signal; and once more before anything sounds. */
import { useState } from 'preact/hooks';
import type { DrillKind, DrillSignal } from '../../core/types.ts';
import { drillPageWords as w } from '../../words/drill/drill-page-words.ts';
import { announcedWords, drillKinds, drillSignals } from '../../words/drill/drill-terms.ts';
import { Failure } from '../page/failure.tsx';
import { command } from '../page/gateway-api.ts';
import { say } from '../page/language.ts';
import { site } from '../page/page-feed.ts';
import { useAct } from '../page/page-frame.tsx';

const kinds = Object.keys(drillKinds) as DrillKind[];

export function StartForm() {
  const siren = site.value?.drill?.siren !== undefined;
  const [exercise, setKind] = useState<DrillKind>('fire');
  const [announced, setAnnounced] = useState(true);
  const [signal, setSignal] = useState<DrillSignal>(siren ? 'siren' : 'broadcast');
  const [asking, ask] = useState(false);
  const { busy, failure, act } = useAct();
  const start = async () => {
    if (await act(() => command({ do: 'start-drill', exercise, announced, signal }))) ask(false);
  };
  return (
    <section class="box">
      <h2>{say(w.begin)}</h2>
      <div class="field drillpad">
        <label>
          {say(w.kind)}{' '}
          <select name="exercise" value={exercise} onChange={(e) => setKind(e.currentTarget.value as DrillKind)}>
            {kinds.map((id) => (
              <option key={id} value={id}>
                {say(drillKinds[id])}
              </option>
            ))}
          </select>
        </label>
        <label>
          {say(w.told)}{' '}
          <select
            name="announced"
            value={String(announced)}
            onChange={(e) => setAnnounced(e.currentTarget.value === 'true')}
          >
            <option value="true">{say(announcedWords(true))}</option>
            <option value="false">{say(announcedWords(false))}</option>
          </select>
        </label>
        <label>
          {say(w.signal)}{' '}
          <select name="signal" value={signal} onChange={(e) => setSignal(e.currentTarget.value as DrillSignal)}>
            {siren && <option value="siren">{say(drillSignals.siren)}</option>}
            <option value="broadcast">{say(drillSignals.broadcast)}</option>
          </select>
        </label>
        {!asking && (
          <button type="button" class="btn main" onClick={() => ask(true)}>
            {say(w.start)}
          </button>
        )}
      </div>
      {asking && (
        <div class="field drillpad" role="alertdialog" aria-label={say(w.start)}>
          <p>{say(signal === 'siren' ? w.sureSiren : w.sureBroadcast)}</p>
          <button type="button" class="btn main" disabled={busy} onClick={() => void start()}>
            {say(w.sure)}
          </button>
          <button type="button" class="btn plain" onClick={() => ask(false)}>
            {say(w.back)}
          </button>
        </div>
      )}
      <Failure why={failure} />
    </section>
  );
}
