/** The vocabulary of kitchens: what a canteen manager is told, and at what hour a wall may sound for it. */
import { describe, expect, test } from 'vitest';
import { kitchenKeys, kitchenPoints } from '../../src/profile/profile-kitchen.ts';

describe('the vocabulary of kitchens', () => {
  const points = new Map(kitchenPoints().map((point) => [point.key, point]));
  test('has what canteens are asked about', () =>
    expect(kitchenKeys).toEqual([
      ...['no_hat', 'no_mask', 'no_uniform', 'smoking', 'phone_in_hand', 'rodent'],
      ...['open_flame_unattended', 'stranger', 'off_hours_entry', 'bin_full'],
    ]));
  test('sends people running only for a flame and for whoever does not belong there', () =>
    expect([...points.values()].filter(({ alarm }) => alarm!.priority <= 2).map(({ key }) => key)).toEqual([
      'open_flame_unattended',
      'stranger',
      'off_hours_entry',
    ]));
  test('never calls anybody as a climber does', () =>
    expect([...points.values()].every(({ alarm }) => alarm!.priority > 1)).toBe(true));
  test('holds while the kitchen works and nobody has armed anything', () =>
    expect([...points.values()].every(({ alarm }) => alarm!.always)).toBe(true));
});
