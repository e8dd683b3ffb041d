/**
 * What is not answered by its date is overdue: once for each date, as a fact and as an alarm, which rises by the chains as any other. The
 * alarm is over when it is answered, given another date or withdrawn; whoever has acknowledged it closes it.
 */
import { overdueWords } from '../../words/canteen/rectify-words.ts';
import { returnToNormal, trigger } from '../alarm/alarms.ts';
import type { Draft } from '../draft.ts';
import { gatewayName } from '../site/armed-plan.ts';

/** The key of the alarm of one that is overdue, and its cause. */
export const overdueKey = (rectification: number): string => `rectification/${rectification}/overdue`;

/** The rectification an alarm of this key speaks of. */
export function rectificationOfKey(key: string): number | undefined {
  const [, id] = /^rectification\/(\d+)\/overdue$/.exec(key) ?? [];
  return id === undefined ? undefined : Number(id);
}

/** On every tick: what has become overdue. */
export function keepRectifications(draft: Draft): void {
  for (const { id, stage, due, overdueSince, place, offence, who } of draft.state.rectifications.values()) {
    if (stage !== 'open' || due === undefined || overdueSince !== undefined || draft.now < due) continue;
    draft.add({ kind: 'rectification-overdue', rectification: id, due });
    const key = overdueKey(id);
    trigger(draft, {
      ...{ key, alarm: 'overdue', priority: 3, device: gatewayName, cause: key, active: true },
      why: overdueWords(id, place.title, offence.title, who?.name ?? ''),
    });
  }
}

/** It is overdue no longer. */
export function settleOverdue(draft: Draft, id: number): void {
  returnToNormal(draft, overdueKey(id), overdueKey(id));
}
