/**
 * What closes by itself when its cause is over: a hint of the weather, about which nobody has anything to do. All else is latched, but
 * for what a fact answers by name: a missed point that was reached, an item found right, an announced test of the police line. It must never close what sounds, or what somebody should have looked at: a wire that drifts stays.
 */
import type { Draft } from '../draft.ts';
import { gatewayName } from '../site/armed-plan.ts';
import type { AlarmKind } from '../types.ts';
import { lift } from './shelving.ts';

const selfClosing: ReadonlySet<AlarmKind> = new Set(['weather']);
/** Why: rain, snow, ice or warmth. */
const weatherReason = 'B2';

/** On every tick: hints whose cause has ended are closed. */
export function closeHints(draft: Draft): void {
  for (const { id, key, kind, priority, causes } of draft.state.alarms.values()) {
    if (!selfClosing.has(kind) || priority < 4 || causes.length > 0) continue;
    draft.add({ kind: 'closed', alarm: id, by: gatewayName, reason: weatherReason });
    lift(draft, key, gatewayName, 'closed');
  }
}
