/**
 * The life of an alarm: raised, joined by repeats, its causes coming and going, acknowledged, closed with a reason.
 * Latched: an alarm stays open until a person acknowledged it *and* closed it, whatever the device says meanwhile
 * (real controllers re-learn a cut wire as normal within seconds).
 */
import type { Draft } from './draft.ts';
import { may } from './rights.ts';
import type { AlarmKind, Command, Priority, Refusal, Time, User, Value } from './types.ts';

/** Why an alarm was closed: stored as a code, never as text. The letter is the class, as security managers count them. */
export const reasons = [
  ...['A1', 'A2', 'A3', 'A4'],
  ...['B1', 'B2', 'B3', 'B4', 'B5', 'B6'],
  ...['C1', 'C2', 'C3', 'C4'],
  ...['D1', 'D2'],
  ...['E1', 'E2'],
  ...['F1', 'F2', 'F3', 'F4', 'F5', 'F6'],
  ...['G1', 'G2', 'G3', 'G4'],
] as const;

/** A reason to alarm. Level conditions are `standing` and later end with `settle`; pulses are over at once. */
export interface Trigger {
  readonly key: string;
  readonly alarm: AlarmKind;
  readonly priority: Priority;
  readonly device: string;
  readonly cause: string;
  readonly standing: boolean;
  readonly zone?: string;
  readonly value?: Value;
  readonly why?: string;
  readonly taken?: Time;
  readonly round?: string;
  readonly checkpoint?: string;
}

/** Raises an alarm, or joins the open one of the same key. A cause that stands already says nothing new. */
export function trigger(draft: Draft, t: Trigger): void {
  const open = draft.open(t.key);
  if (!open) {
    draft.add({ kind: 'raised', ...t });
    return;
  }
  if (t.standing && open.causes.includes(t.cause)) return;
  draft.add({
    kind: 'repeated',
    alarm: open.id,
    device: t.device,
    cause: t.cause,
    standing: t.standing,
    priority: t.priority,
    ...(t.value !== undefined && { value: t.value }),
    ...(t.taken !== undefined && { taken: t.taken }),
  });
}

/** Ends one standing cause; the alarm itself stays until it is handled. */
export function settle(draft: Draft, key: string, cause: string, why?: string): void {
  const open = draft.open(key);
  if (!open?.causes.includes(cause)) return;
  draft.add({ kind: 'returned', alarm: open.id, cause, ...(why !== undefined && { why }) });
}

type AlarmCommand = Extract<Command, { do: 'acknowledge' | 'close' }>;

function refusal(draft: Draft, command: AlarmCommand): Refusal | undefined {
  const alarm = draft.state.alarms.get(command.alarm);
  if (!alarm) return 'unknown-alarm';
  if (command.do === 'acknowledge') return alarm.acked ? 'already-acknowledged' : undefined;
  if (!alarm.acked) return 'not-acknowledged';
  if (alarm.causes.length > 0) return 'still-standing';
  return (reasons as readonly string[]).includes(command.reason) ? undefined : 'unknown-reason';
}

/** Acknowledges or closes. The second person to acknowledge is refused, and the screen says who was first. */
export function handle(draft: Draft, by: User, command: AlarmCommand): void {
  const why = may(by.role, command.do) ? refusal(draft, command) : 'no-right';
  if (why) {
    draft.add({ kind: 'refused', by: by.name, command, why });
  } else if (command.do === 'acknowledge') {
    draft.add({ kind: 'acknowledged', alarm: command.alarm, by: by.name });
  } else {
    const { alarm, reason, note } = command;
    draft.add({ kind: 'closed', alarm, by: by.name, reason, ...(note !== undefined && { note }) });
  }
}
