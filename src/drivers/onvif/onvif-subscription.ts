/**
 * One pull-point subscription in one camera, by way of the `onvif` package's calls. It knows where the camera's
 * subscription manager is and how long the subscription lives; what becomes of it is decided by `onvif-events`.
 */
import type { Cam } from 'onvif';
import { escapeXml } from './onvif-codec.ts';
import { CameraError, isAway } from './onvif-error.ts';
import type { SubscriptionAddress } from './onvif-package.ts';
import type { OnvifSession } from './onvif-session.ts';

/** Asked for by the package; believed when the camera tells a life that is no life. */
const LIFE_MS = 120_000;
const MESSAGE_LIMIT = 100;
/** Longest wait for the answer to Unsubscribe. */
const FAREWELL_MS = 1000;

interface Created {
  readonly given?: unknown;
  readonly subscriptionId?: unknown;
  readonly currentTime?: Date;
  readonly terminationTime?: Date;
}

/** One subscription in the camera, from creation to its end. */
export class Subscription {
  /** How long it lives without renewal, ms. */
  readonly lifeMs: number;
  readonly address: URL;
  private readonly session: OnvifSession;
  private readonly cam: Cam;
  private readonly to: SubscriptionAddress;
  /** As the package wants to have it. */
  private readonly reference: object;

  private constructor(session: OnvifSession, created: Created, known?: Subscription) {
    this.session = session;
    this.cam = session.cam;
    if (known) {
      this.address = known.address;
      this.to = known.to;
      this.lifeMs = known.lifeMs;
      this.reference = known.reference;
      return;
    }
    const given = typeof created.given === 'string' ? created.given : '';
    this.address = session.reach(given);
    // To repeats the camera's own words: some refuse a corrected address there (`http:///onvif/events`).
    this.to = {
      href: escapeXml(given || this.address.href),
      protocol: this.address.protocol,
      hostname: this.address.hostname.replace(/^\[|\]$/g, ''),
      port: this.address.port,
      path: this.address.pathname + this.address.search,
    };
    const id = created.subscriptionId;
    const referenceParameters =
      id === '' || id === undefined ? {} : { referenceParameters: { subscriptionId: String(id) } };
    this.reference = { subscriptionReference: { address: this.to, ...referenceParameters } };
    const life = (created.terminationTime?.getTime() ?? 0) - (created.currentTime?.getTime() ?? 0);
    // Vista says it ends now and goes on for minutes; others tell impossible times.
    this.lifeMs = life >= 1000 && life < 86_400_000 ? life : LIFE_MS;
  }

  static async create(session: OnvifSession): Promise<Subscription> {
    const created = await session.call<Created>('createPullPointSubscription', (done) =>
      session.cam.createPullPointSubscription(done),
    );
    return new Subscription(session, created ?? {});
  }

  /** The same subscription in the camera, reached through another log-in. */
  on(session: OnvifSession): Subscription {
    return new Subscription(session, {}, this);
  }

  /** Whether the camera cannot tell the two apart, because it has one address for all. */
  sameAs(other: Subscription): boolean {
    return JSON.stringify(this.reference) === JSON.stringify(other.reference);
  }

  pull(limitMs: number): Promise<{ notificationMessage?: unknown } | undefined> {
    this.choose();
    return this.session.call(
      'pullMessages',
      (done) => this.cam.pullMessages({ messageLimit: MESSAGE_LIMIT }, done),
      limitMs,
    );
  }

  async renew(): Promise<void> {
    this.choose();
    await this.session.call('renew', (done) => this.cam.renew({}, done));
  }

  /** Asks for the states as they are. Cameras without it say them at creation, or not at all. */
  async synchronize(): Promise<void> {
    this.choose();
    const body = '<SetSynchronizationPoint xmlns="http://www.onvif.org/ver10/events/wsdl"/>';
    const id = this.cam.events.subscription?.subscriptionReference?.referenceParameters?.subscriptionId;
    const parameter =
      id === undefined
        ? ''
        : `<SubscriptionId xmlns="http://www.axis.com/2009/event" a:IsReferenceParameter="true">${id}</SubscriptionId>`;
    await this.session
      .call('setSynchronizationPoint', (done) =>
        this.session.ask(this.to, `<a:To>${this.to.href}</a:To>${parameter}`, body, done),
      )
      .catch((error: unknown) => {
        if (!(error instanceof CameraError) || isAway(error)) throw error;
      });
  }

  /**
   * Gives the slot back, also when the line is being stopped: cameras have few, and a gateway that restarts some times in
   * two minutes would use them up. Whether the camera agrees is all the same, it lets the subscription expire anyway.
   */
  async end(): Promise<void> {
    this.choose();
    await this.session
      .call('unsubscribe', (done) => this.cam.unsubscribe(done, true), FAREWELL_MS, new AbortController().signal)
      .catch(() => undefined);
  }
  /** The package knows one subscription of a camera at a time. */
  private choose(): void {
    this.cam.events.subscription = this.reference as NonNullable<typeof this.cam.events.subscription>;
  }
}
