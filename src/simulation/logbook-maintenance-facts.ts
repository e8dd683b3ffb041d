/**
 * Facts that concern no alarm and no patrol, as sentences of the log book: what the gateway itself does, what it senses, what
 * people set about the wires, what was done and what was refused.
 */

import { lookup } from '../core/site/lookup.ts';
import type { Event, Site, Words } from '../core/types.ts';
import { kinds, signs } from '../words/trade-words.ts';

type Of<K extends Event['kind']> = Extract<Event, { kind: K }>;

export const said = (zh: string, en: string): Words => ({ zh, en });

/** A sentence with its `{holes}` filled. */
export function fill({ zh, en }: Words, holes: Readonly<Record<string, string | number>>): Words {
  const filled = (text: string) => text.replace(/\{(\w+)\}/g, (hole, name: string) => String(holes[name] ?? hole));
  return said(filled(zh), filled(en));
}

const newton = (value: number) => `${Math.round(value)} N`;

type MaintenanceEvent = Of<
  | 'started'
  | 'configured'
  | 'detected'
  | 'silenced'
  | 'flooded'
  | 'walk-started'
  | 'zone-tested'
  | 'zone-restored'
  | 'walk-ended'
  | 'tuned'
  | 'untuned'
  | 'ordered'
  | 'done'
  | 'lost'
  | 'refused'
>;

export function maintenanceSentence(event: MaintenanceEvent, site: Site): Words {
  switch (event.kind) {
    case 'started':
      return said('网关开始工作', 'the gateway begins its work');
    case 'configured':
      return said(`${event.by} 更换配置`, `configuration changed by ${event.by}`);
    case 'detected':
      return sensed(event);
    case 'silenced':
      return said(`${event.by} 静音`, `silenced by ${event.by}`);
    case 'flooded':
      return event.on
        ? said(`报警过多：十分钟内 ${event.count} 条`, `too many alarms: ${event.count} in ten minutes`)
        : said('报警不再过多', 'no longer too many alarms');
    case 'ordered':
      return said(
        `${event.by} 操作 ${event.device}/${event.point}`,
        `${event.by} writes ${event.device}/${event.point}`,
      );
    case 'done':
      return done(event);
    case 'lost':
      return said(
        `${event.line}：不采信 ${event.count} 条（${event.reason}）`,
        `${event.line}: ${event.count} not believed (${event.reason})`,
      );
    case 'refused':
      return said(
        `${event.by} 的操作 ${event.command.do} 被拒绝：${event.why}`,
        `${event.by} was refused ${event.command.do}: ${event.why}`,
      );
    default:
      return commissioned(event, site);
  }
}

function commissioned(
  event: Of<'walk-started' | 'zone-tested' | 'zone-restored' | 'walk-ended' | 'tuned' | 'untuned'>,
  site: Site,
): Words {
  if (event.kind === 'walk-started') return said(`${event.by} 开始行走测试`, `walk test begun by ${event.by}`);
  if (event.kind === 'walk-ended') return said(`${event.by} 结束行走测试`, `walk test ended by ${event.by}`);
  if (event.kind === 'zone-restored') return said(`行走测试：${event.cause} 恢复`, `walk test: ${event.cause} is over`);
  const title = lookup(site.zones, event.zone)?.title ?? said(event.zone, event.zone);
  switch (event.kind) {
    case 'zone-tested':
      return said(
        `行走测试：${title.zh} ${kinds[event.alarm].zh}`,
        `walk test: ${title.en} ${kinds[event.alarm].en.toLowerCase()}`,
      );
    case 'tuned':
      return said(
        `${title.zh}：${event.by} 改阈值，${event.reason}`,
        `${title.en}: limits changed by ${event.by}, ${event.reason}`,
      );
    case 'untuned':
      return event.why === 'trial-over'
        ? said(`${title.zh}：阈值试用结束`, `${title.en}: the trial of limits is over`)
        : said(`${title.zh}：按新配置的阈值`, `${title.en}: the configured limits count`);
  }
}

function sensed({ detection, active, wire, value, limit }: Of<'detected'>): Words {
  const { zh, en } = signs[detection];
  const [onZh, onEn] = wire === undefined ? ['', ''] : [` 第 ${wire + 1} 线`, ` on wire ${wire + 1}`];
  if (!active) return said(`网关判断：${zh}${onZh}结束`, `by our own judgement: ${en}${onEn} is over`);
  const figures = value === undefined || limit === undefined ? undefined : ([newton(value), newton(limit)] as const);
  const [valueZh, valueEn] = figures
    ? [`，${figures[0]}（限值 ${figures[1]}）`, `, ${figures[0]} (limit ${figures[1]})`]
    : ['', ''];
  return said(`网关判断：${zh}${onZh}${valueZh}`, `by our own judgement: ${en}${onEn}${valueEn}`);
}

const duties: Readonly<Record<string, Words>> = {
  siren: said('声光', 'siren'),
  snapshot: said('取证画面', 'evidence picture'),
  notify: said('通知', 'message'),
};

function done({ duty, ok, why }: Of<'done'>): Words {
  const [kind = '', ...rest] = duty.split('/');
  const { zh, en } = lookup(duties, kind) ?? said(kind, kind);
  const what = rest.join('/');
  if (ok) return said(`${zh} ${what} 完成`, `${en} ${what} done`);
  const [whyZh = '', whyEn] = (why ?? '').split(' / ');
  return said(`${zh} ${what} 未成：${whyZh}`, `${en} ${what} failed: ${whyEn || whyZh}`);
}
