/**
 * Chat channels against servers that answer as WeCom, DingTalk and Feishu do: what the group reads, whom it rings, and what the
 * operator is told when it did not get there.
 */
import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { evolve } from '../../src/core/evolve.ts';
import { emptyState } from '../../src/core/state.ts';
import { Channels } from '../../src/perform/channels.ts';
import { dingtalkSign } from '../../src/perform/chat/dingtalk-robot.ts';
import { feishuSign } from '../../src/perform/chat/feishu-robot.ts';
import { wecomPicture } from '../../src/perform/chat/wecom-robot.ts';
import type { Sending } from '../../src/perform/sending/channel.ts';
import type { Words } from '../../src/words/words.ts';
import { monday, school } from '../core/school.ts';
import { chatPeer, climb, link } from './chat-peer.ts';

const robots = ['wecom-robot', 'dingtalk-robot', 'feishu-robot'] as const;
const jpeg = (bytes: number) => {
  const picture = Buffer.alloc(bytes, 7);
  picture.set([0xff, 0xd8, 0xff]);
  return picture;
};
const secret = 'SEC0000gatehouse-test-only';

/** A message as long as a school with long names and many alarms could make it. */
const long: Sending = {
  ...climb,
  message: {
    ...climb.message,
    text: {
      zh: `【P1 紧急】1区 东墙 攀爬\n${'围墙外侧🧗有人攀爬"！\n'.repeat(2_000)}试验小学 报警号 1`,
      en: `[P1 URGENT] Z1 East wall CLIMB\n${'somebody climbs "outside" 🧗\n'.repeat(2_000)}Test School, alarm 1`,
    },
  },
};

describe('the signature', () => {
  // Reckoned with Python's hmac, too; the first has + and / in it, which a query would take for something else.
  test('of DingTalk is of milliseconds, and escaped for an address', () => {
    const sign = 'mkzhNNHTMKiZiLFR71ej9zMYciv547vkO7I%2FQmESy70%3D';
    expect(dingtalkSign(secret, 1_767_225_600_000)).toBe(sign);
  });

  test('of Feishu is of seconds, with nothing signed', () => {
    expect(feishuSign(secret, 1_767_225_600)).toBe('J9+xAQk4apx1VDYmTWIxCN3IiXdbLPcuqtpVrriHLjY=');
  });

  test('of a WeCom picture is the MD5 of its bytes before base64', () => {
    const image = { base64: 'Z2F0ZWhvdXNl', md5: 'c8f762bbcba9ec1ee8dfec46ee980c4d' };
    expect(wecomPicture(Buffer.from('gatehouse'))).toEqual({ msgtype: 'image', image });
  });

  test('of DingTalk holds at every time: half of all have a sign in them that an address must escape', async () => {
    const { channel, group, passes, world } = await chatPeer();
    const send = channel('dingtalk-robot');
    for (let n = 0; n < 40; n += 1) {
      passes(60_001);
      expect(await send(climb, world)).toEqual({ is: 'told' });
      await group.expects(/东墙/);
    }
  });
});

