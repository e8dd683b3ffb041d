/**
 * Frames of SIA DC-09 against the examples that are published, and the follower against a receiver that was written apart from it: what it
 * did not acknowledge comes again with the same number, and nothing twice.
 */
import { expect, onTestFinished, test } from 'vitest';
import { type CentreReceiver, startCentre } from '../../simulators/centre/dc09-receiver.ts';
import type { Fact } from '../../src/core/types.ts';
import { centreData } from '../../src/outward/dc09/dc09-codes.ts';
import { frameCrc, frameOf, nextNumber, readReply } from '../../src/outward/dc09/dc09-frame.ts';
import { type Dc09Options, Dc09Out } from '../../src/outward/dc09/dc09-out.ts';
import { realWorld } from '../../src/world/world.ts';
import { until } from '../patience.ts';
import { climb, folderOf, forced, Place } from './place.ts';

const key = Buffer.from('000102030405060708090A0B0C0D0E0F', 'hex');

test('a frame is to the letter what a receiver of others has read and acknowledged', () => {
  const code = { sia: 'BA', over: 'BR', cid: '130' };
  const data = centreData('SIA-DCS', '1A2B', { code, begins: true, zone: 4, area: 1 }).replace('004', '4');
  const at = Date.UTC(2026, 10, 28, 16, 19, 41);
  const frame = frameOf({ account: '1A2B', prefix: '0' }, { token: 'SIA-DCS', seq: 1, data }, at);
  expect(frame.toString('latin1')).toBe('\n21AE0038"SIA-DCS"0001L0#1A2B[#1A2B|Nri1/BA4]_16:19:41,11-28-2026\r');
});

test('numbers go to 9999 and begin again at 1', () => {
  expect([1, 9_998, 9_999].map(nextNumber)).toEqual([2, 9_999, 1]);
});

const acked = '"ACK"0001L0#1A2B[]';
const answer = (crc: string, length: string) => Buffer.from(`\n${crc}${length}${acked}\r`, 'latin1');

test('an answer counts with its checksum and its length, and in clear only where nothing is in cipher', () => {
  const right = answer(frameCrc(acked), '0012');
  expect(readReply(right, undefined)).toEqual({ token: 'ACK', seq: 1 });
  expect(readReply(right, key)).toBeUndefined();
  expect(readReply(answer('0000', '0012'), undefined)).toBeUndefined();
  expect(readReply(answer(frameCrc(acked), '0013'), undefined)).toBeUndefined();
  for (const text of ['', '\nhello\r', '\n0000']) expect(readReply(Buffer.from(text), undefined)).toBeUndefined();
});

type Transport = 'tcp' | 'udp';
const transports = ['tcp', 'udp'] as const;
const options = (
  receivers: readonly CentreReceiver[],
  more: Partial<Dc09Options> = {},
  transport: Transport = 'tcp',
): Dc09Options => ({
  ...{ account: '1A2B', prefix: '0', language: 'SIA-DCS', superviseSec: 0, setting: true, duress: false },
  receivers: receivers.map(({ port }, i) => ({ which: i + 1, host: '127.0.0.1', port, transport })),
  ...more,
});

const quiet = { info: () => undefined, warn: () => undefined, error: () => undefined };

async function centre(known: Parameters<typeof startCentre>[0] = { account: '1A2B' }, transport: Transport = 'tcp') {
  const one = await startCentre(known, transport);
  onTestFinished(() => one.stop());
  return one;
}

/** Its waits go so many times as fast as `pace` says. */
function reporter(place: Place, dir: string, said: Dc09Options, pace = 1) {
  place.now = Date.now();
  const real = realWorld(quiet);
  const world = { ...real, sleep: (ms: number, signal?: AbortSignal) => real.sleep(ms / pace, signal) };
  const out = new Dc09Out({ options: said, source: place.source, world, dir, name: 'dc09' });
  const over = new AbortController();
  const ran = out.run(over.signal);
  const stop = async () => {
    over.abort();
    await ran;
  };
  onTestFinished(stop);
  return { out, stop };
}

/** The next zone, where somebody climbs too. */
const climbAtTwo = { ...climb, key: 'z2/climb', zone: 'z2' } as Fact;
const codes = (one: CentreReceiver) => one.heard.filter(({ token }) => token !== 'NULL').map(({ data }) => data);

test.each(transports)(
  'over %s an alarm and its end arrive once each, with their zone; a silent call for help does not',
  async (transport) => {
    const [one, place, dir] = [await centre(undefined, transport), new Place(), await folderOf()];
    const { out } = reporter(place, dir, options([one], {}, transport));
    place.keep(forced, climb, { kind: 'returned-to-normal', alarm: 2, cause: 'c' });
    await until('both are there', () => one.heard.length === 2);
    expect(codes(one)).toEqual(['#1A2B|Nri1/BA001', '#1A2B|Nri1/BR001']);
    expect(one.heard.map(({ seq }) => seq)).toEqual(['0001', '0002']);
    expect(out.trouble()).toBeUndefined();
  },
);

