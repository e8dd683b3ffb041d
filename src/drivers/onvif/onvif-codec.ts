/**
 * The texts and sockets between the `onvif` package and the wire: headers it leaves out, answers of real firmware that it
 * cannot read, and a limit on what a camera may send. It must never hold state of a camera.
 */
import { randomUUID } from 'node:crypto';
import http from 'node:http';
import https from 'node:https';
import { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { rememberedLookup } from './onvif-lookup.ts';

/** No answer of a camera that means anything is near this size. */
const ANSWER_MAX = 2_000_000;
/** How long a connection may be silent before it is probed; Node then probes each second, ten times. */
const PROBE_MS = 1_000;

export const escapeXml = (text: string): string =>
  text.replace(/[<>&]/g, (c) => ({ '<': '&lt;', '>': '&gt;', '&': '&amp;' })[c]!);

/** Some cameras refuse a pull without WS-Addressing's Action or a Renew without its MessageID; the package sends only To. */
const PULL_POINT = 'http://www.onvif.org/ver10/events/wsdl/PullPointSubscription';
const MANAGER = 'http://docs.oasis-open.org/wsn/bw-2/SubscriptionManager';
const ACTIONS: Readonly<Record<string, string>> = {
  PullMessages: `${PULL_POINT}/PullMessagesRequest`,
  SetSynchronizationPoint: `${PULL_POINT}/SetSynchronizationPointRequest`,
  Renew: `${MANAGER}/RenewRequest`,
  Unsubscribe: `${MANAGER}/UnsubscribeRequest`,
};

/** The headers of WS-Addressing that a request to a subscription lacks; nothing for any other request. */
export function addressing(body: string): string {
  const action = Object.entries(ACTIONS).find(
    ([name]) => body.includes(`<${name} `) || body.includes(`<${name}/>`),
  )?.[1];
  return action === undefined
    ? ''
    : `<a:Action>${action}</a:Action><a:MessageID>urn:uuid:${randomUUID()}</a:MessageID>`;
}

/** A request without the UsernameToken in it. */
export const withoutToken = (body: string): string => body.replace(/<Security [\s\S]*?<\/Security>/, '');

/** The package's parsed XML: an array for every element, text or attributes below. */
type XmlNode = Record<string, unknown>;
const first = (value: unknown): unknown => (Array.isArray(value) ? value[0] : value);
const isNode = (value: unknown): value is XmlNode => typeof value === 'object' && value !== null;
const text = (value: unknown): string => {
  const one = first(value);
  return typeof one === 'string' ? one : isNode(one) && typeof one._ === 'string' ? one._ : '';
};

/**
 * Puts the answer to CreatePullPointSubscription into the one shape the package can read: an address directly below the
 * response, none at all, attributes on Axis' SubscriptionId, dates in other forms. `given` keeps the address as written.
 */
export function mended(data: unknown): unknown {
  const body = first(data);
  const answer = isNode(body) ? first(body.createPullPointSubscriptionResponse) : undefined;
  if (!isNode(answer)) return data;
  const reference = first(answer.subscriptionReference);
  const given = text(isNode(reference) ? reference.address : answer.address).trim();
  const parameters = isNode(reference) ? first(reference.referenceParameters) : undefined;
  const id = isNode(parameters) ? text(parameters.subscriptionId) : '';
  const date = (value: unknown): string[] => {
    const at = Date.parse(text(value));
    return [new Date(Number.isNaN(at) ? 0 : at).toISOString()];
  };
  const created = {
    given: [given],
    // The package would only parse it, and complain of a urn.
    subscriptionReference: [{ address: [''] }],
    subscriptionId: [id],
    currentTime: date(answer.currentTime),
    terminationTime: date(answer.terminationTime),
  };
  return [{ createPullPointSubscriptionResponse: [created] }];
}

/** A socket pool that counts what it receives, and that can drop every request at once. */
export function boundedAgent(secure: boolean): http.Agent {
  // Without keep-alive: cameras close idle connections at any moment, and a request would be lost on one.
  const options = { keepAlive: false, lookup: rememberedLookup };
  const agent = secure ? new https.Agent(options) : new http.Agent(options);
  const connect = agent.createConnection.bind(agent);
  agent.createConnection = (options, done): Duplex | null | undefined => {
    const socket = connect(options, done);
    // A held pull hears nothing of a camera that went away, until the probes of TCP do.
    if (socket instanceof Socket) socket.setKeepAlive(true, PROBE_MS);
    let received = 0;
    socket?.on('data', (chunk: Buffer) => {
      received += chunk.length;
      if (received > ANSWER_MAX)
        socket.destroy(Object.assign(new Error('the answer is too large'), { code: 'too large' }));
    });
    return socket;
  };
  return agent;
}
