/**
 * Has a camera publish its events to a broker by itself (ONVIF Core Specification, "Event Broker"; Profile M), where the configuration
 * wants that: the broker's address, a topic prefix, and a log-in of its own that can do nothing else. It must never give the camera
 * the line's own log-in, nor put the password into a sentence; and a camera that cannot do it is there all the same.
 */
import { brokerRefused } from '../../words/camera/broker-words.ts';
import type { CameraChannel, EventBrokerOptions, OnvifOptions } from '../connection-options.ts';
import type { Line } from '../line.ts';
import { children, text } from './answer/onvif-xml.ts';
import { escapeXml } from './onvif-codec.ts';
import type { CameraDevices } from './onvif-devices.ts';
import { CameraError, isAway } from './onvif-error.ts';
import type { OnvifSession } from './onvif-session.ts';

const SPACE = 'xmlns="http://www.onvif.org/ver10/events/wsdl"';
/** A camera that would not is asked again after so long. */
const AGAIN_MS = 3_600_000;
/** Each event is acknowledged once it is kept. */
const AT_LEAST_ONCE = 1;

export class CameraBroker {
  private readonly line: Line<OnvifOptions, CameraChannel>;
  private readonly devices: CameraDevices;
  private refusedAt = Number.NEGATIVE_INFINITY;

  constructor(line: Line<OnvifOptions, CameraChannel>, devices: CameraDevices) {
    this.line = line;
    this.devices = devices;
  }

  /** After a log-in: tells the camera, unless it publishes there already. Rejects when the camera is away. */
  async tell(session: OnvifSession): Promise<void> {
    const { options, world } = this.line;
    const broker = options.eventBroker;
    if (!broker || world.elapsed() - this.refusedAt < AGAIN_MS) return;
    try {
      if (!(await publishes(session, broker))) {
        await session.request('events', 'AddEventBroker', adding(broker));
        world.log.info('camera was told to publish its events', { device: this.devices.itself, to: broker.address });
      }
      this.say(undefined);
    } catch (error) {
      if (!(error instanceof CameraError) || isAway(error)) throw error;
      this.refusedAt = world.elapsed();
      const detail = error.detail.replaceAll(broker.password, '…');
      this.say(brokerRefused(this.devices.name, broker.address, detail));
    }
  }

  private say(why: Parameters<Line['trouble']>[1]): void {
    this.line.trouble(`${this.devices.name}/event-broker`, why);
  }
}

/** Whether it is connected there as it should be. A password is never told, so one that is not connected is told anew. */
async function publishes(session: OnvifSession, { address, topicPrefix, user }: EventBrokerOptions): Promise<boolean> {
  try {
    const asked = `<GetEventBrokers ${SPACE}><Address>${escapeXml(address)}</Address></GetEventBrokers>`;
    const answer = await session.request('events', 'GetEventBrokers', asked);
    return children(answer, 'eventBroker').some(
      (one) =>
        text(one, 'address') === address &&
        text(one, 'topicPrefix') === topicPrefix &&
        text(one, 'userName') === user &&
        /^connected$/i.test(text(one, 'status') ?? ''),
    );
  } catch (error) {
    if (!(error instanceof CameraError) || isAway(error)) throw error;
    return false;
  }
}

function adding({ address, topicPrefix, user, password }: EventBrokerOptions): string {
  const one = (name: string, value: string) => `<${name}>${escapeXml(value)}</${name}>`;
  const login = one('UserName', user) + one('Password', password);
  const broker = one('Address', address) + one('TopicPrefix', topicPrefix) + login + one('QoS', String(AT_LEAST_ONCE));
  return `<AddEventBroker ${SPACE}><EventBroker>${broker}</EventBroker></AddEventBroker>`;
}
