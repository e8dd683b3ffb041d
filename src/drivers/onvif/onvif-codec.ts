/**
 * The texts between the `onvif` package and the wire: headers it leaves out, and answers of real firmware that it cannot read. It
 * must never hold state of a camera.
 */
import { randomUUID } from 'node:crypto';

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

const TOKEN = /<Security [\s\S]*?<\/Security>/;
/** A request without the UsernameToken in it. */
export const withoutToken = (body: string): string => body.replace(TOKEN, '');

/** A request with the token of another envelope in the place of its own, which works once. */
export const withFreshToken = (body: string, envelope: string): string =>
  body.replace(TOKEN, (old) => TOKEN.exec(envelope)?.[0] ?? old);

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
