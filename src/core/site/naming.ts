/**
 * Where an alarm is, in words, Chinese first, and which person an account belongs to. Screens and messages that leave the gateway read
 * them here, so that whoever is on the telephone hears the same name as stands on the wall.
 */

import { controlDesk, guardPhone, guardTitle, zoneTitle } from '../../words/trade-words.ts';
import { untranslated } from '../../words/words.ts';
import type { Alarm, Device, Person, Site, User, Words } from '../types.ts';
import { isLost } from './deafness.ts';
import { lookup } from './lookup.ts';
import { postOfKey } from './round-plan.ts';

/** What a call for help from a phone comes from, in the place of a device. */
export const phoneDevice = 'phone';
/** What a command at the desk comes from, in the place of a device. */
export const desk = 'console';

/** The person of the site behind an account: whose account it is said to be, or of the same id, or else of the same name. */
export function personOf(site: Pick<Site, 'people'>, { name }: Pick<User, 'name'>): Person | undefined {
  const all = Object.values(site.people);
  const byAccount = all.find(({ account }) => account === name);
  return byAccount ?? lookup(site.people, name) ?? all.find((person) => person.name === name);
}

/** What is lost when a device is: the device by its own name, and before it all the zones that nobody hears now. */
function lostTitle(site: Site, { family, title, zones }: Device): Words {
  const numbers = zones.flatMap((id) => lookup(site.zones, id)?.number ?? []);
  return family === 'camera' || numbers.length === 0 ? title : guardTitle(numbers, title);
}

/** Where it is: the zone with its number, the checkpoint with its route, or the device. */
export function placeOf(site: Site, alarm: Pick<Alarm, 'zone' | 'checkpoint' | 'device' | 'key'>): Words {
  const lost = isLost(alarm) ? lookup(site.devices, alarm.device) : undefined;
  if (lost) return lostTitle(site, lost);
  const zone = alarm.zone === undefined ? undefined : lookup(site.zones, alarm.zone);
  if (zone) return zoneTitle(zone.number, zone.title);
  for (const route of Object.values(site.routes)) {
    const point = route.checkpoints.find(({ id }) => id === alarm.checkpoint);
    if (point) return { zh: `${route.title.zh} ${point.title.zh}`, en: `${route.title.en} ${point.title.en}` };
  }
  const post = lookup(site.posts ?? {}, postOfKey(alarm.key) ?? '');
  if (post) return post.title;
  if (alarm.device === desk) return controlDesk;
  if (alarm.device === phoneDevice) return guardPhone;
  return lookup(site.devices, alarm.device)?.title ?? untranslated(alarm.device);
}

/** Width of a name in Chinese characters, where a screen has room for so many: one for each of them, a half for Latin letters, digits and spaces. */
export function labelWidth(text: string): number {
  let width = 0;
  for (const char of text) width += char.codePointAt(0)! >= 0x2e80 ? 1 : 0.5;
  return width;
}

/** Widest short name of a school: the room in the head of its wall and on its tile at the district, in Chinese characters. None takes what another refuses. */
export const schoolShortMax = 6;
