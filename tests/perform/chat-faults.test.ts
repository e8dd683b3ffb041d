/**
 * What can be wrong between the school and a chat: keys, signatures, clocks, rates, networks. Each ends in a verdict that says what
 * to do, and a message that may have arrived is never said to have been refused.
 */
import { describe, expect, test } from 'vitest';
import type { Verdict } from '../../src/perform/sending/channel.ts';
import { chatPeer, climb } from './chat-peer.ts';

const robots = ['wecom-robot', 'dingtalk-robot', 'feishu-robot'] as const;
const hourMs = 3_600_000;
const zh = (verdict: Verdict) => ('why' in verdict ? verdict.why.zh : '');

describe('a robot refuses, and the operator is told what to do, when', () => {
  test.each([
    ['wecom-robot', '93000'],
    ['dingtalk-robot', '300001'],
    ['feishu-robot', '19001'],
  ] as const)('the key of %s is wrong: %s', async (kind, code) => {
    const { channel, world } = await chatPeer();
    const verdict = await channel(kind, { hook: '00000000-0000-0000' })(climb, world);
    expect(verdict).toMatchObject({ is: 'refused', code });
    expect(zh(verdict)).toMatch(/机器人地址不对.*重新复制地址/);
  });

  test.each([
    ['dingtalk-robot', '310000', /签名不对.*password/],
    ['feishu-robot', '19021', /签名不对.*一小时.*password/],
  ] as const)('the signing secret of %s is wrong: %s', async (kind, code, words) => {
    const { channel, world } = await chatPeer();
    for (const secret of ['SEC-another', undefined]) {
      const verdict = await channel(kind, { secret })(climb, world);
      expect(verdict).toMatchObject({ is: 'refused', code });
      if (secret) expect(zh(verdict)).toMatch(words);
    }
  });

  test.each([
    ['dingtalk-robot', 2 * hourMs],
    ['dingtalk-robot', -2 * hourMs],
    ['feishu-robot', 2 * hourMs],
    ['feishu-robot', -2 * hourMs],
  ] as const)('the clock of %s is off by %i ms', async (kind, off) => {
    const { server, channel, group, world } = await chatPeer();
    server.faults.clockOffsetMs = off;
    const verdict = await channel(kind)(climb, world);
    expect(verdict.is).toBe('refused');
    expect(zh(verdict)).toMatch(/网关主机的时钟/);
    server.faults.clockOffsetMs = Math.sign(off) * (hourMs - 1_000);
    expect(await channel(kind)(climb, world)).toEqual({ is: 'told' });
    await group.expects(/东墙/);
  });

  test.each([
    ['dingtalk-robot', 'dingtalk', '310000'],
    ['feishu-robot', 'feishu', '19024'],
  ] as const)('a keyword is asked for that %s does not find', async (kind, vendor, code) => {
    const key = 'a1b2c3d4e5f60718293a4b5c6d7e8f90';
    const { channel, group, world } = await chatPeer({ [vendor]: { key, keywords: ['校园安防'] } });
    const verdict = await channel(kind, { hook: key })(climb, world);
    expect(verdict).toMatchObject({
      is: 'refused',
      code,
      why: { zh: expect.stringMatching(/没有机器人要求的关键词/) },
    });
    const { zh: text, en } = climb.message.text;
    const message = { ...climb.message, text: { zh: `【校园安防】${text}`, en } };
    expect(await channel(kind, { hook: key })({ ...climb, message }, world)).toEqual({ is: 'told' });
    await group.expects(/校园安防/);
  });

  // As DingTalk's newer servers word it: the advice speaks of times and secrets, whatever was wrong.
  const advice = ';solution:请确认签名和生成签名的时间戳必须都放在调用的网址中;link:请参考文档';
  test.each([
    [`description:机器人发送签名不匹配${advice}`, /签名不对/],
    [`description:关键词不匹配${advice}`, /关键词/],
    ['description:来源IP不在白名单中;solution:请确认签名', /允许的 IP/],
    ['something new', /没有通过机器人的安全设置/],
  ])('DingTalk says of its one number 310000: %s', async (saying, words) => {
    const { server, channel, world } = await chatPeer();
    server.faults.refuse = { code: 310_000, saying };
    expect(zh(await channel('dingtalk-robot')(climb, world))).toMatch(words);
  });

  test.each([
    ['wecom-robot', 40_058, 'markdown.content exceed max length 4096', /消息太长/],
    ['wecom-robot', 40_008, 'invalid message type', /格式不对.*请报告/],
    ['wecom-robot', 12_345, 'never seen', /12345，消息未被接受.*查对方的文档/],
    ['dingtalk-robot', 400_013, '群已被解散', /群已解散/],
    ['feishu-robot', 19_022, 'Ip Not Allowed', /学校的出口地址/],
    ['feishu-robot', 9_499, 'Bad Request', /格式不对/],
  ] as const)('%s answers 200 with %i inside', async (kind, code, saying, words) => {
    const { server, channel, world } = await chatPeer();
    server.faults.refuse = { code, saying };
    const verdict = await channel(kind)(climb, world);
    expect(verdict).toMatchObject({ is: 'refused', code: String(code) });
    expect(zh(verdict)).toMatch(words);
  });
});

