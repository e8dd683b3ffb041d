/**
 * What a simulated camera answers to each ONVIF call: a table of operations over its state.
 * Transport and authentication are done before; this must never look at sockets.
 */

import { addBroker, type BrokerContext, brokers } from './camera-brokers.ts';
import { type DeviceContext, dateAndTime, information, setDateAndTime } from './camera-device.ts';
import type { CameraEvents } from './camera-events.ts';
import { type MediaContext, profiles, snapshotUri, streamUri, videoSources } from './camera-media.ts';
import { type Answer, durationMs, envelope, refuse, stamp, textOf } from './camera-soap.ts';

export interface CallContext extends MediaContext, DeviceContext, BrokerContext {
  readonly events: CameraEvents;
  /** Path and query of the request. */
  readonly path: string;
  /** Aborted when the client goes away. */
  readonly gone: AbortSignal;
}

const LIFE_MS = 120_000;
const unknown = (): Answer => refuse('wsrf-rw:ResourceUnknownFault', 'The subscription is not known');

/** Which subscription a request is for: by address, or by Axis' reference parameter. */
function subscriptionOf({ path, body }: CallContext): number {
  return Number(textOf(body, 'SubscriptionId') ?? /Idx=(\d+)/.exec(path)?.[1] ?? Number.NaN);
}

function times({ faults, clock }: CallContext, lifeMs: number): string {
  const now = clock();
  const end = faults.expiresNow ? now : now + lifeMs;
  return `<wsnt:CurrentTime>${stamp(now)}</wsnt:CurrentTime><wsnt:TerminationTime>${stamp(end)}</wsnt:TerminationTime>`;
}

function reference(context: CallContext, id: number): string {
  const { faults, origin } = context;
  // With an ampersand, which a client must write back as XML.
  const path = `/onvif/Events/PullMessagesManager?Idx=${id}&amp;v=1`;
  const address = (text: string): string => `<wsa:Address>${text}</wsa:Address>`;
  switch (faults.address) {
    case 'normal':
    case 'undeclared':
      return `<tev:SubscriptionReference>${address(origin() + path)}</tev:SubscriptionReference>`;
    case 'no-host':
      return `<tev:SubscriptionReference>${address(`http://${path}`)}</tev:SubscriptionReference>`;
    case 'empty':
      return '<tev:SubscriptionReference><wsa:Address/></tev:SubscriptionReference>';
    case 'urn':
      return `<tev:SubscriptionReference>${address('urn:uuid:6f7a1c2e-0000-4000-8000-000000000001')}</tev:SubscriptionReference>`;
    case 'other-host':
      return `<tev:SubscriptionReference>${address(`http://${faults.foreignHost}${path}`)}</tev:SubscriptionReference>`;
    case 'flat':
      return address(origin() + path);
    case 'axis':
      return (
        `<tev:SubscriptionReference>${address(`${origin()}/onvif/services`)}<wsa:ReferenceParameters>` +
        '<dom0:SubscriptionId xmlns:dom0="http://www.axis.com/2009/event" wsa:IsReferenceParameter="true">' +
        `${id}</dom0:SubscriptionId></wsa:ReferenceParameters></tev:SubscriptionReference>`
      );
  }
}

function create(context: CallContext): Answer {
  const lifeMs = context.faults.lifetimeMs ?? durationMs(textOf(context.body, 'InitialTerminationTime'), LIFE_MS);
  const id = context.events.create(lifeMs);
  if (id === undefined) return refuse('ter:MaxPullPoints', 'The maximum number of pull points is reached');
  lastCreated.set(context.events, id);
  const xml = envelope(
    `<tev:CreatePullPointSubscriptionResponse>${reference(context, id)}${times(context, lifeMs)}</tev:CreatePullPointSubscriptionResponse>`,
  );
  return {
    xml: context.faults.address === 'undeclared' ? xml.replace(/ xmlns:wsa="[^"]*"| xmlns:wsnt="[^"]*"/g, '') : xml,
  };
}
/** Cameras that give no usable address mean the event service itself, and the newest subscription. */
const lastCreated = new WeakMap<CameraEvents, number>();

function target(context: CallContext): number {
  const id = subscriptionOf(context);
  return Number.isNaN(id) ? (lastCreated.get(context.events) ?? -1) : id;
}

