/**
 * An incident in words: the most urgent of it with its zones and its age, what there is besides, how far it is handled. One
 * alarm alone is said as itself; of several the worst is never said as one of many.
 */
import type { Alarm, Time } from '../../core/types.ts';
import { frontOf, type Incident, zoneRuns } from '../../core/view/view-incidents.ts';
import { kinds } from '../../words/trade-words.ts';
import { say, t } from '../page/language.ts';
import { site } from '../page/page-feed.ts';
import { offset } from '../page/views.ts';
import { detailOf, placeOf } from './alarm-text.ts';
import { stageText } from './handling-text.ts';

/** `4–5区`, `1、4–7区` */
export function zonesText(zones: readonly string[]): string {
  const here = site.value;
  if (!here) return '';
  const runs = zoneRuns(here, zones).map(([from, to]) => (from === to ? `${from}` : `${from}–${to}`));
  return t('zonesShort', { zones: runs.join(t('listComma')) });
}

/** The alarm that stands for the incident. */
export const leadOf = (incident: Incident): Alarm => frontOf(incident).lead;

const zonesOf = (alarms: readonly Alarm[]) => [...new Set(alarms.flatMap((a) => a.zone ?? []))];

/** Where the most urgent of it is: the place of one alarm, or its zones. */
export function incidentPlace(incident: Incident): string {
  const { lead, front } = frontOf(incident);
  const zones = zonesOf(front);
  if (incident.alarms.length === 1 || zones.length === 0) return placeOf(lead);
  return zonesText(zones);
}

/** What the most urgent of it is: `断线 ×2`; weather is called weather. Must never be cut off. */
export function incidentKind(incident: Incident): string {
  const { lead, front } = frontOf(incident);
  const count = front.reduce((sum, a) => sum + a.count, 0);
  const weather = incident.weather && front.length > 1;
  const what = weather ? t('weatherShort') : say(kinds[lead.kind]);
  return count > 1 ? `${what} ×${count}` : what;
}

/** Since when the most urgent of it is so, by the device's own word if it gave one. */
export function incidentBegan(incident: Incident): Time {
  return Math.min(...frontOf(incident).front.map((a) => a.sourceTime ?? a.raisedAt));
}

/** `5区 拉紧`: what there is besides, the most urgent kind of it, and how many more. */
function besides(rest: readonly Alarm[]): string {
  const [first] = rest;
  if (!first) return '';
  const alike = rest.filter((a) => a.kind === first.kind);
  const zones = zonesOf(alike);
  const what = `${zones.length > 0 ? zonesText(zones) : placeOf(first)} ${say(kinds[first.kind])}`;
  return alike.length < rest.length ? t('andMore', { what, n: rest.length }) : what;
}

/** The second line: of one alarm its own; of several, what there is besides and how many wait. */
export function incidentDetail(incident: Incident): string {
  const { alarms, waiting } = incident;
  if (alarms.length === 1 || waiting === 0) return detailOf(leadOf(incident), offset.value);
  const { rest } = frontOf(incident);
  if (rest.length > 0) return t('incidentBesides', { waiting, what: besides(rest) });
  return t('incidentWaits', { n: alarms.length, waiting });
}

/** The one word on the right: of the alarm that stands for all. */
export function incidentStage(incident: Incident): string {
  return stageText(leadOf(incident));
}
