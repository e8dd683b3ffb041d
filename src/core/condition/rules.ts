/**
 * What a value means: the alarm rule of a point, held against its value and the arm state of its zone.
 * Rules are data of the device model; this file only applies them.
 */
import type { Draft } from '../draft.ts';
import type { AlarmRule, ArmMode, Condition, Device, Point, Time, Value } from '../types.ts';
import { over, present, presented } from './suppression.ts';

/** Whether the value is in alarm; with hysteresis, a limit that was passed lets go only at its clear level. */
export function matches(when: Condition, value: Value, stands: boolean): boolean {
  if ('is' in when) return value === when.is;
  if (typeof value !== 'number') return false;
  if ('above' in when) return value > (stands ? (when.clear ?? when.above) : when.above);
  return value < (stands ? (when.clear ?? when.below) : when.below);
}

/** The key that joins repeats: the same kind of alarm in the same zone, or of the same device outside zones. */
export function alarmKey(device: string, point: Point, rule: AlarmRule): string {
  return `${point.zone ?? device}/${rule.kind}`;
}

/** Judges one value of a point that has an alarm rule; `mode` is the arm state when this very step changes it. */
export function judge(
  draft: Draft,
  device: Device,
  point: Point,
  value: Value,
  at: { sourceTime?: Time; initial?: boolean },
  mode?: ArmMode,
): void {
  const rule = point.alarm;
  if (!rule) return;
  const key = alarmKey(device.id, point, rule);
  const cause = `${device.id}/${point.key}`;
  const stands = presented(draft, key, cause);
  if (!matches(rule.when, value, stands)) {
    if (stands) over(draft, key, cause);
    return;
  }
  // How things stood when we first looked is state; only a change is news.
  if (at.initial) return;
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
      ...(at.sourceTime !== undefined && { sourceTime: at.sourceTime }),
    },
    { always: rule.always, mode },
  );
}
