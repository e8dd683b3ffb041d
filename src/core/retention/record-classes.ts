/**
 * Which class a fact is kept by, and the least that a class is kept. A kind that is not named here does not compile. It must never
 * let a configuration go below the least: `keepOf` is asked wherever something is cut.
 */
import type { CutClass, Event, KeepDays, RecordClass } from '../types.ts';

/**
 * Whole days. 90: alarm, arming, fault and patrol records; 180: access records (DB11/T 2552-2026, GB 55029; six months for network logs:
 * Cybersecurity Law, article 21).
 */
export const leastDays: { readonly [K in CutClass]: number } = { alarm: 90, patrol: 90, access: 180 };

const classes: { readonly [K in Event['kind']]: RecordClass } = {
  started: 'kept',
  configured: 'kept',
  'clock-stepped': 'kept',
  'clock-doubted': 'kept',
  'account-changed': 'kept',
  'journal-gap': 'kept',
  'record-doubted': 'kept',
  pruned: 'kept',
  held: 'kept',
  released: 'kept',
  read: 'alarm',
  detected: 'alarm',
  learned: 'alarm',
  'base-confirmed': 'alarm',
  linked: 'alarm',
  raised: 'alarm',
  repeated: 'alarm',
  'returned-to-normal': 'alarm',
  acknowledged: 'alarm',
  silenced: 'alarm',
  dispatched: 'alarm',
  accepted: 'alarm',
  arrived: 'alarm',
  pledged: 'alarm',
  renewed: 'alarm',
  looked: 'alarm',
  disposed: 'alarm',
  closed: 'alarm',
  noted: 'alarm',
  'phone-sent': 'alarm',
  answered: 'alarm',
  displayed: 'alarm',
  escalated: 'alarm',
  shelved: 'alarm',
  unshelved: 'alarm',
  joined: 'alarm',
  flooded: 'alarm',
  'zone-armed': 'alarm',
  'area-armed': 'alarm',
  'entry-started': 'alarm',
  'entry-expired': 'alarm',
  'walk-started': 'alarm',
  'zone-tested': 'alarm',
  'zone-restored': 'alarm',
  'walk-ended': 'alarm',
  tuned: 'alarm',
  vouched: 'alarm',
  'limits-dated': 'alarm',
  untuned: 'alarm',
  ordered: 'alarm',
  done: 'alarm',
  lost: 'alarm',
  'wall-changed': 'alarm',
  sending: 'alarm',
  'taken-told': 'alarm',
  'channel-tried': 'alarm',
  'channel-confirmed': 'alarm',
  'police-announced': 'alarm',
  'police-tested': 'alarm',
  'police-step': 'alarm',
  touched: 'patrol',
  'touch-withdrawn': 'patrol',
  'item-checked': 'patrol',
  imported: 'patrol',
  'import-undone': 'patrol',
  suspected: 'patrol',
  'exception-disposed': 'patrol',
  'round-changed': 'patrol',
  opened: 'patrol',
  checked: 'patrol',
  unchecked: 'patrol',
  completed: 'patrol',
  'post-opened': 'patrol',
  'post-unheard': 'patrol',
  'post-heard': 'patrol',
  'post-counted': 'patrol',
  'post-completed': 'patrol',
  'shift-changed': 'patrol',
  'shift-change-withdrawn': 'patrol',
  'signed-on': 'patrol',
  'shift-told': 'patrol',
  'handed-over': 'patrol',
  'calendar-given': 'access',
  'calendar-withdrawn': 'access',
  'logged-in': 'access',
  'login-refused': 'access',
  'logged-out': 'access',
  'phone-paired': 'access',
  'phone-revoked': 'access',
  exported: 'access',
  'picture-viewed': 'access',
  refused: 'access',
};

export const classOf = (event: Pick<Event, 'kind'>): RecordClass => classes[event.kind];

/** Kinds of a class. */
export const kindsOf = (of: RecordClass): Event['kind'][] =>
  (Object.keys(classes) as Event['kind'][]).filter((kind) => classes[kind] === of);

export const cutClasses = Object.keys(leastDays) as CutClass[];

/** The days a class is kept as it may be cut by; undefined: for ever. */
export function keepOf(keep: KeepDays, of: CutClass): number | undefined {
  const days = keep[of];
  return days === undefined ? undefined : Math.max(days, leastDays[of]);
}
