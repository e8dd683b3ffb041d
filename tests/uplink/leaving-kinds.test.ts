/**
 * What leaves a school folds without what stays, whatever the school keeps to itself: alarms and zones come out as at the school. Folded are
 * simulated nights of the shipped campus and journals of an earlier version.
 */
import { describe, expect, test } from 'vitest';
import { stories } from '../../simulators/virtual/stories.ts';
import { evolve, pass } from '../../src/core/evolve.ts';
import { leavingKinds, type Withholding, withholdings } from '../../src/core/retention/leaving-kinds.ts';
import { emptyState } from '../../src/core/state.ts';
import type { Event, Person, State } from '../../src/core/types.ts';
import { upcast } from '../../src/core/upcast.ts';
import { leavingSite } from '../../src/uplink/leaving-site.ts';
import { oldLines } from '../core/old-journals.ts';
import { campus, nightHours, play } from '../simulation/night.ts';

/** What a district folds of a school that keeps these to itself. */
function folded(events: readonly Event[], keeps: readonly Withholding[]): State {
  const state = emptyState();
  const leaves: ReadonlySet<string> = new Set(leavingKinds(keeps));
  for (const event of events) {
    if (leaves.has(event.kind)) evolve(state, event);
    else pass(state, event.seq);
  }
  return state;
}

function whole(events: readonly Event[]): State {
  const state = emptyState();
  for (const event of events) evolve(state, event);
  return state;
}

const choices: readonly (readonly Withholding[])[] = [[], ...withholdings.map((one) => [one]), withholdings];
const standing = ({ alarms, zones, areas, devices }: State) => ({
  alarms: [...alarms.values()].map(({ notes: _, ...alarm }) => alarm),
  ...{ zones: [...zones], areas: [...areas], up: [...devices].map(([id, { up }]) => [id, up]) },
});

async function night(story: string): Promise<readonly Event[]> {
  const events: Event[] = [];
  await play({
    ...{ config: await campus(), story: stories.get(story)!, seed: 3, hours: nightHours },
    each: (seen) => void ('what' in seen && seen.what === 'kept' && events.push(...seen.events)),
  });
  return events;
}

describe('what leaves a school', () => {
  test.each(['storm', 'two-at-once'])('of a night "%s" folds to the alarms and zones of the school', async (story) => {
    const events = await night(story);
    expect(events.some(({ kind }) => kind === 'closed')).toBe(true);
    const own = standing(whole(events));
    for (const keeps of choices) expect(standing(folded(events, keeps)), keeps.join()).toEqual(own);
  });

  test.each(['acts', 'night'])('of the journal of version 0.1.0, %s, folds, too', (name) => {
    const events = oldLines(name).map((line) => upcast(JSON.parse(line) as Event));
    const own = standing(whole(events));
    for (const keeps of choices) expect(standing(folded(events, keeps)), keeps.join()).toEqual(own);
  });

  test('is no number of a card, of a chip, and no way to a person, and no roster where that is kept back', async () => {
    const { site } = await campus();
    const people = {
      ...site.people,
      wu: {
        ...{ id: 'wu', name: '吴', card: '0F004EBEFC', cards: ['0F004EBEFD'], account: 'wu' },
        ways: [{ channel: 'modem' }] as never,
      },
    };
    const [route] = Object.values(site.routes);
    const chipped = { ...route!.checkpoints[0]!, id: 'well', reader: 'CHIP77', chip: 'CHIP77' };
    const routes = { ...site.routes, r: { ...route!, id: 'r', checkpoints: [chipped] } };
    const shifts = { shifts: { night: 1 } } as never;
    const whole = { ...site, people, routes, roster: shifts, channelTests: { minute: 1, to: { modem: 'wu' } } };
    const all = JSON.stringify(leavingSite(whole, []));
    const cards = Object.values(people).flatMap(({ card, cards = [] }: Person) => [...(card ? [card] : []), ...cards]);
    expect(cards.length).toBeGreaterThan(2);
    for (const secret of [...cards, 'CHIP77', '"ways"', 'channelTests'])
      expect(all.includes(secret), secret).toBe(false);
    expect(leavingSite(whole, []).people.wu).toEqual({ id: 'wu', name: '吴', account: 'wu' });
    expect(leavingSite(whole, []).roster).toBe(shifts);
    expect(leavingSite(whole, ['roster', 'posts'])).not.toHaveProperty('roster');
    expect(Object.keys(leavingSite(site, []).zones)).toEqual(Object.keys(site.zones));
  });

  test('holds no kind that tells who logs in, looks, or asked in vain', () => {
    for (const keeps of choices)
      for (const kind of [
        'logged-in',
        'login-refused',
        'account-changed',
        'touched',
        'picture-viewed',
        'refused',
        'calendar-given',
      ])
        expect(leavingKinds(keeps)).not.toContain(kind);
  });
});
