/**
 * What every kind of channel must do, whatever the other side does: a walk over the record of kinds, each against a real
 * server on this machine that takes, refuses, breaks off, leads elsewhere, or never ends. A kind without a row here fails.
 */
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, onTestFinished, test } from 'vitest';
import { makers } from '../../src/perform/channel-kinds.ts';
import type { Recipient, Verdict } from '../../src/perform/sending/channel.ts';
import type { Message } from '../../src/perform/sending/message.ts';
import type { ChannelKind, ChannelOptions } from '../../src/site/schema-channel.ts';
import { realWorld, type World } from '../../src/world/world.ts';
import { monday } from '../core/school.ts';
import { PATIENCE_MS } from '../patience.ts';

/** What the peer of one kind is like. */
interface Row<K extends ChannelKind> {
  /** The channel `duty`, for a peer at this address. */
  options(url: string, secret: string): ChannelOptions<K>;
  /** The text with which the peer takes a message. */
  readonly yes: string;
  /** What it means that the peer says 200 and its text breaks off, or has no end. */
  readonly half: Verdict['is'];
  /** A 200 whose text says that the message was not taken, and its verdict; or why this kind has no such thing. */
  readonly errorInside: { readonly text: string; readonly verdict: Partial<Verdict> } | { readonly none: string };
  /** What the peer answers to what is asked of it before the message, such as a token; undefined for the message itself. */
  aside?(path: string): string | undefined;
  /** Where what is said stands in the address and not in the body. */
  readonly inAddress?: true;
  /** It plays a recorded file, so that nothing of the message is sent. */
  readonly mute?: true;
}

/** A chat's servers, in place of the vendor's. */
const chat = (url: string) => ({ id: 'duty', proxy: new URL(url).origin, timeoutMs: PATIENCE_MS });
const robot = (url: string, secret: string) => ({
  ...chat(url),
  ...({ hook: secret, form: 'text', language: 'zh', mentionAll: false } as const),
});

/** What a peer could say that nobody must repeat: all it was told, and where it lives. */
const babble = 'hidden only-for-tests 127.0.0.1 babble';

/** Alibaba Cloud, in place of the vendor. */
const aliyun = (url: string, secret: string) => ({
  ...{ id: 'duty', proxy: new URL(url).origin, keyId: 'LTAI5tExample', secret, most: 20, timeoutMs: PATIENCE_MS },
  variables: { zone: 'place', school: 'school' } as const,
});
const aliyunError = (Code: string) => JSON.stringify({ Code, Message: babble, RequestId: babble });

/** Kinds that speak no HTTP; each has a test of its own, with a peer of its own. */
const elsewhere = ['sms-modem', 'email'] as const satisfies readonly ChannelKind[];
type HttpKind = Exclude<ChannelKind, (typeof elsewhere)[number]>;

