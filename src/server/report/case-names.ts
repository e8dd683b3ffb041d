/**
 * What the school calls things, for the sentences of an incident's time line. It must never guess: what it does not know keeps its own name.
 */
import { localSecond } from '../../core/site/calendar.ts';
import { detectionOf, pictureOf } from '../../core/site/detection-keys.ts';
import { lookup } from '../../core/site/lookup.ts';
import { placeOf } from '../../core/site/naming.ts';
import type { Event, Site, Words } from '../../core/types.ts';
import type { FactNames } from '../../words/alarm-sentences.ts';
import { pictureSigns } from '../../words/camera/picture-names.ts';
import { alarmNumber, answerWords, pageNames } from '../../words/night-words.ts';
import { kinds, lookupWords, signs } from '../../words/trade-words.ts';
import { untranslated } from '../../words/words.ts';

export type RaisedFact = Extract<Event, { kind: 'raised' }>;

/** `4区 东围栏 攀爬` */
export function raisedTitle(site: Site, raised: RaisedFact): Words {
  const [place, kind] = [placeOf(site, raised), kinds[raised.alarm]];
  return { zh: `${place.zh} ${kind.zh}`, en: `${place.en}: ${kind.en}` };
}

/** Names over a site, and the alarms that were raised. */
export function caseNames(site: Site, raised: ReadonlyMap<number, RaisedFact>): FactNames {
  const titled = (table: Readonly<Record<string, { readonly title: Words }>>) => (id: string) =>
    lookup(table, id)?.title ?? untranslated(id);
  const points = Object.values(site.routes).flatMap(({ checkpoints }) => checkpoints);
  const cause = (text: string, id: string | undefined): Words => {
    const felt = detectionOf(text);
    if (felt) return lookupWords(signs, felt.key.split('.')[0] ?? '');
    const picture = pictureOf(text);
    if (picture) return lookupWords(pictureSigns, picture.sign);
    const [first = '', key = ''] = text.split('/');
    const device = lookup(site.devices, id ?? first);
    const point = device && lookup(device.points, key);
    if (!device || !point) return device?.title ?? untranslated(text);
    return { zh: `${device.title.zh} ${point.title.zh}`, en: `${device.title.en} ${point.title.en}` };
  };
  const local = (at: number) => localSecond(at, site.utcOffsetMin);
  return {
    who: (by) => untranslated(lookup(site.people, by)?.name ?? by),
    alarm: (id) => {
      const known = raised.get(id);
      return known ? raisedTitle(site, known) : alarmNumber(id);
    },
    zone: titled(site.zones),
    area: titled(site.areas),
    device: titled(site.devices),
    route: titled(site.routes),
    channel: titled(site.channels),
    shift: titled(site.roster?.shifts ?? {}),
    checkpoint: (id) => points.find((point) => point.id === id)?.title ?? untranslated(id),
    cause: (text, device, alarm) => cause(text, device ?? raised.get(alarm ?? 0)?.device),
    page: (page) => lookupWords(pageNames, page),
    step: (procedure, step) => lookup(site.procedures, procedure)?.steps[step],
    answer: answerWords,
    time: (at) => local(at).slice(11, 16),
    moment: local,
  };
}
