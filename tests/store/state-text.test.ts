/** State as a text: everything JSON has no word for comes back as it was. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { emptyState } from '../../src/core/state.ts';
import type { KeptTouch, State } from '../../src/core/types.ts';
import { foldVersion } from '../../src/store/snapshot/fold-version.ts';
import { stateOf, stateText } from '../../src/store/snapshot/state-text.ts';

const names = fc.oneof(fc.string(), fc.constantFrom('$map', '$', '__proto__', '7', '巡更'));
const { tree } = fc.letrec((tie) => ({
  tree: fc.oneof(
    { maxDepth: 4 },
    fc.double(),
    fc.string(),
    fc.boolean(),
    fc.constantFrom(undefined, null, -0, 1e21),
    fc.array(tie('tree'), { maxLength: 3 }),
    fc.array(fc.tuple(names, tie('tree')), { maxLength: 3 }).map((entries) => Object.fromEntries(entries)),
    fc.array(fc.tuple(names, tie('tree')), { maxLength: 3 }).map((entries) => new Map(entries)),
    fc.array(tie('tree'), { maxLength: 3 }).map((entries) => new Set(entries)),
  ),
}));

test('whatever stands in State comes back as it was, in the same order, and gives the same text again', () => {
  fc.assert(
    fc.property(tree, tree, (one, other) => {
      const state = { ...emptyState(), closed: one, writes: new Map([['w', other]]) } as unknown as State;
      const text = stateText(state);
      const back = stateOf(text);
      expect(back).toStrictEqual(state);
      expect(Object.keys(back)).toEqual(Object.keys(state));
      expect(stateText(back)).toBe(text);
    }),
  );
});

test('a touch that stands in two tables is one touch again, and is written once', () => {
  const touch: KeptTouch = { id: 1, reader: 'r1', card: 'C1', sourceTime: 5, source: 'online', learned: 6 };
  const state = emptyState();
  state.touches.set('r1/C1/5', touch);
  state.readerTouches.set('r1', [touch, { ...touch, card: 'C2' }]);
  const text = stateText(state);
  expect(text.match(/"C1"/g)).toHaveLength(1);
  const back = stateOf(text);
  expect(back).toStrictEqual(state);
  expect(back.readerTouches.get('r1')?.[0]).toBe(back.touches.get('r1/C1/5'));
});

test('the fold is known by the text of the core', () => {
  expect(foldVersion()).toMatch(/^[0-9a-f]{64}$/);
});
