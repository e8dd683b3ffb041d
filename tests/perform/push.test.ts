/**
 * Pushes to phones, and the webhook with a request of the configuration's own: what is asked of the other side, and that no text of a message can
 * get out of where it stands.
 */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { bodyOf, headersOf } from '../../src/perform/message-template.ts';
import { bark, ntfy } from '../../src/perform/push.ts';
import type { Message } from '../../src/perform/sending/message.ts';
import { webhook } from '../../src/perform/webhook.ts';
import { PATIENCE_MS } from '../patience.ts';
import { httpPeer, world } from './peer.ts';
import { both, climbTold, trial } from './told.ts';

const sending = (message: Message) => ({ message, delivery: 'notify/1/1/push', to: [] });
const shown = { language: 'zh', timeoutMs: PATIENCE_MS } as const;

test('ntfy gets title, text and urgency, and its token in a header', async () => {
  const { asked, origin } = await httpPeer((response) => response.end('{"event":"message"}'));
  const options = { id: 'n', protocol: 'ntfy', server: origin, topic: 'school', ...shown } as const;
  expect(await ntfy({ ...options, secret: 'tk_only' })(sending(climbTold()), world)).toEqual({ is: 'told' });
  expect(await ntfy({ ...options, secret: undefined })(sending(trial), world)).toEqual({ is: 'told' });
  expect(asked.map(({ headers }) => headers.authorization)).toEqual(['Bearer tk_only', undefined]);
  expect(asked.map(({ body }) => JSON.parse(body) as object)).toEqual([
    {
      ...{ topic: 'school', title: '【P1 紧急】1区 东墙 攀爬', message: climbTold().text.zh, priority: 5 },
      tags: ['rotating_light'],
    },
    { topic: 'school', title: '测试：请回复收到', message: trial.text.zh, priority: 3 },
  ]);
});

test('Bark rings through silence for what is urgent, and a second copy takes the place of the first', async () => {
  const { asked, origin } = await httpPeer((response) => response.end('{"code":200}'));
  const send = bark({ id: 'b', protocol: 'bark', server: origin, secret: 'device-key', ...shown });
  await send(sending(climbTold()), world);
  await send(sending(climbTold()), world);
  await send(sending(trial), world);
  const told = asked.map(({ body }) => JSON.parse(body) as Record<string, unknown>);
  expect(told[0]).toMatchObject({ device_key: 'device-key', level: 'critical', call: '1', group: '试验小学' });
  expect(told[1]!.id).toBe(told[0]!.id);
  expect(told[2]).toMatchObject({ level: 'active' });
  expect(told[2]).not.toHaveProperty('call');
  expect(asked.map(({ path }) => path)).toEqual(['/push', '/push', '/push']);
});

test.each([
  ['a page of a network that wants a log-in', '<html>babble', 200, '—'],
  ['a list', '[]', 200, '—'],
  ['another code', '{"code":"babble"}', 200, '—'],
  ['a code of the server', '{"code":40101,"error":"babble"}', 401, '40101'],
  ['a status alone', 'babble', 502, '502'],
])('%s is no yes', async (_, text, status, code) => {
  const { origin } = await httpPeer((response) => response.writeHead(status).end(text));
  const verdict = await ntfy({ id: 'n', protocol: 'ntfy', server: origin, topic: 't', secret: undefined, ...shown })(
    sending(trial),
    world,
  );
  expect(verdict).toMatchObject({ is: 'refused', code });
  expect(JSON.stringify(verdict)).not.toContain('babble');
});

const template = {
  contentType: 'application/json',
  body: '{"msg": "{{title.zh}}", "n": {{alarm}}, "token": "{{secret}}"}',
  headers: { Authorization: 'Bearer {{secret}}', 'X-Title': '{{title.zh}}' },
} as const;

test('a webhook posts what its template says', async () => {
  const { asked, origin } = await httpPeer((response) => response.end());
  const send = webhook({ id: 'w', protocol: 'webhook', url: origin, secret: 'hush', timeoutMs: PATIENCE_MS, template });
  expect(await send(sending(climbTold()), world)).toEqual({ is: 'told' });
  expect(JSON.parse(asked[0]!.body)).toEqual({ msg: '【P1 紧急】1区 东墙 攀爬', n: 1, token: 'hush' });
  expect(asked[0]!.headers).toMatchObject({
    authorization: 'Bearer hush',
    'content-type': 'application/json; charset=utf-8',
    'x-gatehouse-delivery': 'notify/1/1/push',
  });
  const title = [...String(asked[0]!.headers['x-title']).matchAll(/=\?UTF-8\?B\?([^?]+)\?=/g)].map(([, word]) => word!);
  expect(Buffer.concat(title.map((word) => Buffer.from(word, 'base64'))).toString()).toBe('【P1 紧急】1区 东墙 攀爬');
});

test('whatever a message says stays in its string, its field and its header', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      const title = both(text, text);
      const from = { message: { ...climbTold(), title }, delivery: 'd', secret: 's' };
      expect(JSON.parse(bodyOf(template.body, 'application/json', from))).toEqual({ msg: text, n: 1, token: 's' });
      const form = bodyOf('a={{title.zh}}&b=1', 'application/x-www-form-urlencoded', from);
      expect([...new URLSearchParams(form).keys()]).toEqual(['a', 'b']);
      expect(headersOf({ X: '{{title.zh}}' }, from).X).toMatch(/^[\x20-\x7e]*$/);
    }),
  );
});

test('a message that itself holds braces is not filled a second time', () => {
  const title = both('{{secret}}', '{{secret}}');
  expect(
    bodyOf('"{{title.zh}}"', 'application/json', { message: { ...trial, title }, delivery: 'd', secret: 'hush' }),
  ).toBe('"{{secret}}"');
});
