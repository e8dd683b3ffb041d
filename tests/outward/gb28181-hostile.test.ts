/**
 * What comes from the address of a platform, and from its connection, in bad faith: thousands of messages that are broken in every place. Nothing of it
 * ends the program, keeps an alarm from the platform, or has the school do anything.
 */
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { createServer } from 'node:net';
import fc from 'fast-check';
import { expect, onTestFinished, test } from 'vitest';
import { readBody } from '../../src/outward/gb28181/gb-body.ts';
import { answerChallenge, readChallenge } from '../../src/outward/gb28181/sip-digest.ts';
import { answerHeaders, readDatagram, SipStream, writeSip } from '../../src/outward/gb28181/sip-message.ts';
import { until } from '../patience.ts';
import { fasterWorld, gbSchool } from './gb-school.ts';
import { climb } from './place.ts';
import { ourId, platform, platformId, type Sipp, sipp } from './sipp.ts';

const seen = async (what: string, one: Sipp, text: string) =>
  await until(what, async () => (await one.log()).includes(text));

const body = (root: string, fields: string) =>
  `<?xml version="1.0" encoding="GB2312"?>\r\n<${root}>\r\n<CmdType>DeviceControl</CmdType>\r\n<SN>17</SN>\r\n<DeviceID>${ourId}</DeviceID>\r\n${fields}\r\n</${root}>`;
/** A message as a platform sends it; each has its own branch. */
const message = (n: number, method: string, text: string) =>
  [
    `${method} sip:${ourId}@3402000000 SIP/2.0`,
    `Via: SIP/2.0/UDP 127.0.0.1:5060;rport;branch=z9hG4bK${n}`,
    `From: <sip:${platformId}@3402000000>;tag=${n}`,
    `To: <sip:${ourId}@3402000000>`,
    `Call-ID: hostile-${n}`,
    `CSeq: 1 ${method}`,
    'Contact: <sip:x@127.0.0.1:9>',
    'Event: presence',
    'Expires: 3600',
    'Max-Forwards: 70',
    'Content-Type: Application/MANSCDP+xml',
    `Content-Length: ${Buffer.byteLength(text)}`,
    '',
    text,
  ].join('\r\n');

const fields = [
  '<GuardCmd>SetGuard</GuardCmd>',
  '<GuardCmd>ResetGuard</GuardCmd>',
  '<AlarmCmd>ResetAlarm</AlarmCmd><Info><AlarmMethod>2</AlarmMethod></Info>',
  '<TeleBoot>Boot</TeleBoot>',
  '<PTZCmd>A50F01021F0000D6</PTZCmd>',
  '<RecordCmd>Record</RecordCmd>',
];
const roots = ['Query', 'Control', 'Notify', 'Response'];
const methods = ['MESSAGE', 'SUBSCRIBE', 'NOTIFY', 'INVITE', 'BYE', 'ACK', 'OPTIONS', 'CANCEL', 'REGISTER', 'SIP/2.0'];
/** One sound message with some bytes cut out, put in, doubled or changed. */
const broken = fc
  .record({
    n: fc.nat(),
    method: fc.constantFrom(...methods),
    root: fc.constantFrom(...roots),
    field: fc.constantFrom(...fields),
    cuts: fc.array(
      fc.record({
        at: fc.double({ min: 0, max: 1, noNaN: true }),
        out: fc.nat(40),
        put: fc.oneof(
          fc.uint8Array({ maxLength: 12 }),
          fc
            .constantFrom(
              '\r\n',
              '\r\n\r\n',
              '\0',
              '<!DOCTYPE a>',
              '&',
              ';tag=',
              ';'.repeat(500),
              '<A'.repeat(500),
              ' '.repeat(900),
            )
            .map((text) => Buffer.from(text)),
        ),
      }),
      { minLength: 1, maxLength: 4 },
    ),
  })
  .map(({ n, method, root, field, cuts }) => {
    let bytes = Buffer.from(message(n, method, body(root, field)), 'latin1');
    for (const { at, out, put } of cuts) {
      const from = Math.floor(at * bytes.length);
      bytes = Buffer.concat([bytes.subarray(0, from), put, bytes.subarray(from + out)]);
    }
    return bytes;
  });

test('whatever is read of broken messages, reading and answering them throws nothing', () => {
  fc.assert(
    fc.property(broken, fc.nat(60), (bytes, cut) => {
      const read = readDatagram(bytes);
      if (read) {
        readBody(read.body);
        writeSip('SIP/2.0 200 OK', answerHeaders(read, 'us'));
        for (const said of read.headers.values()) for (const one of said) readChallenge(one);
      }
      const stream = new SipStream();
      if (stream.take(bytes.subarray(0, cut))) stream.take(bytes.subarray(cut));
    }),
    { numRuns: 3_000, seed: 12 },
  );
});