test.each(transports)(
  'over %s in cipher it is read with the key alone, and the link is tested while nothing is said',
  async (transport) => {
    const [one, place, dir] = [await centre({ account: '1A2B', key }, transport), new Place(), await folderOf()];
    const said = options([one], { superviseSec: 1, language: 'ADM-CID' }, transport);
    reporter(place, dir, { ...said, receivers: said.receivers.map((each) => ({ ...each, key })) });
    await until('the link was tested', () => one.heard.some(({ token }) => token === 'NULL'));
    place.keep(climb);
    await until('it is there', () => codes(one).length === 1);
    expect(one.heard.find(({ token }) => token !== 'NULL')).toMatchObject({
      encrypted: true,
      data: '#1A2B|1131 01 001',
    });
  },
);

const moods = ['silent', 'cut', 'garbage', 'nak', 'wrong-number', { late: 3_600 }] as const;
test.each(transports.flatMap((transport) => moods.map((mood) => [transport, mood] as const)))(
  'over %s what a receiver meets with %j is not taken as received, is said, and comes again with its number',
  async (transport, mood) => {
    const [one, place, dir] = [await centre(undefined, transport), new Place(), await folderOf()];
    one.mood = mood;
    const { out } = reporter(place, dir, options([one], {}, transport), 10);
    place.keep(climb);
    await until('it is said', () => out.trouble() !== undefined);
    if (typeof mood === 'object') expect(out.trouble()?.en).toMatch(/clocks differ by 3\d\d\d s/);
    one.mood = 'ack';
    await until('nothing is said', () => out.trouble() === undefined);
    expect(new Set(one.heard.map(({ seq }) => seq))).toEqual(new Set(['0001']));
    expect(codes(one).at(-1)).toBe('#1A2B|Nri1/BA001');
  },
);

test('what the first receiver does not take the second hears, and that the first is away is said', async () => {
  const [first, second, place, dir] = [await centre(), await centre(), new Place(), await folderOf()];
  await first.stop();
  const { out } = reporter(place, dir, options([first, second]));
  place.keep(climb);
  await until('the second has it', () => codes(second).length === 1);
  expect(out.trouble()?.en).toContain('receiver 1');
});

test('an event that no receiver can use is said, and holds up nothing after it', async () => {
  const [one, place, dir] = [await centre(), new Place(), await folderOf()];
  one.mood = 'duh';
  const { out } = reporter(place, dir, options([one]));
  place.keep(climb);
  await until('it is said', () => out.trouble()?.en.includes('DUH') === true);
  one.mood = 'ack';
  place.keep({ kind: 'area-armed', area: 'yard', mode: 'away', by: 'schedule' });
  await until('the next is there', () => codes(one).at(-1) === '#1A2B|Nri1/CL');
});

test('after a restart it goes on where it was: what was owed is told, what was told is not', async () => {
  const [one, place, dir] = [await centre(), new Place(), await folderOf()];
  const first = reporter(place, dir, options([one]));
  place.keep(climb);
  await until('one is there', () => one.heard.length === 1);
  one.mood = 'cut';
  place.keep(climbAtTwo);
  await until('it is said', () => first.out.trouble() !== undefined);
  await first.stop();
  one.mood = 'ack';
  reporter(place, dir, options([one]));
  await until('the other is there', () => one.heard.length === 2);
  expect(one.heard.map(({ seq, data }) => [seq, data])).toEqual([
    ['0001', '#1A2B|Nri1/BA001'],
    ['0002', '#1A2B|Nri1/BA002'],
  ]);
});

test('after a long silence an open alarm comes with its own time, and one that is over does not come', async () => {
  const [one, place, dir] = [await centre(), new Place(), await folderOf()];
  const before = reporter(place, dir, options([one]));
  await until('it follows', () => before.out.trouble() === undefined);
  one.mood = 'silent';
  place.keep(climb, climbAtTwo);
  place.keep({ kind: 'returned-to-normal', alarm: 2, cause: 'c' }, { kind: 'acknowledged', alarm: 2, by: 'li' });
  place.keep({ kind: 'closed', alarm: 2, by: 'li', reason: 'test' });
  await before.stop();
  one.mood = 'ack';
  const again = reporter(place, dir, options([one]));
  place.now = Date.now() + 20 * 60_000;
  await until('the open one is there', () => one.heard.length > 0 && again.out.trouble() === undefined);
  expect(one.heard).toHaveLength(1);
  expect(one.heard[0]).toMatchObject({ data: '#1A2B|Nri1/BA001', more: expect.stringMatching(/^\[H\d\d:\d\d:\d\d,/) });
});
