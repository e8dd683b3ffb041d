/** What a camera's refusals are said to be: so many in a row, and none that is long past. */
import { expect, test } from 'vitest';
import { Patience } from '../../src/drivers/http-access/login-patience.ts';

const MINUTE = 60_000;

test('log-ins that were refused more than five minutes ago are in no sentence any more', () => {
  const patience = new Patience();
  patience.spend(0);
  patience.spend(MINUTE);
  expect(patience.refusals).toBe(2);
  patience.spend(20 * MINUTE);
  expect(patience.refusals).toBe(1);
});

test('that nobody answered is said again once the refusal before it is long past', () => {
  const patience = new Patience();
  patience.spend(0);
  patience.lose(MINUTE);
  expect(patience.unanswered).toBe(false);
  patience.lose(20 * MINUTE);
  expect(patience.unanswered).toBe(true);
});

test('four credentials within five minutes are all that leave, and the fifth leaves when the first is five minutes old', () => {
  const patience = new Patience();
  for (const at of [0, 1, 2, 3]) {
    expect(patience.mayOffer(at * MINUTE)).toBe(true);
    patience.spend(at * MINUTE);
  }
  expect(patience.mayOffer(4 * MINUTE)).toBe(false);
  expect(patience.waitMs(4 * MINUTE)).toBe(MINUTE);
  expect(patience.mayOffer(5 * MINUTE)).toBe(true);
});
