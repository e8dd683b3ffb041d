/**
 * The vocabulary of kitchens: what analytics of any maker can see there, as points with one meaning and one urgency, so that reports
 * and rectifications count the same thing whoever saw it. A profile picks its points. It must never hold what only one maker does.
 *
 * How urgent each is: an open flame that nobody minds, and somebody in the kitchen who should not be there, are for whoever is awake,
 * at any hour (2). What is put right by the canteen's own people is ordinary (3); also a rodent, which most often comes at night: nobody
 * runs for it at three in the morning, and it must be seen to before anybody cooks. A full bin is a hint (4), which never sounds.
 * All of them hold however a zone is armed: a kitchen at work is a zone that nobody has armed.
 */
import type { AlarmKind, PointSpec, Priority } from '../core/types.ts';
import { kitchenPointTitles } from '../words/camera/kitchen-words.ts';

type KitchenPoint = keyof typeof kitchenPointTitles;

const meanings: Readonly<Record<KitchenPoint, readonly [kind: AlarmKind, priority: Priority]>> = {
  no_hat: ['hygiene', 3],
  no_mask: ['hygiene', 3],
  no_uniform: ['hygiene', 3],
  smoking: ['hygiene', 3],
  phone_in_hand: ['hygiene', 3],
  rodent: ['hygiene', 3],
  open_flame_unattended: ['fire', 2],
  stranger: ['intrusion', 2],
  off_hours_entry: ['intrusion', 2],
  bin_full: ['hygiene', 4],
};

/** Every point of the vocabulary, in the order of its list. */
export const kitchenKeys = Object.keys(meanings) as readonly KitchenPoint[];

/**
 * These points, in this order; all without any. Each is an event that is over at once: analytics tells that it saw something, and
 * hardly ever that it is gone.
 */
export function kitchenPoints(...keys: readonly KitchenPoint[]): PointSpec[] {
  return (keys.length > 0 ? keys : kitchenKeys).map((key) => {
    const [kind, priority] = meanings[key];
    const alarm = { kind, priority, when: { is: true }, always: true } as const;
    return { key, title: kitchenPointTitles[key], keep: 'pulse', type: 'boolean', alarm };
  });
}
