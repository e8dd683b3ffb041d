/**
 * A zone that begins to watch because the configuration says so, and not because anybody armed it: what stands in it is told, and
 * nothing that could hide a break-in stays put aside, as if it had been armed.
 */
import { describe, expect, test } from 'vitest';
import type { Site, Zone } from '../../src/core/types.ts';
import { untranslated } from '../../src/words/words.ts';
import { minute, monday, operator, Story, school } from './school.ts';

const { schedule: _nights, ...wall } = school.zones.z1!;
const { fence2: _other, ...hosts } = school.devices;
/** The east wall is armed by night, and the fence hangs on it alone; `more`: what the next configuration says of it. */
const withWall = (more: Partial<Zone>): Site => ({
  ...school,
  devices: hosts,
  zones: { ...school.zones, z1: { ...wall, schedule: 'nights', ...more } },
});
const noon = monday + 10 * 60 * minute;

/** By day, with nothing armed, and the fence heard. */
function byDay(): Story {
  const story = new Story(noon);
  story.site = withWall({});
  story.tell({ kind: 'configured', config: 'a', by: 'ma' });
  story.tell({ kind: 'tick' });
  for (const id of Object.keys(story.site.devices))
    story.tell({ kind: 'link', device: id, up: true, why: untranslated('') });
  expect(story.state.zones.get('z1')?.mode).toBe('disarmed');
  return story;
}

const reconfigure = (story: Story, site: Site) => {
  story.site = site;
  return story.tell({ kind: 'configured', config: 'b', by: 'ma' });
};
const lost = (story: Story) => {
  story.tell({ kind: 'link', device: 'fence', up: false, why: untranslated('gone') });
  const [alarm] = [...story.state.alarms.values()].filter(({ kind }) => kind === 'comms');
  story.asks(operator, { do: 'shelve', alarm: alarm!.id, reason: 'repair', until: story.now + 60 * minute });
  expect(story.state.shelves.has('fence/comms')).toBe(true);
  return alarm!.id;
};

describe('a zone that watches day and night from this configuration on', () => {
  test('tells of the climber who hangs on it', () => {
    const story = byDay();
    story.reads('fence', { climb: true });
    expect(story.only('raised')).toEqual([]);
    reconfigure(story, withWall({ always: true }));
    expect(story.only('raised')).toMatchObject([{ key: 'z1/climb', priority: 1 }]);
    const { seq } = story.state;
    reconfigure(story, withWall({ always: true }));
    expect(story.state.seq).toBe(seq + 1);
  });

  test('is urgent while it cannot be heard, and that is put aside no longer', () => {
    const story = byDay();
    const alarm = lost(story);
    reconfigure(story, withWall({ always: true }));
    expect(story.state.alarms.get(alarm)).toMatchObject({ priority: 1 });
    expect(story.state.shelves.size).toBe(0);
    expect(story.asks(operator, { do: 'shelve', alarm, reason: 'repair', until: story.now + minute })).toMatchObject([
      { kind: 'refused', why: 'not-shelvable' },
    ]);
  });

  test('also when the gateway was started with it', () => {
    const story = byDay();
    const alarm = lost(story);
    story.site = withWall({ always: true });
    story.tell({ kind: 'started', version: 'v', config: 'b' });
    expect(story.state.alarms.get(alarm)).toMatchObject({ priority: 1 });
    expect(story.state.shelves.size).toBe(0);
  });
});

test('a device that guards an armed zone from this configuration on is urgent when it was lost before', () => {
  const story = byDay();
  const site = withWall({ always: true });
  const { fence } = hosts;
  const idle = { ...site, devices: { ...site.devices, fence: { ...fence!, zones: [], points: {} } } };
  reconfigure(story, idle);
  const alarm = lost(story);
  reconfigure(story, site);
  expect(story.state.alarms.get(alarm)).toMatchObject({ priority: 1 });
  expect(story.state.shelves.size).toBe(0);
});

test('what a camera says of the only zone it guards alone is put aside no more than a fence is', () => {
  const story = byDay();
  const { cam } = school.devices;
  const masked = { ...cam!.points.masked!, zone: 'z7' };
  const zone: Zone = { id: 'z7', number: 7, title: school.name, path: [], always: true };
  const site: Site = {
    ...story.site,
    zones: { ...story.site.zones, z7: zone },
    devices: { ...story.site.devices, cam: { ...cam!, zones: ['z7'], points: { masked } } },
  };
  reconfigure(story, site);
  story.reads('cam', { masked: true });
  const [alarm] = [...story.state.alarms.values()].filter(({ kind }) => kind === 'masked');
  const aside = { do: 'shelve', alarm: alarm!.id, reason: 'lens', until: story.now + minute } as const;
  expect(story.asks(operator, aside)).toMatchObject([{ kind: 'refused', why: 'not-shelvable' }]);
  // Where a fence hears the zone as well, the camera is not what it depends on.
  reconfigure(story, { ...site, devices: { ...site.devices, fence: { ...hosts.fence!, zones: ['z1', 'z7'] } } });
  expect(story.kinds(story.asks(operator, aside))).toEqual(['shelved']);
});

describe('a device that was out of the configuration for a while', () => {
  const { fence: _out, ...others } = hosts;
  const without = (story: Story): Site => ({ ...story.site, devices: others });
  /** Takes the host out, has its alarms closed meanwhile, and puts it back. */
  function outAndBack(story: Story): void {
    const whole = story.site;
    reconfigure(story, without(story));
    for (const alarm of story.state.alarms.keys()) {
      story.asks(operator, { do: 'acknowledge', alarm });
      story.asks(operator, { do: 'close', alarm, reason: 'C1' });
    }
    expect(story.state.alarms.size).toBe(0);
    story.events.length = 0;
    reconfigure(story, whole);
  }

  test('and is lost still is told to be lost, though nobody will say so again', () => {
    const story = byDay();
    story.tell({ kind: 'link', device: 'fence', up: false, why: untranslated('gone') });
    outAndBack(story);
    expect(story.only('raised')).toMatchObject([{ key: 'fence/comms', cause: 'fence/link' }]);
  });

  test('and is still open says so, for what it said before is no news to anybody', () => {
    const story = byDay();
    story.reads('fence', { tamper: true });
    outAndBack(story);
    story.reads('fence', { tamper: true });
    expect(story.only('raised')).toMatchObject([{ alarm: 'tamper', device: 'fence' }]);
  });

  test('is told nothing of twice when it was in it all the time', () => {
    const story = byDay();
    story.reads('fence', { tamper: true });
    story.tell({ kind: 'link', device: 'cam', up: false, why: untranslated('gone') });
    const before = story.state.seq;
    reconfigure(story, story.site);
    expect(story.kinds(story.events.filter(({ seq }) => seq > before))).toEqual(['configured']);
  });
});
