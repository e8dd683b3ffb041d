/**
 * A message as the gateway makes it, for tests of channels: somebody climbs the east wall of the small school at 22:00:37, and nobody has
 * taken it for a minute and a half. And people with every way to be reached.
 */
import { evolve } from '../../src/core/evolve.ts';
import { emptyState } from '../../src/core/state.ts';
import type { Recipient } from '../../src/perform/sending/channel.ts';
import { type Message, messageOf } from '../../src/perform/sending/message.ts';
import type { Words } from '../../src/words/words.ts';
import { monday, school } from '../core/school.ts';

export const both = (zh: string, en: string): Words => ({ zh, en });
export const raisedAt = monday + 22 * 3_600_000 + 37_000;

/** The same school with names in both languages. */
const site = {
  ...school,
  name: both('试验小学', 'Test School'),
  zones: { ...school.zones, z1: { ...school.zones.z1!, title: both('东墙', 'East wall') } },
};

/** The message about the climb. */
export function climbTold(): Message {
  const state = emptyState();
  const raised = { key: 'z1/climb', alarm: 'climb', priority: 1, device: 'fence', cause: 'c', active: true } as const;
  evolve(state, { kind: 'raised', ...raised, zone: 'z1', seq: 1, at: raisedAt });
  return messageOf(site, { alarm: state.alarms.get(1)!, others: [], level: 1 }, raisedAt + 90_000);
}

/** A message that is of no alarm. */
export const trial: Message = {
  about: 'test',
  school: site.name,
  priority: 3,
  title: both('测试：请回复收到', 'Test: please answer'),
  text: both('测试：请回复收到\n这不是报警', 'Test: please answer\nThis is no alarm'),
};

export const guard: Recipient = {
  person: 'guard-zhang',
  name: '张卫国',
  language: 'zh',
  phone: '13800001111',
  email: 'zhang@school.example',
};
export const head: Recipient = {
  person: 'head-li',
  name: 'Li Ming',
  language: 'en',
  phone: '+8613900002222',
  email: 'li@school.example',
};
/** Has no way at all. */
export const cook: Recipient = { person: 'cook', name: '王', language: 'zh' };
