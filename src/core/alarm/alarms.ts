/**
 * How an alarm comes about: raised, joined by repeats, its causes coming and going. What people do about it is in
 * `handling`. Latched: an alarm stays open until a person acknowledged it *and* closed it, whatever the device says meanwhile
 * (real controllers re-learn a cut wire as normal within seconds).
 */
import type { Draft } from '../draft.ts';
import type { AlarmKind, Priority, Time, Value, Words } from '../types.ts';
import { guardNear } from './guard-near.ts';
import { gather, placesOf } from './incidents.ts';
import { liftIfOver, liftIfWorse } from './shelving.ts';

/** A reason to alarm. Level conditions are `standing` and later end with `settle`; pulses are over at once. */
export interface Trigger {
  readonly key: string;
  readonly alarm: AlarmKind;
  readonly priority: Priority;
  readonly device: string;
  readonly cause: string;
  readonly active: boolean;
  readonly zone?: string;
  readonly value?: Value;
  readonly why?: Words;
  readonly sourceTime?: Time;
  readonly round?: string;
  readonly checkpoint?: string;
  readonly post?: string;
  /** For the eyes of heads, auditors and administrators alone. */
  readonly covert?: true;
  /** It stood already when the device was first heard, or heard again. */
  readonly foundSo?: true;
  /** How sure its source is of it, 0 to 1. */
  readonly certainty?: number;
}

/** Raises an alarm, or joins the open one of the same key. A cause that stands already says nothing new. */
export function trigger(draft: Draft, t: Trigger): void {
  const open = draft.open(t.key);
  if (!open) return raise(draft, t);
  // What stands already says something new only when it has become more urgent.
  if (t.active && open.causes.includes(t.cause) && t.priority >= open.priority) return;
  draft.add({
    kind: 'repeated',
    alarm: open.id,
    device: t.device,
    cause: t.cause,
    active: t.active,
    priority: t.priority,
    ...(t.value !== undefined && { value: t.value }),
    ...(t.sourceTime !== undefined && { sourceTime: t.sourceTime }),
    ...(t.foundSo && { foundSo: t.foundSo }),
  });
  liftIfWorse(draft, t.key, t.priority);
  if (t.alarm === 'cut') gather(draft, open.id);
}

function raise(draft: Draft, t: Trigger): void {
  const guard = guardNear(draft, placesOf(draft.site, { ...t, kind: t.alarm }));
  draft.add({ kind: 'raised', ...t, ...(guard && { guard }) });
  const id = draft.open(t.key)?.id;
  if (id !== undefined) gather(draft, id);
}

/** Ends one standing cause; the alarm itself stays until it is handled. */
export function returnToNormal(draft: Draft, key: string, cause: string, why?: Words): void {
  const open = draft.open(key);
  if (!open?.causes.includes(cause)) return;
  draft.add({ kind: 'returned-to-normal', alarm: open.id, cause, ...(why !== undefined && { why }) });
  if (open.causes.length === 1) liftIfOver(draft, key);
}
