/**
 * Facts of the journal as lines of the log book, in the sentences of the words room: with the name of the alarm before what
 * happened to it, and one line for zones that did the same together. It remembers what each alarm is about and how each zone
 * is armed, and nothing else.
 */
import { localSecond } from '../core/site/calendar.ts';
import { detectionOf, pictureOf } from '../core/site/detection-keys.ts';
import { lookup } from '../core/site/lookup.ts';
import { placeOf } from '../core/site/naming.ts';
import type { ArmMode, Event, Site, Words } from '../core/types.ts';
import type { FactNames } from '../words/alarm-sentences.ts';
import { pictureSigns } from '../words/camera/picture-names.ts';
import { factSentence } from '../words/fact-sentences.ts';
import { alarmNumber, answerWords, ofZones, pageNames, whileMode, withName } from '../words/night-words.ts';
import { kinds, lookupWords, signs } from '../words/trade-words.ts';
import { untranslated } from '../words/words.ts';

type EventOf<K extends Event['kind']> = Extract<Event, { kind: K }>;

/** The alarm a fact is about, when it is about one. */
function alarmOf(event: Event, keys: ReadonlyMap<string, number>): number | undefined {
  if (event.kind === 'raised') return event.seq;
  if (event.kind === 'unshelved') return keys.get(event.key);
  if (event.kind === 'done') {
    const [kind, id] = event.duty.split('/');
    return kind === 'snapshot' || kind === 'clip' || kind === 'notify' ? Number(id) : undefined;
  }
  return 'alarm' in event && typeof event.alarm === 'number' ? event.alarm : undefined;
}

/** Writes sentences. */
export class LogbookSentences {
  readonly #site: Site;
  readonly #names: FactNames;
  readonly #alarms = new Map<number, { readonly title: Words; readonly device: string }>();
  readonly #keys = new Map<string, number>();
  readonly #modes = new Map<string, ArmMode>();

  constructor(site: Site, time: FactNames['time']) {
    this.#site = site;
    const titled = (table: Readonly<Record<string, { readonly title: Words }>>) => (id: string) =>
      lookup(table, id)?.title ?? untranslated(id);
    const points = Object.values(site.routes).flatMap(({ checkpoints }) => checkpoints);
    this.#names = {
      who: (by) => untranslated(lookup(site.people, by)?.name ?? by),
      alarm: (id) => this.#alarms.get(id)?.title ?? alarmNumber(id),
      zone: (id) => this.#zones([id]),
      area: titled(site.areas),
      device: titled(site.devices),
      route: titled(site.routes),
      channel: titled(site.channels),
      shift: titled(site.roster?.shifts ?? {}),
      checkpoint: (id) => points.find((point) => point.id === id)?.title ?? untranslated(id),
      cause: (cause, device, alarm) => this.#cause(cause, device ?? this.#alarms.get(alarm ?? 0)?.device),
      page: (page) => lookupWords(pageNames, page),
      step: (procedure, step) => lookup(site.procedures, procedure)?.steps[step],
      answer: answerWords,
      time,
      moment: (at) => localSecond(at, site.utcOffsetMin),
    };
  }

  /** The sentences of what was kept together. */
  of(events: readonly Event[]): Words[] {
    const found: Words[] = [];
    const together = new Map<string, (EventOf<'zone-armed'> | EventOf<'learned'>)[]>();
    for (const event of events) {
      if (event.kind === 'zone-armed' || event.kind === 'learned') {
        if (event.kind === 'zone-armed') this.#modes.set(event.zone, event.mode);
        const key = event.kind === 'learned' ? event.kind : `${event.mode} ${event.by}`;
        together.set(key, [...(together.get(key) ?? []), event]);
        continue;
      }
      const words = this.#one(event);
      if (words) found.push(words);
    }
    for (const same of together.values()) {
      const zones = this.#zones(same.map(({ zone }) => zone));
      const words = factSentence(same[0]!, { ...this.#names, zone: () => zones });
      if (words) found.push(words);
    }
    return found;
  }

  #one(event: Event): Words | undefined {
    if (event.kind === 'raised') this.#raised(event);
    const words = factSentence(event, this.#names);
    if (!words) return undefined;
    const alarm = alarmOf(event, this.#keys);
    if (alarm !== undefined) return withName(this.#names.alarm(alarm), words);
    return event.kind === 'detected' ? this.#unsaid(event, words) : words;
  }

  #raised(event: EventOf<'raised'>): void {
    const { zh, en } = placeOf(this.#site, event);
    const kind = kinds[event.alarm];
    this.#keys.set(event.key, event.seq);
    const title = { zh: `${zh} ${kind.zh}`, en: `${en} ${kind.en.toLowerCase()}` };
    this.#alarms.set(event.seq, { title, device: event.device });
  }

  /** What the gateway made of the wires; where it raises nothing, why. */
  #unsaid({ zone, active }: EventOf<'detected'>, words: Words): Words {
    const mode = this.#modes.get(zone);
    return active && mode !== undefined && mode !== 'armed' ? whileMode(words, mode) : words;
  }

  #zones(zones: readonly string[]): Words {
    return ofZones(zones.map((zone) => lookup(this.#site.zones, zone)?.number ?? zone));
  }

  /** A point of a device by its titles, or what the gateway's own detection felt. */
  #cause(cause: string, id: string | undefined): Words {
    const felt = detectionOf(cause);
    if (felt) return lookupWords(signs, felt.key.split('.')[0] ?? '');
    const seen = pictureOf(cause);
    if (seen) return lookupWords(pictureSigns, seen.sign);
    const [first = '', key = ''] = cause.split('/');
    const device = lookup(this.#site.devices, id ?? first);
    const point = device && lookup(device.points, key);
    if (!device || !point) return device?.title ?? untranslated(cause);
    return { zh: `${device.title.zh} ${point.title.zh}`, en: `${device.title.en} ${point.title.en}` };
  }
}