describe('a robot that gets too much', () => {
  test('of WeCom refuses the 21st message of a minute, and takes the next when the minute is over', async () => {
    const { channel, group, passes, world } = await chatPeer();
    const send = channel('wecom-robot');
    for (let n = 0; n < 20; n += 1) expect(await send(climb, world)).toEqual({ is: 'told' });
    const verdict = await send(climb, world);
    expect(verdict).toMatchObject({ is: 'too-fast', why: { zh: expect.stringMatching(/45009，发得太快/) } });
    passes(60_001);
    expect(await send(climb, world)).toEqual({ is: 'told' });
    for (let n = 0; n < 21; n += 1) await group.expects(/东墙/);
  });

  test('of DingTalk takes nothing for ten minutes after the 21st, and the verdict says until when', async () => {
    const { channel, group, passes, world } = await chatPeer();
    const send = channel('dingtalk-robot');
    for (let n = 0; n < 20; n += 1) expect(await send(climb, world)).toEqual({ is: 'told' });
    expect(await send(climb, world)).toMatchObject({ is: 'too-fast', retryAfterMs: 600_000 });
    passes(599_000);
    expect(await send(climb, world)).toMatchObject({ is: 'too-fast' });
    passes(1_000);
    expect(await send(climb, world)).toEqual({ is: 'told' });
    for (let n = 0; n < 21; n += 1) await group.expects(/东墙/);
  });

  test('of Feishu refuses the sixth of a second', async () => {
    const { channel, group, passes, world } = await chatPeer();
    const send = channel('feishu-robot');
    for (let n = 0; n < 5; n += 1) expect(await send(climb, world)).toEqual({ is: 'told' });
    expect(await send(climb, world)).toMatchObject({ is: 'too-fast', why: { zh: expect.stringMatching(/11232/) } });
    passes(1_000);
    expect(await send(climb, world)).toEqual({ is: 'told' });
    for (let n = 0; n < 6; n += 1) await group.expects(/东墙/);
  });
});

describe.each(robots)('between the school and %s', (kind) => {
  test('a message that arrived and was not answered is unknown, and sent again is known by its number', async () => {
    const { server, channel, group, world } = await chatPeer();
    server.faults.hang = true;
    const arrived = group.expects(/东墙/);
    const impatient = { ...world, sleep: () => arrived.then(() => undefined) };
    expect(await channel(kind)(climb, impatient)).toMatchObject({ is: 'unknown' });
    server.faults.hang = false;
    expect(await channel(kind)(climb, world)).toEqual({ is: 'told' });
    expect((await arrived).text).toContain('报警号 1');
    expect((await group.expects(/东墙/)).text).toContain('报警号 1');
  });

  test('an answer that breaks off leaves it unknown', async () => {
    const { server, channel, group, world } = await chatPeer();
    server.faults.cut = true;
    expect(await channel(kind)(climb, world)).toMatchObject({ is: 'unknown' });
    await group.expects(/东墙/);
  });

  test('a slow answer is waited for', async () => {
    const { server, channel, group, world } = await chatPeer();
    server.faults.slowMs = 50;
    expect(await channel(kind)(climb, world)).toEqual({ is: 'told' });
    await group.expects(/东墙/);
  });

  test('the sign-in page of a network, with 200, is no answer of theirs', async () => {
    const { server, channel, world } = await chatPeer();
    server.faults.page = true;
    const verdict = await channel(kind)(climb, world);
    expect(verdict).toMatchObject({ is: 'refused', code: '—' });
    expect(zh(verdict)).toMatch(/上网认证页或代理/);
  });

  test('the page of a proxy is refused by its status', async () => {
    const { server, channel, world } = await chatPeer();
    server.faults.status = 502;
    expect(await channel(kind)(climb, world)).toMatchObject({ is: 'refused', code: '502' });
  });
});
