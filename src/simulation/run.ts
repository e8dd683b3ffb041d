/**
 * Plays one night: the school with its truth, the machine with its misfortunes, the gateway between them and people at a
 * screen; then heals everything, waits until what was kept back has arrived, and lets the checkers judge. The same seed
 * and story give the same journal, byte for byte.
 */
import { Chance } from '../../simulators/virtual/chance.ts';
import { VirtualSchool } from '../../simulators/virtual/school.ts';
import { Script, type Story } from '../../simulators/virtual/script.ts';
import type { Stage } from '../../simulators/virtual/stage.ts';
import { walkRounds } from '../../simulators/virtual/walks.ts';
import type { Command, DoorFact, State, User } from '../core/types.ts';
import type { Config } from '../site/load-site.ts';
import type { Head } from '../store/store-types.ts';
import { pageTitles } from '../words/page-titles.ts';
import type { Checker, Violation } from './check/check.ts';
import { checkers } from './check/checkers.ts';
import { Evidence } from './check/evidence.ts';
import { SimulatedMachine } from './machine.ts';
import type { Observation, Seen } from './observed.ts';
import { ProcessRun } from './process-run.ts';
import { SimulatedChannels, withChannels } from './sim-channels.ts';
import { Disk } from './sim-disk.ts';
import { SimDoor } from './sim-door.ts';
import type { Manners, Wires } from './sim-drivers.ts';
import { SimulatedInflux } from './sim-influx.ts';
import { SimSeries } from './sim-series.ts';
import { duty, Staff, staffAccounts } from './sim-staff.ts';
import { Wall } from './sim-wall.ts';
import { tellingCheckers } from './telling/telling-checkers.ts';
import { VirtualTime } from './virtual-time.ts';

const hourMs = 3_600_000;
const minuteMs = 60_000;
/** What devices kept back and people have not handled yet comes in this time after the night. */
const afterMs = 20 * minuteMs;
const momentMs = 5_000;
/** Monday 2026-11-23; the day a night begins on varies over the week that follows. */
const monday = Date.parse('2026-11-23T00:00:00Z');
const dayMs = 86_400_000;

export interface Night {
  readonly config: Config;
  readonly seed: number;
  readonly story: Story;
  /** Default: the story's own length. */
  readonly hours?: number;
  /** Hears everything as it is seen. */
  each?(seen: Seen): void;
}

export interface Judgement {
  readonly head: Head;
  readonly checkers: readonly Checker[];
  readonly findings: readonly Violation[];
  /** Virtual time that passed, ms. */
  readonly tookMs: number;
  readonly lives: number;
}

/** The account of the big screen. */
const kiosk: User = { name: 'wall', role: 'operator' };
const controlRoom = { user: kiosk.name, title: pageTitles.wall };

const wireOf = (protocol: string) =>
  protocol === 'onvif' || protocol === 'http-stream'
    ? 'onvif'
    : protocol.startsWith('mqtt')
      ? 'mqtt'
      : ('modbus' as const);

/** When the night begins: a time of day of the story, on a day of the week, local time. */
function beginning({ config, story }: Night, chance: Chance): number {
  const [hours = 0, minutes = 0] = chance.pick(story.begins).split(':').map(Number);
  const day = Math.floor(chance.between(0, 7));
  return monday + day * dayMs + (hours * 60 + minutes - config.site.utcOffsetMin) * minuteMs;
}

type See = (sight: Observation) => void;

/** School, machine and everything between them, put together and not yet begun. */
function assemble(night: Night, see: See, kept: () => State) {
  const { config, seed, story } = night;
  const chance = new Chance(`${seed}/${story.id}`);
  const time = new VirtualTime(beginning(night, chance));
  const timeline = { now: () => time.truth, after: time.after.bind(time) };
  const disk = new Disk({
    time,
    chance: chance.for('disk'),
    kept: (events) => see({ what: 'kept', events }),
    unwell: (from) => see({ what: 'unwell', from }),
    crash: () => machine.crash(),
  });
  const school = new VirtualSchool({
    site: config.site,
    wires: new Map(config.lines.flatMap(({ devices, protocol }) => devices.map(({ id }) => [id, wireOf(protocol)]))),
    timeline,
    chance: chance.for('school'),
    told: (words) => see({ what: 'true', words }),
  });
  const shelf = new SimSeries(time);
  const influx = new SimulatedInflux(time, chance.for('influx'));
  const manners: Manners = { fails: 0, hangs: 0, late: 0 };
  const wires = wiresOf(school, manners, chance, see);
  const channels = new SimulatedChannels(chance.for('channels'), story.ladders === true, (duty) =>
    see({ what: 'delivered', duty }),
  );
  const common = { config, time, disk, shelf, influx, channels, wires, see, kept };
  const machine: SimulatedMachine = new SimulatedMachine({
    time,
    chance: chance.for('machine'),
    disk,
    manners,
    see,
    influx,
    channels: channels.manners,
    wall: () => wall,
    birth: (n) => new ProcessRun({ ...common, n, chance: chance.for(`life ${n}`) }),
  });
  const wall: Wall = new Wall({
    time,
    chance: chance.for('wall'),
    shown: () => machine.life?.screen.state,
    say: (alarms) => {
      if (machine.life) see({ what: 'displayed', alarms });
      machine.life?.painted(kiosk, 'wall', alarms);
    },
  });
  // The desk is never dark, and what it shows must not count for the wall.
  new Wall({
    time,
    chance: chance.for('desk'),
    shown: () => machine.life?.screen.state,
    say: (alarms) => machine.life?.painted(duty, 'console', alarms),
  });
  return { chance, time, timeline, stores: { disk, shelf, influx }, school, machine };
}

