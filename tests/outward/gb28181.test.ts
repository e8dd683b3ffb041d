/**
 * Alarms to a video platform: Debian's SIPp takes registrations by their digest, answers, and asks what platforms ask. What it did not take
 * comes again; who is not the platform is not heard.
 */
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import type { Fact } from '../../src/core/types.ts';
import type { GbOptions } from '../../src/outward/gb28181/gb-options.ts';
import { until } from '../patience.ts';
import { gbSchool } from './gb-school.ts';
import { climb, forced } from './place.ts';
import { asks, freeUdpPort, ourId, platform, platformId, type Sipp, sipp } from './sipp.ts';

const climbAtTwo = { ...climb, key: 'z2/climb', zone: 'z2' } as Fact;
const zoneOne = '34020000001340000001';

const seen = async (what: string, one: Sipp, text: string | RegExp) =>
  await until(what, async () => {
    const log = await one.log();
    return typeof text === 'string' ? log.includes(text) : text.test(log);
  });
const times = async (one: Sipp, text: RegExp) => [...(await one.log()).matchAll(text)].length;
const query = (cmd: string, more = '', id = ourId, root = 'Query') =>
  `<?xml version="1.0"?>\n<${root}>\n<CmdType>${cmd}</CmdType>\n<SN>17</SN>\n<DeviceID>${id}</DeviceID>\n${more}</${root}>`;
const ask = async (to: number, asking: Parameters<typeof asks>[0]) => await (await sipp(asks(asking), { to })).ended();

test.each(['udp', 'tcp'] as const)(
  'over %s it registers by digest, is alive, and tells an alarm in Chinese',
  async (transport) => {
    const one = await sipp(platform(), { transport });
    const { place, out } = await gbSchool(one, { transport });
    await seen('it is alive', one, '<CmdType>Keepalive</CmdType>');
    place.keep(forced, climb);
    await seen('the alarm is there', one, `<DeviceID>${zoneOne}</DeviceID>`);
    const log = await one.log();
    expect(log).toMatch(/<AlarmPriority>1<[\s\S]*<AlarmMethod>2<[\s\S]*<AlarmTime>\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d</);
    expect(log).toMatch(/<AlarmDescription>.*\p{Script=Han}.*<\/AlarmDescription>/u);
    expect(log).not.toContain('<SN>1</SN>\r\n<DeviceID>34020000001340000001');
    expect(log).toContain('X-GB-Ver: 3.0');
    await until('all is well', () => out.trouble() === undefined);
  },
);

test('a wrong password is said, with the remedy, and not tried again at once', async () => {
  const one = await sipp(platform());
  const { out } = await gbSchool(one, { password: 'another' });
  await until('it is said', () => out.trouble()?.en.includes('refuses the registration (403)') === true);
  expect(await times(one, /^REGISTER /gm)).toBe(2);
});

test('a platform that is not there is said, and the alarm is told when it is', async () => {
  const port = await freeUdpPort();
  const { place, out } = await gbSchool({ port } as Sipp);
  place.keep(climb);
  await until('it is said', () => out.trouble() !== undefined);
  const one = await sipp(platform(), { port });
  await seen('the alarm is there', one, '<CmdType>Alarm</CmdType>');
});

test('an alarm that the platform refuses waits, is said, and is told to the next', async () => {
  const one = await sipp(platform({ take: '500 Server Error' }));
  const first = await gbSchool(one);
  first.place.keep(climb);
  await until('it is said', () => first.out.trouble()?.en.includes('(500)') === true);
  await first.stop();
  await one.stop();
  const again = await sipp(platform(), { port: one.port });
  const { out } = await gbSchool(again, {}, first);
  await seen('the alarm is there', again, '<CmdType>Alarm</CmdType>');
  await until('nothing is said', () => out.trouble() === undefined);
});

