/**
 * Silence has an end: every room can be silenced a few times for one alarm and no more, and what was over and comes again is
 * heard through a silence that was asked for before.
 */
import { describe, expect, test } from 'vitest';
import { audibles, heard, silenceMs, silencesMax } from '../../src/core/alarm/sounding.ts';
import { operator, Story } from './school.ts';

const silence = { do: 'silence' } as const;
const sounding = (story: Story) => heard(story.state, audibles(story.state), story.now).map(({ kind }) => kind);

describe('silencing', () => {
  test('is over for an alarm that was silenced three times, until somebody acknowledges it', () => {
    const story = new Story();
    story.reads('fence', { climb: true });
    for (let n = 0; n < silencesMax; n++) {
      expect(story.kinds(story.asks(operator, silence))).toEqual(['silenced']);
      expect(sounding(story)).toEqual([]);
      story.now += silenceMs;
      expect(sounding(story)).toEqual(['climb']);
    }
    expect(story.asks(operator, silence)).toMatchObject([{ why: 'silenced-enough' }]);
    expect(sounding(story)).toEqual(['climb']);
    story.asks(operator, { do: 'acknowledge', alarm: story.only('raised')[0]!.seq });
    expect(sounding(story)).toEqual([]);
  });

  test('again for a newer alarm leaves the older one sounding that had its silences', () => {
    const story = new Story();
    story.reads('fence', { climb: true });
    for (let n = 0; n < silencesMax; n++) {
      story.asks(operator, silence);
      story.now += silenceMs;
    }
    story.reads('fence', { tamper: true });
    story.asks(operator, silence);
    expect(sounding(story)).toEqual(['climb']);
  });

  test('does not cover what was over and comes again', () => {
    const story = new Story();
    story.reads('fence', { climb: true });
    story.asks(operator, silence);
    story.now += 1_000;
    story.reads('fence', { climb: false });
    expect(sounding(story)).toEqual([]);
    story.now += 1_000;
    story.reads('fence', { climb: true });
    expect(sounding(story)).toEqual(['climb']);
  });

  test('does not cover a promise that is broken after it was asked for', () => {
    const story = new Story();
    story.reads('fence', { climb: true });
    const alarm = story.only('raised')[0]!.seq;
    story.asks(operator, { do: 'acknowledge', alarm });
    story.tell({ kind: 'tick' });
    const { until } = story.state.alarms.get(alarm)!.pledge!;
    story.reads('fence', { tamper: true });
    story.now = until - 1_000;
    story.asks(operator, silence);
    story.now = until;
    expect(sounding(story)).toEqual(['climb']);
    story.asks(operator, silence);
    expect(sounding(story)).toEqual([]);
  });

  test('covers what goes on: another wire of the same climb breaks no silence', () => {
    const story = new Story();
    story.reads('fence', { climb: true });
    story.asks(operator, silence);
    story.now += 1_000;
    story.reads('fence2', { climb: true });
    expect(sounding(story)).toEqual([]);
  });
});
