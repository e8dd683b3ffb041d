/**
 * The canary: when the way of an alarm was last tried from end to end, how long each part took or where it broke, and a button that
 * tries it now. While data is stale it says nothing of that.
 */
import { may } from '../../../core/act/act-roles.ts';
import { type ShownCanary, shownCanary } from '../../../core/view/view-canary.ts';
import { canaryDaily, canaryHops, canaryPage, canaryTook } from '../../../words/reach/canary-words.ts';
import { testedBy } from '../../../words/reach/channel-page-words.ts';
import { Failure } from '../../page/failure.tsx';
import { dayTime } from '../../page/format.ts';
import { command } from '../../page/gateway-api.ts';
import { say } from '../../page/language.ts';
import { stale } from '../../page/page-clock.ts';
import { select, site, you } from '../../page/page-feed.ts';
import { useAct } from '../../page/page-frame.tsx';
import { offset } from '../../page/views.ts';
import { whoText } from '../../text/handling-text.ts';
import { channelText } from './channel-cards.tsx';

const last = select<ShownCanary | undefined>(
  (state, here) => state.canary && shownCanary(here, state.canary),
  undefined,
);

const took = (ms: number): string => (ms < 1_000 ? `${ms} ms` : `${(ms / 1_000).toFixed(1)} s`);
const two = (n: number) => String(n).padStart(2, '0');

function Phase({ run: { phase, failed } }: { run: ShownCanary }) {
  if (phase === 'running') return <>{say(canaryPage.running)}</>;
  if (phase === 'passed') return <>{say(canaryPage.passed)}</>;
  if (phase === 'gave-way') return <>{say(canaryPage.gaveWay)}</>;
  return (
    <span class="flag">
      {say(canaryPage.broken)} {failed && say(canaryHops[failed.hop])}
    </span>
  );
}

function Last({ run }: { run: ShownCanary }) {
  const { at, by, channel, hops, failed, told } = run;
  return (
    <>
      <p data-canary={run.phase}>
        {say(canaryPage.last)} {dayTime(at, offset.value)} <Phase run={run} />{' '}
        <small>
          {say(testedBy(by === undefined ? undefined : whoText(by)))}
          {channel !== undefined && ` · ${channelText(channel)}`}
        </small>
      </p>
      {hops.length > 0 && <p>{hops.map(({ hop, ms }) => say(canaryTook(hop, took(ms)))).join(' → ')}</p>}
      {failed && (
        <p class="failed">
          {say(failed.why)} <small>{say(told ? canaryPage.told : canaryPage.untold)}</small>
        </p>
      )}
    </>
  );
}

function Start() {
  const { busy, failure, act } = useAct();
  const role = you.value?.role;
  if (!role || !may(role, 'start-canary')) return null;
  return (
    <div class="acts">
      <button
        type="button"
        class="btn"
        disabled={busy || stale.value || last.value?.phase === 'running'}
        onClick={() => void act(() => command({ do: 'start-canary' }))}
      >
        {say(canaryPage.start)}
      </button>
      <Failure why={failure} />
    </div>
  );
}

export function CanaryPanel() {
  const plan = site.value?.canary;
  const run = last.value;
  return (
    <section class={`box detail ${stale.value ? 'hatch2' : ''}`}>
      <h2>{say(canaryPage.title)}</h2>
      <p class="small">{say(canaryPage.note)}</p>
      {plan ? (
        <>
          {stale.value && <p>{say(canaryPage.stale)}</p>}
          {!stale.value && (run ? <Last run={run} /> : <p>{say(canaryPage.never)}</p>)}
          <p class="small">
            {say(canaryDaily(`${two(Math.floor(plan.minute / 60))}:${two(plan.minute % 60)}`, whoText(plan.to)))}
          </p>
          <Start />
        </>
      ) : (
        <p class="small">{say(canaryPage.none)}</p>
      )}
    </section>
  );
}
