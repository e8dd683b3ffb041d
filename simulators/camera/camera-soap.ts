/**
 * The SOAP texts a simulated camera speaks: envelopes, faults, notifications, discovery replies.
 * Requests are read by local names only. It must never share a line with the driver, or both would be wrong together.
 */

export type Items = Readonly<Record<string, string>>;
export type Operation = 'Initialized' | 'Changed' | 'Deleted';

const NAMESPACES = [
  'xmlns:s="http://www.w3.org/2003/05/soap-envelope"',
  'xmlns:wsa="http://www.w3.org/2005/08/addressing"',
  'xmlns:wsnt="http://docs.oasis-open.org/wsn/b-2"',
  'xmlns:tds="http://www.onvif.org/ver10/device/wsdl"',
  'xmlns:trt="http://www.onvif.org/ver10/media/wsdl"',
  'xmlns:tr2="http://www.onvif.org/ver20/media/wsdl"',
  'xmlns:tev="http://www.onvif.org/ver10/events/wsdl"',
  'xmlns:tt="http://www.onvif.org/ver10/schema"',
  'xmlns:ter="http://www.onvif.org/ver10/error"',
  'xmlns:tns1="http://www.onvif.org/ver10/topics"',
].join(' ');

export const escapeXml = (text: string): string =>
  text.replace(/[<>&"]/g, (c) => ({ '<': '&lt;', '>': '&gt;', '&': '&amp;', '"': '&quot;' })[c]!);

/** Seconds precision, as cameras write it. */
export const stamp = (at: number): string => `${new Date(at).toISOString().slice(0, 19)}Z`;

export function envelope(body: string): string {
  return `<?xml version="1.0" encoding="utf-8"?><s:Envelope ${NAMESPACES}><s:Body>${body}</s:Body></s:Envelope>`;
}

export function fault(subcode: string, reason: string): string {
  return envelope(
    `<s:Fault><s:Code><s:Value>s:Sender</s:Value><s:Subcode><s:Value>${subcode}</s:Value></s:Subcode></s:Code>` +
      `<s:Reason><s:Text xml:lang="en">${reason}</s:Text></s:Reason></s:Fault>`,
  );
}

/** The text of the answer, or a fault. */
export interface Answer {
  readonly xml: string;
  readonly fault?: boolean;
}

export const refuse = (code: string, reason: string): Answer => ({ xml: fault(code, reason), fault: true });

const items = (list: Items): string =>
  Object.entries(list)
    .map(([name, value]) => `<tt:SimpleItem Name="${escapeXml(name)}" Value="${escapeXml(value)}"/>`)
    .join('');

export function notification(topic: string, at: number, operation: Operation, source: Items, data: Items): string {
  return (
    '<wsnt:NotificationMessage><wsnt:Topic Dialect="http://www.onvif.org/ver10/tev/topicExpression/ConcreteSet">' +
    `${topic}</wsnt:Topic><wsnt:Message><tt:Message UtcTime="${stamp(at)}" PropertyOperation="${operation}">` +
    `<tt:Source>${items(source)}</tt:Source><tt:Data>${items(data)}</tt:Data></tt:Message></wsnt:Message>` +
    '</wsnt:NotificationMessage>'
  );
}

/** The name of the first element inside Body, without prefix; undefined when there is none. */
export function operationOf(body: string): string | undefined {
  return /<(?:\w+:)?Body[^>]*>\s*<(?:\w+:)?(\w+)/.exec(body)?.[1];
}

/** The text of the first element of that local name. */
export function textOf(body: string, name: string): string | undefined {
  return new RegExp(`<(?:\\w+:)?${name}(?:\\s[^>]*)?>([^<]*)<`).exec(body)?.[1];
}

/** xs:duration of hours, minutes and seconds → ms. */
export function durationMs(text: string | undefined, otherwise: number): number {
  const parts = /^PT(?:(\d+)H)?(?:(\d+)M)?(?:([\d.]+)S)?$/.exec(text ?? '');
  if (!parts) return otherwise;
  return (Number(parts[1] ?? 0) * 3600 + Number(parts[2] ?? 0) * 60 + Number(parts[3] ?? 0)) * 1000;
}

/** A ProbeMatches envelope (WS-Discovery 2005/04, which ONVIF uses); `name` goes in as it is, escaped or not. */
export function probeMatches(match: { to: string; urn: string; xaddrs?: string; scopes: string }): string {
  const xaddrs = match.xaddrs === undefined ? '' : `<d:XAddrs>${match.xaddrs}</d:XAddrs>`;
  return (
    '<?xml version="1.0" encoding="utf-8"?><s:Envelope xmlns:s="http://www.w3.org/2003/05/soap-envelope" ' +
    'xmlns:a="http://schemas.xmlsoap.org/ws/2004/08/addressing" xmlns:d="http://schemas.xmlsoap.org/ws/2005/04/discovery" ' +
    'xmlns:dn="http://www.onvif.org/ver10/network/wsdl"><s:Header>' +
    `<a:RelatesTo>${match.to}</a:RelatesTo><a:Action>http://schemas.xmlsoap.org/ws/2005/04/discovery/ProbeMatches</a:Action>` +
    `</s:Header><s:Body><d:ProbeMatches><d:ProbeMatch><a:EndpointReference><a:Address>${match.urn}</a:Address>` +
    `</a:EndpointReference><d:Types>dn:NetworkVideoTransmitter</d:Types><d:Scopes>${match.scopes}</d:Scopes>${xaddrs}` +
    '<d:MetadataVersion>1</d:MetadataVersion></d:ProbeMatch></d:ProbeMatches></s:Body></s:Envelope>'
  );
}