test('what a platform asks is answered: its catalogue, who we are, how the zones stand', async () => {
  const one = await sipp(platform());
  const { place, localPort } = await gbSchool(one);
  await seen('it is alive', one, '<CmdType>Keepalive</CmdType>');
  place.keep(climb);
  for (const cmd of ['Catalog', 'DeviceInfo', 'DeviceStatus', 'ConfigDownload'])
    expect(await ask(localPort, { method: 'MESSAGE', code: 200, body: query(cmd) })).toBe(0);
  await seen('the catalogue', one, /<SumNum>\d+<\/SumNum>\s*<DeviceList Num="2">/);
  await seen('who we are', one, '<Manufacturer>Gatehouse</Manufacturer>');
  await seen('the alarm in the zone', one, new RegExp(`<DeviceID>${zoneOne}</DeviceID>\\s*<DutyStatus>ALARM`));
  await seen('what is not known', one, /<CmdType>ConfigDownload<[\s\S]*<Result>ERROR/);
});

test('who is not the platform, and what is no question, gets a no and nothing more', async () => {
  const one = await sipp(platform());
  const { localPort } = await gbSchool(one);
  await seen('it is alive', one, '<CmdType>Keepalive</CmdType>');
  const wrong: readonly Parameters<typeof asks>[0][] = [
    { method: 'MESSAGE', code: 403, body: query('Catalog'), from: '34020000002000000009' },
    { method: 'MESSAGE', code: 404, body: query('Catalog', '', '34020000001320000001') },
    { method: 'MESSAGE', code: 400, body: '<Query><CmdType>Catalog' },
    { method: 'MESSAGE', code: 400, body: '<!DOCTYPE Query SYSTEM "file:///etc/passwd"><Query></Query>' },
    { method: 'SUBSCRIBE', code: 489, body: query('MobilePosition'), headers: 'Event: presence\nExpires: 60' },
    { method: 'INVITE', code: 488 },
    { method: 'PUBLISH', code: 405 },
    { method: 'OPTIONS', code: 200 },
  ];
  for (const each of wrong) expect([each, await ask(localPort, each)]).toEqual([each, 0]);
});

test('in a subscription the alarm goes in its dialog, and what it did not ask for as a message', async () => {
  const one = await sipp(platform());
  const { place, localPort } = await gbSchool(one, { resetWaitSec: 0 });
  await seen('it is alive', one, '<CmdType>Keepalive</CmdType>');
  const body = query('Alarm', '<StartAlarmPriority>1</StartAlarmPriority><EndAlarmPriority>1</EndAlarmPriority>');
  const headers = 'Event: presence\nExpires: 60';
  const subscriber = await sipp(asks({ method: 'SUBSCRIBE', code: 200, body, headers, notify: true }), {
    to: localPort,
  });
  await seen('it is subscribed', subscriber, /received[\s\S]*SIP\/2\.0 200 OK/);
  place.keep({ ...climbAtTwo, priority: 3 } as Fact, climb);
  expect(await subscriber.ended()).toBe(0);
  expect(await subscriber.log()).toMatch(/NOTIFY [\s\S]*Subscription-State: active;expires=\d+[\s\S]*<SN>2<\/SN>/);
  await seen('the other', one, /Alarm<\/CmdType>\s*<SN>1<\/SN>/);
});

test('the next device alarm of a channel waits for ResetAlarm; one that is more urgent does not', async () => {
  const one = await sipp(platform());
  const { place, localPort } = await gbSchool(one, { resetWaitSec: 3_600 });
  const soft = { ...climb, key: 'z1/slack', alarm: 'slack', priority: 2 } as Fact;
  place.keep(soft);
  await seen('the first', one, /Alarm<\/CmdType>\s*<SN>1</);
  place.keep({ ...soft, key: 'z1/drift', alarm: 'drift' } as Fact, climbAtTwo, climb);
  await seen('another channel', one, /Alarm<\/CmdType>\s*<SN>3</);
  await seen('the more urgent', one, /Alarm<\/CmdType>\s*<SN>4</);
  expect(await one.log()).not.toMatch(/Alarm<\/CmdType>\s*<SN>2</);
  const reset = query('DeviceControl', '<AlarmCmd>ResetAlarm</AlarmCmd>', zoneOne, 'Control');
  expect(await ask(localPort, { method: 'MESSAGE', code: 200, body: reset })).toBe(0);
  await seen('what waited', one, /Alarm<\/CmdType>\s*<SN>2</);
});