/** The school lists its wall, as one that is set up rightly does. */
function withWall(config: Config): Config {
  return { ...config, site: { ...config.site, walls: { [kiosk.name]: controlRoom } } };
}

/** The posts of a story, in the plan of the school it is played at. */
function withPosts(config: Config, { posts }: Story): Config {
  if (!posts) return config;
  const table = Object.fromEntries(posts(config.site).map((post) => [post.id, post]));
  return { ...config, site: { ...config.site, posts: table } };
}

/** Plays a night to its end and judges it. */
export async function playNight(played: Night): Promise<Judgement> {
  const night: Night = {
    ...played,
    config: withPosts(withWall(withChannels(played.config, played.story.ladders)), played.story),
  };
  const { config, story } = night;
  const lengthMs = (night.hours ?? story.hours) * hourMs;
  const see: See = (sight) => {
    const seen: Seen = { ...sight, at: time.truth, wall: time.wall };
    evidence.see(seen);
    for (const one of judges) one.see(seen);
    night.each?.(seen);
    if (seen.what === 'life' && seen.is === 'broken') machine.broke();
  };
  const { chance, time, timeline, stores, school, machine } = assemble(night, see, () => evidence.state);
  const evidence = new Evidence(config.site, school.truth, stores, time.truth);
  const judges = [...checkers(evidence), ...tellingCheckers(evidence)];
  const accounts = new Map([...staffAccounts, [kiosk.name, { role: kiosk.role, wall: true as const }]]);
  const note = (fact: DoorFact) => machine.life?.door(fact);
  const door = new SimDoor({ time, kept: () => evidence.state, note }, accounts);
  const staff = new Staff({
    door,
    site: config.site,
    time,
    chance: chance.for('staff'),
    shown: () => machine.life?.screen.state,
    ask: (by, command) => ask(machine, see, by, command),
  });
  stageStory({ school, timeline, chance: chance.for('story'), machine, room: staff }, story, lengthMs, time);
  const moment = () => {
    see({ what: 'moment' });
    time.after(momentMs, moment);
  };
  time.after(momentMs, moment);
  machine.start();
  await time.run(lengthMs);
  staff.finish();
  await time.run(lengthMs + afterMs);
  await end(machine, time);
  evidence.endedAt = time.truth;
  evidence.endedWall = time.wall;
  for (const judge of judges) judge.end();
  const findings = judges.flatMap((judge) => judge.findings);
  return { head: stores.disk.head, checkers: judges, findings, tookMs: time.elapsed, lives: machine.lives };
}

function wiresOf(school: VirtualSchool, manners: Manners, chance: Chance, see: See): Wires {
  return {
    school,
    manners,
    chance: chance.for('requests'),
    answered: (device, id, values, kept) => see({ what: 'answered', device, id, values, kept }),
    switched: (device, point, value) => see({ what: 'switched', device, point, value }),
  };
}

function stageStory(stage: Stage, story: Story, lengthMs: number, time: VirtualTime): void {
  const script = new Script(stage.chance.for('script'), lengthMs / minuteMs, stage);
  for (const scene of story.scenes(script)) time.after(scene.at * minuteMs, () => scene.act(stage));
  const from = time.truth;
  walkRounds(stage, from - hourMs, from + lengthMs, story.guards ?? 'plan');
}

/** Asks as a person would, and waits for the answer. */
async function ask(machine: SimulatedMachine, see: See, by: User, command: Command): Promise<void> {
  const { life } = machine;
  if (!life) return;
  see({ what: 'asked', by, command });
  try {
    const events = await life.gateway.command(by, command);
    if (life.alive) see({ what: 'replied', by, command, events });
  } catch (error) {
    if (life.alive) see({ what: 'unanswered', by, command, why: String(error) });
  }
}

/** Compares once more, and stops what lives. */
async function end(machine: SimulatedMachine, time: VirtualTime): Promise<void> {
  const { life } = machine;
  if (!life) return;
  life.compare();
  let stopped = false;
  void life.stop().then(() => {
    stopped = true;
  });
  for (let patience = 0; !stopped && patience < 60; patience++) await time.run(time.elapsed + 1_000);
}
