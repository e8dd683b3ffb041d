/**
 * Alarms to a video platform over a network that loses and doubles datagrams: SIPp is the platform, a relay is the network. An alarm comes at
 * least once, each time with the same number and time; nothing waits behind a registration that is not answered.
 */
import { expect, test } from 'vitest';
import type { Fact } from '../../src/core/types.ts';
import { until } from '../patience.ts';
import { fasterWorld, gbSchool, type Passing, sipRelay } from './gb-school.ts';
import { climb } from './place.ts';
import { platform, type Sipp, sipp } from './sipp.ts';

const often = async (one: Sipp, text: RegExp) => [...(await one.log()).matchAll(text)].length;
/** The number and the time of each alarm that came. */
const alarms = async (one: Sipp) =>
  [...(await one.log()).matchAll(/received[\s\S]*?(?=-{20})/g)].flatMap(([packet]) => {
    const found = /Alarm<\/CmdType>\s*<SN>(\d+)<[\s\S]*<AlarmTime>([^<]+)</.exec(packet);
    return found ? [`${found[1]} ${found[2]}`] : [];
  });
const registers = (text: string) => text.startsWith('REGISTER ');

test('while renewals are not answered, alarms and keep-alives go on under the registration that still runs', async () => {
  const one = await sipp(platform());
  const relay = await sipRelay(one.port);
  const world = fasterWorld(20);
  const { place, out } = await gbSchool(relay, { expiresSec: 100, keepaliveSec: 10 }, { world });
  await until('it is alive', async () => (await often(one, /Keepalive<\/CmdType>/g)) > 0);
  let dropped = 0;
  relay.pass = (text) => {
    if (!registers(text)) return 1;
    dropped += 1;
    return 0;
  };
  await until('a renewal is on its way', () => dropped > 0);
  const before = dropped;
  place.keep(climb);
  await until('the alarm is there', async () => (await alarms(one)).length > 0);
  // Not held back until the renewal was given up: that is nine datagrams.
  expect(dropped - before).toBeLessThan(4);
  await until('it is said', () => out.trouble()?.en.includes('has not answered') === true);
  const sockets = await often(one, /^REGISTER /gm);
  relay.pass = () => 1;
  await until('it is registered again', async () => (await often(one, /^REGISTER /gm)) > sockets);
  await until('all is well', () => out.trouble() === undefined);
});

test('a registration that ran out unanswered is made anew from a fresh beginning, and what waited is told', async () => {
  const one = await sipp(platform());
  const relay = await sipRelay(one.port);
  const { place, out } = await gbSchool(relay, { expiresSec: 20 }, { world: fasterWorld(20) });
  await until('it is alive', async () => (await often(one, /Keepalive<\/CmdType>/g)) > 0);
  const begun = new Set<string>();
  relay.pass = (text) => {
    if (registers(text)) begun.add(/^Call-ID: (.*)$/m.exec(text)?.[1] ?? '');
    return 0;
  };
  await until('it begins anew', () => begun.size > 1);
  place.keep(climb);
  relay.pass = () => 1;
  await until('the alarm is there', async () => (await alarms(one)).length > 0);
  await until('all is well', () => out.trouble() === undefined);
});

const everySecond = (): Passing => {
  let count = 0;
  return () => {
    count += 1;
    return count % 2;
  };
};
test.each<[string, () => Passing]>([
  ['every second datagram is lost', everySecond],
  ['each comes twice', () => () => 2],
  [
    'answers are lost for a while',
    () => {
      let left = 12;
      return (_, way) => {
        if (way === 'out' || left === 0) return 1;
        left -= 1;
        return 0;
      };
    },
  ],
])('where %s, an alarm comes, each time as the same', async (_, passing) => {
  const one = await sipp(platform());
  const relay = await sipRelay(one.port);
  const { place, out } = await gbSchool(relay, {}, { world: fasterWorld(20) });
  await until('it is alive', async () => (await often(one, /Keepalive<\/CmdType>/g)) > 0);
  relay.pass = passing();
  place.keep(climb);
  await until('the alarm is there', async () => (await alarms(one)).length > 0);
  relay.pass = () => 1;
  place.keep({ ...climb, key: 'z2/climb', zone: 'z2' } as Fact);
  await until('the next is there', async () => (await alarms(one)).some((each) => each.startsWith('2 ')));
  await until('all is well', () => out.trouble() === undefined);
  const told = await alarms(one);
  expect(new Set(told).size).toBe(2);
});

test.each(['500 Server Internal Error', '503 Service Unavailable'])(
  'a platform that answers %s to a registration is asked again soon: that is no refusal',
  async (log) => {
    const one = await sipp(platform({ log }));
    const { out } = await gbSchool(one, { password: 'another' });
    await until(
      'it is said',
      () => out.trouble()?.en.includes(`not take the registration just now (${log.slice(0, 3)})`) === true,
    );
    const asked = () => often(one, /^REGISTER /gm);
    const before = await asked();
    const began = performance.now();
    await until('it is asked again', async () => (await asked()) > before);
    expect(performance.now() - began).toBeLessThan(30_000);
  },
);