const rows: { readonly [K in HttpKind]: Row<K> } = {
  webhook: {
    options: (url, secret) => ({ id: 'duty', protocol: 'webhook', url, secret, timeoutMs: PATIENCE_MS }),
    yes: '',
    half: 'told',
    errorInside: {
      text: JSON.stringify({ errcode: 93_000, errmsg: 'invalid webhook url, hint: babble 127.0.0.1' }),
      verdict: { is: 'refused', code: '93000' },
    },
  },
  'wecom-robot': {
    options: (url, secret) => ({ protocol: 'wecom-robot', secret: undefined, ...robot(url, secret) }),
    yes: '{"errcode":0,"errmsg":"ok"}',
    half: 'unknown',
    errorInside: {
      text: JSON.stringify({ errcode: 40_008, errmsg: 'invalid message type, hint: babble 127.0.0.1' }),
      verdict: { is: 'refused', code: '40008' },
    },
  },
  'wecom-app': {
    options: (url, secret) => ({
      ...chat(url),
      ...{ protocol: 'wecom-app', corp: 'ww0123456789abcdef', agent: 7, secret, form: 'card' },
    }),
    yes: '{"errcode":0,"errmsg":"ok","invaliduser":""}',
    half: 'unknown',
    errorInside: {
      text: JSON.stringify({ errcode: 60_020, errmsg: 'not allow to access from your ip, babble 127.0.0.1' }),
      verdict: { is: 'refused', code: '60020' },
    },
    aside: (path) =>
      path.startsWith('/cgi-bin/gettoken')
        ? '{"errcode":0,"errmsg":"ok","access_token":"babble","expires_in":7200}'
        : undefined,
  },
  'dingtalk-robot': {
    options: (url, secret) => ({ protocol: 'dingtalk-robot', secret, ...robot(url, secret) }),
    yes: '{"errcode":0,"errmsg":"ok"}',
    half: 'unknown',
    errorInside: {
      text: JSON.stringify({ errcode: 130_101, errmsg: 'send too fast, exceed 20 times per minute, babble' }),
      verdict: { is: 'too-fast', retryAfterMs: 600_000 },
    },
  },
  'dingtalk-app': {
    options: (url, secret) => ({
      ...chat(url),
      ...{ protocol: 'dingtalk-app', appKey: 'ding1a2b3c4d5e6f', secret, form: 'card', replies: false },
    }),
    yes: '{"processQueryKey":"babble","invalidStaffIdList":[],"flowControlledStaffIdList":[]}',
    half: 'unknown',
    errorInside: {
      text: JSON.stringify({ code: 'staffId.notExisted', requestid: babble, message: babble }),
      verdict: { is: 'refused', code: 'staffId.notExisted' },
    },
    aside: (path) =>
      path.startsWith('/v1.0/oauth2/accessToken') ? '{"accessToken":"babble","expireIn":7200}' : undefined,
  },
  'feishu-robot': {
    options: (url, secret) => ({ protocol: 'feishu-robot', secret, ...robot(url, secret) }),
    yes: '{"code":0,"msg":"success","data":{}}',
    half: 'unknown',
    errorInside: {
      text: JSON.stringify({ code: 19_021, msg: 'sign match fail or timestamp is not within one hour, babble' }),
      verdict: { is: 'refused', code: '19021' },
    },
  },
  ntfy: {
    options: (url, secret) => ({
      ...{ id: 'duty', protocol: 'ntfy', server: new URL(url).origin, topic: 'school', secret },
      ...({ language: 'zh', timeoutMs: PATIENCE_MS } as const),
    }),
    yes: '{"id":"xE73Iyuabi","time":1673542291,"event":"message","topic":"school"}',
    half: 'unknown',
    errorInside: {
      text: JSON.stringify({ code: 40_009, http: 400, error: `invalid topic ${babble}` }),
      verdict: { is: 'refused', code: '40009' },
    },
  },
  bark: {
    options: (url, secret) => ({
      ...{ id: 'duty', protocol: 'bark', server: new URL(url).origin, secret },
      ...({ language: 'zh', timeoutMs: PATIENCE_MS } as const),
    }),
    yes: '{"code":200,"message":"success","timestamp":1673542291}',
    half: 'unknown',
    errorInside: {
      text: JSON.stringify({ code: 400, message: `failed to get device token ${babble}` }),
      verdict: { is: 'refused', code: '400' },
    },
  },
  horn: {
    options: (url, secret) => ({
      ...{ id: 'duty', protocol: 'horn', url: `${url}&file={{file}}`, secret, timeoutMs: PATIENCE_MS },
      ...({ method: 'GET', file: '1', files: {}, auth: 'basic', user: 'admin' } as const),
    }),
    yes: '',
    half: 'told',
    errorInside: {
      text: JSON.stringify({ errcode: 7, errmsg: babble }),
      verdict: { is: 'refused', code: '7' },
    },
    mute: true,
  },
  'sms-aliyun': {
    options: (url, secret) => ({
      ...{ protocol: 'sms-aliyun', sign: '试验小学', template: 'SMS_154950909', ...aliyun(url, secret) },
    }),
    yes: '{"Code":"OK","Message":"OK","RequestId":"F655A8D5"}',
    half: 'unknown',
    errorInside: {
      text: aliyunError('isv.AMOUNT_NOT_ENOUGH'),
      verdict: { is: 'refused', code: 'isv.AMOUNT_NOT_ENOUGH' },
    },
    inAddress: true,
  },
  'voice-aliyun': {
    options: (url, secret) => ({
      ...{ protocol: 'voice-aliyun', template: 'TTS_10001', times: 2, ...aliyun(url, secret) },
    }),
    yes: '{"Code":"OK","Message":"OK","RequestId":"F655A8D5"}',
    half: 'unknown',
    errorInside: { text: aliyunError('isv.BUSINESS_LIMIT_CONTROL'), verdict: { is: 'too-fast' } },
    inAddress: true,
  },
};
const isHttp = (kind: ChannelKind): kind is HttpKind => !(elsewhere as readonly ChannelKind[]).includes(kind);
const kinds = (Object.keys(makers) as ChannelKind[]).filter(isHttp);

