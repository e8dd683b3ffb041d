/**
 * What happened to one alarm, in order, as the journal has it: asked again whenever the alarm changed. Facts it cannot name
 * are left out, never guessed.
 */
import { mayAsk } from '../../core/site/rights.ts';
import type { Alarm, Event } from '../../core/types.ts';
import { Failure } from '../page/failure.tsx';
import { hms } from '../page/format.ts';
import { read, takeFile } from '../page/gateway-api.ts';
import { t } from '../page/language.ts';
import { you } from '../page/page-feed.ts';
import { Show, useAct, useLoaded } from '../page/page-frame.tsx';
import { offset } from '../page/views.ts';
import { factText } from '../text/fact-text.ts';
import './timeline.css';

const LIMIT = 500;

/** The facts of an alarm, oldest first; what came after it was closed belongs to another. */
async function factsOf(alarm: Alarm): Promise<readonly Event[]> {
  const { rows } = await read<{ readonly rows: readonly Event[] }>(
    `/api/events?alarm=${alarm.id}&from=${alarm.raisedAt}&limit=${LIMIT}`,
  );
  const inOrder = [...rows].sort((a, b) => a.seq - b.seq);
  const end = inOrder.findIndex((e) => e.kind === 'closed');
  return end < 0 ? inOrder : inOrder.slice(0, end + 1);
}

/** Of what was told again and again only the last, which says how often. */
function withoutRepeats(facts: readonly Event[]): readonly Event[] {
  const told = facts.filter((fact) => fact.kind === 'escalated');
  const passed = new Set(
    told.flatMap((fact, i) => {
      const next = told[i + 1];
      const same =
        next &&
        next.why === fact.why &&
        next.lastResort === fact.lastResort &&
        `${next.roles} ${next.channels}` === `${fact.roles} ${fact.channels}`;
      return same && (fact.again !== undefined || fact.level > 1) ? [fact.seq] : [];
    }),
  );
  // What was sent for a step is named after it: `notify/<alarm>/<seq of the step>/<channel>`.
  const sentFor = (fact: Event) =>
    fact.kind === 'done' && fact.ok && fact.duty.startsWith('notify/') ? Number(fact.duty.split('/')[2]) : undefined;
  return facts.filter((fact) => !passed.has(fact.seq) && !passed.has(sentFor(fact) ?? 0));
}

/** The file of the incident; what cannot be made is said beside the button. */
function TakeCase({ alarm }: { alarm: Alarm }) {
  const { busy, failure, act } = useAct();
  const take = () => void act(() => takeFile(`/api/cases/${alarm.id}.zip`));
  return (
    <>
      <button type="button" class="btn case" disabled={busy} onClick={take}>
        {t('caseFile')}
      </button>
      <Failure why={failure} />
    </>
  );
}

export function Timeline({ alarm }: { alarm: Alarm }) {
  // The entry of an alarm is replaced when, and only when, something happened to it.
  const [loaded, again] = useLoaded(() => factsOf(alarm), alarm);
  const mayTake = you.value !== undefined && mayAsk(you.value.role, 'export');
  return (
    <section>
      <h3>
        {t('timeline')}
        {mayTake && <TakeCase alarm={alarm} />}
      </h3>
      <Show loaded={loaded} again={again}>
        {(facts) => (
          <ol class="timeline">
            {withoutRepeats(facts).map((fact) => {
              const text = factText(fact, alarm.id);
              return (
                text !== undefined && (
                  <li key={fact.seq} class={fact.kind === 'noted' ? 'noted' : ''}>
                    <time>{hms(fact.at, offset.value)}</time>
                    <span>{text}</span>
                  </li>
                )
              );
            })}
          </ol>
        )}
      </Show>
    </section>
  );
}
