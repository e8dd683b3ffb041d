/**
 * An application of the school in DingTalk: whom its messages reach, what their buttons write, with which token they go, and what is
 * believed of what comes back.
 */
import { describe, expect, test } from 'vitest';
import { dingtalkWrites } from '../../simulators/chat/dingtalk-writes.ts';
import { ChatCallbacks } from '../../src/app/outside/chat-callbacks.ts';
import type { Input } from '../../src/core/types.ts';
import type { Recipient } from '../../src/perform/sending/channel.ts';
import { dingtalkSignature } from '../../src/perform/sign/dingtalk-signature.ts';
import { chatPeer, climb, liMing, link, zhang } from './chat-peer.ts';
import { cook } from './told.ts';

const stranger: Recipient = { person: 'stranger', name: '生人', language: 'zh', dingtalk: 'not-in-app' };
const numbers = { [zhang.person]: 7 };

describe('a message of an application of DingTalk', () => {
  test('reaches each person in his language, as a card that opens the alarm', async () => {
    const { channel, group, world } = await chatPeer();
    expect(await channel('dingtalk-app')({ ...climb, to: [zhang, liMing] }, world)).toEqual({ is: 'told' });
    const chinese = await group.expects(/【P1 紧急】1区 东墙 攀爬[\s\S]*报警号 1/);
    expect(chinese).toMatchObject({ form: 'sampleActionCard', rings: ['zhang-1'], link });
    expect(chinese).not.toHaveProperty('button');
    expect((await group.expects(/East wall CLIMB/)).rings).toEqual(['li-1']);
  });

  test('has a first button that writes what acknowledges, where answers count, and says so in words', async () => {
    const { channel, group, world } = await chatPeer();
    await channel('dingtalk-app')({ ...climb, numbers, to: [zhang, liMing] }, world);
    const his = await group.expects(/东墙[\s\S]*回7确认，退订回TD/);
    expect(his).toMatchObject({ form: 'sampleActionCard2', link, button: '7确认' });
    expect(await group.expects(/East wall/)).toMatchObject({ form: 'sampleActionCard' });
    const { link: _, ...unlinked } = climb.message;
    await channel('dingtalk-app')(
      { ...climb, message: unlinked, numbers: { [liMing.person]: 12 }, to: [liMing] },
      world,
    );
    expect(await group.expects(/Reply 12 OK/)).toMatchObject({ form: 'sampleActionCard', button: '12 OK' });
  });

  test('is a text where the channel says so, and where a card would have no button', async () => {
    const { channel, group, world } = await chatPeer();
    await channel('dingtalk-app', { form: 'text' })({ ...climb, numbers }, world);
    const text = await group.expects(/东墙/);
    expect(text).toMatchObject({ form: 'sampleText', text: expect.stringContaining(`打开处置页 ${link}`) });
    expect(text.text).toContain('回7确认');
    const { link: _, ...message } = climb.message;
    await channel('dingtalk-app')({ ...climb, message, picture: Buffer.from([0xff, 0xd8]) }, world);
    expect(await group.expects(/有抓拍画面，请在网页上看/)).toMatchObject({ form: 'sampleText' });
  });

  test('keeps head and number when it is too long, and no name makes a link of its own', async () => {
    const { channel, group, world } = await chatPeer();
    const long = { zh: `攀爬\n${'围墙](http://evil)外侧有人攀爬\n'.repeat(1_000)}试验小学 报警号 1`, en: '' };
    expect(await channel('dingtalk-app')({ ...climb, message: { ...climb.message, text: long } }, world)).toEqual({
      is: 'told',
    });
    const cut = await group.expects(/太长[\s\S]*试验小学 报警号 1/);
    expect(cut.text).not.toContain('](http');
  });

  test('names those whom it will not reach, and they keep it from nobody else', async () => {
    const { channel, group, world } = await chatPeer();
    const verdict = await channel('dingtalk-app')({ ...climb, to: [cook, stranger, zhang] }, world);
    expect(verdict).toEqual({
      is: 'told',
      unreached: [
        { person: cook.person, why: expect.objectContaining({ zh: expect.stringMatching(/需要钉钉账号/) }) },
        { person: 'stranger', why: expect.objectContaining({ zh: expect.stringMatching(/可见范围/) }) },
      ],
    });
    await group.expects(/东墙/);
    expect(await channel('dingtalk-app')({ ...climb, to: [stranger] }, world)).toMatchObject({
      is: 'refused',
      code: 'staffId.notExisted',
    });
  });

  test('is too fast for whoever gets too many, though DingTalk calls that a success', async () => {
    const { channel, group, passes, world } = await chatPeer();
    const send = channel('dingtalk-app');
    for (let n = 0; n < 60; n += 1) {
      passes(60);
      await send(climb, world);
      await group.expects(/东墙/);
    }
    expect(await send(climb, world)).toMatchObject({
      is: 'too-fast',
      why: { zh: expect.stringMatching(/flowControlled，发得太快/) },
    });
  });
});

