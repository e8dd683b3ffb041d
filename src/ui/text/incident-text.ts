/**
 * An incident in words: the zones as a run of numbers, what happened there, how far it is handled. One alarm alone is said as
 * itself; several are said together and never as less than they are.
 */
import type { Alarm } from '../../core/types.ts';
import { type Incident, zoneRuns } from '../../core/view/view-incidents.ts';
import { kinds } from '../../words/trade-words.ts';
import { say, t } from '../page/language.ts';
import { site } from '../page/page-feed.ts';
import { offset } from '../page/views.ts';
import { detailOf, kindOf, placeOf } from './alarm-text.ts';
import { stageText } from './handling-text.ts';

/** `4–5区`, `1、4–7区` */
export function zonesText(zones: readonly string[]): string {
  const here = site.value;
  if (!here) return '';
  const runs = zoneRuns(here, zones).map(([from, to]) => (from === to ? `${from}` : `${from}–${to}`));
  return t('zonesShort', { zones: runs.join(t('listComma')) });
}

/** The alarm that stands for the incident: what waits before what is in hand, then the strongest, then where it began. */
export function leadOf({ alarms }: Incident): Alarm {
  const [first] = [...alarms].sort(
    (a, b) => Number(!!a.acked) - Number(!!b.acked) || a.priority - b.priority || a.id - b.id,
  );
  return first ?? alarms[0];
}

/** Where it is: the place of the one alarm, or the zones; alarms without zones are counted. */
export function incidentPlace(incident: Incident): string {
  const { alarms, zones } = incident;
  if (alarms.length === 1) return placeOf(alarms[0]);
  return zones.length > 0 ? zonesText(zones) : placeOf(leadOf(incident));
}

/** What happened there: `攀爬、拉紧 ×7`; weather is called weather. Must never be cut off. */
export function incidentKind({ alarms, weather }: Incident): string {
  if (alarms.length === 1) return kindOf(alarms[0]);
  const count = alarms.reduce((sum, a) => sum + a.count, 0);
  const named = [...new Set(alarms.map((a) => a.kind))].map((kind) => say(kinds[kind]));
  const two = named.slice(0, 2).join(t('listComma'));
  const what = weather ? t('weatherShort') : named.length > 2 ? t('andMore', { what: two }) : two;
  return `${what} ×${count}`;
}

/** The second line: of one alarm its own; of several, how many wait. */
export function incidentDetail(incident: Incident): string {
  const { alarms, waiting } = incident;
  if (alarms.length === 1) return detailOf(alarms[0], offset.value);
  if (waiting === 0) return detailOf(leadOf(incident), offset.value);
  return t('incidentWaits', { n: alarms.length, waiting });
}

/** The one word on the right: of the alarm that stands for all. */
export function incidentStage(incident: Incident): string {
  return stageText(leadOf(incident));
}
