/**
 * What finds by itself only proposes: a camera's own judgement sees missing hats where there are hats, so a person takes each proposal
 * on or says why not. While one of an offence at a place is not over, no second one is made of it; so there are never more of them than
 * there are offences and places.
 */
import { alarmFound, foundAtItem } from '../../words/canteen/rectify-words.ts';
import { kinds } from '../../words/trade-words.ts';
import type { Draft } from '../draft.ts';
import { itemKey, itemsOf } from '../patrol/check-items.ts';
import { gatewayName } from '../site/armed-plan.ts';
import { lookup } from '../site/lookup.ts';
import { placeOf } from '../site/naming.ts';
import type { AlarmKind, CanteenArea, Event, Offence, RectifyMatter, RectifyPlace, Site } from '../types.ts';
import { isOver } from './evolve-rectify.ts';

/** Two of one offence at one place within this time are a repeated one. */
export const repeatedMs = 30 * 86_400_000;

/** Kinds that speak of a kitchen where they come from a device in one. Hygiene does wherever it comes from. */
const ofKitchens: ReadonlySet<AlarmKind> = new Set(['masked', 'tamper', 'temperature', 'gas', 'water']);

/** The area of the canteen a device looks at or measures in. */
export function canteenAreaOf({ canteen }: Pick<Site, 'canteen'>, device: string): CanteenArea | undefined {
  return Object.values(canteen?.areas ?? {}).find(
    ({ cameras, sensors }) => cameras.includes(device) || sensors.includes(device),
  );
}

const samePlace = (a: RectifyPlace, b: RectifyPlace) =>
  a.area === undefined && b.area === undefined ? a.title.zh === b.title.zh : a.area === b.area;

/** Those of one offence at one place that State knows. */
function alike(draft: Draft, { place, offence }: Pick<RectifyMatter, 'place' | 'offence'>) {
  return [...draft.state.rectifications.values()].filter(
    (one) => one.offence.key === offence.key && samePlace(one.place, place),
  );
}

/** The how-manieth of its offence at its place within thirty days this is. What was dismissed or withdrawn never was one. */
export function timesOf(draft: Draft, matter: Pick<RectifyMatter, 'place' | 'offence'>): number {
  const counted = alike(draft, matter).filter(
    ({ stage, foundAt }) => stage !== 'dismissed' && stage !== 'withdrawn' && foundAt > draft.at - repeatedMs,
  );
  return counted.length + 1;
}

/** Proposes a rectification, unless one of the same offence at the same place is not over. */
export function propose(draft: Draft, matter: Omit<RectifyMatter, 'times'>): void {
  const drafted = draft.events.some(
    (event) =>
      event.kind === 'rectification-proposed' &&
      event.offence.key === matter.offence.key &&
      samePlace(event.place, matter.place),
  );
  if (drafted || alike(draft, matter).some(({ stage }) => !isOver(stage))) return;
  draft.add({ kind: 'rectification-proposed', ...matter, times: timesOf(draft, matter) });
}

/** What a cause names: the point of the device, as its model calls it, or else the kind of the alarm. */
function offenceOf(site: Site, cause: string, kind: AlarmKind): Offence {
  const [device = '', point = ''] = cause.split('/');
  const known = lookup(lookup(site.devices, device)?.points ?? {}, point);
  return known ? { key: known.key, title: known.title } : { key: kind, title: kinds[kind] };
}

type RaisedEvent = Extract<Event, { readonly kind: 'raised' }>;
type CheckedEvent = Extract<Event, { readonly kind: 'item-checked' }>;

function ofAlarm(draft: Draft, event: RaisedEvent): void {
  const { site } = draft;
  const { alarm: kind, device, cause, key, seq, at, priority, why, covert } = event;
  const area = canteenAreaOf(site, device);
  // What the gateway finds itself proposes for itself, where it does.
  if (device === gatewayName || covert || priority > 3 || !(kind === 'hygiene' || (area && ofKitchens.has(kind))))
    return;
  const title = placeOf(site, { device, key, ...(event.zone !== undefined && { zone: event.zone }) });
  const offence = offenceOf(site, cause, kind);
  propose(draft, {
    source: { from: 'alarm', alarm: seq, kind, title, raisedAt: at },
    place: area ? { area: area.id, title: area.title } : { title },
    offence,
    what: why ?? alarmFound(offence.title, title),
  });
}

function ofItem(draft: Draft, { reader, item, right, value, by, note, picture, sha256 }: CheckedEvent): void {
  const placed = right ? undefined : itemsOf(draft.site).get(itemKey(reader, item));
  if (!placed?.item.rectify) return;
  const { point, item: asked } = placed;
  propose(draft, {
    source: { from: 'check-item', ask: asked.ask, by },
    place: { title: point.title },
    offence: { key: `item/${asked.id}`, title: asked.ask },
    what: foundAtItem(asked, value, note),
    ...(picture !== undefined && { picture }),
    ...(sha256 !== undefined && { sha256 }),
  });
}

/** Proposes what the events of this step ask for. To be called once they are all there. */
export function proposeFound(draft: Draft): void {
  for (const event of [...draft.events]) {
    if (event.kind === 'raised') ofAlarm(draft, event);
    else if (event.kind === 'item-checked') ofItem(draft, event);
  }
}
