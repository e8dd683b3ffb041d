/**
 * What a value means: the alarm rule of a point, held against its value and the arm state of its zone.
 * Rules are data of the device model; this file only applies them.
 */
import { heardAnswer, isPoliceTest } from '../alarm/police.ts';
import type { Draft } from '../draft.ts';
import { judgeLimits } from '../sensor/excursions.ts';
import { heardCanary, isCanary } from '../tell/canary.ts';
import type { AlarmRule, ArmMode, Condition, Device, KnownValue, Point, Time, Value } from '../types.ts';
import { over, present, presented } from './suppression.ts';

/** Whether the value is in alarm; with hysteresis, a limit that was passed lets go only at its clear level. */
export function matches(when: Condition, value: Value, stands: boolean): boolean {
  if ('is' in when) return value === when.is;
  if (typeof value !== 'number') return false;
  if ('above' in when) return value > (stands ? (when.clear ?? when.above) : when.above);
  return value < (stands ? (when.clear ?? when.below) : when.below);
}

/**
 * The key that joins repeats: the same kind of alarm in the same zone, or of the same device outside zones. Of a kitchen's hygiene each
 * finding is an alarm of its own: a rodent is no repetition of a missing hat.
 */
export function alarmKey(device: string, point: Point, rule: AlarmRule): string {
  const key = `${point.zone ?? device}/${rule.kind}`;
  return rule.kind === 'hygiene' ? `${key}/${point.key}` : key;
}

/** What a point said last before the value that is judged. `stale`: before the link was lost or the gateway began. */
export type LastWord = KnownValue & { readonly stale: boolean };

/**
 * Whether how a device says that things stand tells anything new. It does unless the same was known: a camera masked at
 * first sight, or while nobody could hear it, is masked. What was known before its zone was last armed anew was perhaps
 * never judged, so it only counts as known while the link stood.
 */
function isNews({ state }: Draft, point: Point, rule: AlarmRule, before: LastWord | undefined): boolean {
  // A pulse is over, and what a gauge shows is judged with its next sample.
  if (point.keep !== 'state') return false;
  if (!before || !matches(rule.when, before.value, true)) return true;
  const watchedSince = rule.always || point.zone === undefined ? 0 : (state.zones.get(point.zone)?.since ?? 0);
  return before.stale && before.at < watchedSince;
}

/** Judges one value of a point that has an alarm rule; `mode` is the arm state when this very step changes it. */
export function judge(
  draft: Draft,
  device: Device,
  point: Point,
  value: Value,
  at: { sourceTime?: Time; initial?: boolean; certainty?: number; before?: LastWord | undefined },
  mode?: ArmMode,
): void {
  if (isCanary(draft.site, device.id)) return heardCanary(draft, value);
  if (point.police) return heardAnswer(draft, device, value);
  if (point.limits && typeof value === 'number') judgeLimits(draft, device, point, value, at.initial);
  const rule = point.alarm;
  if (!rule) return;
  const key = alarmKey(device.id, point, rule);
  const cause = `${device.id}/${point.key}`;
  const stands = presented(draft, key, cause);
  if (!matches(rule.when, value, stands)) {
    if (stands) over(draft, key, cause);
    return;
  }
  if (at.initial && !isNews(draft, point, rule, at.before)) return;
  if (rule.kind === 'police' && !stands && isPoliceTest(draft, device.id)) return;
  present(
    draft,
    {
      key,
      alarm: rule.kind,
      priority: rule.priority,
      device: device.id,
      cause,
      value,
      active: point.keep !== 'pulse',
      ...(point.zone !== undefined && { zone: point.zone }),
      ...(at.certainty !== undefined && { certainty: at.certainty }),
      // What a device calls the time of a state it only tells is often the time of telling.
      ...(at.initial ? { foundSo: true as const } : at.sourceTime !== undefined && { sourceTime: at.sourceTime }),
    },
    { always: rule.always, mode },
  );
}