test('SetGuard arms where the configuration allows it, and ResetGuard where it allows that as well', async () => {
  const one = await sipp(platform());
  const control = (cmd: string) => query('DeviceControl', `<GuardCmd>${cmd}</GuardCmd>`, ourId, 'Control');
  const both = async (guard: GbOptions['guard']) => {
    const { localPort, asked, stop } = await gbSchool(one, { guard });
    await until('it is there', async () => (await times(one, /Keepalive<\/CmdType>/g)) > 0);
    for (const cmd of ['SetGuard', 'ResetGuard'])
      expect(await ask(localPort, { method: 'MESSAGE', code: 200, body: control(cmd) })).toBe(0);
    await stop();
    return asked.map((each) => ('mode' in each ? each.mode : each.do));
  };
  expect(await both('none')).toEqual([]);
  expect(await both('arm')).toEqual(['away']);
  expect(await both('both')).toEqual(['away', 'disarmed']);
});

test.each([
  ['one that is right is not said', 0, false],
  ['UTC in the place of local time is understood', -8 * 3_600_000, false],
  ['one that is an hour off is said', 3_600_000, true],
])('of the platform’s clock, %s', async (_, off, said) => {
  const date = new Date(Date.now() + 8 * 3_600_000 + off).toISOString().slice(0, 23);
  const { out } = await gbSchool(await sipp(platform({ date })));
  const one = () => out.trouble()?.en.includes('differs from ours by') === true;
  if (said) await until('it is said', one);
  else await until('all is well', () => out.trouble() === undefined);
  expect(one()).toBe(said);
});

test('a question that comes twice is answered twice and done once; rubbish is nothing', async () => {
  const one = await sipp(platform());
  const { localPort } = await gbSchool(one);
  await seen('it is alive', one, '<CmdType>Keepalive</CmdType>');
  const socket = createSocket('udp4').bind(0, '127.0.0.1');
  onTestFinished(() => void socket.close());
  await once(socket, 'listening');
  const answers: string[] = [];
  socket.on('message', (bytes) => answers.push(bytes.toString()));
  const body = query('DeviceInfo');
  const lines = [
    `MESSAGE sip:${ourId}@x SIP/2.0`,
    `v: SIP/2.0/UDP 127.0.0.1:${socket.address().port};branch=z9hG4bKtwice`,
    `f: <sip:${platformId}@x>;tag=1`,
    `t: <sip:${ourId}@x>`,
    'i: twice',
    'CSeq: 1 MESSAGE',
  ];
  const message = (length: number) => Buffer.from([...lines, `l: ${length}`, '', body].join('\r\n'));
  const rubbish = ['', '\r\n\r\n', 'x'.repeat(60_000), `${lines[0]}\r\nx: ${'y'.repeat(60_000)}\r\n\r\n`, '\0\xff'];
  for (const each of [
    ...rubbish.map((text) => Buffer.from(text)),
    message(9_999),
    message(body.length),
    message(body.length),
  ])
    socket.send(each, localPort, '127.0.0.1');
  await until('both are there', () => answers.length === 2);
  expect(answers[0]).toBe(answers[1]);
  await seen('the answer', one, '<Firmware>');
  expect(await times(one, /<Firmware>/g)).toBe(1);
});

test.each([
  ['rubbish', 'GET / HTTP/1.1\r\n\r\n'],
  ['a head that does not end', `MESSAGE sip:a@b SIP/2.0\r\nx: ${'y'.repeat(60_000)}`],
])('a platform that sends %s over TCP is said, and another connection is made', async (_, text) => {
  let connections = 0;
  const server = createServer((socket) => {
    connections += 1;
    socket.on('error', () => undefined);
    socket.write(text);
  }).listen(0, '127.0.0.1');
  onTestFinished(() => void server.close());
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  const { out } = await gbSchool({ port } as Sipp, { transport: 'tcp' });
  await until('it is said', () => out.trouble()?.en.includes('no whole SIP message') === true);
  await until('another is made', () => connections > 1);
});
