/**
 * Facts of the journal as sentences of a log book, Chinese first, a sentence for every kind. What only repeats a reading says
 * nothing here. Zones that did the same together share a sentence.
 */

import { lookup } from '../core/site/lookup.ts';
import { placeOf } from '../core/site/naming.ts';
import type { ArmMode, Event, Site, Words } from '../core/types.ts';
import { handling } from '../words/handling-words.ts';
import { kinds, modes, verdicts } from '../words/trade-words.ts';
import { type Alarmed, alarmSentence, isAlarmed, unshelvedSentence } from './logbook-alarm-facts.ts';
import { fill, maintenanceSentence, said } from './logbook-maintenance-facts.ts';

type Of<K extends Event['kind']> = Extract<Event, { kind: K }>;

const areaModes = { away: '布防', stay: '留守布防', disarmed: '撤防' } as const;

/** Writes sentences; it remembers what each alarm is about, and how each zone is armed. */
export class Sentences {
  readonly #site: Site;
  readonly #alarms = new Map<number, Words>();
  readonly #keys = new Map<string, number>();
  readonly #modes = new Map<string, ArmMode>();

  constructor(site: Site) {
    this.#site = site;
  }

  /** The sentences of what was kept together. */
  of(events: readonly Event[]): Words[] {
    const found: Words[] = [];
    const arming = new Map<string, Of<'zone-armed'>[]>();
    const learned: string[] = [];
    for (const event of events) {
      if (event.kind === 'zone-armed') {
        this.#modes.set(event.zone, event.mode);
        const key = `${event.mode} ${event.by}`;
        arming.set(key, [...(arming.get(key) ?? []), event]);
      } else if (event.kind === 'learned') learned.push(event.zone);
      else {
        const words = this.#one(event);
        if (words) found.push(words);
      }
    }
    for (const together of arming.values()) found.push(this.#armed(together));
    if (learned.length > 0) found.push(this.#learned(learned));
    return found;
  }

  #one(event: Exclude<Event, Of<'zone-armed' | 'learned'>>): Words | undefined {
    if (isAlarmed(event)) return this.#alarmed(event);
    switch (event.kind) {
      case 'read':
      case 'linked':
      case 'opened':
        return undefined;
      case 'checked':
        return this.#checked(event);
      case 'completed':
        return said(`巡更 ${event.round} 结束`, `round ${event.round} is over`);
      case 'area-armed':
        return this.#set(event);
      case 'entry-started':
        return this.#area(event.area, '有人进入，等待撤防', 'somebody came in, and is waited for');
      case 'entry-expired':
        return this.#area(event.area, '没有人撤防', 'nobody unset it');
      case 'unshelved':
        return unshelvedSentence(event, this.#called(this.#keys.get(event.key) ?? 0));
      case 'detected':
        return this.#sensed(event);
      default:
        return maintenanceSentence(event, this.#site);
    }
  }

  #alarmed(event: Alarmed): Words {
    if (event.kind === 'raised') {
      const { zh, en } = placeOf(this.#site, event);
      const kind = kinds[event.alarm];
      this.#keys.set(event.key, event.seq);
      this.#alarms.set(event.seq, said(`${zh} ${kind.zh}`, `${en} ${kind.en.toLowerCase()}`));
    }
    return alarmSentence(event, (id) => this.#called(id));
  }

  #called(id: number): Words {
    return this.#alarms.get(id) ?? fill(handling.alarmNo, { n: id });
  }

  #armed(together: readonly Of<'zone-armed'>[]): Words {
    const { by, mode } = together[0]!;
    const [zh, en] = by === 'schedule' ? ['按计划', 'by schedule'] : [`由 ${by} `, `by ${by}`];
    const zones = this.#zones(together.map(({ zone }) => zone));
    return said(`${zones.zh}${zh}${modes[mode].zh}`, `${zones.en} ${modes[mode].en} ${en}`);
  }

  #learned(zones: readonly string[]): Words {
    const { zh, en } = this.#zones(zones);
    return said(`${zh}记下各线的基准张力`, `${en}: where each wire rests is kept`);
  }

  #zones(zones: readonly string[]): Words {
    const numbers = zones.map((zone) => lookup(this.#site.zones, zone)?.number ?? zone);
    return said(`${numbers.join('、')}区`, `${numbers.length > 1 ? 'zones' : 'zone'} ${numbers.join(', ')}`);
  }

  #set({ area, mode, by }: Of<'area-armed'>): Words {
    const [zh, en] = by === 'schedule' ? ['按计划', 'by schedule'] : [`${by} `, `by ${by}`];
    return this.#area(area, `${zh}${areaModes[mode]}`, `${mode === 'disarmed' ? 'unset' : `set, ${mode},`} ${en}`);
  }

  #area(id: string, zh: string, en: string): Words {
    const title = lookup(this.#site.areas, id)?.title ?? said(id, id);
    return said(`${title.zh}：${zh}`, `${title.en}: ${en}`);
  }

  /** What the gateway made of the wires; where it raises nothing, why. */
  #sensed(event: Of<'detected'>): Words {
    const place = placeOf(this.#site, event);
    const { zh, en } = maintenanceSentence(event, this.#site);
    const mode = this.#modes.get(event.zone);
    const idle = event.active && mode !== undefined && mode !== 'armed';
    const [why, because] = idle ? [`，防区${modes[mode].zh}`, `, the zone is ${modes[mode].en}`] : ['', ''];
    return said(`${place.zh} ${zh}${why}`, `${place.en} ${en}${because}`);
  }

  #checked({ round, checkpoint, verdict }: Of<'checked'>): Words {
    const points = Object.values(this.#site.routes).flatMap((route) => route.checkpoints);
    const title = points.find(({ id }) => id === checkpoint)?.title ?? said(checkpoint, checkpoint);
    return said(
      `巡更 ${round} ${title.zh}：${verdicts[verdict].zh}`,
      `round ${round} ${title.en}: ${verdicts[verdict].en}`,
    );
  }
}
