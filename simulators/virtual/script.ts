/**
 * What a story is written with: chance, the length of the night, and ways to pick a zone, a camera or any device of this
 * school, so that a story fits every school. What it draws depends on the seed and on nothing that happens meanwhile.
 */
import type { Family, Post, Site, Words } from '../../src/core/types.ts';
import type { Chance } from './chance.ts';
import { devicesOf } from './deeds.ts';
import type { Scene, Stage } from './stage.ts';

const secondMs = 1_000;
const minuteMs = 60_000;

export class Script {
  readonly chance: Chance;
  /** Length of the night. */
  readonly minutes: number;
  readonly #stage: Pick<Stage, 'school'>;

  constructor(chance: Chance, minutes: number, stage: Pick<Stage, 'school'>) {
    this.chance = chance;
    this.minutes = minutes;
    this.#stage = stage;
  }

  /** A part of the night with chance of its own: what it draws changes nothing else. */
  apart(purpose: string): Script {
    return new Script(this.chance.for(purpose), this.minutes, this.#stage);
  }

  zone(): string {
    return this.chance.pick(Object.keys(this.#stage.school.site.zones));
  }
  device(): string {
    return this.chance.pick(Object.keys(this.#stage.school.site.devices));
  }
  /** A device of a family, or any when the school has none. */
  of(family: Family): string {
    const found = devicesOf(this.#stage, (device) => device.family === family);
    return found.length > 0 ? this.chance.pick(found).id : this.device();
  }
  /** What some gauge of the school is called. */
  gauge(): string {
    const found = this.#stage.school.points(({ keep }) => keep === 'gauge');
    return this.chance.pick(found).point.key;
  }
  line(): string {
    const lines = devicesOf(this.#stage, () => true).map(({ line }) => line);
    return this.chance.pick([...new Set(lines)]);
  }

  /** A length, ms. */
  seconds(from: number, to: number): number {
    return this.chance.between(from, to) * secondMs;
  }
  /** A length, ms. */
  lasting(from: number, to: number): number {
    return this.chance.between(from, to) * minuteMs;
  }

  /** A scene at a part of the night, 0 to 1. */
  at(part: number, act: Scene['act']): Scene {
    return { at: part * this.minutes, act };
  }
  /** So many scenes, anywhere in the night or up to a part of it. */
  some(count: number, act: Scene['act'], until = 0.95): Scene[] {
    return Array.from({ length: count }, () => this.at(this.chance.between(0.02, until), act));
  }
}

/** A night as data: when it may begin, how long it takes, and what happens. */
export interface Story {
  readonly id: string;
  readonly title: Words;
  /** Local times of day at which it may begin, `HH:MM`. */
  readonly begins: readonly string[];
  /** Hours it takes unless another length is asked for. */
  readonly hours: number;
  /** The scenes of one night. */
  scenes(script: Script): Scene[];
  /** Posts that the school has in this story, beside its plan. */
  readonly posts?: (site: Site) => readonly Post[];
  /** Persons are told by ladders, by channels that are counted and give way to others. */
  readonly ladders?: true;
  /** How guards walk in this story; by default they keep to the plan. */
  readonly guards?: 'plan' | 'late' | 'drawer';
}
