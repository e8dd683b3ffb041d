/**
 * Test messages: a channel, or one person's way through it, is tried before the night on which it matters; and that it arrived is said
 * by whoever it was for, or by the desk for him. A test raises no alarm and changes nothing else.
 */

import { refuse } from '../../alarm/authorize.ts';
import { testKey } from '../../alarm/evolve-message.ts';
import type { Draft } from '../../draft.ts';
import { lookup } from '../../site/lookup.ts';
import { personOf } from '../../site/naming.ts';
import type { Refusal, Site } from '../../types.ts';
import type { Act } from '../act.ts';

/** Nobody hears of a test for longer than this; then another may be asked for. */
const testWithinMs = 60_000;

/** Why a test cannot be sent to this person, or to all who read the channel. */
function unsendable(site: Site, channel: string, person: string | undefined): Refusal | undefined {
  const way = lookup(site.channels, channel);
  if (!way) return 'unknown-channel';
  const { each } = way;
  if (person === undefined) return each === undefined ? undefined : 'needs-person';
  const known = lookup(site.people, person);
  if (!known) return 'unknown-person';
  return each === undefined || known.ways?.includes(each) ? undefined : 'no-way';
}

/** Whether a test is under way: two at once would not be told apart. */
function runs({ state, at }: Draft, key: string): boolean {
  const test = state.channelTests.get(key);
  return test !== undefined && test.sentAt === undefined && test.failedAt === undefined && at < test.at + testWithinMs;
}

export const testChannel: Act<'test-channel'> = {
  words: { zh: '发送测试消息', en: 'Send a test message' },
  rule(draft, by, command) {
    const { channel, person } = command;
    const why =
      unsendable(draft.site, channel, person) ?? (runs(draft, testKey(channel, person)) ? 'test-runs' : undefined);
    if (why) return refuse(draft, by, command, why);
    draft.add({ kind: 'channel-tried', channel, ...(person !== undefined && { person }), by: by.name });
  },
};

export const confirmTest: Act<'confirm-test'> = {
  words: { zh: '确认收到测试消息', en: 'Say that a test message arrived' },
  rule(draft, by, command) {
    const { channel, person } = command;
    const test = draft.state.channelTests.get(testKey(channel, person));
    if (test?.sentAt === undefined) return refuse(draft, by, command, 'not-tested');
    // A guard speaks for himself alone.
    if (by.role === 'guard' && personOf(draft.site, by)?.id !== person) return refuse(draft, by, command, 'no-right');
    if (!test.confirmed) draft.add({ kind: 'channel-confirmed', channel, person, by: by.name });
  },
};
