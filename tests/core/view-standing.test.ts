/** Whether it is known that a condition stands: not after an outage, until the device has told it again, and then it is found so. */
import { expect, test } from 'vitest';
import { isStandingKnown } from '../../src/core/view/view-standing.ts';
import { monday, Story } from './school.ts';

const words = { zh: '', en: '' };
const link = (up: boolean) => ({ kind: 'link', device: 'cam', up, why: words }) as const;
const masked = (value: boolean, initial = false) =>
  ({ kind: 'reading', device: 'cam', values: [['masked', value]], ...(initial && { initial }) }) as const;

function maskedStory(): Story {
  const one = new Story(monday);
  one.tell(link(true));
  one.tell(masked(true));
  return one;
}
const alarm = (one: Story) => [...one.state.alarms.values()].find(({ kind }) => kind === 'masked')!;
const known = (one: Story) => isStandingKnown(one.site, one.state, alarm(one));

test('what a device told while it is there is known', () => {
  const one = maskedStory();
  expect([alarm(one).causes, known(one)]).toEqual([['cam/masked'], true]);
});

test('after an outage it is neither standing nor over until the device has said so, and over where it is found over', () => {
  const one = maskedStory();
  one.tell(link(false));
  expect(known(one)).toBe(false);
  one.tell(link(true));
  expect(known(one)).toBe(false);
  // Its end was lost with the connection: nothing ends the alarm silently.
  expect(alarm(one).causes).toEqual(['cam/masked']);
  one.tell(masked(false, true));
  expect([alarm(one).causes, known(one)]).toEqual([[], true]);
});

test('what is found standing after an outage stands, and is no second alarm', () => {
  const one = maskedStory();
  one.tell(link(false));
  one.tell(link(true));
  one.tell(masked(true, true));
  expect([alarm(one).count, alarm(one).causes, known(one)]).toEqual([1, ['cam/masked'], true]);
});
