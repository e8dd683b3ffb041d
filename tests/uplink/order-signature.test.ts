/** An order is taken from nobody but the district it was signed by, whole and for this school; each field counts. */
import { expect, test } from 'vitest';
import { newSigner } from '../../src/proof/signed-note.ts';
import { signOrder, verifyOrder } from '../../src/uplink/order-signature.ts';
import { type Order, orderText, signedOrder } from '../../src/uplink/protocol.ts';

const order: Order = {
  ...{ id: 'b7c1f1de-2f0a-4c55-9f0e-1f1f52f6a001', school: 'shiyan-1', kind: 'urge', by: '区教育局 王科长' },
  ...{ at: 1_795_000_000_000, until: 1_795_007_200_000, text: '请说明\n"北墙"', alarm: 7 },
};
const district = newSigner('pudong');
const at = { school: 'shiyan-1', witness: district };

test('what the district signed for this school is taken, also after it went over the wire', () => {
  const wire = signedOrder.parse(JSON.parse(JSON.stringify(signOrder(order, district))));
  expect(verifyOrder(wire, at)).toMatchObject({ order });
});

test.each<[string, Partial<Order>]>([
  ['who asks', { by: '局长' }],
  ['until when', { until: order.until + 1 }],
  ['what', { text: '请说明 北墙' }],
  ['about what', { alarm: 8 }],
  ['about nothing', { alarm: undefined }],
  ['for whom', { school: 'shiyan-2' }],
  ['that heads alone may know it', { covert: true }],
  ['another text in another field', { text: undefined, device: '请说明\n"北墙"' }],
  ['an id that was used', { id: 'b7c1f1de-2f0a-4c55-9f0e-1f1f52f6a002' }],
])('one that was changed on its way is refused: %s', (_what, more) => {
  const { signature } = signOrder(order, district);
  expect(verifyOrder({ order: { ...order, ...more }, signature }, at)).toEqual({ flaw: 'forged' });
});

test('one of another key, of an empty or a broken signature is refused', () => {
  expect(verifyOrder(signOrder(order, newSigner('pudong')), at)).toEqual({ flaw: 'forged' });
  for (const signature of ['', 'AAAA', '!!', signOrder(order, district).signature.slice(4)])
    expect(verifyOrder({ order, signature }, at)).toEqual({ flaw: 'forged' });
});

test('one for another school is refused, though the district signed it', () => {
  const other = signOrder({ ...order, school: 'shiyan-2' }, district);
  expect(verifyOrder(other, at)).toEqual({ flaw: 'other-school' });
});

test('no two orders have one text, whatever is written in them', () => {
  const tricky: Order[] = [
    order,
    { ...order, by: 'a', text: 'null' },
    { ...order, by: 'a', text: undefined },
    { ...order, by: 'a"\n"b', text: 'c' },
    { ...order, by: 'a', text: 'b"\n"c' },
  ];
  expect(new Set(tricky.map(orderText)).size).toBe(tricky.length);
});
