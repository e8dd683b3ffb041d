/**
 * The events of one camera, for as long as it can be reached: subscribe, pull, renew early, subscribe anew when the camera
 * has forgotten or lost its voice. The package's own loop stops for good after three kinds of failure, so this one is ours.
 * A camera without events is there all the same, for its pictures, and is asked for events again at leisure. It ends only by
 * throwing, when the camera is lost or refuses the log-in, or by the signal; starting again is the supervisor's business.
 */
import type { OnvifWire } from '../../profile/profile.ts';
import { eventsReceived, neverReported, reportsNoMore } from '../../words/camera-words.ts';
import type { CameraChannel, OnvifOptions } from '../connection-options.ts';
import type { Line } from '../line.ts';
import type { CameraAccess } from './onvif-access.ts';
import { CameraBroker } from './onvif-broker.ts';
import { CameraClock } from './onvif-clock.ts';
import type { CameraDevices } from './onvif-devices.ts';
import { CameraError, isAway } from './onvif-error.ts';
import { type MediaProfile, mediaProfiles } from './onvif-media.ts';
import type { OnvifSession } from './onvif-session.ts';
import { Sorting } from './onvif-sorting.ts';
import { Subscription } from './onvif-subscription.ts';
import { WithoutEvents } from './onvif-without.ts';

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
/** How long the first pulls of a subscription are held: a quiet camera should not take the whole hold to say it is there. */
const FIRST_HOLD_MS = 1_000;
/**
 * How long a pull is held. With the answer's own limit and the longest pause it is the time after which a connection that
 * died without a word is given up and made anew: ten seconds at most.
 */
const HOLD_MS = 3_000;
/** What a subscription of before may still hold is asked for when it was heard no longer ago: it cannot be another's yet. */
const LEFT_MS = 20_000;
/** How often the camera's clock is measured. */
const CLOCK_MS = 600_000;

/** Why a subscription was given up. */
type End = 'forgotten' | 'mute' | 'port';

/** Failed pulls in a row that may pass by themselves. */
interface Tally {
  busy: number;
  unreadable: number;
}

export class EventLoop {
  private readonly line: Line<OnvifOptions, CameraChannel>;
  /** For sentences and troubles: the device, or the line where it has several. */
  private readonly device: string;
  private readonly devices: CameraDevices;
  private readonly wire: OnvifWire;
  private readonly access: CameraAccess;
  private readonly timeoutMs: number;
  private readonly intake: Sorting;
  private readonly without: WithoutEvents;
  private readonly clock: CameraClock;
  private readonly broker: CameraBroker;
  private stillborn = 0;
  /** A subscription was ended just before the present one gave its first pull. */
  private endedOne = false;

  constructor(line: Line<OnvifOptions, CameraChannel>, devices: CameraDevices, wire: OnvifWire, access: CameraAccess) {
    this.line = line;
    this.device = devices.name;
    this.devices = devices;
    this.wire = wire;
    this.access = access;
    this.timeoutMs = line.options.timeoutMs ?? 5000;
    this.intake = new Sorting(line, devices);
    this.clock = new CameraClock(line, devices);
    this.broker = new CameraBroker(line, devices);
    this.without = new WithoutEvents(line, devices, access, this.clock);
  }

  /** Runs until the signal, or throws. */
  async run(): Promise<never> {
    const { world, signal } = this.line;
    const { memory } = this.access;
    const { left } = memory;
    let before = left && world.elapsed() - left.at < LEFT_MS ? left.sub : undefined;
    for (;;) {
      await this.access.patience();
      const session = await this.access.open();
      const from = world.elapsed();
      let sub: Subscription | undefined;
      try {
        if (session.identity) this.line.said(this.devices.itself, { kind: 'identity', identity: session.identity });
        await this.clock.measured(session);
        await this.broker.tell(session);
        if (this.devices.apart) this.devices.learn(await knownProfiles(session));
        sub = await this.begin(session, before);
        before = undefined;
        const why = await this.follow(session, sub);
        if (why !== 'port') before = sub;
        world.log.info('camera subscription is created anew', { device: this.device, why });
        // Pulses that fall between two subscriptions may be lost, so there is no pause, unless the camera forgets at once:
        // some stop dead above eight requests a second.
        if (why !== 'mute' && world.elapsed() - from < SHORT_MS)
          await world.sleep(Math.min(1000, this.timeoutMs / 4), signal);
      } catch (error) {
        before = undefined;
        // It would take one of the camera's few places until it expires, for nothing.
        if (sub && memory.left?.sub !== sub) await sub.end();
        await this.without.wait(session, error);
      } finally {
        session.close();
      }
    }
  }

  /** A new subscription is made before the old one is ended, so that no moment is without one. */
  private async begin(session: OnvifSession, before: Subscription | undefined): Promise<Subscription> {
    const old = before?.on(session);
    let sub: Subscription;
    try {
      sub = await Subscription.create(session);
    } catch (error) {
      if (!old || !(error instanceof CameraError) || isAway(error) || error.trouble === 'refused') throw error;
      // There may be room for one only.
      await old.end();
      sub = await Subscription.create(session);
      this.intake.begin();
      return sub;
    }
    this.intake.begin();
    this.endedOne = false;
    // With one address for all, what is pulled and ended there would be the new one.
    if (!old || old.sameAs(sub)) return sub;
    await this.drain(session, old);
    if (!this.access.memory.endsAll) {
      await old.end();
      this.endedOne = true;
    }
    return sub;
  }

