/** A condition that stands already when a device is heard, or heard again: what was known before decides whether it is news. */
import { describe, expect, test } from 'vitest';
import { head, minute, monday, operator, Story } from './school.ts';

const initial = { initial: true } as const;
const down = { zh: '无应答', en: 'no answer' };

/** The camera is lost and heard again. */
function lost(story: Story): void {
  story.tell({ kind: 'link', device: 'cam', up: false, why: down });
  story.tell({ kind: 'link', device: 'cam', up: true, why: down });
}

const raised = (story: Story) => story.only('raised').filter(({ alarm }) => alarm !== 'comms');

describe('a camera that tells how things stand', () => {
  test('masked at first sight is an alarm, marked as found so, with no time it began', () => {
    const story = new Story();
    story.reads('cam', { masked: true }, { ...initial, sourceTime: story.now });
    expect(raised(story)).toMatchObject([{ key: 'cam/masked', foundSo: true }]);
    expect(raised(story)[0]).not.toHaveProperty('sourceTime');
    expect([...story.state.alarms.values()]).toMatchObject([{ foundSo: true, causes: ['cam/masked'] }]);
  });

  test('masked in the gap between two subscriptions is an alarm', () => {
    const story = new Story();
    story.reads('cam', { masked: false }, initial);
    story.reads('cam', { masked: true }, initial);
    expect(raised(story)).toMatchObject([{ key: 'cam/masked', foundSo: true }]);
  });

  test('masked while its cable was cut is an alarm', () => {
    const story = new Story();
    story.reads('cam', { masked: false });
    lost(story);
    story.reads('cam', { masked: true }, initial);
    expect(raised(story)).toMatchObject([{ key: 'cam/masked', foundSo: true }]);
  });

  test('masked while the gateway was down is an alarm', () => {
    const story = new Story();
    story.reads('cam', { masked: false });
    story.tell({ kind: 'started', version: '1', config: 'x' });
    story.reads('cam', { masked: true }, initial);
    expect(raised(story)).toMatchObject([{ key: 'cam/masked', foundSo: true }]);
  });

  test('is not news again with each reconnection while it stays as it was', () => {
    const story = new Story();
    story.reads('cam', { masked: true });
    for (let i = 0; i < 3; i++) {
      lost(story);
      story.reads('cam', { masked: true }, initial);
    }
    story.tell({ kind: 'started', version: '1', config: 'x' });
    story.reads('cam', { masked: true }, initial);
    expect(raised(story)).toHaveLength(1);
    expect(story.only('repeated').filter(({ cause }) => cause !== 'cam/link')).toEqual([]);
  });

  test('is not news again after a person closed it, while it stays as it was', () => {
    const story = new Story();
    story.reads('cam', { masked: true });
    const alarm = raised(story)[0]!.seq;
    story.tell({ kind: 'command', by: operator, command: { do: 'acknowledge', alarm } });
    story.tell({ kind: 'command', by: operator, command: { do: 'close', alarm, reason: 'B1' } });
    lost(story);
    story.reads('cam', { masked: true }, initial);
    expect(raised(story)).toHaveLength(1);
  });

  test('cleared and masked again out of hearing asks for attention again', () => {
    const story = new Story();
    story.reads('cam', { masked: true });
    const alarm = raised(story)[0]!.seq;
    story.reads('cam', { masked: false });
    story.tell({ kind: 'command', by: operator, command: { do: 'acknowledge', alarm } });
    lost(story);
    story.reads('cam', { masked: true }, initial);
    expect(story.only('repeated')).toMatchObject([{ alarm, foundSo: true }]);
    expect(story.state.alarms.get(alarm)?.acked).toBeUndefined();
  });

  test('found to be clear again ends its alarm', () => {
    const story = new Story();
    story.reads('cam', { masked: true });
    lost(story);
    story.reads('cam', { masked: false }, initial);
    expect(story.only('returned-to-normal').map(({ cause }) => cause)).toContain('cam/masked');
  });

  test('shows no old value while nobody hears it', () => {
    const story = new Story();
    story.reads('cam', { masked: false });
    story.tell({ kind: 'link', device: 'cam', up: false, why: down });
    expect(story.state.devices.get('cam')).toMatchObject({ values: {}, before: { masked: { value: false } } });
  });

  test('one same state told as news is news', () => {
    const story = new Story();
    story.reads('cam', { masked: false });
    lost(story);
    story.reads('cam', { masked: true }, initial);
    story.reads('cam', { masked: true });
    expect(raised(story)).toHaveLength(1);
  });
});

describe('in a zone that is armed by the hour', () => {
  test('what stood before arming, and was armed while nobody heard it, is an alarm when it is heard again', () => {
    const story = new Story(monday + 16 * 60 * minute);
    story.reads('fence', { climb: true });
    expect(raised(story)).toEqual([]);
    story.tell({ kind: 'link', device: 'fence', up: false, why: down });
    story.now = monday + 19 * 60 * minute;
    story.tell({ kind: 'tick' });
    expect(raised(story)).toEqual([]);
    story.tell({ kind: 'link', device: 'fence', up: true, why: down });
    story.reads('fence', { climb: true }, initial);
    expect(raised(story)).toMatchObject([{ cause: 'fence/climb', foundSo: true }]);
    story.tell({ kind: 'link', device: 'fence', up: false, why: down });
    story.tell({ kind: 'link', device: 'fence', up: true, why: down });
    story.reads('fence', { climb: true }, initial);
    expect(raised(story)).toHaveLength(1);
  });

  test('what is found in a disarmed zone raises nothing until it is armed', () => {
    const story = new Story();
    story.asks(head, { do: 'arm-zone', zone: 'z1', mode: 'disarmed', reason: 'test' });
    story.reads('fence', { climb: true }, initial);
    expect(raised(story)).toEqual([]);
  });

  test('a pulse or a measured value that is only told again raises nothing', () => {
    const story = new Story();
    story.reads('fence', { tension: 20 }, initial);
    expect(raised(story)).toEqual([]);
  });
});
