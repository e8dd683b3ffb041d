/** The simulated MQTT devices through the embedded broker: what they encode from a profile, the driver reads from it. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { mqttFence, mqttReader, type Robot } from '../../simulators/robots.ts';
import { type BrokerPlace, mqttBroker } from '../../src/drivers/mqtt/mqtt-broker.ts';
import { until } from '../patience.ts';
import { type Recorder, recorder, start } from './mqtt-line.ts';

let heard: Recorder<BrokerPlace>;
let running: ReturnType<typeof start>;
let fence: Robot;
let gate: Robot;

beforeEach(async () => {
  const listening = Promise.withResolvers<{ plain: number }>();
  heard = recorder({
    protocol: 'mqtt-broker',
    host: '127.0.0.1',
    port: 0,
    onListening: listening.resolve,
  } as BrokerPlace);
  running = start(mqttBroker, heard);
  const url = `mqtt://127.0.0.1:${(await listening.promise).plain}`;
  fence = mqttFence({ url, id: 'fence-1', password: 'fence-secret', everyMs: 50, random: () => 0.5 });
  gate = mqttReader({ url, id: 'gate', password: 'gate-secret', topic: 'campus/east/gate', everyMs: 50 });
  await Promise.all([fence.ready, gate.ready]);
});
afterEach(async () => {
  await Promise.all([fence.stop(), gate.stop()]);
  await running.stop();
});

const events = () => heard.kept.map((k) => k.report).filter((r) => r.id !== undefined);

describe('a robot', () => {
  test('tells every point of its profile in a way the driver reads', async () => {
    for (const robot of [fence, gate]) {
      for (const point of heard.line.devices.find((d) => d.id === robot.id)!.profile.points) {
        if (point.keep === 'gauge') continue;
        const value = point.type === 'boolean' ? true : '0F004EBEFC';
        const before = heard.kept.length;
        await robot.set(point.key, value);
        expect(
          heard.kept.slice(before).some(({ report }) => report.values.some(([k, v]) => k === point.key && v === value)),
        ).toBe(true);
      }
    }
    await until('all wires are told', () => heard.kept.some((k) => k.report.values.length === 12));
    await until('the battery is told', () =>
      heard.kept.some((k) => k.report.values.some(([key, v]) => key === 'battery' && v === 96)),
    );
    expect(heard.drops).toEqual([]);
  });

  test('does what the gateway writes and tells of it', async () => {
    await heard.actions.write!('fence-1', 'siren', true);
    await until('it tells', () =>
      events().some((r) => r.values.some(([key, value]) => key === 'siren' && value === true)),
    );
    expect(fence.values.get('siren')).toBe(true);
  });

  test('that does not confirm a write is named and cut off', async () => {
    fence.faults.deaf = true;
    await expect(heard.actions.write!('fence-1', 'siren', true)).rejects.toThrow('did not confirm a write within 5 s');
    await until('it is down', () => heard.links.some((l) => l.device === 'fence-1' && !l.up));
  });

  test.each(['plain', 'dup'] as const)('that repeats itself (%s) sends the same event id', async (duplicate) => {
    fence.faults.duplicate = duplicate;
    await fence.set('a_climb', true);
    expect(events()).toHaveLength(2);
    expect(events()[0]!.id).toBe(events()[1]!.id);
  });

  test('with a wrong clock is heard without its time, and named', async () => {
    fence.faults.clockOffsetMs = 2 * 86_400_000;
    await fence.set('a_climb', true);
    expect(events()[0]!.sourceTime).toBeUndefined();
    expect(heard.troubles.get('payload fence-1')).toContain("set the device's clock");
    fence.faults.clockOffsetMs = 0;
    await until('the trouble passes', () => !heard.troubles.has('payload fence-1'));
  });

  test('whose clock is off says so with each beat, and it is named until the clock is set', async () => {
    await until('it beats', () => heard.kept.some(({ report }) => report.device === 'gate'));
    expect(heard.troubles.has('clock gate')).toBe(false);
    for (const [off, said] of [
      [-10 * 60_000, /clock of gate is 10 minutes slow: .*look early or late/],
      [45_000, /clock of gate is 4[45] seconds fast/],
    ] as const) {
      gate.faults.clockOffsetMs = off;
      await until('it is named', () => said.test(heard.troubles.get('clock gate') ?? ''));
      gate.faults.clockOffsetMs = 0;
      await until('it passes', () => !heard.troubles.has('clock gate'));
    }
  });

  test.each(['ms', 's', 'iso', 'local'] as const)('that writes its time as %s is understood', async (dress) => {
    fence.faults.dress = dress;
    const at = 1_767_225_600_000;
    await fence.set('a_climb', true, { taken: at });
    expect(events()[0]!.sourceTime).toBe(at);
  });

  test('that writes numbers as text is understood', async () => {
    fence.faults.numbersAsText = true;
    heard.kept.splice(0);
    await until('a beat comes', () => heard.kept.length > 1);
    expect(heard.drops).toEqual([]);
  });

  test('that sends garbage is counted, stays connected, and is heard again afterwards', async () => {
    fence.faults.garbage = Uint8Array.of(0xff, 0x00, 0x7b);
    await fence.set('a_climb', true);
    expect(heard.drops.at(-1)).toMatchObject({ reason: 'bad-payload', device: 'fence-1' });
    fence.faults.garbage = undefined;
    await fence.set('a_climb', true);
    expect(events()).toHaveLength(1);
  });

  test('with a twin is named', async () => {
    fence.twin();
    await until('the twins are named', () => heard.troubles.has('twins fence-1'));
  });

  test('that floods is acknowledged to the last message', async () => {
    expect(await fence.flood('a_climb', 3_000)).toBe(3_000);
    expect(new Set(events().map((r) => r.id)).size).toBe(3_000);
  });

  test('whose cable is pulled is down at once and comes back by itself', async () => {
    fence.cut();
    await until('it is down', () => heard.links.some((l) => l.device === 'fence-1' && !l.up));
    await until('it is back', () => heard.links.filter((l) => l.device === 'fence-1').at(-1)?.up === true);
  });
});
