/**
 * Looking at State: only at a moment when everything in it is in the journal, for everybody or for nobody, and never for
 * ever. The gateway stands on real stores.
 */
import { describe, expect, test } from 'vitest';
import type { Input } from '../../src/core/types.ts';
import { Untold } from '../../src/core/untold.ts';
import { climb, open, until } from './on-disk.ts';

const sos: Input = { kind: 'reading', device: 'io', values: [['sos', true]] };
const failure = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => 'answered',
    (error) => error,
  );

/** A gateway in the midst of a commit, and the way to let the commit go on. */
async function committing(...more: Parameters<typeof open>) {
  const place = await open(...more);
  const { promise, resolve } = Promise.withResolvers<void>();
  const begun = Promise.withResolvers<void>();
  place.disk.before = () => begun.resolve();
  place.disk.wait = promise;
  const kept = place.gateway.offer(climb('a'), 'bus');
  kept.catch(() => undefined);
  await begun.promise;
  return { ...place, release: resolve, kept };
}

describe('a look at State', () => {
  test('is taken at once while nothing is under way', async () => {
    const { gateway, journal } = await open();
    let seq: number | undefined;
    const told = gateway.read((state) => {
      seq = state.seq;
      return state.seq;
    });
    expect(seq).toBe(journal.head().seq);
    expect(await told).toBe(seq);
  });

  test('waits for the commit under way, sees what it kept, and nothing of what is decided next', async () => {
    const { gateway, journal, release, kept } = await committing();
    const before = journal.head().seq;
    const told = gateway.read((state) => ({ seq: state.seq, head: journal.head().seq, keys: [...state.keys.keys()] }));
    // In the inbox: decided in the very turn in which the commit has ended.
    const next = gateway.offer(sos, 'bus');
    release();
    const { seq, head, keys } = await told;
    await Promise.all([kept, next]);
    expect(seq).toBe(head);
    expect(seq).toBeGreaterThan(before);
    expect(keys).toEqual(['z1/climb']);
    expect(await gateway.read((state) => [...state.keys.keys()])).toEqual(['z1/climb', 'io/sos']);
  });

  test('is taken between the commits of a batch that needs more than one', async () => {
    const { gateway, journal, disk } = await open();
    const seqs: [seq: number, head: number][] = [];
    disk.before = () => {
      void gateway.read((state) => seqs.push([state.seq, journal.head().seq]));
    };
    const inputs = Array.from({ length: 12_000 }, (_, i) => climb(`id-${i}`, i % 2 === 0));
    await Promise.all(inputs.map((input) => gateway.offer(input, 'bus')));
    expect(seqs.length).toBeGreaterThan(2);
    expect(new Set(seqs.map(([seq]) => seq)).size).toBe(seqs.length);
    for (const [seq, head] of seqs) expect(seq).toBe(head);
  });

  test('from a listener sees what the listener was told', async () => {
    const { gateway } = await open();
    const pairs: [told: number, seen: number][] = [];
    gateway.listen({
      batch: ({ seq }) => void gateway.read((state) => pairs.push([seq, state.seq])),
      site: () => undefined,
    });
    await gateway.offer(climb('a'), 'bus');
    expect(pairs.length).toBeGreaterThan(0);
    for (const [told, seen] of pairs) expect(seen).toBe(told);
  });

  test('that fails is its own affair: the others and the loop go on', async () => {
    const { gateway, release, kept } = await committing();
    const bad = gateway.read(() => {
      throw new RangeError('mine');
    });
    const good = gateway.read((state) => state.alarms.size);
    release();
    await expect(bad).rejects.toThrow(RangeError);
    expect(await good).toBe(1);
    await kept;
  });

  test('may take no State along', async () => {
    const { gateway } = await open();
    await expect(gateway.read((state) => state)).rejects.toThrow('taken along');
    await expect(gateway.read(async (state) => state.seq)).rejects.toThrow('taken along');
  });
});

describe('while the journal refuses', () => {
  test('who waits and who comes is told why, and is answered again when it is well', async () => {
    const { gateway, disk, troubles, journal, release, kept } = await committing();
    const before = journal.head().seq;
    const waiting = gateway.read((state) => state.seq);
    disk.full = true;
    release();
    const refused = await failure(waiting);
    expect(refused).toBeInstanceOf(Untold);
    expect((refused as Untold).why).toEqual({ zh: '磁盘已满', en: 'the disk is full' });
    await until(() => troubles.has('journal'));
    expect(((await failure(gateway.read((state) => state.seq))) as Untold).why.zh).toBe('磁盘已满');
    disk.full = false;
    await kept;
    expect(await gateway.read((state) => state.seq)).toBeGreaterThan(before);
  });

  test('and is told to end, who comes later is told why too', async () => {
    const { gateway, disk, troubles } = await open();
    disk.full = true;
    gateway.offer(climb('a'), 'bus').catch(() => undefined);
    await until(() => troubles.has('journal'));
    await gateway.stop().catch(() => undefined);
    expect(await failure(gateway.read((state) => state.seq))).toBeInstanceOf(Untold);
  });

  test('gauges are told all the same', async () => {
    const { gateway, disk, troubles } = await open();
    await gateway.offer({ kind: 'reading', device: 'fence', values: [['tension', 150]] }, 'bus');
    disk.full = true;
    gateway.offer(climb('a'), 'bus').catch(() => undefined);
    await until(() => troubles.has('journal'));
    expect(gateway.live.gauges.get('fence')?.get('tension')?.value).toBe(150);
  });
});

describe('nobody waits for ever', () => {
  test('when the journal is gone in the midst of a commit', async () => {
    const { gateway, journal, release } = await committing();
    const told = gateway.read((state) => state.seq);
    await journal.close();
    release();
    const why = await failure(told);
    expect(why).toBeInstanceOf(Untold);
    expect((why as Untold).why.en).toMatch(/^A storage thread has stopped .* Restart the gateway\.$/);
    expect(await failure(gateway.read((state) => state.seq))).toBeInstanceOf(Untold);
  });

  test('when a commit neither ends nor fails', async () => {
    const late = Promise.withResolvers<void>();
    const { gateway, release, kept } = await committing(undefined, {
      sleep: (ms, signal) =>
        ms === 5_000
          ? late.promise
          : new Promise((_, reject) => signal?.addEventListener('abort', () => reject(signal.reason))),
    });
    const told = [gateway.read((state) => state.seq), gateway.read((state) => state.seq)];
    late.resolve();
    for (const one of told)
      expect(((await failure(one)) as Untold).why.en).toMatch(/^The journal takes too long to write/);
    release();
    await kept;
    expect(await gateway.read((state) => state.alarms.size)).toBe(1);
  });

  test('and no more than a thousand wait', async () => {
    const { gateway, release } = await committing();
    const waiting = Array.from({ length: 1_000 }, () => gateway.read((state) => state.seq));
    expect(((await failure(gateway.read((state) => state.seq))) as Untold).why.en).toMatch(/^Too many questions/);
    release();
    expect(new Set(await Promise.all(waiting)).size).toBe(1);
  });
});
