/**
 * What happened to one alarm, in order, as the journal has it: asked again whenever the alarm changed. Facts it cannot name
 * are left out, never guessed.
 */

import type { Alarm, Event } from '../../core/types.ts';
import { pointTitle, reasonText } from '../alarmtext.ts';
import { read } from '../api.ts';
import { site } from '../feed.ts';
import { hms } from '../format.ts';
import { offset } from '../views.ts';
import { half, say, t } from '../words.ts';
import { Show, useLoaded } from './frame.tsx';

const KINDS = ['raised', 'repeated', 'returned', 'acknowledged', 'closed', 'done'] as const;
const LIMIT = 200;

/** The facts of an alarm, oldest first. Each kind is asked for alone, so that a busy night does not crowd them out. */
async function factsOf(alarm: Alarm): Promise<readonly Event[]> {
  const from = alarm.raisedAt;
  const pages = await Promise.all(
    KINDS.map((kind) =>
      read<{ readonly rows: readonly Event[] }>(`/api/events?kind=${kind}&from=${from}&limit=${LIMIT}`),
    ),
  );
  return pages
    .flatMap((page) => page.rows)
    .filter(
      (e) =>
        e.seq === alarm.id ||
        (e.kind !== 'raised' && 'alarm' in e && e.alarm === alarm.id) ||
        (e.kind === 'done' && e.duty === `snapshot/${alarm.id}`),
    )
    .sort((a, b) => a.seq - b.seq);
}

/** `4号围栏主机 拉紧`: which device said so, and which of its points. */
function causeText(id: string, cause: string): string {
  const device = site.value?.devices[id];
  const point = device?.points[cause.split('/').pop() ?? ''];
  return [device ? say(device.title) : id, point && pointTitle(point)].filter(Boolean).join(' ');
}

function textOf(event: Event): string | undefined {
  switch (event.kind) {
    case 'raised':
      return t('tlRaised', { what: causeText(event.device, event.cause) });
    case 'repeated':
      return t('tlRepeated', { what: causeText(event.device, event.cause) });
    case 'returned':
      return t('tlReturned');
    case 'acknowledged':
      return t('tlAcknowledged', { by: event.by });
    case 'closed':
      return t('tlClosed', { by: event.by, reason: reasonText(event.reason) });
    case 'done':
      return event.ok ? t('tlPicture') : t('tlPictureFailed', { why: half(event.why ?? '') });
    default:
      return undefined;
  }
}

export function Timeline({ alarm }: { alarm: Alarm }) {
  const changed = [alarm.id, alarm.count, alarm.returnedAt, alarm.acked?.at, alarm.picture].join();
  const [loaded, again] = useLoaded(() => factsOf(alarm), changed);
  return (
    <section>
      <h3>{t('timeline')}</h3>
      <Show loaded={loaded} again={again}>
        {(facts) => (
          <ol class="timeline">
            {facts.map((fact) => {
              const text = textOf(fact);
              return (
                text !== undefined && (
                  <li key={fact.seq}>
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
