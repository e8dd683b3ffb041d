/**
 * SMS and calls by Alibaba Cloud against a fake of our own that checks the signature as the vendor's page describes it, the clock, and what a
 * template may be filled with. The known answer is that of the vendor's page.
 */
import { createHash, createHmac } from 'node:crypto';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { smsAliyun, voiceAliyun } from '../../src/perform/aliyun.ts';
import type { Sending } from '../../src/perform/sending/channel.ts';
import { acs3 } from '../../src/perform/sign/acs3.ts';
import type { ChannelOptions } from '../../src/site/schema-channel.ts';
import { realWorld } from '../../src/world/world.ts';
import { PATIENCE_MS } from '../patience.ts';
import { both, climbTold, cook, guard, head, raisedAt, trial } from './told.ts';

test("the signature is that of the vendor's page", () => {
  const { query, headers } = acs3({
    host: 'ecs.cn-shanghai.aliyuncs.com',
    action: 'RunInstances',
    version: '2014-05-26',
    query: { RegionId: 'cn-shanghai', ImageId: 'win2019_1809_x64_dtc_zh-cn_40G_alibase_20230811.vhd' },
    keyId: 'YourAccessKeyId',
    keySecret: 'YourAccessKeySecret',
    now: Date.parse('2023-10-26T10:22:32Z'),
    nonce: '3156853299f313e23d1673dc12e1703d',
  });
  expect(query).toBe('ImageId=win2019_1809_x64_dtc_zh-cn_40G_alibase_20230811.vhd&RegionId=cn-shanghai');
  expect(headers.authorization).toBe(
    'ACS3-HMAC-SHA256 Credential=YourAccessKeyId,SignedHeaders=host;x-acs-action;x-acs-content-sha256;x-acs-date;' +
      'x-acs-signature-nonce;x-acs-version,Signature=06563a9e1b43f5dfe96b81484da74bceab24a1d853912eee15083a6f0f3283c0',
  );
});

const keySecret = 'only-for-tests';
const quiet = { info: () => undefined, warn: () => undefined, error: () => undefined };
const world = { ...realWorld(quiet), now: () => raisedAt };
const hosts: Readonly<Record<string, string>> = {
  SendSms: 'dysmsapi.aliyuncs.com',
  SingleCallByTts: 'dyvmsapi.aliyuncs.com',
};

/** Why the vendor would not take a request; undefined when it would. Reckoned from the raw request, not as ours reckons it. */
function wrong({ url = '', headers }: IncomingMessage, clock: number, seen: Set<string>): string | undefined {
  const { authorization = '' } = headers;
  const [, keyId, names = '', signature] =
    /^ACS3-HMAC-SHA256 Credential=(\w+),SignedHeaders=([\w;-]+),Signature=(\w{64})$/.exec(authorization) ?? [];
  if (keyId !== 'LTAI5tExample') return 'InvalidAccessKeyId.NotFound';
  if (Math.abs(Date.parse(String(headers['x-acs-date'])) - clock) > 15 * 60_000) return 'InvalidTimeStamp.Expired';
  const nonce = String(headers['x-acs-signature-nonce']);
  if (seen.has(nonce)) return 'SignatureNonceUsed';
  seen.add(nonce);
  const host = hosts[String(headers['x-acs-action'])];
  const lines = names.split(';').map((name) => `${name}:${name === 'host' ? host : headers[name]}\n`);
  const [, query = ''] = url.split('?');
  const sorted = query.split('&').sort().join('&');
  const empty = createHash('sha256').digest('hex');
  const canonical = ['POST', '/', sorted, lines.join(''), names, empty].join('\n');
  const hash = createHash('sha256').update(canonical).digest('hex');
  const right = createHmac('sha256', keySecret).update(`ACS3-HMAC-SHA256\n${hash}`).digest('hex');
  return signature === right ? undefined : 'SignatureDoesNotMatch';
}

