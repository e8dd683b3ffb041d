/**
 * What was closed today, from the record: when, by whom, why. Asked again whenever something else was closed.
 */
import { localDay, timeOf } from '../../core/site/calendar.ts';
import type { Alarm } from '../../core/types.ts';
import { hms, stamp } from '../page/format.ts';
import { read } from '../page/gateway-api.ts';
import { t } from '../page/language.ts';
import { now } from '../page/page-clock.ts';
import { Show, useLoaded } from '../page/page-frame.tsx';
import { closed, offset } from '../page/views.ts';
import { titleOf } from '../text/alarm-text.ts';
import { reasonText, whoText } from '../text/handling-text.ts';

interface ClosedRow {
  readonly id: number;
  readonly closedAt?: number | null;
  readonly closedBy?: string | null;
  readonly reason?: string | null;
  readonly note?: string | null;
}

export function ClosedToday() {
  const newest = closed.value[0]?.id;
  const [loaded, again] = useLoaded(async () => {
    const midnight = timeOf(localDay(now.peek(), offset.peek()), 0, offset.peek());
    const { rows } = await read<{ readonly rows: readonly (ClosedRow & Alarm)[] }>('/api/alarms?limit=1000');
    return rows.filter((r) => (r.closedAt ?? 0) >= midnight).sort((a, b) => (b.closedAt ?? 0) - (a.closedAt ?? 0));
  }, newest);
  return (
    <Show loaded={loaded} again={again}>
      {(rows) =>
        rows.length === 0 ? (
          <p class="note">{t('emptyClosed')}</p>
        ) : (
          <table class="plain">
            <tbody>
              {rows.map((row) => (
                <tr key={row.id}>
                  <td>{stamp(row.raisedAt, offset.value)}</td>
                  <td>
                    <b>{titleOf(row)}</b>
                  </td>
                  <td>
                    {t('closedBy', {
                      time: hms(row.closedAt ?? 0, offset.value),
                      name: whoText(row.closedBy ?? ''),
                      reason: reasonText(row.reason ?? ''),
                    })}
                    {row.note && ` · ${row.note}`}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        )
      }
    </Show>
  );
}
