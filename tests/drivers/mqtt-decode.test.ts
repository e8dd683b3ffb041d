/** What an MQTT message says, by the profile: every dress of payload and time that devices were seen to send. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { describeMqtt, describeMqttAsMarkdown } from '../../src/drivers/mqtt/mqtt-describe.ts';
import { packetMeter } from '../../src/drivers/mqtt/mqtt-size-limit.ts';
import { type Decoded, decoder } from '../../src/drivers/payload/topic-decode.ts';
import { devices } from './mqtt-line.ts';

const now = Date.UTC(2026, 2, 1, 12, 0, 0);
const decode = decoder(devices, { maxBytes: 65_536, utcOffsetMin: 480 });
const event = (body: unknown): Decoded => decode('gatehouse/fence-1/event', Buffer.from(JSON.stringify(body)), now);
const taken = (value: unknown) => {
  const decoded = event({ id: 'e', taken: value, a: { pull: true } });
  return decoded.kind === 'report' ? [decoded.report.sourceTime, decoded.problem === undefined] : decoded;
};

describe('a payload', () => {
  test('gives every point whose field it holds', () => {
    expect(event({ id: 7, a: { climb: true, cut: false }, siren: true })).toEqual({
      kind: 'report',
      report: {
        device: 'fence-1',
        id: '7',
        values: [
          ['a_climb', true],
          ['a_cut', false],
          ['siren', true],
        ],
      },
    });
  });

  test('reads numbers in arrays, written as numbers or as text', () => {
    const payload = Buffer.from('{"a":[250.5,"248",null,251]}');
    expect(decode('gatehouse/fence-1/tension', payload, now)).toMatchObject({
      kind: 'report',
      report: {
        values: [
          ['a_wire_1', 250.5],
          ['a_wire_2', 248],
          ['a_wire_4', 251],
        ],
      },
    });
  });

  test.each([
    [1, true],
    [0, false],
    ['true', true],
    ['0', false],
  ])('takes %j as a truth value', (raw, meaning) => {
    expect(event({ id: 'e', b: { cut: raw } })).toMatchObject({ report: { values: [['b_cut', meaning]] } });
  });

  test('with one field that makes no sense still gives the others, and says so', () => {
    expect(event({ id: 'e', a: { climb: 'maybe', pull: true } })).toMatchObject({
      kind: 'report',
      report: { values: [['a_pull', true]] },
      problem: { en: expect.stringContaining('a.climb is "maybe"') as string },
    });
  });

  test.each([
    ['not JSON', '{', 'bad-payload'],
    ['empty', '', 'bad-payload'],
    ['a list', '[1]', 'bad-payload'],
    ['null', 'null', 'bad-payload'],
    ['text', '"climb"', 'bad-payload'],
    ['without a known field', '{"z":{"climb":true}}', 'bad-payload'],
    ['of the wrong type', '{"a":{"climb":{}}}', 'wrong-type'],
    ['infinite', '{"a":{"climb":1e999}}', 'wrong-type'],
    ['a trick with the prototype', '{"__proto__":{"a":{"climb":true}}}', 'bad-payload'],
    ['nested beyond sense', '['.repeat(30_000), 'bad-payload'],
  ])('that is %s is dropped with a reason', (_, text, reason) => {
    expect(decode('gatehouse/fence-1/event', Buffer.from(text), now)).toMatchObject({
      kind: 'drop',
      reason,
      device: 'fence-1',
    });
  });

  test('that is not UTF-8, or 20 MB, is dropped unread', () => {
    expect(decode('gatehouse/fence-1/event', Buffer.from([0x22, 0xc3, 0x28, 0x22]), now)).toMatchObject({
      reason: 'bad-payload',
    });
    expect(decode('gatehouse/fence-1/event', Buffer.alloc(20_000_000), now)).toMatchObject({ reason: 'too-large' });
  });

  test('on a topic nobody has is dropped without a device', () => {
    expect(decode('gatehouse/fence-2/event', Buffer.from('{}'), now)).toEqual({
      kind: 'drop',
      reason: 'unknown-topic',
      why: 'no configured device has this topic',
    });
  });

  test('of any bytes at all never throws', () => {
    fc.assert(
      fc.property(fc.constantFrom('event', 'tension', 'status'), fc.uint8Array({ maxLength: 300 }), (name, bytes) => {
        expect(decode(`gatehouse/fence-1/${name}`, bytes, now).kind).toBe('drop');
      }),
    );
    fc.assert(
      fc.property(fc.json(), (text) => {
        expect(['drop', 'report']).toContain(decode('gatehouse/fence-1/event', Buffer.from(text), now).kind);
      }),
    );
  });

  test('that was kept by the broker is how things stand, not news', () => {
    expect(decode('campus/east/gate/scan', Buffer.from('{"id":"s","card":"0F004EBEFC"}'), now, true)).toMatchObject({
      report: { initial: true },
    });
  });

  test('without a usable event id still counts, and says so', () => {
    expect(event({ a: { climb: true } })).toMatchObject({
      kind: 'report',
      problem: { en: expect.stringContaining('event id') as string },
    });
  });

  test('of a card number as a number is text', () => {
    expect(decode('campus/east/gate/scan', Buffer.from('{"id":"s","card":12345678}'), now)).toMatchObject({
      report: { values: [['card', '12345678']] },
    });
  });
});

describe('the time a device gives', () => {
  const at = Date.UTC(2026, 2, 1, 11, 59, 30);
  test.each([
    ['milliseconds', at],
    ['seconds', at / 1000],
    ['milliseconds as text', String(at)],
    ['ISO with Z', '2026-03-01T11:59:30Z'],
    ['ISO with milliseconds', '2026-03-01T11:59:30.000Z'],
    ['ISO with an offset', '2026-03-01T19:59:30+08:00'],
    ['ISO with a short offset', '2026-03-01T19:59:30+0800'],
    ['local time', '2026-03-01T19:59:30'],
    ['local time with a blank', '2026-03-01 19:59:30'],
  ])('is understood in %s', (_, value) => {
    expect(taken(value)).toEqual([at, true]);
  });

  test('of yesterday is believed: a baton uploads late', () => {
    expect(taken(now - 86_400_000)).toEqual([now - 86_400_000, true]);
  });

  test.each([
    ['two days ahead', now + 2 * 86_400_000],
    ['of 1970', 5],
    ['of no kind', 'noon'],
    ['a truth value', true],
    ['a list', []],
  ])('that is %s is not believed, and the event stays', (_, value) => {
    expect(taken(value)).toEqual([undefined, false]);
  });
});

describe('a status', () => {
  test.each([
    ['online', true],
    [' offline\n', false],
  ])('of %j is understood', (text, online) => {
    expect(decode('gatehouse/fence-1/status', Buffer.from(text), now)).toEqual({
      kind: 'status',
      device: 'fence-1',
      online,
    });
  });
});

describe('two devices', () => {
  test('may not share a topic', () => {
    const twins = [devices[0]!, { ...devices[0]!, id: 'fence-2', options: { topic: 'gatehouse/fence-1' } }];
    expect(() => decoder(twins, { maxBytes: 1, utcOffsetMin: 0 })).toThrow(
      'fence-2 and fence-1 both use the MQTT topic',
    );
  });
});

describe('the packet meter', () => {
  test('finds a packet that is too large, however the bytes are cut', () => {
    const small = [0x30, 0x05, 0, 1, 0x61, 1, 2];
    const large = [0x30, 0x80, 0x84, 0xaf, 0x5f, 9, 9];
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 20 }), (cuts) => {
        const meter = packetMeter(1000);
        const bytes = [...small, ...small, ...large];
        const found: number[] = [];
        for (let at = 0, n = 0; at < bytes.length && found.length === 0; at += cuts[n % cuts.length]!, n += 1) {
          const size = meter(Uint8Array.from(bytes.slice(at, at + cuts[n % cuts.length]!)));
          if (size !== undefined) found.push(size);
        }
        expect(found).toEqual([200_000_000]);
      }),
    );
  });

  test('lets an endless row of small packets pass', () => {
    const meter = packetMeter(10);
    for (let n = 0; n < 1000; n += 1) expect(meter(Uint8Array.of(0xc0, 0x00, 0x40, 0x02, 0, 1))).toBeUndefined();
  });
});

describe('the description', () => {
  const [fence] = describeMqtt([devices[0]!.profile]);
  test('gives examples that the driver reads as every point of the topic', () => {
    for (const { topic, from, example, fields } of fence!.topics) {
      const decoded = decode(topic.replace('<topic>', 'gatehouse/fence-1'), Buffer.from(example), now);
      if (from === 'gateway') expect(decoded).toMatchObject({ reason: 'unknown-topic' });
      else if (topic.endsWith('status')) expect(decoded.kind).toBe('status');
      else {
        if (decoded.kind !== 'report') throw new Error(`${topic} was read as ${decoded.kind}`);
        expect(decoded.problem).toBeUndefined();
        expect(decoded.report.values.map(([key]) => key)).toEqual(fields.flatMap((f) => f.point ?? []));
      }
    }
  });

  test('as a page names every topic of every profile', () => {
    const page = describeMqttAsMarkdown(devices.map((d) => d.profile));
    for (const name of ['event', 'tension', 'status', 'set/siren', 'scan', 'beat'])
      expect(page).toContain(`\`<topic>/${name}\``);
  });
});
