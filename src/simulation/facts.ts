/**
 * Facts of the journal as sentences of a log book, Chinese first. What only repeats a reading says nothing here. A kind of
 * fact nobody has written a sentence for is told by its name, so that nothing that happened is missing from the book.
 */
import type { AlarmKind, Event, Site, Words } from '../core/types.ts';
import { kinds, modes, verdicts } from '../ui/words/trade.ts';

/** Where an alarm is: its zone, else its device. */
function placeOf(site: Site, { zone, device }: { zone?: string; device: string }): Words {
  const found = zone === undefined ? undefined : site.zones[zone];
  if (found) return { zh: `${found.number}区${found.title.zh}`, en: `zone ${found.number} ${found.title.en}` };
  return site.devices[device]?.title ?? { zh: device, en: device };
}

const kindOf = (kind: AlarmKind): Words => ({ zh: kinds[kind].zh, en: kinds[kind].en.toLowerCase() });

interface Named {
  readonly place: Words;
  readonly kind: Words;
}

/** Writes sentences; it remembers what each alarm is about. */
export class Sentences {
  readonly #site: Site;
  readonly #alarms = new Map<number, Named>();

  constructor(site: Site) {
    this.#site = site;
  }

  /** The sentences of what was kept together; zones that were armed together share one. */
  of(events: readonly Event[]): Words[] {
    const found: Words[] = [];
    const arming = new Map<string, { zones: string[]; event: Extract<Event, { kind: 'armed' }> }>();
    for (const event of events) {
      if (event.kind === 'armed') {
        const key = `${event.mode} ${event.by}`;
        const group = arming.get(key) ?? { zones: [], event };
        arming.set(key, group);
        group.zones.push(String(this.#site.zones[event.zone]?.number ?? event.zone));
        continue;
      }
      const words = this.#one(event);
      if (words) found.push(words);
    }
    for (const { zones, event } of arming.values()) {
      const who =
        event.by === 'schedule' ? { zh: '按计划', en: 'by schedule' } : { zh: `由 ${event.by} `, en: `by ${event.by}` };
      const list = zones.join('、');
      found.push({
        zh: `${list}区${who.zh}${modes[event.mode].zh}`,
        en: `${zones.length > 1 ? 'zones' : 'zone'} ${zones.join(', ')} ${modes[event.mode].en} ${who.en}`,
      });
    }
    return found;
  }

  #one(event: Event): Words | undefined {
    switch (event.kind) {
      case 'read':
      case 'linked':
      case 'opened':
        return undefined;
      case 'raised': {
        const named = { place: placeOf(this.#site, event), kind: kindOf(event.alarm) };
        this.#alarms.set(event.seq, named);
        return this.#about(event.seq, `报警，${event.priority} 级`, `alarm, priority ${event.priority}`);
      }
      case 'repeated':
        return this.#about(event.alarm, '再次触发', 'again');
      case 'returned':
        return this.#about(event.alarm, '恢复', 'is over');
      case 'acknowledged':
        return this.#about(event.alarm, `${event.by} 确认`, `acknowledged by ${event.by}`);
      case 'closed':
        return this.#about(
          event.alarm,
          `${event.by} 关闭，原因 ${event.reason}`,
          `closed by ${event.by}, reason ${event.reason}`,
        );
      case 'checked':
        return this.#checked(event);
      case 'completed':
        return { zh: `巡更 ${event.round} 结束`, en: `round ${event.round} is over` };
      case 'done':
        return this.#done(event);
      case 'refused':
        return { zh: `${event.by} 的操作被拒绝：${event.why}`, en: `${event.by} was refused: ${event.why}` };
      case 'started':
        return { zh: '网关开始工作', en: 'the gateway begins its work' };
      default:
        return { zh: event.kind, en: event.kind };
    }
  }

  #about(alarm: number, zh: string, en: string): Words {
    const named = this.#alarms.get(alarm);
    if (!named) return { zh: `${alarm} 号报警${zh}`, en: `alarm ${alarm}: ${en}` };
    return { zh: `${named.place.zh} ${named.kind.zh}：${zh}`, en: `${named.place.en} ${named.kind.en}: ${en}` };
  }

  #checked({ round, checkpoint, verdict }: Extract<Event, { kind: 'checked' }>): Words {
    const points = Object.values(this.#site.routes).flatMap((route) => route.checkpoints);
    const title = points.find(({ id }) => id === checkpoint)?.title ?? { zh: checkpoint, en: checkpoint };
    return {
      zh: `巡更 ${round} ${title.zh}：${verdicts[verdict].zh}`,
      en: `round ${round} ${title.en}: ${verdicts[verdict].en}`,
    };
  }

  #done({ duty, ok, why }: Extract<Event, { kind: 'done' }>): Words {
    const [zh = '', en = ''] = (why ?? '').split(' / ');
    if (ok) return { zh: `${duty} 完成`, en: `${duty} done` };
    return { zh: `${duty} 未成：${zh}`, en: `${duty} failed: ${en || zh}` };
  }
}