describe('the token of an application of DingTalk', () => {
  test('is had once for all persons of a message, kept, and had anew when it was refused', async () => {
    const { server, channel, group, passes, world } = await chatPeer();
    const send = channel('dingtalk-app');
    const both = { ...climb, to: [zhang, liMing] };
    const told = async () => {
      expect(await send(both, world)).toEqual({ is: 'told' });
      await group.expects(/东墙/);
      await group.expects(/East wall/);
    };
    await told();
    await told();
    expect(server.asked('/v1.0/oauth2/')).toBe(1);
    server.forgetTokens();
    await told();
    const after = server.asked('/v1.0/oauth2/');
    expect(after).toBe(2);
    passes(7_200_000);
    await told();
    expect(server.asked('/v1.0/oauth2/')).toBe(after + 1);
  });

  test.each([
    ['the secret', { secret: 'wrong' }, {}, 'invalidClientIdOrSecret', /AppSecret 不对/],
    ['the robot', { robot: 'ding-another-one' }, {}, 'resource.not.found', /机器人没有发布/],
    ['the version, which is not published,', {}, { published: false }, 'resource.not.found', /发布版本/],
    [
      'a right that is missing',
      {},
      { allowed: false },
      'Forbidden.AccessDenied.AccessTokenPermissionDenied',
      /企业内机器人发送消息/,
    ],
  ] as const)(
    'is of no use where %s is wrong, and the operator is told what to do',
    async (_, wrong, account, code, zh) => {
      const { channel, dingtalkApp, world } = await chatPeer();
      Object.assign(dingtalkApp, account);
      expect(await channel('dingtalk-app', wrong)(climb, world)).toMatchObject({
        is: 'refused',
        code,
        why: { zh: expect.stringMatching(zh) },
      });
    },
  );
});

/** A school with one guard who writes to its robot, and what came of the calls. */
function school(now = () => Date.now()) {
  const heard: Input[] = [];
  const channel = { id: 'ding', protocol: 'dingtalk-app', appKey: 'ding1a2b3c4d5e6f', secret, replies: true };
  const contacts = { cook: { phone: '13800001111' }, li: { dingtalk: 'li-1' } };
  const callbacks = new ChatCallbacks({
    ...{ config: () => ({ channels: [channel, { ...channel, id: 'mute', replies: false }], contacts }) as never },
    ...{ world: { now }, offer: async (input) => void heard.push(input) },
  });
  const writes = async (what: Partial<Parameters<typeof dingtalkWrites>[0]>, to = 'ding') => {
    const { signed, said } = dingtalkWrites({ secret, user: 'li-1', text: '7确认', ...what });
    return await callbacks.take({ channel: to, query: {}, signed, body: said });
  };
  return { heard, callbacks, writes };
}
const secret = 'ding-secret-for-tests';

