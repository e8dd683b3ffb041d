/**
 * A pull-point subscription of one camera, and the loop that draws from it. The package's own loop stops for good after
 * three kinds of failure, so this one is ours: pull, renew early, create anew when the camera has forgotten or lost its
 * voice. It ends only by throwing or by the signal; starting again after that is the supervisor's business.
 */

import type { OnvifWire, Profile } from '../../profile/profile.ts';
import { eventsReceived, neverReported, reportsNoMore } from '../../words/camera-words.ts';
import type { OnvifOptions } from '../connection-options.ts';
import type { Line } from '../line.ts';
import { CameraError } from './onvif-error.ts';
import type { OnvifSession } from './onvif-session.ts';
import { Subscription } from './onvif-subscription.ts';
import { Joined, readNotification, readWith, takenOf } from './onvif-topics.ts';

const MUTE_MS = 300_000;
/** A camera may say so many times in a row that its threads are all busy (14 were recorded); then it is stuck. */
const BUSY = /BlockedThread/i;
const BUSY_MAX = 20;
const BUSY_PAUSE_MS = 250;
/** Answers in a row that cannot be read, before the camera counts as broken. */
const UNREADABLE_MAX = 5;
/** A subscription that lived no longer than this is followed by a pause. */
const SHORT_MS = 10_000;
/** Subscriptions in a row that never gave one good pull. */
const STILLBORN_MAX = 2;

/** Failed pulls in a row that may pass by themselves. */
interface Tally {
  busy: number;
  unreadable: number;
}

/** How long the first pull of a subscription is held. */
const FIRST_HOLD_MS = 1000;

/** Why a subscription was given up. */
type End = 'forgotten' | 'mute' | 'port';

/** Everything that outlives one subscription. */
export class EventLoop {
  private readonly line: Line<OnvifOptions>;
  private readonly device: string;
  private readonly profile: Profile;
  private readonly wire: OnvifWire;
  private readonly open: () => Promise<OnvifSession>;
  private readonly timeoutMs: number;
  private readonly joined = new Joined();
  /** The camera once told states at the start of a subscription, so it should do so again. */
  private tellsStates = false;
  private stillborn = 0;

  /** `open` logs in anew, with a fresh measure of the camera's clock. */
  constructor(
    line: Line<OnvifOptions>,
    device: string,
    profile: Profile,
    wire: OnvifWire,
    open: () => Promise<OnvifSession>,
  ) {
    this.line = line;
    this.device = device;
    this.profile = profile;
    this.wire = wire;
    this.open = open;
    this.timeoutMs = line.options.timeoutMs ?? 5000;
  }

  /** Runs until the signal, or throws. */
  async run(): Promise<never> {
    for (;;) {
      const session = await this.open();
      const from = this.line.world.elapsed();
      let why: End;
      try {
        why = await this.follow(session);
      } finally {
        session.close();
      }
      this.line.world.log.info('camera subscription is created anew', { device: this.device, why });
      // Pulses that fall between two subscriptions are lost, so there is no pause, unless the camera forgets at once:
      // some stop dead above eight requests a second.
      if (why !== 'mute' && this.line.world.elapsed() - from < SHORT_MS)
        await this.line.world.sleep(Math.min(1000, this.timeoutMs / 4), this.line.signal);
    }
  }

  /** One subscription, from its creation until it is no use any more. */
  private async follow(session: OnvifSession): Promise<End> {
    const sub = await Subscription.create(session);
    try {
      return await this.draw(session, sub);
    } finally {
      if (this.line.signal.aborted) await sub.end();
    }
  }

  /** Pulls, reports and renews. Returns when a new subscription is needed, throws when the camera is lost. */
  private async draw(session: OnvifSession, sub: Subscription): Promise<End> {
    const { world } = this.line;
    const holdMs = Math.min(this.timeoutMs * 4, sub.lifeMs / 4);
    const held = holdMs >= 1000 ? Math.floor(holdMs / 1000) * 1000 : Math.round(holdMs);
    // The first answer says that the camera is there; a quiet one should not take the whole hold to say it.
    session.holdMs = Math.min(held, FIRST_HOLD_MS);
    let renewAt = world.elapsed() + sub.lifeMs / 2;
    let spokeAt = world.elapsed();
    let spoke = false;
    let pulled = false;
    const tally: Tally = { busy: 0, unreadable: 0 };
    this.joined.clear();
    try {
      await sub.synchronize();
    } catch (error) {
      return this.afterFailure(error, session, sub, false);
    }
    for (;;) {
      const askedAt = world.elapsed();
      const askedMs = session.holdMs;
      let messages: unknown[] | undefined;
      try {
        messages = await this.next(session, sub, tally);
      } catch (error) {
        return this.afterFailure(error, session, sub, pulled);
      }
      if (!messages) {
        await world.sleep(BUSY_PAUSE_MS, this.line.signal);
        continue;
      }
      pulled = true;
      session.holdMs = held;
      this.stillborn = 0;
      this.line.link(this.device, true, eventsReceived);
      if (messages.length > 0) {
        spokeAt = world.elapsed();
        spoke = true;
        this.line.trouble(`${this.device}/events`, undefined);
        await this.take(messages, session.offsetMs);
      } else if (world.elapsed() - askedAt < askedMs / 4) {
        // It does not hold pulls: ask again at a human pace rather than as fast as the wire allows.
        await world.sleep(Math.min(750, askedMs), this.line.signal);
      }
      if (world.elapsed() - spokeAt > (this.wire.muteMs ?? MUTE_MS)) return this.afterSilence(sub, spoke);
      if (world.elapsed() >= renewAt) {
        if (!(await this.renewed(sub))) return 'forgotten';
        renewAt = world.elapsed() + sub.lifeMs / 2;
      }
    }
  }

