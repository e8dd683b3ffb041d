/**
 * The stills that an exception of patrol rests on: owed of touches that were told at once, never of those that were told later, and a fact that only
 * those see who see exceptions.
 */
import { describe, expect, test } from 'vitest';
import { owed } from '../../src/core/alarm/duties.ts';
import { stillStanding } from '../../src/core/round/exception-still.ts';
import { maySee } from '../../src/core/site/sight-facts.ts';
import type { Duty, Live, OpenSuspicion, Site } from '../../src/core/types.ts';
import { noTouchStill } from '../../src/words/gateway-words.ts';
import { untranslated } from '../../src/words/words.ts';
import { minute, monday, operator, Story, school } from './school.ts';

const card = '0F004EBEFC';
const start = monday + 20 * 60 * minute;
const live: Live = { gauges: new Map(), heard: new Map(), listeningSince: 0 };
const night = school.routes.night!;
const watched: Site = {
  ...school,
  routes: { night: { ...night, checkpoints: night.checkpoints.map((one) => ({ ...one, camera: 'cam' })) } },
};
/** All tags in one place; each touch is told `lateMs` after it was made. */
function drawer(site: Site, lateMs = 0): Story {
  const story = new Story(start - minute);
  story.site = site;
  for (const [n, reader] of ['r1', 'r2', 'r3'].entries()) {
    const made = start + 10 * minute + n * 4_000;
    story.now = made + lateMs;
    story.reads(reader, { scan: card }, { sourceTime: made });
  }
  for (const after of [20, 30, 40]) {
    story.now = start + after * minute;
    story.tell({ kind: 'tick' });
  }
  return story;
}
type Owed = Extract<Duty, { do: 'exception-still' }>;
const stills = (story: Story): Owed[] =>
  owed(story.site, { state: story.state, live }, story.now).filter((one): one is Owed => one.do === 'exception-still');
const only = (story: Story): OpenSuspicion => [...story.state.suspicions.values()][0]!;

describe('the stills of an exception', () => {
  test('are owed of each touch that was told at once, by the number of its fact, and kept with name and hash', () => {
    const story = drawer(watched);
    const touches = story.only('touched');
    const { id } = only(story);
    expect(stills(story)).toEqual(
      touches.map(({ seq }, n) => ({ id: `exception/${id}/${n}`, do: 'exception-still', touch: seq })),
    );
    expect(stillStanding(story.site, only(story), 1)).toEqual({ is: 'awaited' });
    story.tell({ kind: 'outcome', duty: `exception/${id}/1`, ok: true, brought: '7-8.jpg', sha256: 'ab' });
    expect(story.only('exception-pictured')).toMatchObject([
      { exception: id, nth: 1, picture: '7-8.jpg', sha256: 'ab' },
    ]);
    expect(story.only('done')).toEqual([]);
    expect(stills(story).map((one) => one.touch)).toEqual([touches[0]!.seq, touches[2]!.seq]);
    expect(stillStanding(story.site, only(story), 1)).toEqual({ is: 'kept', picture: '7-8.jpg' });
  });

  test('that were never taken are said once; those that a full disk refused are tried three times', () => {
    const story = drawer(watched);
    const { id } = only(story);
    story.tell({ kind: 'outcome', duty: `exception/${id}/0`, ok: false, why: noTouchStill });
    const full = untranslated('ENOSPC');
    for (let tries = 1; tries <= 3; tries++) {
      story.tell({ kind: 'outcome', duty: `exception/${id}/1`, ok: false, why: full });
      expect(stills(story).map((one) => one.id)).toEqual([`exception/${id}/2`]);
      story.now += 60_000;
      expect(stills(story).map((one) => one.id)).toEqual(
        tries < 3 ? [`exception/${id}/1`, `exception/${id}/2`] : [`exception/${id}/2`],
      );
    }
    expect(stillStanding(story.site, only(story), 0)).toEqual({ is: 'failed', why: noTouchStill });
    expect(stillStanding(story.site, only(story), 1)).toEqual({ is: 'failed', why: full });
  });

  test('are not owed of what a reader told half a minute later, nor where no camera looks, and why is said', () => {
    const late = drawer(watched, 30_001);
    expect(only(late).count).toBe(3);
    expect(stills(late)).toEqual([]);
    expect(stillStanding(late.site, only(late), 0)).toEqual({ is: 'none', why: 'late' });
    const { cam: _cam, ...devices } = school.devices;
    const blind = drawer({ ...school, devices });
    expect(stills(blind)).toEqual([]);
    expect(stillStanding(blind.site, only(blind), 0)).toEqual({ is: 'none', why: 'no-camera' });
  });

  test('are the photographs where a phone has sent them, and nothing of what a file or a hand brought', () => {
    const story = drawer(watched);
    const touch = only(story).touches[0]!;
    const standing = (more: Partial<typeof touch>) => stillStanding(watched, { touches: [{ ...touch, ...more }] }, 0);
    expect(standing({ source: 'phone', photo: '3-0.jpg' })).toEqual({ is: 'photo', picture: '3-0.jpg' });
    expect(standing({ source: 'import' })).toEqual({ is: 'none', why: 'import' });
    expect(standing({ source: 'hand' })).toEqual({ is: 'none', why: 'hand' });
    const { touch: _number, source: _source, learned: _learned, ...earlier } = touch;
    expect(stillStanding(watched, { touches: [earlier] }, 0)).toEqual({ is: 'none', why: 'unsaid' });
  });

  test('are for those who see exceptions: not for guards, and not for whoever set the readers up', () => {
    const story = drawer(watched);
    const { id } = only(story);
    story.tell({ kind: 'outcome', duty: `exception/${id}/1`, ok: true, brought: '7-8.jpg', sha256: 'ab' });
    const [fact] = story.only('exception-pictured');
    expect(maySee('guard', fact!)).toBe(false);
    expect(maySee('integrator', fact!)).toBe(false);
    expect(maySee(operator.role, fact!)).toBe(true);
  });
});
