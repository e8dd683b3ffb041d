/**
 * What an alarm is called: its kind and its place in words, Chinese first. Screens and messages that leave the house read
 * them here, so that whoever is on the telephone hears the same name as stands on the wall.
 */

import type { Alarm, AlarmKind, Site, Words } from '../types.ts';
import { own } from './lookup.ts';

export const kinds: Readonly<Record<AlarmKind, Words>> = {
  climb: { zh: '攀爬', en: 'CLIMB' },
  pull: { zh: '拉紧', en: 'PULL' },
  slack: { zh: '松弛', en: 'SLACK' },
  cut: { zh: '断线', en: 'CUT' },
  intrusion: { zh: '入侵', en: 'INTRUSION' },
  tamper: { zh: '防拆', en: 'TAMPER' },
  masked: { zh: '遮挡', en: 'MASKED' },
  motion: { zh: '移动', en: 'MOTION' },
  sos: { zh: '求助', en: 'SOS' },
  power: { zh: '断电', en: 'POWER' },
  fault: { zh: '故障', en: 'FAULT' },
  comms: { zh: '失联', en: 'OFFLINE' },
  static: { zh: '静态张力越限', en: 'STATIC TENSION' },
  drift: { zh: '张力漂移', en: 'DRIFT' },
  weather: { zh: '整侧同变', en: 'WEATHER' },
  duress: { zh: '胁迫', en: 'DURESS' },
  missed: { zh: '漏巡', en: 'MISSED' },
  order: { zh: '顺序错', en: 'ORDER' },
};

/** What a command at the desk comes from, in the place of a device. */
export const desk = 'console';
const deskTitle: Words = { zh: '值班台', en: 'Control desk' };

/** Where it is: the zone with its number, the checkpoint with its route, or the device. */
export function placeOf(site: Site, alarm: Pick<Alarm, 'zone' | 'checkpoint' | 'device'>): Words {
  const zone = alarm.zone === undefined ? undefined : own(site.zones, alarm.zone);
  if (zone) return { zh: `${zone.number}区 ${zone.title.zh}`, en: `Z${zone.number} ${zone.title.en}` };
  for (const route of Object.values(site.routes)) {
    const point = route.checkpoints.find(({ id }) => id === alarm.checkpoint);
    if (point) return { zh: `${route.title.zh} ${point.title.zh}`, en: `${route.title.en} ${point.title.en}` };
  }
  if (alarm.device === desk) return deskTitle;
  return own(site.devices, alarm.device)?.title ?? { zh: alarm.device, en: alarm.device };
}
