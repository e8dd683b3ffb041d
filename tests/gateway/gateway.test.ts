/**
 * The loop over real stores in a folder of its own: keep before tell, one commit for what arrives together, accounts that
 * balance, and patience with a full disk.
 */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { missing } from '../../src/app/ledger.ts';
import type { Input } from '../../src/core/types.ts';
import { StoreGone } from '../../src/store/store-types.ts';
import { operator, school } from '../core/school.ts';
import { climb, open, until } from './on-disk.ts';

describe('the gateway', () => {
  test('resolves an input when its facts are in the journal, and tells of them only then', async () => {
    const { gateway, journal, told } = await open();
    const before = journal.head().seq;
    const kept = gateway.offer(climb('a'), 'bus');
    expect(told.flat().some((event) => event.kind === 'raised')).toBe(false);
    await kept;
    const events = await journal.read(before, 100);
    expect(events.map((event) => event.kind)).toEqual(expect.arrayContaining(['linked', 'read', 'raised']));
    expect(told.flat()).toEqual(expect.arrayContaining([...events]));
  });

  test('keeps what arrives together in one commit, and a repeated message once', async () => {
    const { gateway, told } = await open();
    const inputs = Array.from({ length: 500 }, (_, i) => climb(`id-${i % 250}`, i % 2 === 0));
    await Promise.all(inputs.map((input) => gateway.offer(input, 'bus')));
    expect(told.filter((events) => events.some((event) => event.kind === 'read'))).toHaveLength(1);
    expect(gateway.ledgers.get('bus')).toMatchObject({ received: 500, dropped: { duplicate: 250 } });
  });

  test('gives a command the events it caused and nobody else’s', async () => {
    const { gateway } = await open();
    await gateway.offer(climb('a'), 'bus');
    const [alarm] = await gateway.read((state) => [...state.alarms.keys()]);
    const [caused] = await Promise.all([
      gateway.command(operator, { do: 'acknowledge', alarm: alarm ?? 0 }),
      gateway.offer({ kind: 'reading', device: 'io', values: [['sos', true]] }, 'bus'),
    ]);
    expect(caused).toMatchObject([{ kind: 'acknowledged', by: 'wang' }]);
  });

  test('tells nothing while the disk is full, says so, and has lost nothing when it is not', async () => {
    const { gateway, disk, troubles, told, journal } = await open();
    disk.full = true;
    const before = told.flat().length;
    let acknowledged = false;
    const kept = gateway.offer(climb('a'), 'bus').then(() => {
      acknowledged = true;
    });
    await until(() => troubles.has('journal'));
    expect(gateway.keeping).toBe(false);
    expect(acknowledged).toBe(false);
    expect(told.flat().length).toBe(before);
    disk.full = false;
    await kept;
    expect(gateway.keeping).toBe(true);
    expect(troubles.has('journal')).toBe(false);
    const events = await journal.read(0, 100);
    expect(events.filter((event) => event.kind === 'raised')).toHaveLength(1);
  });

  test('performs nothing of what is not yet durable', async () => {
    const { gateway, disk, performed, troubles } = await open();
    const cut: Input = { kind: 'reading', device: 'fence2', values: [['cut', true]] };
    disk.before = (events) => {
      if (!events.some((event) => event.kind === 'zone-armed')) return;
      // The cut is decided right after the tick's commit, and finds the disk full.
      gateway.offer(cut, 'bus').catch(() => undefined);
      queueMicrotask(() => {
        disk.full = true;
      });
    };
    // Another schedule makes the next tick set the zone, so that its own batch has something to commit.
    const mode = await gateway.read((state) => state.zones.get('z1')?.mode);
    const armed = mode === 'disarmed' ? [{ days: [0, 1, 2, 3, 4, 5, 6], from: 0, to: 0 }] : [];
    await gateway.change({ ...school, schedules: { nights: { id: 'nights', armed } } }, 'next', 'wang');
    await until(() => troubles.has('journal'));
    expect(disk.refused?.map(({ kind }) => kind)).toContain('raised');
    expect(performed).toEqual([]);
  });

  test('refuses what has no room, and stops when it is told to although the disk is full', async () => {
    const { gateway, disk, troubles } = await open();
    disk.full = true;
    const first = gateway.offer(climb('a'), 'bus');
    first.catch(() => undefined);
    await until(() => troubles.has('journal'));
    const waiting = Array.from({ length: 50_000 }, () => gateway.offer({ kind: 'tick' }));
    for (const one of waiting) one.catch(() => undefined);
    await expect(gateway.offer(climb('b'), 'bus')).rejects.toThrow('inbox is full');
    expect(gateway.ledgers.get('bus')?.dropped).toEqual({ 'inbox-full': 1 });
    await expect(gateway.stop()).rejects.toThrow('disk is full');
  });

  test('ends with one sentence when the journal is gone, and takes nothing more', async () => {
    const { gateway, journal } = await open();
    await journal.close();
    gateway.offer(climb('a'), 'bus').catch(() => undefined);
    const why = await gateway.broken;
    expect(why).toBeInstanceOf(StoreGone);
    expect((why as StoreGone).why.en).toMatch(/^A storage thread has stopped .* Restart the gateway\.$/);
    await expect(gateway.offer(climb('b'), 'bus')).rejects.toBe(why);
    await expect(gateway.stop()).rejects.toBe(why);
    expect(gateway.ledgers.get('bus')?.dropped).toEqual({ stopped: 1 });
  });

  test('that has stopped refuses what comes late, and nobody is hurt', async () => {
    const { gateway, journal } = await open();
    await gateway.stop();
    await journal.close();
    await expect(gateway.offer(climb('late'), 'bus')).rejects.toThrow('the gateway has stopped');
  });

  test('sounds the siren once for an alarm, and again only when it could not', async () => {
    let fails = 1;
    const { gateway, performed } = await open((duty) => duty.do !== 'write' || fails-- <= 0);
    await gateway.offer(climb('a'), 'bus');
    await until(() => gateway.read((state) => state.outputs.get('io/siren') === true));
    expect(performed.filter((duty) => duty.do === 'write')).toHaveLength(2);
  });

  test('accounts for every value it was given', async () => {
    const value = fc.oneof(fc.boolean(), fc.integer(), fc.constant('x'), fc.constant(Number.NaN));
    const reading = fc.record({
      kind: fc.constant('reading' as const),
      device: fc.constantFrom('fence', 'cam', 'io', 'nobody'),
      values: fc.uniqueArray(
        fc.tuple(fc.constantFrom('climb', 'tension', 'sos', 'masked', 'siren', 'unknown'), value),
        { selector: ([key]) => key },
      ),
    });
    const { gateway } = await open();
    let line = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(reading, { maxLength: 30 }), async (readings) => {
        line += 1;
        await Promise.all(readings.map((one) => gateway.offer(one, `line-${line}`)));
        const ledger = gateway.ledgers.get(`line-${line}`);
        const size = readings.reduce((sum, { values }) => sum + values.length, 0);
        expect(ledger?.received ?? 0).toBe(size);
        if (ledger) expect(missing(ledger)).toBe(0);
      }),
      { numRuns: 30 },
    );
  });
});
