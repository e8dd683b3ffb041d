/**
 * What the notifications of one camera become: reports of points, or something dropped with its reason. A subscription
 * begins with a burst of how things stand, one message for each source; a point is said to be off only when the burst is
 * over, for a later one may say that it is on. It must never judge what a value means.
 */
import type { PointSpec, Time, Value } from '../../core/types.ts';
import type { Profile } from '../../profile/profile.ts';
import type { Line, LineDevice, Report } from '../line.ts';
import { Joined, type Notification, readNotification, readWith, takenOf } from './onvif-topics.ts';

export class CameraIntake {
  private readonly line: Pick<Line<unknown>, 'world' | 'drop'>;
  private readonly say: (report: Report) => Promise<void>;
  private readonly device: string;
  private readonly profile: Profile;
  private readonly joined = new Joined();
  /** The burst is not over. */
  private settling = false;
  /** State points the burst has told of. */
  private readonly told = new Set<string>();
  /** Points that are off as far as the burst has told, with the time it gave. */
  private readonly off = new Map<string, Time | undefined>();
  /** What was taken from the subscription before while this one stood already, and how often: it comes here, too. */
  private readonly twice = new Map<string, number>();
  /** Sources the subscription before told of last: what it said is newer than how they stood when this one was made. */
  private readonly newer = new Set<string>();

  /** `say` takes what becomes of it. */
  constructor(
    line: Pick<Line<unknown>, 'world' | 'drop'>,
    { id, profile }: Pick<LineDevice, 'id' | 'profile'>,
    say: (report: Report) => Promise<void>,
  ) {
    this.line = line;
    this.device = id;
    this.profile = profile;
    this.say = say;
  }

  /** A subscription begins. */
  begin(): void {
    this.joined.begin();
    this.settling = true;
    this.told.clear();
    this.off.clear();
    this.twice.clear();
    this.newer.clear();
  }

  /** Whether the camera is still telling how things stand. */
  get unsettled(): boolean {
    return this.settling;
  }

  /** The last of the subscription before, after this one was made: what is in both counts once. */
  async takeLast(messages: readonly unknown[], offsetMs: number): Promise<void> {
    const settling = this.settling;
    this.settling = false;
    await this.takeAll(messages, offsetMs);
    this.settling = settling;
    for (const raw of messages) {
      const text = JSON.stringify(raw);
      this.twice.set(text, (this.twice.get(text) ?? 0) + 1);
      const n = readNotification(raw);
      const reading = n && readWith(this.profile, n);
      if (reading?.kind === 'values') this.newer.add(reading.source);
    }
  }

  /**
   * What one pull brought for this device. `telling`: there was something in the pull of how things stand, for this device or
   * another. Rejects when it could not be kept.
   */
  async take(messages: readonly unknown[], offsetMs: number, telling: boolean): Promise<void> {
    await this.takeAll(messages, offsetMs);
    if (this.settling && !telling) await this.settle();
  }

  private async takeAll(messages: readonly unknown[], offsetMs: number): Promise<void> {
    const kept: Promise<void>[] = [];
    for (const raw of messages) {
      const n = readNotification(raw);
      if (!n) {
        const why = 'a notification without topic or message';
        this.line.drop('bad-payload', { device: this.device, payload: head(raw), why });
        continue;
      }
      const initial = n.operation === 'Initialized';
      const twice = !initial && this.cameBefore(raw);
      const reading = readWith(this.profile, n);
      if (reading.kind !== 'values') {
        this.line.drop(reading.kind, { device: this.device, topic: n.topic, payload: outline(n), why: reading.why });
        continue;
      }
      const stale = initial && this.newer.has(reading.source);
      const values = reading.values.flatMap(([key, value]) => {
        if (stale) this.told.add(key);
        // A state told twice says nothing new; a pulse would count twice.
        const skip = stale || (twice && this.point(key)?.keep !== 'state');
        return skip ? [] : this.joinedValue(n, key, value, reading.source, offsetMs);
      });
      if (values.length > 0) kept.push(this.report(n, values, offsetMs));
    }
    await Promise.all(kept);
  }

  private report(n: Notification, values: readonly (readonly [string, Value])[], offsetMs: number): Promise<void> {
    const taken = takenOf(n, offsetMs, this.line.world.now());
    return this.say({
      device: this.device,
      values,
      ...(taken !== undefined && { sourceTime: taken }),
      ...(n.operation === 'Initialized' && { initial: true }),
    });
  }

  /** The value of a point with all its sources; nothing while it is too early to say that it is off. */
  private joinedValue(
    n: Notification,
    key: string,
    value: Value,
    source: string,
    offsetMs: number,
  ): (readonly [string, Value])[] {
    const point = this.point(key);
    const joined = this.joined.value(point, value, source);
    const standing = this.settling && point?.keep === 'state' && typeof value === 'boolean';
    if (!standing) return [[key, joined]];
    if (n.operation !== 'Initialized') {
      this.off.delete(key);
      return [[key, joined]];
    }
    this.told.add(key);
    if (value) {
      this.off.delete(key);
      return [[key, true]];
    }
    this.off.set(key, takenOf(n, offsetMs, this.line.world.now()));
    return [];
  }

  /** The burst is over: what nothing in it said to be on is off. */
  private async settle(): Promise<void> {
    this.settling = false;
    this.twice.clear();
    this.newer.clear();
    for (const key of this.told) this.joined.told(key);
    const off = [...this.off].filter(([key]) => !this.joined.stands(key));
    this.off.clear();
    await Promise.all(
      off.map(([key, taken]) =>
        this.say({
          device: this.device,
          values: [[key, false]],
          ...(taken !== undefined && { sourceTime: taken }),
          initial: true,
        }),
      ),
    );
  }

  private cameBefore(raw: unknown): boolean {
    if (this.twice.size === 0) return false;
    const text = JSON.stringify(raw);
    const count = this.twice.get(text) ?? 0;
    if (count > 0) this.twice.set(text, count - 1);
    return count > 0;
  }

  private point(key: string): PointSpec | undefined {
    return this.profile.points.find((point) => point.key === key);
  }
}

/** What a person sees of it in the quarantine. */
const head = (raw: unknown): string => JSON.stringify(raw)?.slice(0, 2000) ?? '';

/** How much of one item's value a person is shown. */
const VALUE_MAX = 60;

/** Topic, source and data, which is all that an integrator needs to map it. */
function outline({ topic, operation, source, data }: Notification): string {
  const items = (list: ReadonlyMap<string, unknown>): string =>
    [...list].map(([name, value]) => `${name}=${String(value).slice(0, VALUE_MAX)}`).join(' ') || '-';
  return `${topic} | ${operation} | Source ${items(source)} | Data ${items(data)}`;
}
