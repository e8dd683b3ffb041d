/**
 * Orders of the district in a gateway with a real journal: nothing of one is told or done before it is kept, a journal that refuses keeps it waiting,
 * and one that comes twice, also in one batch, is one fact. What is sent goes by whatever way there is, and is owed until it went.
 */
import { createHash, randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { OrderedDelivery } from '../../src/app/outside/ordered-delivery.ts';
import { isTaken } from '../../src/core/bureau/take-order.ts';
import type { Input, OrderSaid } from '../../src/core/types.ts';
import { openPictures } from '../../src/perform/pictures.ts';
import type { GatewayPort } from '../../src/server/gateway-port.ts';
import { realWorld } from '../../src/world/world.ts';
import { dataFolder, listeningLog } from '../store/place.ts';
import { open, until } from './on-disk.ts';

function orderOf(now: number, more: Partial<OrderSaid> = {}): Extract<Input, { kind: 'district-order' }> {
  const order: OrderSaid = {
    ...{
      id: randomUUID(),
      school: 'shiyan-1',
      kind: 'urge',
      by: '王科长',
      at: now,
      until: now + 3_600_000,
      text: '请说明',
    },
    ...more,
  };
  return { kind: 'district-order', order, signature: 'c2ln' };
}

test('an order that came twice in one batch is kept once, and is known once it is durable', async () => {
  const { gateway, told } = await open();
  const input = orderOf(gateway.now);
  await Promise.all([gateway.offer(input), gateway.offer(input)]);
  await gateway.offer(input);
  expect(told.flat().filter(({ kind }) => kind === 'district-ordered')).toHaveLength(1);
  expect(await gateway.read((state) => isTaken(state, input.order.id))).toBe(true);
});

test('while the journal refuses, an order is neither told nor carried out, and then both', async () => {
  const { gateway, disk, told, performed } = await open();
  disk.full = true;
  const input = orderOf(gateway.now, { kind: 'still', device: 'cam', text: undefined });
  const kept = gateway.offer(input);
  await until(() => disk.refused?.some(({ kind }) => kind === 'district-ordered') === true);
  expect(performed).toEqual([]);
  expect(told.flat().some(({ kind }) => kind === 'district-ordered')).toBe(false);
  disk.full = false;
  await kept;
  await until(() => performed.length > 0);
  expect(performed[0]).toMatchObject({ do: 'ordered-still', camera: 'cam', order: input.order.id });
});

test('without a way to the district nothing is sent; with one the very bytes that were kept go', async () => {
  const pictures = await openPictures(await dataFolder());
  const name = await pictures.keep(0, 7, Uint8Array.from([255, 216, 1]));
  const house = () => ({}) as GatewayPort;
  const delivery = new OrderedDelivery({ pictures, world: realWorld(listeningLog()), house });
  await expect(delivery.deliver('a', { picture: name })).rejects.toThrow(/not joined/);
  const went: unknown[] = [];
  delivery.use(async (order, file) => void went.push([order, file.name, file.type, [...file.bytes]]));
  const sha256 = createHash('sha256')
    .update(Uint8Array.from([255, 216, 1]))
    .digest('hex');
  expect(await delivery.deliver('a', { picture: name })).toEqual({ brought: name, sha256 });
  expect(went).toEqual([['a', name, 'image/jpeg', [255, 216, 1]]]);
  await expect(delivery.deliver('a', { picture: '9-0.jpg' })).rejects.toThrow(/not kept any more/);
  await expect(delivery.deliver('a', { picture: '../../proof.key' })).rejects.toThrow(/not kept any more/);
});
