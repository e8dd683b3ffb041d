/**
 * The school of the core's tests with an area: the yard has a gate one comes in by (z2), a wall that is also watched while
 * people stay (z1), and a strongroom that is watched day and night (z3). Everything in it has been heard.
 */
import type { Area, Command, Event, Site, Time } from '../../src/core/types.ts';
import { untranslated } from '../../src/words/words.ts';
import { minute, monday, operator, Story, school } from './school.ts';

export const at = (hours: number, minutes = 0, seconds = 0): Time =>
  monday + (hours * 60 + minutes) * minute + seconds * 1_000;

const words = (zh: string) => ({ zh, en: zh });
export const yard: Area = {
  id: 'yard',
  title: words('校园'),
  zones: ['z1', 'z2', 'z3'],
  stay: ['z1'],
  schedule: 'nights',
  entryMs: 30_000,
  exitMs: 60_000,
};

const { schedule: _nights, ...z1 } = school.zones.z1!;
const beam = { kind: 'intrusion', priority: 1, when: { is: true } } as const;
const point = (key: string, keep: 'state' | 'pulse', zone: string) =>
  ({ key, title: words(key), keep, type: 'boolean', zone, alarm: beam }) as const;

export const site: Site = {
  ...school,
  zones: {
    z1,
    z2: { ...school.zones.z2!, entry: true },
    z3: { id: 'z3', number: 3, title: words('保险室'), path: [], always: true },
    z9: { id: 'z9', number: 9, title: words('后院'), path: [], schedule: 'nights' },
  },
  devices: {
    ...school.devices,
    gate: { ...school.devices.fence2!, id: 'gate', zones: ['z2'], points: { beam: point('beam', 'pulse', 'z2') } },
    safe: { ...school.devices.fence2!, id: 'safe', zones: ['z3'], points: { beam: point('beam', 'state', 'z3') } },
  },
  areas: { yard },
};

/** The yard at a time of the week, with every device heard and calm. */
export class YardStory extends Story {
  constructor(now: Time, place: Site = site) {
    super(now);
    this.site = place;
    this.tell({ kind: 'configured', config: 'yard', by: 'wang' });
    for (const id of Object.keys(place.devices))
      this.tell({ kind: 'link', device: id, up: true, why: untranslated('') });
    this.tick();
    this.events.length = 0;
  }

  /** Lets time pass, and ticks when it has. */
  tick(now: Time = this.now): Event[] {
    this.now = now;
    return this.tell({ kind: 'tick' });
  }

  /** What a command of the operator, or of somebody else, causes. */
  orders(command: Command, by = operator): Event[] {
    return this.asks(by, command);
  }

  mode(zone: string): string | undefined {
    return this.state.zones.get(zone)?.mode;
  }

  modes(): (string | undefined)[] {
    return ['z1', 'z2', 'z3', 'z9'].map((zone) => this.mode(zone));
  }
}
