/**
 * SIP and its bodies as bytes that come from outside: cut anywhere, run together, with lengths that lie, too long, or rubbish. And the digest
 * against the example of RFC 2617.
 */
import iconv from 'iconv-lite';
import { expect, test } from 'vitest';
import { readBody, writeBody } from '../../src/outward/gb28181/gb-body.ts';
import { platformClock } from '../../src/outward/gb28181/gb-clock.ts';
import { gbKindOf } from '../../src/outward/gb28181/gb-mapping.ts';
import { wants } from '../../src/outward/gb28181/gb-subscriptions.ts';
import { answerChallenge, readChallenge } from '../../src/outward/gb28181/sip-digest.ts';
import { readDatagram, SipStream } from '../../src/outward/gb28181/sip-message.ts';

const message = (body: string, length = Buffer.byteLength(body)) =>
  Buffer.from(`MESSAGE sip:a@b SIP/2.0\r\nCall-ID: x\r\nContent-Length: ${length}\r\n\r\n${body}`);
const two = Buffer.concat([message('one'), Buffer.from('\r\n\r\n'), message('two')]);
const bodies = (taken: ReturnType<SipStream['take']>) => taken?.map(({ body }) => body.toString());

test('two messages are two wherever the stream is cut', () => {
  for (let cut = 0; cut <= two.length; cut += 1) {
    const stream = new SipStream();
    const taken = [stream.take(two.subarray(0, cut)), stream.take(two.subarray(cut))].flatMap((each) => bodies(each));
    expect([cut, taken]).toEqual([cut, ['one', 'two']]);
  }
});

test.each([
  ['a head without an end', Buffer.from(`MESSAGE sip:a@b SIP/2.0\r\nx: ${'y'.repeat(60_000)}`)],
  ['a head of 60 KB', Buffer.from(`MESSAGE sip:a@b SIP/2.0\r\nx: ${'y'.repeat(60_000)}\r\n\r\n`)],
  ['a length that is none', Buffer.from('MESSAGE sip:a@b SIP/2.0\r\nContent-Length: -1\r\n\r\n')],
  ['a body without end', message('', 9_999_999)],
  ['what follows a length that is too short', message('twelve bytes\r\n\r\n', 3)],
  ['rubbish', Buffer.from('GET / HTTP/1.1\r\n\r\n')],
  ['two hundred headers', Buffer.from(`MESSAGE sip:a@b SIP/2.0\r\n${'x: y\r\n'.repeat(200)}\r\n`)],
])('%s is the end of a stream', (_, bytes) => {
  const stream = new SipStream();
  expect(stream.take(bytes)).toBeUndefined();
});

test('a datagram that is shorter than it says is not read, and what is longer is cut off', () => {
  expect(readDatagram(message('one', 4))).toBeUndefined();
  expect(readDatagram(message('one', 2))?.body.toString()).toBe('on');
});

test('an answer to a challenge is that of RFC 2617, 3.5', () => {
  const challenge = readChallenge(
    'Digest realm="testrealm@host.com", qop="auth,auth-int", nonce="dcd98b7102dd2f0e8b11d0f600bfb0c093", opaque="5ccc069c403ebaf9f0171e9517f40e41"',
  );
  const who = { user: 'Mufasa', password: 'Circle Of Life', method: 'GET', uri: '/dir/index.html', cnonce: '0a4f113b' };
  const said = answerChallenge(challenge!, { ...who, count: 1 });
  expect(said).toContain('response="6629fae49393a05397450978507c4ef1"');
  expect(said).toContain('opaque="5ccc069c403ebaf9f0171e9517f40e41"');
  expect(
    answerChallenge(readChallenge('Digest realm="a", nonce="b", algorithm=SM3')!, { ...who, count: 1 }),
  ).toBeUndefined();
  expect(readChallenge('Basic realm="a"')).toBeUndefined();
});

test.each(['GB2312', 'GB18030', 'UTF-8'] as const)('a body in %s is read as it was written', (encoding) => {
  const name = '\u6d4b\u8bd5 <&> \u4e00\u53f7';
  const bytes = writeBody(
    [
      'Query',
      [
        ['CmdType', 'Alarm'],
        ['Name', name],
      ],
    ],
    encoding,
  );
  expect(readBody(bytes)?.fields.get('Name')).toBe(name);
  expect(iconv.decode(bytes, encoding === 'UTF-8' ? 'utf8' : 'gb18030')).toContain(`encoding="${encoding}"`);
});

test.each([
  ['nothing', ''],
  ['a document type', '<!DOCTYPE a [<!ENTITY b "c">]><Query></Query>'],
  ['a beginning', '<Query><CmdType>Alarm</CmdType>'],
  ['no document', 'SIP/2.0 200 OK'],
  ['zeros', '\0\0\0\0'],
])('%s is no body', (_, text) => {
  expect(readBody(Buffer.from(text, 'latin1'))).toBeUndefined();
});

test('a thousand elements are read within bounds', () => {
  const many = `<Query>${'<Item>x</Item>'.repeat(1_000)}${Array.from({ length: 20 }, (_, i) => `<${'A'.repeat(i + 1)}>1</${'A'.repeat(i + 1)}>`).join('')}</Query>`;
  expect(readBody(Buffer.from(many))?.fields.size).toBeLessThanOrEqual(100);
});

test('a clock is read as local time, as UTC in its place, and as HTTP writes it', () => {
  const now = Date.UTC(2026, 10, 30, 0, 0, 0);
  expect(platformClock('2026-11-30T08:00:05.000', now, 480)).toEqual({ ahead: 5_000, utc: false });
  expect(platformClock('2026-11-30T00:00:06', now, 480)).toEqual({ ahead: 6_000, utc: true });
  expect(platformClock('Mon, 30 Nov 2026 00:01:00 GMT', now, 480)).toEqual({ ahead: 60_000, utc: false });
  expect(platformClock('tomorrow', now, 480)).toBeUndefined();
});

test('a masked camera is another number in 2016, and a fence never is a camera', () => {
  expect(gbKindOf('masked', 'camera', '2016')).toEqual({ method: 5, type: 11 });
  expect(gbKindOf('masked', 'camera', '2022')).toEqual({ method: 5, type: 13 });
  expect(gbKindOf('intrusion', 'fence', '2022')).toEqual({ method: 2 });
  expect(gbKindOf('tamper', 'fence', '2022')).toEqual({ method: 2, type: 2 });
});

test.each([
  [{}, true],
  [{ AlarmMethod: '0' }, true],
  [{ AlarmMethod: '2/5' }, true],
  [{ AlarmMethod: '56' }, false],
  [{ StartAlarmPriority: '2' }, false],
  [{ StartAlarmPriority: '1', EndAlarmPriority: '4', AlarmMethod: '25' }, true],
  [{ EndAlarmPriority: 'x' }, true],
])('a subscription to %j wants a first alarm of a device: %s', (asked, wanted) => {
  const letter = { channel: 'c', priority: 1, kind: { method: 2 as const }, body: Buffer.alloc(0) };
  expect(wants(new Map(Object.entries(asked)), letter)).toBe(wanted);
});