describe('a group reads', () => {
  test.each(robots)('from the robot of %s what happened, and the guard it is for is rung', async (kind) => {
    const { channel, group, world } = await chatPeer();
    expect(await channel(kind)(climb, world)).toEqual({ is: 'told' });
    const { text, rings } = await group.expects(/东墙/);
    expect(text).toMatch(/【P1 紧急】1区 东墙 攀爬[\s\S]*报警号 1[\s\S]*打开处置页 http:/);
    expect(rings).toEqual([kind === 'feishu-robot' ? 'ou_zhang' : '13800001111']);
  });

  test.each(robots)(
    'from the robot of %s English where the channel says so, and everybody is rung where it says so',
    async (kind) => {
      const { channel, group, world } = await chatPeer();
      await channel(kind, { language: 'en', mentionAll: true })({ ...climb, to: [] }, world);
      const { text, rings } = await group.expects(/East wall CLIMB/);
      expect(text).toMatch(/Test School, alarm 1\nOpen the alarm http:/);
      expect(rings.map((one) => one.replace('@', ''))).toEqual(['all']);
    },
  );

  test.each(robots)('from the robot of %s the essentials of a message that is too long, in bytes', async (kind) => {
    const { channel, group, world } = await chatPeer();
    for (const language of ['zh', 'en'] as const) {
      expect(await channel(kind, { language })(long, world)).toEqual({ is: 'told' });
      const { text } = await group.expects(language === 'zh' ? /攀爬/ : /CLIMB/);
      expect(text).not.toContain('�');
      expect(text).toMatch(language === 'zh' ? /太长[\s\S]*试验小学 报警号 1/ : /too long[\s\S]*Test School, alarm 1/);
      expect(text).toContain(link);
    }
  });

  test.each([
    ['wecom-robot', 'markdown', 'markdown', /\*\*【P1 紧急】1区 东墙 攀爬\*\*\n> [\s\S]*\[打开处置页\]\(http:/],
    ['wecom-robot', 'card', 'template_card', /1区 东墙 攀爬\n11-23 22:00:37/],
    ['dingtalk-robot', 'card', 'actionCard', /1区 东墙 攀爬\n\n11-23 22:00:37/],
    ['feishu-robot', 'card', 'interactive', /11-23 22:00:37[\s\S]*报警号 1\n打开处置页|打开处置页/],
  ] as const)('a card of %s as %s when nobody is to be rung', async (kind, form, sent, words) => {
    const { channel, group, world } = await chatPeer();
    await channel(kind, { form } as object)({ ...climb, to: [] }, world);
    const card = await group.expects(words);
    expect(card.form).toBe(sent);
    if (form === 'card') expect(card.link).toBe(link);
  });

  test.each(['wecom-robot', 'dingtalk-robot'] as const)(
    'a text of %s when somebody is, whatever form is set: only a text rings',
    async (kind) => {
      const { channel, group, world } = await chatPeer();
      await channel(kind, { form: 'card' })(climb, world);
      expect(await group.expects(/东墙/)).toMatchObject({ form: 'text', rings: ['13800001111'] });
    },
  );

  test('no marks that a name holds: it rings nobody and leads nowhere', async () => {
    const { channel, group, world } = await chatPeer();
    const text = { zh: '<at user_id="all">1区</at> [门](http://x)\n试验小学 报警号 1', en: '' };
    const sending = { ...climb, to: [], message: { ...climb.message, text } };
    await channel('feishu-robot')(sending, world);
    expect((await group.expects(/1区/)).rings).toEqual([]);
    await channel('wecom-robot', { form: 'markdown' })(sending, world);
    expect((await group.expects(/1区/)).text).not.toMatch(/<at|\[门\]\(/);
  });
});

describe('the picture of a WeCom message', () => {
  const picture = jpeg(300_000);

  test('follows its text, byte for byte', async () => {
    const { channel, group, world } = await chatPeer();
    expect(await channel('wecom-robot')({ ...climb, picture }, world)).toEqual({ is: 'told' });
    expect((await group.expects(/text/)).text).not.toContain('抓拍');
    const shown = await group.expects(/image/);
    expect(createHash('sha256').update(shown.picture!).digest()).toEqual(createHash('sha256').update(picture).digest());
  });

  test('of two megabytes goes, and of one byte more is left out and said in the text', async () => {
    const { channel, group, world } = await chatPeer();
    await channel('wecom-robot')({ ...climb, picture: jpeg(2 * 1024 * 1024) }, world);
    await group.expects(/text/);
    await group.expects(/image/);
    await channel('wecom-robot')({ ...climb, picture: jpeg(2 * 1024 * 1024 + 1) }, world);
    await group.expects(/有抓拍画面，请在网页上看/);
  });

  test('that is refused is a trouble until the next one is taken, and the text is not sent again', async () => {
    const { server, group, world, channel } = await chatPeer();
    server.faults.refuse = { code: 40_008, saying: 'invalid message type', only: 'image' };
    const send = channel('wecom-robot');
    const verdict = await send({ ...climb, picture }, world);
    expect(verdict).toMatchObject({
      is: 'told',
      lacking: { zh: expect.stringMatching(/^文字已送达，画面没有送达：通道 group.*40008/) },
    });
    await group.expects(/text/);
    server.faults.refuse = undefined;
    expect(await send({ ...climb, picture }, world)).toEqual({ is: 'told' });
    await group.expects(/text/);
    await group.expects(/image/);
  });

  test('that nobody answers keeps the verdict on its text waiting for five seconds and no longer', async () => {
    const { server, channel, group, world } = await chatPeer();
    const limits: number[] = [];
    const arrived = group.expects(/image/);
    const sleep = async (ms: number) => {
      limits.push(ms);
      if (limits.length < 2) return await new Promise<void>(() => undefined);
      server.faults.hang = true;
      await arrived;
    };
    const verdict = await channel('wecom-robot', { timeoutMs: 10_000 })({ ...climb, picture }, { ...world, sleep });
    expect(verdict).toMatchObject({ is: 'told', lacking: { zh: expect.stringMatching(/^文字已送达/) } });
    expect(limits).toEqual([10_000, 5_000]);
    await group.expects(/text/);
  });

  test('is left out, and said, when the minute has had its share, so that texts never wait for pictures', async () => {
    const { channel, group, passes, world } = await chatPeer();
    const send = channel('wecom-robot');
    for (let n = 0; n < 15; n += 1) expect(await send({ ...climb, picture }, world)).toEqual({ is: 'told' });
    for (let n = 0; n < 4; n += 1) await group.expects(/image/);
    for (let n = 0; n < 4; n += 1) await group.expects(({ text }) => text !== '' && !text.includes('抓拍'));
    for (let n = 0; n < 11; n += 1) await group.expects(/有抓拍画面/);
    passes(60_001);
    await send({ ...climb, picture }, world);
    await group.expects(/image/);
    await group.expects(/text/);
  });

  test('that is refused stands as a trouble of its channel, until the next one is taken', async () => {
    const { server, group, world, options } = await chatPeer();
    const state = emptyState();
    const raised = { key: 'z1/climb', alarm: 'climb', priority: 1, device: 'fence', cause: 'c', active: true } as const;
    evolve(state, { kind: 'raised', ...raised, zone: 'z1', seq: 1, at: monday });
    const troubles = new Map<string, Words | undefined>();
    const all = new Channels({
      ...{ world, site: () => school, picture: async () => picture },
      trouble: (part, why) => troubles.set(part, why),
    });
    all.use({ channels: [options('wecom-robot')], contacts: {} });
    const alarm = { ...state.alarms.get(1)!, picture: '1-1.jpg' };
    const send = () => all.send({ id: 'n/1', do: 'notify', channel: 'group', level: 1, alarm, others: [] });
    server.faults.refuse = { code: 301_019, saying: 'media md5 not match', only: 'image' };
    await send();
    await group.expects(/text/);
    expect(troubles.get('channel:group')?.en).toMatch(
      /^the text was taken, the picture was not: channel group: .*301019/,
    );
    server.faults.refuse = undefined;
    await send();
    await group.expects(/text/);
    await group.expects(/image/);
    expect(troubles.get('channel:group')).toBeUndefined();
  });
});
