/**
 * Says to the gateway that this person has had the pictures of an alarm before his eyes: after a moment in which they stood on
 * the page, once for each person. Whoever closes an urgent alarm as nothing has to have looked, or sent somebody.
 */
import { useEffect } from 'preact/hooks';
import { may } from '../../core/act/act-roles.ts';
import type { Alarm } from '../../core/types.ts';
import { command } from '../page/gateway-api.ts';
import { you } from '../page/page-feed.ts';

/** Less is passing by; a person needs about this long to take a picture in. */
const momentMs = 1_500;

/** To be used where the pictures of an alarm are shown. */
export function useLooking(alarm: Alarm, shown: boolean): void {
  const { id, waitingSince, looked } = alarm;
  const name = you.value?.name;
  const known = looked?.some((one) => one.by === name && one.at >= waitingSince) ?? false;
  const says = shown && !known && you.value !== undefined && may(you.value.role, 'look');
  useEffect(() => {
    if (!says) return;
    // Should it not be taken, closing says what is missing.
    const timer = setTimeout(() => void command({ do: 'look', alarm: id }).catch(() => undefined), momentMs);
    return () => clearTimeout(timer);
  }, [id, waitingSince, says]);
}
