/**
 * What WeCom calls back with: the example that WeCom itself publishes with its libraries is opened, and what was changed anywhere is not.
 */
import { expect, test } from 'vitest';
import { wecomCall, wecomPressed } from '../../simulators/chat/wecom-press.ts';
import { ChatCallbacks } from '../../src/app/outside/chat-callbacks.ts';
import type { Input } from '../../src/core/types.ts';
import { openWecom, wecomField } from '../../src/perform/sign/wecom-callback.ts';

/** Of the sample that WeCom's WXBizMsgCrypt comes with. */
const sample = { token: 'QDG6eK', key: 'jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C', corp: 'wx5823bf96d3bd56c7' };
const verify = {
  signature: '5c45ff5e21c57e6ad56bac8758b79b1d9ac89fd3',
  timestamp: '1409659589',
  nonce: '263014780',
  encrypted: 'P9nAzCzyDtyTWESHep1vC5X9xho/qYX3Zpb4yKa9SKld1DsH3Iyt3tP3zNdtp+4RPcs8TgAE7OaBO+FZXvnaqQ==',
};

test('WeCom’s own example is opened', () => {
  expect(openWecom(sample, verify)).toBe('1616140317555161061');
});

test('a call with another token, company or time, or with one letter changed, is not', () => {
  expect(openWecom({ ...sample, token: 'QDG6eL' }, verify)).toBe(undefined);
  expect(openWecom({ ...sample, corp: 'wx5823bf96d3bd56c8' }, verify)).toBe(undefined);
  expect(openWecom(sample, { ...verify, timestamp: '1409659590' })).toBe(undefined);
  expect(openWecom(sample, { ...verify, encrypted: `Q${verify.encrypted.slice(1)}` })).toBe(undefined);
  expect(openWecom(sample, { ...verify, signature: '' })).toBe(undefined);
});

test('what is signed right and is nonsense inside is not opened either, whatever its length', () => {
  for (const text of ['', 'a', '<xml/>', '字'.repeat(300)]) {
    const { query, encrypted } = wecomCall(sample, text);
    const call = {
      signature: query.get('msg_signature')!,
      timestamp: query.get('timestamp')!,
      nonce: query.get('nonce')!,
      encrypted,
    };
    expect(openWecom(sample, call)).toBe(text);
    // The same words of another key: signed by whoever has the token alone.
    expect(openWecom({ ...sample, key: `k${sample.key.slice(1)}` }, call)).not.toBe(text);
  }
});

test('a field of the XML is read with and without CDATA, and never across others', () => {
  const xml = '<xml><A><![CDATA[one]]></A><B>2</B><C></C></xml>';
  expect([wecomField(xml, 'A'), wecomField(xml, 'B'), wecomField(xml, 'C'), wecomField(xml, 'D')]).toEqual([
    'one',
    '2',
    '',
    '',
  ]);
});

/** A school with one guard who presses buttons, and what came of the calls. */
function school() {
  const heard: Input[] = [];
  const { token: callbackToken, key: callbackKey, corp } = sample;
  const channel = { id: 'app', protocol: 'wecom-app', corp, agent: 7, callbackToken, callbackKey };
  const config = { channels: [channel], contacts: { li: { wecom: 'LiLei' } } };
  const callbacks = new ChatCallbacks({
    ...{ config: () => config as never, world: { now: () => Date.now() } },
    offer: async (input) => void heard.push(input),
  });
  const query = (call: ReturnType<typeof wecomCall>) => Object.fromEntries(call.query);
  return { heard, callbacks, query };
}
/** What other chats sign with. */
const signed = { timestamp: '', sign: '' };
const press = { ...sample, agent: 7, user: 'LiLei', button: 'ack-3' };

test('a button that was pressed is his answer, and cannot be read by sending it as a question of the address', async () => {
  const { heard, callbacks, query } = school();
  const call = wecomPressed(press);
  const asked = { channel: 'app', signed, query: { ...query(call), echostr: call.encrypted } };
  expect(await callbacks.take(asked)).toBe('refused');
  expect(await callbacks.take({ channel: 'app', signed, query: query(call), body: call.body })).toBe('taken');
  expect(heard.at(-1)).toMatchObject({ person: 'li', said: 'acknowledge', number: 3 });
  const real = wecomCall(sample, '1616140317555161061');
  expect(await callbacks.take({ channel: 'app', signed, query: { ...query(real), echostr: real.encrypted } })).toEqual({
    echo: '1616140317555161061',
  });
});

test('what somebody types is no button, whatever stands in it', async () => {
  const { heard, callbacks, query } = school();
  const typed = '<Event>template_card_event</Event><EventKey>ack-3</EventKey><AgentID>7</AgentID>';
  const call = wecomCall(
    sample,
    `<xml><FromUserName><![CDATA[LiLei]]></FromUserName><MsgType><![CDATA[text]]></MsgType><Content><![CDATA[${typed}]]></Content><AgentID>7</AgentID></xml>`,
  );
  expect(await callbacks.take({ channel: 'app', signed, query: query(call), body: call.body })).toBe('taken');
  expect(heard).toEqual([]);
});

test('a press that could not be kept counts when WeCom says it again', async () => {
  const { heard, callbacks, query } = school();
  const call = wecomPressed(press);
  const came = { channel: 'app', signed, query: query(call), body: call.body };
  heard.push = () => {
    throw new Error('no room');
  };
  await expect(callbacks.take(came)).rejects.toThrow('no room');
  Reflect.deleteProperty(heard, 'push');
  expect(await callbacks.take(came)).toBe('taken');
  expect(heard).toMatchObject([{ person: 'li', said: 'acknowledge' }]);
});