  /** What one pull brought; undefined when it failed in a way that passes by itself. */
  private async next(session: OnvifSession, sub: Subscription, tally: Tally): Promise<unknown[] | undefined> {
    try {
      const answer = await sub.pull(session.holdMs + this.timeoutMs);
      if (answer === undefined) throw session.error('garbage', 'no PullMessagesResponse');
      tally.busy = 0;
      tally.unreadable = 0;
      return [answer.notificationMessage ?? []].flat();
    } catch (error) {
      if (!(error instanceof CameraError)) throw error;
      if (error.trouble === 'fault' && BUSY.test(error.detail) && ++tally.busy < BUSY_MAX) return undefined;
      if (error.trouble !== 'garbage' || ++tally.unreadable >= UNREADABLE_MAX) throw error;
      this.line.drop('bad-payload', { device: this.device, why: error.why });
      return undefined;
    }
  }

  /** Whether the subscription lives on. Several makes answer 400 to Renew; then a new one is the only way. */
  private async renewed(sub: Subscription): Promise<boolean> {
    try {
      await sub.renew();
      return true;
    } catch (error) {
      if (!(error instanceof CameraError) || error.trouble === 'unreachable') throw error;
      await sub.end();
      return false;
    }
  }

  /** A pull failed for good: is a new subscription worth trying, or is the camera lost? */
  private async afterFailure(error: unknown, session: OnvifSession, sub: Subscription, pulled: boolean): Promise<End> {
    if (!(error instanceof CameraError)) throw error;
    if (error.trouble === 'unreachable' && !pulled && session.distrustPort(sub.address)) return 'port';
    if (error.trouble === 'unreachable' || BUSY.test(error.detail)) throw error;
    if (!pulled && ++this.stillborn > STILLBORN_MAX) throw error;
    // Whatever is left of it in the camera would take one of its few slots until it expires.
    await sub.end();
    return 'forgotten';
  }

  /** Nothing for so long: a new subscription makes the camera say how things stand, if it is still able to. */
  private async afterSilence(sub: Subscription, spoke: boolean): Promise<End> {
    await sub.end();
    if (!spoke && this.tellsStates) throw new CameraError('fault', reportsNoMore(this.device), 'mute');
    if (!spoke) this.line.trouble(`${this.device}/events`, neverReported(this.device));
    return 'mute';
  }

  private async take(messages: readonly unknown[], offsetMs: number): Promise<void> {
    const kept: Promise<void>[] = [];
    for (const raw of messages) {
      const n = readNotification(raw);
      if (!n) {
        this.line.drop('bad-payload', {
          device: this.device,
          payload: head(raw),
          why: 'a notification without topic or message',
        });
        continue;
      }
      if (n.operation === 'Initialized') this.tellsStates = true;
      const reading = readWith(this.profile, n);
      if (reading.kind !== 'values') {
        this.line.drop(reading.kind, { device: this.device, topic: n.topic, payload: head(raw), why: reading.why });
        continue;
      }
      const taken = takenOf(n, offsetMs, this.line.world.now());
      kept.push(
        this.line.report({
          device: this.device,
          values: reading.values.map(([key, value]) => {
            const point = this.profile.points.find((p) => p.key === key);
            return [key, this.joined.value(point, value, reading.source)] as const;
          }),
          ...(taken !== undefined && { sourceTime: taken }),
          ...(n.operation === 'Initialized' && { initial: true }),
        }),
      );
    }
    await Promise.all(kept);
  }
}

/** What a person sees of it in the quarantine. */
const head = (raw: unknown): string => JSON.stringify(raw)?.slice(0, 2000) ?? '';