test('a challenge of any kind is answered, or is none, and no answer has more than one line', () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 300, unit: 'binary' }), (text) => {
      const challenge = readChallenge(`Digest realm="r", nonce="n", ${text}`);
      const who = { user: 'u', password: 'geheim-42', method: 'REGISTER', uri: 'sip:a@b', cnonce: 'c', count: 1 };
      const answer = challenge && answerChallenge(challenge, who);
      if (answer === undefined) return;
      const [, head = ''] = writeSip('REGISTER sip:a@b SIP/2.0', [['Authorization', answer]])
        .toString('latin1')
        .split('\r\n');
      expect(head.startsWith('Authorization: Digest ')).toBe(true);
      expect(answer).not.toContain('geheim');
    }),
    { numRuns: 2_000, seed: 12 },
  );
});

test('two thousand broken datagrams from the platform’s address do nothing at the school, and an alarm is told beside them', async () => {
  const one = await sipp(platform());
  const { place, out, localPort, asked } = await gbSchool(one, { guard: 'none' });
  await seen('it is alive', one, '<CmdType>Keepalive</CmdType>');
  const socket = createSocket('udp4').bind(0, '127.0.0.1');
  onTestFinished(() => void socket.close());
  await once(socket, 'listening');
  const send = async (bytes: Buffer) =>
    await new Promise<void>((resolve) => socket.send(bytes, localPort, '127.0.0.1', () => resolve()));
  const all = fc.sample(broken, { numRuns: 2_000, seed: 12 });
  for (const bytes of all.slice(0, 1_000)) await send(bytes);
  place.keep(climb);
  for (const bytes of all.slice(1_000)) await send(bytes);
  await seen('the alarm is there', one, '<CmdType>Alarm</CmdType>');
  expect(asked).toEqual([]);
  await until('all is well', () => out.trouble() === undefined);
});

test('more subscriptions than anybody needs are refused, and none of them turns an alarm away from the platform', async () => {
  const one = await sipp(platform());
  const { place, localPort } = await gbSchool(one, {}, { world: fasterWorld(10) });
  await seen('it is alive', one, '<CmdType>Keepalive</CmdType>');
  const socket = createSocket('udp4').bind(0, '127.0.0.1');
  onTestFinished(() => void socket.close());
  await once(socket, 'listening');
  const codes: string[] = [];
  socket.on('message', (bytes) => void codes.push(/^SIP\/2\.0 (\d+)/.exec(bytes.toString('latin1'))?.[1] ?? ''));
  // Each says that it wants alarms, and whoever asks never answers what it is told.
  const wanted = `<?xml version="1.0"?>\n<Query>\n<CmdType>Alarm</CmdType>\n<SN>1</SN>\n<DeviceID>${ourId}</DeviceID>\n</Query>`;
  for (let n = 0; n < 20; n += 1) socket.send(message(n, 'SUBSCRIBE', wanted), localPort, '127.0.0.1');
  await until('all were answered', () => codes.length === 20);
  expect(codes.filter((code) => code === '503')).toHaveLength(12);
  place.keep(climb);
  await seen('the alarm is there all the same', one, '<CmdType>Alarm</CmdType>');
});

test.each([
  ['a granted time that is no whole number of seconds', 'Expires: 0.0001'],
  ['a granted time of a million digits', `Expires: ${'9'.repeat(9_000)}`],
  ['a granted time below nothing', 'Expires: -5'],
])('%s is not lived by: the school registers once and no faster', async (_, said) => {
  let registrations = 0;
  let alive = 0;
  const server = createSocket('udp4').bind(0, '127.0.0.1');
  onTestFinished(() => void server.close());
  await once(server, 'listening');
  server.on('message', (bytes, { port }) => {
    const read = readDatagram(bytes);
    if (read?.method === undefined) return;
    if (read.method === 'REGISTER') registrations += 1;
    else alive += 1;
    const headers = read.method === 'REGISTER' ? [said.split(': ') as [string, string]] : [];
    server.send(writeSip('SIP/2.0 200 OK', [...answerHeaders(read, 't'), ...headers]), port, '127.0.0.1');
  });
  const { out } = await gbSchool({ port: server.address().port }, { keepaliveSec: 5 }, { world: fasterWorld(20) });
  await until('it was alive for half a minute', () => alive > 6);
  expect(out.trouble()).toBeUndefined();
  expect(registrations).toBe(1);
});

test('answers that come over the connection without a question, and for others, change nothing', async () => {
  const server = createServer((socket) => {
    socket.on('error', () => undefined);
    const stream = new SipStream();
    socket.on('data', (bytes: Buffer) => {
      for (const read of stream.take(bytes) ?? []) {
        if (read.method === undefined) continue;
        socket.write(
          'SIP/2.0 403 Forbidden\r\nVia: SIP/2.0/TCP x;branch=z9hG4bKnobody\r\nCSeq: 1 REGISTER\r\nContent-Length: 0\r\n\r\n',
        );
        socket.write('SIP/2.0 100 Trying\r\nContent-Length: 0\r\n\r\n\r\n\r\n');
        socket.write(writeSip('SIP/2.0 200 OK', answerHeaders(read, 't')));
        socket.write(writeSip('SIP/2.0 403 Forbidden', answerHeaders(read, 't')));
      }
    });
  }).listen(0, '127.0.0.1');
  onTestFinished(() => void server.close());
  await once(server, 'listening');
  const { out } = await gbSchool({ port: (server.address() as { port: number }).port }, { transport: 'tcp' });
  await until('all is well', () => out.trouble() === undefined);
});
