/**
 * What exactly a refused command asked for that is not there or not allowed, and what is: the thing by its name, the longest
 * time, the limits that will not do. It words what the core has decided and must never decide anything itself.
 */

import { shelveMaxMs } from '../../core/alarm/shelving.ts';
import { limitBounds, trialMaxMs, wrongLimits } from '../../core/arming/tuning.ts';
import { walkMinutes } from '../../core/arming/walk-test.ts';
import { leftOutMaxMs } from '../../core/arming/zones.ts';
import { lookup } from '../../core/site/lookup.ts';
import type { Command, Fact, SignalLimits, Site, Words } from '../../core/types.ts';

type Refusing = Pick<Extract<Fact, { kind: 'refused' }>, 'why' | 'open' | 'command'>;

const hourMs = 3_600_000;
/** More names than this make no sentence. */
const namesMax = 8;
const shown = (name: string) => (name.length > 40 ? `${name.slice(0, 40)}…` : name);
const more = (names: readonly unknown[]) => (names.length > namesMax ? ' …' : '');
const zh = (names: readonly string[]) =>
  names
    .slice(0, namesMax)
    .map((name) => `“${shown(name)}”`)
    .join('、') + more(names);
const en = (names: readonly string[]) =>
  names
    .slice(0, namesMax)
    .map((name) => `"${shown(name)}"`)
    .join(', ') + more(names);

/** Names that are none of the site's zones. */
export function unknownZones(names: readonly string[]): Words {
  return { zh: `没有防区${zh(names)}。`, en: `There is no zone ${en(names)}.` };
}

/** The limits that are out of their bounds or contradict another, each with its bounds. */
export function wrongLimitsText(limits: SignalLimits): Words {
  const names = wrongLimits(limits).map((name) => ({ name, range: limitBounds[name].join('–') }));
  const list = (open: string, close: string, comma: string) =>
    names.map(({ name, range }) => `${name}${open}${range}${close}`).join(comma);
  return {
    zh: `这些阈值超出范围或相互矛盾：${list('（', '）', '、')}。`,
    en: `These limits are out of their range or contradict each other: ${list(' (', ')', ', ')}.`,
  };
}

function tooLong(command: Command): Words | undefined {
  if (command.do === 'arm-zone') {
    const hours = leftOutMaxMs.inhibited / hourMs;
    const days = leftOutMaxMs['out-of-service'] / hourMs / 24;
    if (command.mode === 'inhibited')
      return { zh: `旁路最长 ${hours} 小时。`, en: `A bypass lasts ${hours} hours at most.` };
    return { zh: `停用最长 ${days} 天。`, en: `A zone is out of service for ${days} days at most.` };
  }
  if (command.do === 'walk') {
    const { most } = walkMinutes;
    return { zh: `行走测试最长 ${most} 分钟。`, en: `A walk test lasts ${most} minutes at most.` };
  }
  if (command.do === 'tune') {
    const days = trialMaxMs / hourMs / 24;
    return { zh: `试运行最长 ${days} 天。`, en: `A trial lasts ${days} days at most.` };
  }
  const hours = shelveMaxMs / hourMs;
  return command.do === 'shelve'
    ? { zh: `搁置最长 ${hours} 小时。`, en: `An alarm is shelved for ${hours} hours at most.` }
    : undefined;
}

const takes = {
  boolean: { zh: '开或关', en: 'on or off' },
  number: { zh: '数值', en: 'a number' },
  string: { zh: '文字', en: 'a text' },
};

function unknownPoint(command: Command, site: Site): Words | undefined {
  if (command.do !== 'write') return undefined;
  const device = lookup(site.devices, command.device);
  const [id, key] = [[command.device], [command.point]];
  if (!device) return { zh: `没有设备${zh(id)}。`, en: `There is no device ${en(id)}.` };
  const point = lookup(device.points, command.point);
  if (!point) return { zh: `设备${zh(id)}没有点位${zh(key)}。`, en: `Device ${en(id)} has no point ${en(key)}.` };
  const value = takes[point.type];
  return { zh: `点位${zh(key)}只接受${value.zh}。`, en: `Point ${en(key)} takes ${value.en}.` };
}

function openText(open: readonly string[], site: Site): Words {
  const zones = open.flatMap((id) => lookup(site.zones, id) ?? []);
  const names = zones.slice(0, namesMax);
  return {
    zh: `不能布防，以下防区未复位或失联：${names.map(({ number, title }) => `${number}区 ${title.zh}`).join('、')}${more(zones)}。请先处理或旁路。`,
    en: `It cannot be set: open or not heard from are ${names.map(({ number, title }) => `Z${number} ${title.en}`).join(', ')}${more(zones)}. See to them or bypass them first.`,
  };
}

/** The sentence for a refusal that can be more exact than its kind; undefined where the kind says all there is. */
export function detail({ why, open, command }: Refusing, site: Site): Words | undefined {
  switch (why) {
    case 'unknown-zone':
      if (command.do === 'walk') return unknownZones(command.zones.filter((id) => !lookup(site.zones, id)));
      return 'zone' in command ? unknownZones([command.zone]) : undefined;
    case 'unknown-area':
      if (command.do !== 'arm-area') return undefined;
      return { zh: `没有区域${zh([command.area])}。`, en: `There is no area ${en([command.area])}.` };
    case 'unknown-person':
      if (command.do !== 'dispatch') return undefined;
      return { zh: `没有人员${zh([command.to])}。`, en: `There is no person ${en([command.to])}.` };
    case 'unknown-point':
      return unknownPoint(command, site);
    case 'too-long':
      return tooLong(command);
    case 'wrong-limits':
      return command.do === 'tune' ? wrongLimitsText(command.limits) : undefined;
    case 'zone-open':
      return open && openText(open, site);
    default:
      return undefined;
  }
}