/** The vendor. `code` is what it says to a request that is signed well, by the number it is for. */
async function vendor(code: (number: string) => unknown = () => 'OK', clock = raisedAt) {
  const asked: Record<string, string>[] = [];
  const seen = new Set<string>();
  const server = createServer((request, response) => {
    request.resume().on('end', () => {
      const query = Object.fromEntries(new URL(request.url ?? '', 'http://x').searchParams);
      asked.push(query);
      const refused = wrong(request, clock, seen);
      const said = refused ?? code(query.PhoneNumbers ?? query.CalledNumber ?? '');
      const body = {
        Code: said,
        Message: 'babble',
        RequestId: 'F6',
        BizId: '900619746936498^0',
        CallId: '116012354148^10281378',
      };
      response.writeHead(refused ? 400 : 200, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { asked, proxy: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}

const base = {
  ...{ id: 'sms', keyId: 'LTAI5tExample', secret: keySecret, most: 20, timeoutMs: PATIENCE_MS },
  variables: { zone: 'place', what: 'kind', when: 'time' },
} as const;
const sms = (proxy: string, more: Partial<ChannelOptions<'sms-aliyun'>> = {}) =>
  smsAliyun({ protocol: 'sms-aliyun', sign: '试验小学', template: 'SMS_154950909', proxy, ...base, ...more });
const sending = (more: Partial<Sending> = {}): Sending => ({
  ...{ message: climbTold(), delivery: 'notify/1/9/sms', to: [guard], ...more },
});

test('an SMS fills the template, and its number is kept as a receipt', async () => {
  const { asked, proxy } = await vendor();
  expect(await sms(proxy)(sending(), world)).toEqual({ is: 'told', receipt: '900619746936498^0' });
  expect(asked).toEqual([
    {
      PhoneNumbers: '13800001111',
      SignName: '试验小学',
      TemplateCode: 'SMS_154950909',
      TemplateParam: '{"zone":"1区 东墙","what":"攀爬","when":"11-23 22:00:37"}',
      OutId: expect.stringMatching(/^[0-9a-f]{32}$/),
    },
  ]);
});

test('a call names what is read out, and how often', async () => {
  const { asked, proxy } = await vendor();
  const options = {
    protocol: 'voice-aliyun',
    template: 'TTS_10001',
    times: 2,
    shown: '02161234567',
    proxy,
    ...base,
  } as const;
  expect(await voiceAliyun(options)(sending(), world)).toEqual({ is: 'told', receipt: '116012354148^10281378' });
  expect(asked[0]).toMatchObject({
    CalledNumber: '13800001111',
    TtsCode: 'TTS_10001',
    PlayTimes: '2',
    CalledShowNumber: '02161234567',
  });
});

test('signs that a signature has to escape go through, and no value is longer than it may be', async () => {
  const { asked, proxy } = await vendor();
  const place = both("【门】'东' (*)! ~+/&=%\n围墙𠮷𠮷𠮷𠮷𠮷𠮷", 'x');
  const verdict = await sms(proxy, { most: 24 })(sending({ message: { ...climbTold(), place } }), world);
  expect(verdict.is).toBe('told');
  expect(JSON.parse(asked[0]!.TemplateParam!)).toMatchObject({ zone: "门'东' (*)! ~+/&=% 围墙𠮷𠮷…" });
});

test('a message that is of no alarm fills the template with what it is', async () => {
  const { asked, proxy } = await vendor();
  await sms(proxy)(sending({ message: trial }), world);
  expect(JSON.parse(asked[0]!.TemplateParam!)).toEqual({
    zone: '测试：请回复收到',
    what: '测试，不是报警',
    when: '现在',
  });
});

test('each person is asked for by himself, and who was refused is named', async () => {
  const { asked, proxy } = await vendor((number) => (number === '13900002222' ? 'isv.MOBILE_NUMBER_ILLEGAL' : 'OK'));
  const abroad = { ...guard, person: 'abroad', phone: '+85261234567' };
  expect(await sms(proxy)(sending({ to: [guard, head, cook, abroad] }), world)).toEqual({
    is: 'told',
    receipt: '900619746936498^0,900619746936498^0',
    unreached: [
      { person: 'head-li', why: expect.objectContaining({ en: expect.stringContaining('isv.MOBILE_NUMBER_ILLEGAL') }) },
      { person: 'cook', why: expect.anything() },
    ],
  });
  expect(asked.map((one) => one.PhoneNumbers).sort()).toEqual(['13800001111', '13900002222', '85261234567']);
});

test.each([
  ['isv.AMOUNT_NOT_ENOUGH', 'top it up'],
  ['isv.SMS_TEMPLATE_ILLEGAL', 'check template'],
  ['isv.TEMPLATE_MISSING_PARAMETERS', 'check variables'],
  ['isp.RAM_PERMISSION_DENY', 'RAM'],
  ['isv.SOMETHING_NEW', 'console'],
])('the code %s is a refusal in words', async (code, words) => {
  const { proxy } = await vendor(() => code);
  expect(await sms(proxy)(sending(), world)).toMatchObject({
    is: 'refused',
    code,
    why: { en: expect.stringContaining(words) },
  });
});

test.each(['isv.BUSINESS_LIMIT_CONTROL', 'isv.DAY_LIMIT_CONTROL', 'Throttling.User'])(
  'the code %s means too fast',
  async (code) => {
    const { proxy } = await vendor(() => code);
    expect(await sms(proxy)(sending(), world)).toMatchObject({ is: 'too-fast' });
  },
);

test.each([[undefined], [7], [null], [{ OK: 1 }], ['ok'], ['babble 13800001111'], [`isv.${'Y'.repeat(999)}`]])(
  'the code %j is none, and is not repeated',
  async (code) => {
    const { proxy } = await vendor(() => code);
    const verdict = await sms(proxy)(sending(), world);
    expect(verdict).toMatchObject({ is: 'refused', code: '—' });
    expect(JSON.stringify(verdict)).not.toMatch(/babble|1380000|YYY/);
  },
);

test('a wrong secret, an unknown key and a wrong clock are told apart', async () => {
  const { proxy } = await vendor();
  expect(await sms(proxy, { secret: 'other' })(sending(), world)).toMatchObject({ code: 'SignatureDoesNotMatch' });
  expect(await sms(proxy, { keyId: 'LTAInobody' })(sending(), world)).toMatchObject({
    code: 'InvalidAccessKeyId.NotFound',
  });
  const late = await vendor(() => 'OK', raisedAt + 2 * 3_600_000);
  expect(await sms(late.proxy)(sending(), world)).toMatchObject({
    is: 'refused',
    code: 'InvalidTimeStamp.Expired',
    why: { zh: expect.stringContaining('校正主机时间') },
  });
});