async function pull(context: CallContext): Promise<Answer> {
  const { faults, body, events, gone } = context;
  if (faults.blocked > 0) {
    faults.blocked--;
    return refuse('ter:BlockedThreadUpperLimit', 'Too many threads wait');
  }
  const waitMs = faults.noLongPoll ? 0 : durationMs(textOf(body, 'Timeout'), 1000);
  const id = target(context);
  const messages = await events.pull(id, waitMs, Number(textOf(body, 'MessageLimit') ?? 10), gone);
  if (!messages) return unknown();
  const lifeMs = faults.lifetimeMs ?? LIFE_MS;
  if (!faults.pullDoesNotExtend) events.renew(id, lifeMs);
  const at = times(context, lifeMs).replaceAll('wsnt:', 'tev:');
  return { xml: envelope(`<tev:PullMessagesResponse>${at}${messages.join('')}</tev:PullMessagesResponse>`) };
}

function renew(context: CallContext): Answer {
  const lifeMs = context.faults.lifetimeMs ?? durationMs(textOf(context.body, 'TerminationTime'), LIFE_MS);
  if (context.faults.renewFails) return refuse('ter:ActionNotSupported', 'Optional Action Not Implemented');
  if (!context.events.renew(target(context), lifeMs)) return unknown();
  return { xml: envelope(`<wsnt:RenewResponse>${times(context, lifeMs)}</wsnt:RenewResponse>`) };
}

function services({ faults, origin }: CallContext): Answer {
  if (faults.noServices) return refuse('ter:ActionNotSupported', 'Optional Action Not Implemented');
  const at = faults.foreignServices ?? origin();
  const one = (namespace: string, path: string): string =>
    `<tds:Service><tds:Namespace>http://www.onvif.org/${namespace}/wsdl</tds:Namespace><tds:XAddr>${at}${path}</tds:XAddr></tds:Service>`;
  const list =
    one('ver10/device', '/onvif/device_service') +
    // Before Media, as firmware lists it.
    (faults.media2 === 'absent' ? '' : one('ver20/media', '/onvif/media2')) +
    one('ver10/media', '/onvif/media') +
    one('ver10/events', '/onvif/events');
  return { xml: envelope(`<tds:GetServicesResponse>${list}</tds:GetServicesResponse>`) };
}

function capabilities({ faults, origin }: CallContext): Answer {
  const at = faults.foreignServices ?? origin();
  return {
    xml: envelope(
      '<tds:GetCapabilitiesResponse><tds:Capabilities>' +
        `<tt:Device><tt:XAddr>${at}/onvif/device_service</tt:XAddr></tt:Device>` +
        `<tt:Events><tt:XAddr>${at}/onvif/events</tt:XAddr><tt:WSPullPointSupport>true</tt:WSPullPointSupport></tt:Events>` +
        `<tt:Media><tt:XAddr>${at}/onvif/media</tt:XAddr></tt:Media></tds:Capabilities></tds:GetCapabilitiesResponse>`,
    ),
  };
}

const CALLS: Readonly<Record<string, (context: CallContext) => Answer | Promise<Answer>>> = {
  GetSystemDateAndTime: dateAndTime,
  GetServices: services,
  GetCapabilities: capabilities,
  GetDeviceInformation: information,
  SetSystemDateAndTime: setDateAndTime,
  GetProfiles: profiles,
  GetVideoSources: videoSources,
  GetSnapshotUri: snapshotUri,
  GetStreamUri: streamUri,
  AddEventBroker: addBroker,
  GetEventBrokers: brokers,
  CreatePullPointSubscription: create,
  PullMessages: pull,
  Renew: renew,
  SetSynchronizationPoint: (context) => {
    if (context.faults.noSynchronizationPoint)
      return refuse('ter:ActionNotSupported', 'Optional Action Not Implemented');
    if (!context.events.synchronize(target(context))) return unknown();
    return { xml: envelope('<tev:SetSynchronizationPointResponse/>') };
  },
  Unsubscribe: (context) => {
    if (context.faults.endsAll) context.events.forget();
    context.events.drop(target(context));
    return { xml: envelope('<wsnt:UnsubscribeResponse/>') };
  },
};

/** The answer to a call; a fault for calls this camera does not know. */
export async function answerTo(operation: string | undefined, context: CallContext): Promise<Answer> {
  const { faults, body } = context;
  const known = operation !== undefined && !faults.without.includes(operation);
  if (known && faults.wantsMessageId.includes(operation) && textOf(body, 'MessageID') === undefined)
    return refuse('wsa:MessageAddressingHeaderRequired', 'A required header is missing: wsa:MessageID');
  const call = known ? CALLS[operation] : undefined;
  return call ? call(context) : refuse('ter:ActionNotSupported', 'Optional Action Not Implemented');
}