  /** What the old subscription still holds. A camera that has forgotten it holds nothing. */
  private async drain(session: OnvifSession, old: Subscription): Promise<void> {
    session.holdMs = Math.min(FIRST_HOLD_MS, this.timeoutMs);
    try {
      const answer = await old.pull(session.holdMs + this.timeoutMs);
      await this.intake.takeLast([answer?.notificationMessage ?? []].flat(), session.offsetMs);
    } catch (error) {
      if (!(error instanceof CameraError) || isAway(error)) throw error;
    }
  }

  /** One subscription, from its creation until it is no use any more. */
  private async follow(session: OnvifSession, sub: Subscription): Promise<End> {
    try {
      return await this.draw(session, sub);
    } finally {
      if (this.line.signal.aborted) await sub.end();
    }
  }

  /** Pulls, reports and renews. Returns when a new subscription is needed, throws when there is no use in one. */
  private async draw(session: OnvifSession, sub: Subscription): Promise<End> {
    const { world, signal } = this.line;
    const { memory } = this.access;
    const holdMs = Math.min(HOLD_MS, this.timeoutMs * 4, sub.lifeMs / 4);
    const held = holdMs >= 1000 ? Math.floor(holdMs / 1000) * 1000 : Math.round(holdMs);
    session.holdMs = Math.min(held, FIRST_HOLD_MS);
    const began = world.elapsed();
    let [renewAt, clockAt, spokeAt] = [began + sub.lifeMs / 2, began + CLOCK_MS, began];
    let [spoke, pulled] = [false, false];
    const tally: Tally = { busy: 0, unreadable: 0 };
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
        await world.sleep(BUSY_PAUSE_MS, signal);
        continue;
      }
      if (!pulled) this.first();
      pulled = true;
      memory.left = { sub, at: world.elapsed() };
      if (messages.length > 0) {
        spokeAt = world.elapsed();
        spoke = true;
        memory.told = true;
        memory.mute = false;
        this.line.trouble(`${this.device}/events`, undefined);
        if (await this.intake.take(messages, session.offsetMs)) memory.tellsStates = true;
      } else {
        await this.intake.take([], session.offsetMs);
        // It does not hold pulls: ask again at a human pace rather than as fast as the wire allows.
        if (world.elapsed() - askedAt < askedMs / 4) await world.sleep(Math.min(750, askedMs), signal);
      }
      // Of several channels the burst may say that one is lost.
      if (!memory.mute && !(this.devices.several && this.intake.unsettled)) this.devices.link(true, eventsReceived);
      if (!this.intake.unsettled) session.holdMs = held;
      if (world.elapsed() - spokeAt > (this.wire.muteMs ?? MUTE_MS)) return this.afterSilence(spoke);
      if (world.elapsed() >= renewAt) {
        if (!(await this.renewed(sub))) return 'forgotten';
        renewAt = world.elapsed() + sub.lifeMs / 2;
      }
      if (world.elapsed() >= clockAt) {
        await session.look();
        await this.clock.measured(session);
        clockAt = world.elapsed() + CLOCK_MS;
      }
    }
  }

  /** The first good pull of a subscription: log-in and events are well. */
  private first(): void {
    this.stillborn = 0;
    this.access.memory.eventsRefused = false;
    this.access.memory.pace.well();
    this.access.accepted();
    if (!this.access.memory.mute) this.without.over();
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
      if (BUSY.test(error.detail) && ++tally.busy < BUSY_MAX) return undefined;
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
      if (!(error instanceof CameraError) || isAway(error)) throw error;
      return false;
    }
  }

  /** A pull failed for good: is a new subscription worth trying? Otherwise this throws. */
  private async afterFailure(error: unknown, session: OnvifSession, sub: Subscription, pulled: boolean): Promise<End> {
    if (!(error instanceof CameraError)) throw error;
    if (isAway(error) && !pulled && session.distrustPort(sub.address)) return 'port';
    if (BUSY.test(error.detail) || (error.trouble === 'refused' && !pulled)) throw error;
    if (isAway(error)) {
      if (!pulled) throw error;
      // A connection can die without a word while the camera is well. Whether it is, its clock tells.
      await session.look().catch(() => Promise.reject(error));
      return 'forgotten';
    }
    if (!pulled && this.endedOne) this.access.memory.endsAll = true;
    if (!pulled && ++this.stillborn > STILLBORN_MAX) throw error;
    return 'forgotten';
  }

  /** Nothing for so long: a new subscription makes the camera say how things stand, if it is still able to. */
  private afterSilence(spoke: boolean): End {
    const { memory } = this.access;
    if (!spoke && memory.tellsStates) {
      memory.mute = true;
      throw new CameraError('fault', reportsNoMore(this.device), 'mute');
    }
    if (!spoke) this.line.trouble(`${this.device}/events`, neverReported(this.device));
    return 'mute';
  }
}

/** The profiles of a recorder. One that will not tell them is heard all the same, by the tokens people wrote. */
async function knownProfiles(session: OnvifSession): Promise<readonly MediaProfile[]> {
  try {
    return await mediaProfiles(session);
  } catch (error) {
    if (!(error instanceof CameraError) || isAway(error)) throw error;
    return [];
  }
}
