/**
 * Messages of a WeCom application to single persons: whom they reach and whom not, in whose language, with which token.
 */
import { describe, expect, test } from 'vitest';
import type { Recipient } from '../../src/perform/sending/channel.ts';
import { chatPeer, climb, liMing, link, zhang } from './chat-peer.ts';
import { cook } from './told.ts';

const stranger: Recipient = { person: 'stranger', name: '生人', language: 'zh', wecom: 'NotInApp' };

describe('a message of an application', () => {
  test('reaches each person in his language, as a card that opens the alarm', async () => {
    const { channel, group, world } = await chatPeer();
    expect(await channel('wecom-app')({ ...climb, to: [zhang, liMing] }, world)).toEqual({ is: 'told' });
    const chinese = await group.expects(/【P1 紧急】1区 东墙 攀爬\n11-23 22:00:37[\s\S]*报警号 1/);
    expect(chinese).toMatchObject({ form: 'textcard', rings: ['ZhangWeiguo'], link });
    expect((await group.expects(/East wall CLIMB/)).rings).toEqual(['LiMing']);
  });

  test('is a text where the channel says so, and where a card would cut it', async () => {
    const { channel, group, world } = await chatPeer();
    await channel('wecom-app', { form: 'text' })(climb, world);
    expect(await group.expects(/东墙/)).toMatchObject({ form: 'text' });
    const text = { zh: `攀爬\n${'围墙外侧有人攀爬\n'.repeat(500)}试验小学 报警号 1`, en: '' };
    const message = { ...climb.message, text };
    expect(await channel('wecom-app')({ ...climb, message }, world)).toEqual({ is: 'told' });
    const cut = await group.expects(/太长[\s\S]*试验小学 报警号 1/);
    expect(cut.form).toBe('text');
    expect(cut.text).toContain(`<a href="${link}">打开处置页</a>`);
  });

  test('names those whom it will not reach: without an id, or with one that WeCom does not know', async () => {
    const { channel, group, world } = await chatPeer();
    const verdict = await channel('wecom-app')({ ...climb, to: [cook, stranger, zhang] }, world);
    expect(verdict).toEqual({
      is: 'told',
      unreached: [
        { person: cook.person, why: expect.objectContaining({ zh: '配置里没有这个人的企业微信账号' }) },
        {
          person: 'stranger',
          why: expect.objectContaining({ en: expect.stringMatching(/may not see the application/) }),
        },
      ],
    });
    await group.expects(/东墙/);
  });

  test('that reaches nobody is refused', async () => {
    const { server, channel, world } = await chatPeer();
    const send = channel('wecom-app');
    expect(await send({ ...climb, to: [cook] }, world)).toMatchObject({ is: 'refused', code: 'nobody' });
    expect(server.asked('/cgi-bin/')).toBe(0);
    expect(await send({ ...climb, to: [stranger] }, world)).toMatchObject({ is: 'refused', code: '81013' });
  });

  test('tells those it reached, and names the others, when one language was taken and the other was not', async () => {
    const { channel, group, world } = await chatPeer();
    const send = channel('wecom-app');
    for (let n = 0; n < 30; n += 1) {
      await send({ ...climb, to: [liMing] }, world);
      await group.expects(/East wall/);
    }
    const verdict = await send({ ...climb, to: [zhang, liMing] }, world);
    expect(verdict).toMatchObject({ is: 'told', unreached: [{ person: liMing.person }] });
    await group.expects(/东墙/);
    expect(await send({ ...climb, to: [liMing] }, world)).toMatchObject({ is: 'too-fast' });
  });
});