describe('what is written to the robot', () => {
  test('is signed as DingTalk’s documents say: a vector that two programs agree on', () => {
    expect(dingtalkSignature('SEC0000gatehouse-test-only', 1_767_225_600_000)).toBe(
      'mkzhNNHTMKiZiLFR71ej9zMYciv547vkO7I/QmESy70=',
    );
  });

  test.each([
    ['7确认', { said: 'acknowledge', number: 7 }],
    [' 收到 7 ', { said: 'acknowledge', number: 7 }],
    ['12 OK', { said: 'acknowledge', number: 12 }],
    ['7', { said: 'acknowledge', number: 7, bare: true }],
    ['退订', { said: 'stop' }],
    ['恢复', { said: 'start' }],
    ['今晚吃什么', { said: 'other' }],
  ])('means what it means by SMS: %s', async (text, meant) => {
    const { heard, writes } = school();
    expect(await writes({ text })).toBe('taken');
    expect(heard).toEqual([{ kind: 'reply', channel: 'ding', person: 'li', ...meant }]);
  });

  test('counts once, whoever says it again, and with whatever words below the same signature', async () => {
    const { heard, callbacks, writes } = school();
    const { signed, said } = dingtalkWrites({ secret, user: 'li-1', text: '7确认', msgId: 'one' });
    const call = { channel: 'ding', query: {}, signed, body: said };
    expect(await callbacks.take(call)).toBe('taken');
    expect(await callbacks.take(call)).toBe('refused');
    const other = { ...said, msgId: 'two', text: { content: '8确认' } };
    expect(await callbacks.take({ ...call, body: other })).toBe('refused');
    expect(await writes({ msgId: 'one', at: Date.now() + 1 })).toBe('refused');
    expect(heard).toMatchObject([{ person: 'li', number: 7 }, ...Array(3).fill({ said: 'other' })]);
    expect(heard.slice(1).every((one) => !('person' in one))).toBe(true);
  });

  test('does nothing when it is signed with another secret, too old or too new, or no time at all', async () => {
    const { heard, callbacks, writes } = school();
    expect(await writes({ secret: 'another' })).toBe('refused');
    expect(await writes({ at: Date.now() - 301_000 })).toBe('refused');
    expect(await writes({ at: Date.now() + 301_000 })).toBe('refused');
    const { said } = dingtalkWrites({ secret, user: 'li-1', text: '7确认' });
    const signed = { timestamp: 'NaN', sign: dingtalkSignature(secret, 'NaN') };
    expect(await callbacks.take({ channel: 'ding', query: {}, signed, body: said })).toBe('refused');
    expect(await callbacks.take({ channel: 'ding', query: {}, signed: { timestamp: '', sign: '' }, body: '' })).toBe(
      'refused',
    );
    expect(heard).toEqual(Array(5).fill({ kind: 'reply', channel: 'ding', said: 'other' }));
  });

  test('by somebody who is on no list, or of another company, is not even read', async () => {
    const { heard, writes } = school();
    expect(await writes({ user: 'someone' })).toBe('taken');
    const { user: _, ...outsider } = { secret, user: 'x', text: '7确认' };
    const { signed, said } = dingtalkWrites(outsider);
    const { callbacks, heard: alone } = school();
    expect(await callbacks.take({ channel: 'ding', query: {}, signed, body: said })).toBe('taken');
    expect([...heard, ...alone]).toEqual(Array(2).fill({ kind: 'reply', channel: 'ding', said: 'other' }));
  });

  test('to a channel that takes no answers finds nothing there', async () => {
    const { heard, callbacks, writes } = school();
    expect(await writes({}, 'mute')).toBe('unknown');
    expect(await callbacks.take({ channel: 'ding', query: {}, signed: { timestamp: '', sign: '' } })).toBe('unknown');
    expect(heard).toEqual([]);
  });

  test('that could not be kept counts when DingTalk says it again', async () => {
    const { heard, callbacks } = school();
    const { signed, said } = dingtalkWrites({ secret, user: 'li-1', text: '7确认' });
    const call = { channel: 'ding', query: {}, signed, body: said };
    heard.push = () => {
      throw new Error('no room');
    };
    await expect(callbacks.take(call)).rejects.toThrow('no room');
    Reflect.deleteProperty(heard, 'push');
    expect(await callbacks.take(call)).toBe('taken');
    expect(heard).toMatchObject([{ person: 'li', said: 'acknowledge' }]);
  });
});
