/**
 * Sentences of facts as earlier versions wrote them into journals: both languages in one string. Each is read as what it
 * meant in Chinese and in English, whatever it quotes.
 */
import { describe, expect, test } from 'vitest';
import type { Event } from '../../src/core/types.ts';
import { upcast } from '../../src/core/upcast.ts';

/** What is made of a stored link with this sentence. */
function read(why: string): unknown {
  const stored = { seq: 1, at: 1, kind: 'linked', device: 'd', up: false, why } as unknown as Event;
  return (upcast(stored) as { readonly why?: unknown }).why;
}

describe('a sentence of an old journal', () => {
  test.each([
    ['收到数据 / data received', '收到数据', 'data received'],
    ['40 秒没有数据 / nothing heard for 40 s', '40 秒没有数据', 'nothing heard for 40 s'],
    [
      '10.0.0.7:502拒绝连接，请检查端口号和设备是否启动 / 10.0.0.7:502 refused the connection: check the port and that the device is running',
      '10.0.0.7:502拒绝连接，请检查端口号和设备是否启动',
      '10.0.0.7:502 refused the connection: check the port and that the device is running',
    ],
    [
      'wang 对“东围栏”输入了胁迫密码 / wang gave the code under force for East fence',
      'wang 对“东围栏”输入了胁迫密码',
      'wang gave the code under force for East fence',
    ],
    [
      '读不出 MQTT 服务器的证书 /etc/ca.pem（ENOENT），请检查路径和权限 / the certificate /etc/ca.pem for the MQTT broker cannot be read (ENOENT); check the path and its rights',
      '读不出 MQTT 服务器的证书 /etc/ca.pem（ENOENT），请检查路径和权限',
      'the certificate /etc/ca.pem for the MQTT broker cannot be read (ENOENT); check the path and its rights',
    ],
  ])('is taken apart between its languages: %s', (stored, zh, en) => {
    expect(read(stored)).toEqual({ zh, en });
  });

  test.each([
    [
      'both halves quote an error in both languages',
      'r1 的连接中断：收件箱已满 / the inbox is full: the journal cannot keep up or refuses to write / the connection of r1 broke: 收件箱已满 / the inbox is full: the journal cannot keep up or refuses to write',
      'r1 的连接中断：收件箱已满 / the inbox is full: the journal cannot keep up or refuses to write',
      'the connection of r1 broke: 收件箱已满 / the inbox is full: the journal cannot keep up or refuses to write',
    ],
    [
      'both halves quote a message with the mark in it',
      '与 MQTT 服务器 mqtt://b 的连接失败：read / write error / the connection to the MQTT broker mqtt://b failed: read / write error',
      '与 MQTT 服务器 mqtt://b 的连接失败：read / write error',
      'the connection to the MQTT broker mqtt://b failed: read / write error',
    ],
    [
      'the Chinese title alone has the mark',
      'wang 对“东门 / 岗亭”输入了胁迫密码 / wang gave the code under force for East gate',
      'wang 对“东门 / 岗亭”输入了胁迫密码',
      'wang gave the code under force for East gate',
    ],
    [
      'the English title alone has the mark',
      '王建国 对“东门”输入了胁迫密码 / 王建国 gave the code under force for East gate / lodge',
      '王建国 对“东门”输入了胁迫密码',
      '王建国 gave the code under force for East gate / lodge',
    ],
    [
      'a line told of what it could not do, with the reason in the middle',
      '线路 bus 现在做不到：单元1在1秒内没有应答 / Unit 1 did not answer within 1 s / line bus cannot do this now',
      '线路 bus 现在做不到：单元1在1秒内没有应答',
      'Unit 1 did not answer within 1 s / line bus cannot do this now',
    ],
  ])('is taken apart where its English begins when %s', (_what, stored, zh, en) => {
    expect(read(stored)).toEqual({ zh, en });
  });

  test.each(['disarmed: schedule', 'connect ECONNREFUSED 10.0.0.7:502', 'read / write error', '没有应答', ''])(
    'in one language serves for both: %s',
    (stored) => expect(read(stored)).toEqual({ zh: stored, en: stored }),
  );

  test('stands in raised, returned and done facts too, under the names they had', () => {
    const why = '设备应答 / the device answers';
    const facts = [
      { kind: 'raised', alarm: 'comms', why },
      { kind: 'returned', alarm: 3, cause: 'd/link', why },
      { kind: 'done', duty: 'snapshot/3', ok: false, why },
    ];
    for (const fact of facts)
      expect(upcast({ seq: 1, at: 1, ...fact } as unknown as Event)).toMatchObject({
        why: { zh: '设备应答', en: 'the device answers' },
      });
  });

  test('is left alone where it is a reason of a fixed list', () => {
    const joined = { seq: 1, at: 1, kind: 'joined', alarm: 2, incident: 1, why: 'weather' } as const;
    expect(upcast(joined)).toBe(joined);
  });
});

test('a fact of this version is given back as it is', () => {
  const fact: Event = { seq: 1, at: 1, kind: 'linked', device: 'd', up: true, why: { zh: '应答', en: 'answers' } };
  expect(upcast(fact)).toBe(fact);
});