describe('the picture of a message of an application', () => {
  const picture = Buffer.from([0xff, 0xd8, 0xff, 0x0d, 0x0a, 0x2d, 0x2d, 0x00, 0x0d, 0x0a, 0x0d, 0x0a, 0xff, 0xd9]);

  test('follows the text to those who got it, byte for byte', async () => {
    const { channel, group, world } = await chatPeer();
    const sending = { ...climb, to: [zhang, liMing, stranger], picture };
    expect(await channel('wecom-app')(sending, world)).toMatchObject({
      is: 'told',
      unreached: [{ person: 'stranger' }],
    });
    await group.expects(/东墙/);
    await group.expects(/East wall/);
    const shown = await group.expects(/image/);
    expect(shown.rings).toEqual(['ZhangWeiguo', 'LiMing']);
    expect(Buffer.from(shown.picture!)).toEqual(picture);
  });

  test('that is refused is lacking, and the text is not sent again', async () => {
    const { server, channel, group, world } = await chatPeer();
    server.faults.refuse = { code: 40_007, saying: 'invalid media_id', only: 'image' };
    const verdict = await channel('wecom-app')({ ...climb, picture }, world);
    expect(verdict).toMatchObject({ is: 'told', lacking: { zh: expect.stringMatching(/^文字已送达.*40007/) } });
    await group.expects(/东墙/);
  });

  test('that is too large, or one too many in a minute, is said in the text instead', async () => {
    const { channel, group, passes, world } = await chatPeer();
    const send = channel('wecom-app');
    await send({ ...climb, picture: Buffer.alloc(10 * 1024 * 1024 + 1) }, world);
    await group.expects(/有抓拍画面/);
    for (let n = 0; n < 11; n += 1) await send({ ...climb, picture }, world);
    for (let n = 0; n < 10; n += 1) await group.expects(/image/);
    for (let n = 0; n < 10; n += 1) await group.expects(({ text }) => text.includes('东墙') && !text.includes('抓拍'));
    await group.expects(/有抓拍画面/);
    passes(60_001);
    await send({ ...climb, picture }, world);
    await group.expects(/image/);
    await group.expects(/东墙/);
  });
});

describe('the token of an application', () => {
  test('is asked for once, and anew before it runs out', async () => {
    const { server, channel, group, passes, world } = await chatPeer();
    const send = channel('wecom-app');
    for (const [ms, tokens] of [
      [0, 1],
      [7_000_000, 1],
      [150_000, 2],
    ] as const) {
      passes(ms);
      expect(await send(climb, world)).toEqual({ is: 'told' });
      await group.expects(/东墙/);
      expect(server.asked('/cgi-bin/gettoken')).toBe(tokens);
    }
  });

  test.each([
    ['40014, forgotten', (peer: Awaited<ReturnType<typeof chatPeer>>) => peer.server.forgetTokens()],
    [
      '42001, run out by their clock',
      (peer: Awaited<ReturnType<typeof chatPeer>>) => Object.assign(peer.server.faults, { clockOffsetMs: 8_000_000 }),
    ],
  ])('that is refused with %s is had anew, and the message goes once', async (_, spoil) => {
    const peer = await chatPeer();
    const { server, channel, group, world } = peer;
    const send = channel('wecom-app');
    await send(climb, world);
    await group.expects(/东墙/);
    spoil(peer);
    expect(await send(climb, world)).toEqual({ is: 'told' });
    await group.expects(/东墙/);
    expect(server.asked('/cgi-bin/gettoken')).toBe(2);
  });

  test('that is refused each time is not asked for without end', async () => {
    const { server, channel, world } = await chatPeer();
    server.faults.refuse = { code: 40_014, saying: 'invalid access_token', only: 'textcard' };
    expect(await channel('wecom-app')(climb, world)).toMatchObject({ is: 'refused', code: '40014' });
    expect(server.asked('/cgi-bin/')).toBe(4);
  });

  test.each([
    [{ secret: 'another-secret' }, '40001', /Secret 不对/],
    [{ corp: 'wwffffffffffffffff' }, '40013', /corp/],
    [{ agent: 7 }, '40056', /agent 不对/],
  ])('needs what the admin console shows: %j is refused with %s', async (wrong, code, words) => {
    const { channel, world } = await chatPeer();
    const verdict = await channel('wecom-app', wrong)(climb, world);
    expect(verdict).toMatchObject({ is: 'refused', code, why: { zh: expect.stringMatching(words) } });
  });

  test('is not given to an address that is not trusted, and the operator learns of proxy', async () => {
    const { app, channel, world } = await chatPeer();
    app.trusted = false;
    const verdict = await channel('wecom-app')(climb, world);
    expect(verdict).toMatchObject({
      is: 'refused',
      code: '60020',
      why: { zh: expect.stringMatching(/企业可信IP.*proxy/) },
    });
  });

  test('that does not come means that nothing was sent: refused, and not unknown', async () => {
    const { server, channel, world } = await chatPeer();
    server.faults.hang = true;
    const asked = Promise.withResolvers<void>();
    const look = setInterval(() => server.asked('/cgi-bin/gettoken') > 0 && asked.resolve(), 5);
    const verdict = await channel('wecom-app')(climb, { ...world, sleep: () => asked.promise });
    clearInterval(look);
    expect(verdict).toMatchObject({ is: 'refused', code: 'timeout' });
    expect(server.asked('/cgi-bin/message')).toBe(0);
  });
});
