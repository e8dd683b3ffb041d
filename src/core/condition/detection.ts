/**
 * What the gateway's own detection means: a sign it found becomes a fact, and an alarm under the same key as the
 * controller's word for it, with a cause of its own. So the two are one alarm and can still be told apart.
 */
import type { Draft } from '../draft.ts';
import { senseCause, signKey } from '../site/detection-keys.ts';
import { own } from '../site/lookup.ts';
import type { AlarmKind, Input, Priority, Sensed, Sign } from '../types.ts';
import { type Coming, over, present } from './suppression.ts';

interface Meaning {
  readonly kind: AlarmKind;
  readonly priority: Priority;
  /** In every arm state: the wire itself is wrong, whoever may be on the grounds. */
  readonly always?: true;
}

/** What each sign is an alarm of. Weather and drift are upkeep: said, never sounded. */
const meanings: Readonly<Record<Sign, Meaning>> = {
  climb: { kind: 'climb', priority: 1 },
  pull: { kind: 'pull', priority: 1 },
  cut: { kind: 'cut', priority: 1 },
  slack: { kind: 'slack', priority: 2 },
  static: { kind: 'static', priority: 2, always: true },
  stuck: { kind: 'fault', priority: 3, always: true },
  mute: { kind: 'comms', priority: 2 },
  drift: { kind: 'drift', priority: 4, always: true },
  weather: { kind: 'weather', priority: 4, always: true },
};

/** What kind of alarm a sign is, and how grave. */
export const alarmOf = (sign: Sign): Readonly<Pick<Meaning, 'kind' | 'priority'>> => meanings[sign];

/** Whether a sign is watched only while its zone is. */
export const whileArmed = (sign: Sign): boolean => meanings[sign].always !== true;

/** The key under which a sign of a zone is an alarm: the same as a controller's. */
export const senseKey = (zone: string, sign: Sign): string => `${zone}/${meanings[sign].kind}`;

/** Presents a sign that holds. */
export function presentSign(
  draft: Draft,
  zone: string,
  device: string,
  sensed: Sensed,
  coming: Omit<Coming, 'always'> = {},
): void {
  const { sign, wire, value } = sensed;
  const { kind, priority, always } = meanings[sign];
  present(
    draft,
    {
      key: senseKey(zone, sign),
      alarm: kind,
      priority,
      device,
      zone,
      cause: senseCause(zone, signKey(sign, wire)),
      standing: true,
      ...(value !== undefined && { value }),
    },
    { always, ...coming },
  );
}

/** Takes in what detection found in a zone. */
export function sensed(draft: Draft, { zone, device, finding }: Extract<Input, { kind: 'sensed' }>): void {
  if (!own(draft.site.zones, zone)) return;
  if (finding.kind === 'learned') {
    draft.add({ kind: 'learned', zone, bases: finding.basesN });
    return;
  }
  const { sign, holds, wire, valueN, limitN, sinceMs } = finding;
  const key = signKey(sign, wire);
  if (holds === (draft.state.senses.get(zone)?.signs[key] !== undefined)) return;
  draft.add({
    kind: 'sensed',
    zone,
    device,
    sign,
    holds,
    ...(wire !== undefined && { wire }),
    ...(valueN !== undefined && { value: valueN }),
    ...(limitN !== undefined && { limit: limitN }),
    ...(sinceMs !== undefined && { sinceMs }),
  });
  if (!holds) return over(draft, senseKey(zone, sign), senseCause(zone, key));
  const now: Sensed = {
    sign,
    since: draft.at,
    ...(wire !== undefined && { wire }),
    ...(valueN !== undefined && { value: valueN }),
  };
  presentSign(draft, zone, device, now, { sinceMs });
}
