/**
 * The event brokers of a simulated camera (ONVIF Core Specification, "Event Broker"): what it was told, which it answers without the
 * password. Whether it is connected there a test says. It must never share a line with the driver.
 */
import { type Answer, envelope, escapeXml, refuse, textOf } from './camera-soap.ts';

/** A broker as the camera was told it. */
export interface CameraBrokerSetting {
  readonly address: string;
  readonly prefix: string;
  readonly user: string | undefined;
  readonly password: string | undefined;
  readonly qos: number;
  status: 'Offline' | 'Connecting' | 'Connected';
}

export interface BrokerContext {
  readonly brokers: Map<string, CameraBrokerSetting>;
  readonly body: string;
}

const plain = (text: string | undefined) =>
  text?.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&quot;', '"').replaceAll('&amp;', '&');

export function addBroker({ brokers: known, body: whole }: BrokerContext): Answer {
  // The head of the envelope has a password of its own.
  const body = /<(?:\w+:)?EventBroker>([\s\S]*)<\/(?:\w+:)?EventBroker>/.exec(whole)?.[1] ?? '';
  const [address, prefix] = [textOf(body, 'Address'), textOf(body, 'TopicPrefix')];
  if (!address || !prefix) return refuse('ter:InvalidArgVal', 'Address or TopicPrefix is missing');
  if (!/^mqtts?:/.test(address)) return refuse('ter:InvalidArgVal', `No such protocol for ${textOf(body, 'Password')}`);
  const [user, password] = [plain(textOf(body, 'UserName')), plain(textOf(body, 'Password'))];
  const qos = Number(textOf(body, 'QoS') ?? 0);
  known.set(address, { address, prefix, user, password, qos, status: 'Connecting' });
  return { xml: envelope('<tev:AddEventBrokerResponse/>') };
}

export function brokers({ brokers: known, body }: BrokerContext): Answer {
  const asked = textOf(body, 'Address');
  const shown = [...known.values()].filter(({ address }) => asked === undefined || address === asked);
  const one = ({ address, prefix, user, qos, status }: CameraBrokerSetting): string =>
    `<tev:EventBroker><tev:Address>${escapeXml(address)}</tev:Address><tev:TopicPrefix>${escapeXml(prefix)}</tev:TopicPrefix>` +
    (user === undefined ? '' : `<tev:UserName>${escapeXml(user)}</tev:UserName>`) +
    `<tev:QoS>${qos}</tev:QoS><tev:Status>${status}</tev:Status></tev:EventBroker>`;
  return { xml: envelope(`<tev:GetEventBrokersResponse>${shown.map(one).join('')}</tev:GetEventBrokersResponse>`) };
}
