/** Who a device says it is, held against who it was: told once, and an alarm when it is another one. */
import { describe, expect, test } from 'vitest';
import type { DeviceIdentity, Event } from '../../../src/core/types.ts';
import { factSentence } from '../../../src/words/fact-sentences.ts';
import { operator, Story } from '../school.ts';

const first: DeviceIdentity = { maker: 'Hikvision', model: 'DS-2CD3T47', serial: '0042', firmware: '2.0' };
const says = (story: Story, identity: DeviceIdentity, device = 'cam'): Event[] =>
  story.tell({ kind: 'device-said', device, said: { kind: 'identity', identity } });

describe('a device that says who it is', () => {
  test('is a fact the first time, and no alarm', () => {
    const story = new Story();
    const [fact] = says(story, first);
    expect(fact).toMatchObject({ kind: 'device-identified', device: 'cam', identity: first });
    expect(fact).not.toHaveProperty('was');
    expect(story.only('raised')).toEqual([]);
    expect(story.state.identities.get('cam')).toMatchObject(first);
  });

  test('says nothing new with every further log-in', () => {
    const story = new Story();
    says(story, first);
    expect(says(story, { ...first })).toEqual([]);
    // Firmware that leaves fields out has not lost them.
    expect(says(story, { model: first.model! })).toEqual([]);
    expect(says(story, {})).toEqual([]);
  });

  test('with new firmware is a fact and no alarm', () => {
    const story = new Story();
    says(story, first);
    const [fact] = says(story, { ...first, firmware: '2.1' });
    expect(fact).toMatchObject({ identity: { serial: '0042', firmware: '2.1' }, was: { firmware: '2.0' } });
    expect(fact).not.toHaveProperty('swapped');
    expect(story.only('raised')).toEqual([]);
  });

  test('with another serial number is another device: an alarm of its own with both numbers, closed by a person', () => {
    const story = new Story();
    says(story, first);
    const [fact] = says(story, { maker: 'Hikvision', serial: '0077' });
    expect(fact).toMatchObject({ swapped: 'serial', identity: { serial: '0077' }, was: first });
    // Another device has nothing of the one before.
    expect(story.state.identities.get('cam')).toMatchObject({ serial: '0077', before: first });
    expect(story.state.identities.get('cam')).not.toHaveProperty('firmware');
    const [raised] = story.only('raised');
    expect(raised).toMatchObject({ alarm: 'tamper', priority: 3, device: 'cam', key: 'cam/swapped', active: false });
    for (const words of [raised?.why?.zh, raised?.why?.en]) {
      expect(words).toContain('0042');
      expect(words).toContain('0077');
    }
    const alarm = raised!.seq;
    expect(story.kinds(story.asks(operator, { do: 'acknowledge', alarm }))).toContain('acknowledged');
    expect(story.kinds(story.asks(operator, { do: 'dispose', alarm, reason: 'G4' }))).not.toContain('refused');
  });

  test('and goes back to the first one alarms again', () => {
    const story = new Story();
    says(story, first);
    says(story, { serial: '0077' });
    says(story, first);
    expect(story.only('device-identified').map(({ swapped }) => swapped)).toEqual([undefined, 'serial', 'serial']);
    expect(story.only('repeated')).toHaveLength(1);
  });

  test('is told apart by its model where serial numbers tell nothing', () => {
    const story = new Story();
    says(story, { model: 'A', serial: '00000000' });
    expect(says(story, { model: 'A', serial: '0' })[0]).not.toHaveProperty('swapped');
    expect(says(story, { model: 'B', serial: '00000000' })[0]).toMatchObject({ swapped: 'model' });
  });

  test('that is not of the site is nobody', () => {
    expect(says(new Story(), first, 'nobody')).toEqual([]);
  });
});

test('a clock that the gateway set is told with how far it was off', () => {
  const story = new Story();
  const to = story.now;
  const [fact] = story.tell({
    kind: 'device-said',
    device: 'cam',
    said: { kind: 'clock-set', from: to - 3_200, to },
  });
  expect(fact).toMatchObject({ kind: 'device-clock-set', device: 'cam', from: to - 3_200, to });
  const names = { device: () => ({ zh: '后厨', en: 'kitchen' }) } as never;
  expect(factSentence(fact as never, names)).toEqual({
    zh: '后厨 时钟慢 3.2 秒，网关已为其校正',
    en: 'kitchen: its clock was 3.2 s slow, and the gateway set it',
  });
});
