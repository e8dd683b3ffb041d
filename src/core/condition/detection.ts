/**
 * What the gateway's own detection means: a sign it found becomes a fact, and an alarm under the same key as the
 * controller's word for it, with a cause of its own. So the two are one alarm and can still be told apart.
 */
import type { Draft } from '../draft.ts';
import { detectionCause, detectionKey } from '../site/detection-keys.ts';
import { lookup } from '../site/lookup.ts';
import type { ActiveDetection, AlarmKind, Detection, Input, Priority } from '../types.ts';
import { type Coming, over, present } from './suppression.ts';

interface Meaning {
  readonly kind: AlarmKind;
  readonly priority: Priority;
  /** In every arm state: the wire itself is wrong, whoever may be on the grounds. */
  readonly always?: true;
}

/** What each sign is an alarm of. Weather and drift are maintenance: said, never sounded. */
const meanings: Readonly<Record<Detection, Meaning>> = {
  climb: { kind: 'climb', priority: 1 },
  pull: { kind: 'pull', priority: 1 },
  cut: { kind: 'cut', priority: 1 },
  slack: { kind: 'slack', priority: 2 },
  static: { kind: 'static', priority: 2, always: true },
  stuck: { kind: 'fault', priority: 3, always: true },
  // Readings that are no measurement: the zone looks calm, and nobody could be seen on it.
  frozen: { kind: 'fault', priority: 2, always: true },
  replayed: { kind: 'fault', priority: 2, always: true },
  // Only what watches has to know its bases; and a zone that does not know them is not ready to be armed.
  learning: { kind: 'fault', priority: 2 },
  'no-data': { kind: 'comms', priority: 2 },
  drift: { kind: 'drift', priority: 4, always: true },
  weather: { kind: 'weather', priority: 4, always: true },
};

/** What kind of alarm a sign is, and how grave. */
export const alarmOf = (sign: Detection): Readonly<Pick<Meaning, 'kind' | 'priority'>> => meanings[sign];

/** Whether a sign is watched only while its zone is. */
export const whileArmed = (sign: Detection): boolean => meanings[sign].always !== true;

/** The key under which a sign of a zone is an alarm: the same as a controller's. */
export const detectionAlarmKey = (zone: string, sign: Detection): string => `${zone}/${meanings[sign].kind}`;

/** Presents a sign that holds. */
export function presentDetection(
  draft: Draft,
  zone: string,
  device: string,
  detected: ActiveDetection,
  coming: Omit<Coming, 'always'> & { readonly foundSo?: true | undefined } = {},
): void {
  const { detection, wire, value } = detected;
  const { kind, priority: usual, always } = meanings[detection];
  // Of a zone with no wire left to hear nobody knows anything: as urgent as a host that is lost.
  const priority = detection === 'no-data' && wire === undefined ? 1 : usual;
  present(
    draft,
    {
      key: detectionAlarmKey(zone, detection),
      alarm: kind,
      priority,
      device,
      zone,
      cause: detectionCause(zone, detectionKey(detection, wire)),
      active: true,
      ...(value !== undefined && { value }),
      ...(coming.foundSo && { foundSo: coming.foundSo }),
    },
    { always, ...coming },
  );
}

/** Takes in what detection found in a zone. */
export function sensed(draft: Draft, { zone, device, finding }: Extract<Input, { kind: 'detected' }>): void {
  if (!lookup(draft.site.zones, zone)) return;
  if (finding.kind === 'learned') {
    draft.add({ kind: 'learned', zone, bases: finding.basesN });
    return;
  }
  const { detection, active, wire, valueN, limitN, sinceMs, foundSo } = finding;
  const key = detectionKey(detection, wire);
  if (active === (draft.state.detections.get(zone)?.active[key] !== undefined)) return;
  draft.add({
    kind: 'detected',
    zone,
    device,
    detection,
    active,
    ...(wire !== undefined && { wire }),
    ...(valueN !== undefined && { value: valueN }),
    ...(limitN !== undefined && { limit: limitN }),
    ...(sinceMs !== undefined && { sinceMs }),
    ...(foundSo && { foundSo }),
  });
  if (!active) return over(draft, detectionAlarmKey(zone, detection), detectionCause(zone, key));
  const now: ActiveDetection = {
    detection,
    since: draft.at,
    ...(wire !== undefined && { wire }),
    ...(valueN !== undefined && { value: valueN }),
  };
  presentDetection(draft, zone, device, now, { sinceMs, foundSo });
}
