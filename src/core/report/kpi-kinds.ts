/**
 * Which facts the alarm figures are made of. Every kind of fact stands here, so that a new one is either counted or left out
 * by somebody who has thought about it.
 */
import type { Event } from '../types.ts';

const counted = {
  raised: true,
  repeated: true,
  'returned-to-normal': true,
  acknowledged: true,
  dispatched: true,
  arrived: true,
  closed: true,
  shelved: true,
  unshelved: true,
  'zone-armed': true,
  refused: true,
  started: true,
  'clock-stepped': true,
  'clock-doubted': false,
  configured: false,
  read: false,
  detected: false,
  learned: false,
  'base-confirmed': false,
  linked: false,
  silenced: false,
  accepted: false,
  pledged: false,
  renewed: false,
  looked: false,
  disposed: false,
  noted: false,
  answered: false,
  displayed: false,
  escalated: false,
  joined: false,
  flooded: false,
  'area-armed': false,
  'entry-started': false,
  'entry-expired': false,
  'walk-started': false,
  'zone-tested': false,
  'zone-restored': false,
  'walk-ended': false,
  tuned: false,
  vouched: false,
  'limits-dated': false,
  untuned: false,
  touched: false,
  'touch-withdrawn': false,
  'item-checked': false,
  imported: false,
  'import-undone': false,
  suspected: false,
  'exception-disposed': false,
  opened: false,
  checked: false,
  unchecked: false,
  completed: false,
  'post-opened': false,
  'post-unheard': false,
  'post-heard': false,
  'post-counted': false,
  'post-completed': false,
  ordered: false,
  done: false,
  'logged-in': false,
  'login-refused': false,
  'logged-out': false,
  'account-changed': false,
  exported: false,
  'picture-viewed': false,
  'wall-changed': false,
  lost: false,
  'journal-gap': false,
  'record-doubted': false,
} as const satisfies Readonly<Record<Event['kind'], boolean>>;

/** Kinds that are in no figure. */
export type Uncounted = {
  [K in Event['kind']]: (typeof counted)[K] extends false ? K : never;
}[Event['kind']];

/** The events the figures are made of. */
export const kpiKinds: readonly Event['kind'][] = (Object.keys(counted) as Event['kind'][]).filter(
  (kind) => counted[kind],
);