const secret = 'only-for-tests';
const both = (zh: string, en: string) => ({ zh, en });
const message: Message = {
  about: 'alarm',
  title: both('1区 东墙 攀爬', 'Z1 East wall CLIMB'),
  ...{
    school: both('试验小学', 'Test School'),
    alarm: 7,
    priority: 1,
    kind: 'climb',
    kindTitle: both('攀爬', 'CLIMB'),
  },
  ...{ place: both('1区 东墙', 'Z1 East wall'), raisedAt: monday, lastAt: monday, count: 1, level: 1, others: [] },
  ...{ why: 'unacknowledged', arrived: false, text: both('试验小学 1区 东墙 攀爬', 'Test School Z1 East wall CLIMB') },
};
const quiet = { info: () => undefined, warn: () => undefined, error: () => undefined };
const world: World = { ...realWorld(quiet), now: () => monday };

/** Whom the message is for, with all ways there are. */
const reader: Recipient = {
  ...{ person: 'li', name: '李强', language: 'zh', phone: '13800001111', email: 'li@school.example' },
  ...{ wecom: 'LiQiang', dingtalk: 'li-1', feishu: 'ou_li' },
};

/** More than kernels hold on the way, in bytes: who takes so much reads on. */
const enough = 1 << 26;

/** A peer that keeps what it was asked, and answers as told. */
async function peer(kind: HttpKind, answer: (response: ServerResponse, url: string) => void) {
  const asked: { path: string | undefined; body: string }[] = [];
  const server = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8').on('data', (part: string) => {
      body += part;
    });
    request.on('end', () => {
      const aside = rows[kind].aside?.(request.url ?? '');
      if (aside !== undefined) return void response.writeHead(200).end(aside);
      asked.push({ path: request.url, body });
      response.statusMessage = babble;
      response.setHeader('x-said', babble);
      answer(response, url);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook?key=hidden`;
  const close = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  onTestFinished(close);
  return { asked, url, close };
}

/** Sends to a peer. Every verdict has both languages apart, names the channel, and gives nothing away. */
async function verdictOf<K extends HttpKind>(kind: K, url: string, around: World = world): Promise<Verdict> {
  const send = makers[kind](rows[kind].options(url, secret));
  const verdict = await send({ message, delivery: 'notify/7/9/duty', to: [reader] }, around);
  for (const kept of [
    ...Object.values(reader).filter((way) => way !== 'zh' && way !== 'li'),
    secret,
    'hidden',
    '127.0.0.1',
    'babble',
    new URL(url).port,
    message.school.zh,
  ])
    expect(JSON.stringify(verdict)).not.toContain(kept);
  if (verdict.is === 'told') return verdict;
  expect(verdict.why.zh).toMatch(/^(?=.*通道 duty)(?!.* \/ )/);
  expect(verdict.why.en).toMatch(/^(?=.*channel duty)(?!.*\p{Script=Han})/u);
  return verdict;
}

test('every kind of channel has its row, and nothing else has', () => {
  expect(Object.keys(rows).sort()).toEqual([...kinds].sort());
});

describe.each(kinds)('a channel of the kind %s', (kind) => {
  /** The verdict on one answer. */
  const on = async (answer: (response: ServerResponse, url: string) => void) =>
    await verdictOf(kind, (await peer(kind, answer)).url);

  test('has told when the other side takes the message', async () => {
    const { asked, url } = await peer(kind, (response) => response.writeHead(200).end(rows[kind].yes));
    expect(await verdictOf(kind, url)).toEqual({ is: 'told' });
    const said = asked.map(({ path, body }) => (rows[kind].inAddress ? decodeURIComponent(path ?? '') : body));
    expect(said.map((text) => text.includes(message.school.zh))).toEqual([rows[kind].mute === undefined]);
  });

  test('does not know when nobody answers in time: it may have arrived', async () => {
    const late = Promise.withResolvers<void>();
    const { url } = await peer(kind, () => late.resolve());
    expect(await verdictOf(kind, url, { ...world, sleep: () => late.promise })).toMatchObject({ is: 'unknown' });
  });

  test('does not know when the connection is cut before the answer is whole', async () => {
    expect(await on((response) => response.socket!.destroy())).toMatchObject({ is: 'unknown' });
    expect(await on((response) => response.socket!.end('HTTP/1.1 200 OK\r\ncontent-ty'))).toMatchObject({
      is: 'unknown',
    });
  });

  test('says what its kind means by a 200 whose text breaks off', async () => {
    const cut = await on((response) => {
      response.writeHead(200, { 'content-length': '1000' }).write(rows[kind].yes || '{', () => response.destroy());
    });
    expect(cut.is).toBe(rows[kind].half);
  });

  test('is refused by an address nobody listens at', async () => {
    const { url, close } = await peer(kind, () => undefined);
    await close();
    expect(await verdictOf(kind, url)).toMatchObject({ is: 'refused', code: 'ECONNREFUSED' });
  });

  test.each([400, 401, 404, 500, 503])('is refused by the status %i', async (status) => {
    const verdict = await on((response) => response.writeHead(status).end(babble));
    expect(verdict).toMatchObject({ is: 'refused', code: String(status) });
  });

  test('sees an error inside a 200, where its kind has such a thing', async () => {
    const { errorInside } = rows[kind];
    const text = 'none' in errorInside ? JSON.stringify({ errcode: 93_000, errmsg: babble }) : errorInside.text;
    const expected = 'none' in errorInside ? { is: 'told' } : errorInside.verdict;
    expect(await on((response) => response.writeHead(200).end(text))).toMatchObject(expected);
  });

  test('does not read an answer without end', async () => {
    const closed = Promise.withResolvers<number>();
    const { url } = await peer(kind, (response) => {
      let written = 0;
      const more = () => {
        if (written >= enough) return response.destroy();
        written += 1 << 16;
        if (response.write(Buffer.alloc(1 << 16))) setImmediate(more);
      };
      response.on('drain', more).on('close', () => closed.resolve(written));
      more();
    });
    expect((await verdictOf(kind, url)).is).toBe(rows[kind].half);
    expect(await closed.promise).toBeLessThan(enough);
  });

  test.each([
    ['in seconds', '7', { retryAfterMs: 7_000 }],
    ['as a date', new Date(monday + 90_000).toUTCString(), { retryAfterMs: 90_000 }],
    ['as a date that has passed', new Date(monday - 90_000).toUTCString(), { retryAfterMs: 0 }],
    ['as nobody can read it', 'soon', {}],
  ])('was too fast on a 429 that says %s when to come back', async (_, after, expected) => {
    const verdict = await on((response) => response.writeHead(429, { 'retry-after': after }).end(babble));
    expect(verdict).toEqual({ is: 'too-fast', ...expected, why: expect.anything() });
  });

  test('was too fast on a 429 that says nothing more', async () => {
    expect(await on((response) => response.writeHead(429).end(babble))).toEqual({
      is: 'too-fast',
      why: expect.anything(),
    });
  });

  test.each([301, 302, 303, 307, 308])('does not follow a redirect by %i', async (status) => {
    const { asked, url } = await peer(kind, (response, own) =>
      response.writeHead(status, { location: own.replace('hook', 'elsewhere') }).end(babble),
    );
    expect(await verdictOf(kind, url)).toMatchObject({ is: 'refused', code: String(status) });
    expect(asked).toHaveLength(1);
    expect(asked[0]!.path).not.toContain('elsewhere');
  });
});
