/**
 * Duties under way: how many at a time, and that one receiver that hangs holds up nobody but itself.
 */
import { expect, test } from 'vitest';
import { Duties } from '../../src/app/gateway-duties.ts';
import type { Alarm, Duty } from '../../src/core/types.ts';

const message = (n: number, channel: string): Duty => ({
  id: `notify/${n}/1/${channel}`,
  do: 'notify',
  channel,
  level: 1,
  alarm: { id: n } as Alarm,
  others: [],
});
const write = (n: number, device: string): Duty => ({
  id: `write/${n}`,
  do: 'write',
  device,
  point: 'siren',
  value: true,
});

/** Duties whose receivers in `hung` never answer; what the others were asked, in its order. */
function house(hung: readonly string[]) {
  const begun: string[] = [];
  const done = new Set<string>();
  const duties = new Duties(
    (duty) => {
      begun.push(duty.id);
      const never = hung.some((one) => duty.id.endsWith(`/${one}`) || (duty.do === 'write' && duty.device === one));
      return never ? new Promise(() => undefined) : Promise.resolve({ kind: 'outcome', duty: duty.id, ok: true });
    },
    async ({ duty }) => void done.add(duty),
  );
  /** Looks at what is owed until nothing more of it begins. */
  const settle = async (owed: readonly Duty[]) => {
    for (let before = -1; before < begun.length; ) {
      before = begun.length;
      duties.start(owed.filter(({ id }) => !done.has(id)));
      await new Promise(setImmediate);
    }
  };
  return { begun, done, settle };
}

test('a channel that hangs holds up no other channel, however many messages wait for it', async () => {
  const { done, settle } = house(['sms']);
  const alarms = Array.from({ length: 50 }, (_, n) => n);
  await settle(alarms.flatMap((n) => [message(n, 'sms'), message(n, 'robot')]));
  expect([...done].sort()).toEqual(alarms.map((n) => message(n, 'robot').id).sort());
});

test('a device that hangs holds up no siren on another', async () => {
  const { done, settle } = house(['gate']);
  await settle([...Array.from({ length: 40 }, (_, n) => write(n, 'gate')), write(99, 'io')]);
  expect([...done]).toEqual(['write/99']);
});

test('cameras that hang, however many, leave room for a siren', async () => {
  const { begun, done, settle } = house(['cam']);
  const pictures = Array.from(
    { length: 20 },
    (_, n): Duty => ({ id: `snapshot/${n}/cam`, do: 'snapshot', camera: `c${n}`, alarm: n, raisedAt: 0 }),
  );
  await settle([...pictures, write(99, 'io')]);
  expect([...done]).toEqual(['write/99']);
  expect(begun.filter((id) => id.startsWith('snapshot/'))).toHaveLength(8);
});

test('a receiver that hangs is asked no more than a few things at once, and nothing twice', async () => {
  const { begun, settle } = house(['sms']);
  const owed = Array.from({ length: 50 }, (_, n) => message(n, 'sms'));
  await settle(owed);
  await settle(owed);
  expect(begun.length).toBe(new Set(begun).size);
  expect(begun.length).toBeLessThanOrEqual(4);
});

test('pictures that the district asked for, however many hang, leave room for the picture of an alarm', async () => {
  const { begun, done, settle } = house(['cam']);
  const ordered = Array.from(
    { length: 20 },
    (_, n): Duty => ({ id: `order/${n}/cam`, do: 'ordered-still', camera: `c${n}`, order: String(n) }),
  );
  await settle([...ordered, { id: 'snapshot/9', do: 'snapshot', camera: 'c1', alarm: 9, raisedAt: 0 }]);
  expect([...done]).toEqual(['snapshot/9']);
  expect(begun.filter((id) => id.startsWith('order/'))).toHaveLength(2);
});
