/**
 * What a simulated camera can do wrong on request. Each switch was met on a real device or in a real library.
 * Switches are data; the behaviour is where the thing itself is. All are off at the start.
 */

/** How a camera, or what stands before it, treats who asks faster than it likes. */
export interface Haste {
  /** What is taken in a second. */
  readonly perSecond: number;
  readonly counts: 'connections' | 'requests';
  /** The second is one of the clock, or the last one at any moment. */
  readonly window: 'fixed' | 'sliding';
  /** What comes of the rest: reset, ended without a word, refused by a status, or never answered. */
  readonly answer: 'reset' | 'end' | 503 | 429 | 'mute';
}

export interface CameraFaults {
  /** Takes only so much in a second. */
  haste: Haste | undefined;
  /** Connections after a first request: kept, ended with each answer and said so, or open and deaf. */
  after: 'kept' | 'ended' | 'deaf';
  /** A nonce of Digest works for one request. */
  nonceOnce: boolean;
  /** Accepts and never answers. `true`, or only for these operations (`PullMessages`, `snapshot`, …). */
  hang: boolean | readonly string[];
  /** Sends half of each answer and cuts the connection. */
  cut: boolean;
  /** Every answer is this much late, ms. */
  slowMs: number;
  /** Answers are bytes that mean nothing. */
  garbage: boolean;
  /** Answers arrive sixteen bytes at a time, every half second. */
  drip: boolean;
  /** An answer of this many bytes. */
  hugeBytes: number;
  /** 401 as an HTML page without a challenge. */
  html401: boolean;
  /** An HTML "404" page with status 200. */
  htmlOk: boolean;
  /** HTTP status that faults are sent with. */
  faultStatus: number;
  /** The camera's clock minus ours, ms; changing it while running is a clock jump. */
  clockOffsetMs: number;
  /** Who keeps the clock: a person, a time server that may be wrong, or firmware that takes a setting and ignores it. */
  clockBy: 'manual' | 'ntp' | 'stuck';
  /** GetSystemDateAndTime needs a log-in too. */
  clockNeedsAuth: boolean;
  /** GetServices is not implemented (devices older than ONVIF 2.0). */
  noServices: boolean;
  /** Service addresses of another host that nobody accepted. */
  foreignServices: string | undefined;
  /** How the subscription manager's address is written. `other-host` uses `foreignHost`. */
  address: 'normal' | 'no-host' | 'empty' | 'urn' | 'other-host' | 'flat' | 'axis' | 'undeclared';
  foreignHost: string;
  /** TerminationTime says now (Vista). */
  expiresNow: boolean;
  /** Subscriptions live this long whatever was asked. Undefined: as asked. */
  lifetimeMs: number | undefined;
  /** Pulling does not keep a subscription alive, only Renew does (Axis). */
  pullDoesNotExtend: boolean;
  /** Renew is answered 400. */
  renewFails: boolean;
  /** These operations are refused without a MessageID of WS-Addressing. */
  wantsMessageId: readonly string[];
  /** These operations are not implemented. */
  without: readonly string[];
  /** These operations are answered to anybody, as the clock is. */
  open: readonly string[];
  /** The user may not do these operations. */
  forbidden: readonly string[];
  /** A UsernameToken is refused with a fault, and no Digest is offered in its place: who sends none is asked for one. */
  tokenRefused: boolean;
  /** A refused credential is counted, and never answered: who guesses is held up. */
  refusesMute: boolean;
  /** Ending one subscription ends them all. */
  endsAll: boolean;
  noSynchronizationPoint: boolean;
  /** Subscriptions stay alive and say nothing. */
  mute: boolean;
  /** Initialized messages are not sent. */
  noInitialized: boolean;
  /** The next pulls are refused with ter:BlockedThreadUpperLimit. */
  blocked: number;
  /** How many subscriptions fit; one more is refused. */
  slots: number;
  /** An empty pull is answered at once rather than held. */
  noLongPoll: boolean;
  /** Text put after each topic. */
  topicTail: string;
  snapshot: 'ok' | 'empty' | 'html' | 'png' | 'huge' | 'expired' | 'redirect' | 'none';
  snapshotAuth: 'none' | 'basic' | 'digest';
  /** Prefix of the snapshot address instead of the camera's own (`http://192.0.2.9`, with or without `user:pass@`). */
  snapshotAt: string | undefined;
  /** How events name the channel they are from: by the token of its source or of its configuration, or by its number. */
  naming: 'source' | 'source-token' | 'configuration' | 'number';
  /** Media2: absent as with older cameras, there, or announced and refusing every call. */
  media2: 'absent' | 'ok' | 'fails';
  /** The address of a video: right, refused, empty, deeper nested, escaped twice, no RTSP, given for main streams only. */
  stream: 'ok' | 'none' | 'empty' | 'nested' | 'escaped-twice' | 'http' | 'main-only';
  /** What the address of a video begins with instead of the RTSP server (`rtsp://admin:p@ss@192.0.2.9:554`). */
  streamAt: string | undefined;
  /** Envelopes to be sent as they are, by operation, instead of the right ones. */
  answers: Readonly<Record<string, string>>;
  /** Discovery: what goes out beside, or instead of, the right reply. */
  discovery:
    | 'ok'
    | 'silent'
    | 'garbage'
    | 'duplicate'
    | 'unescaped'
    | 'no-xaddrs'
    | 'no-scopes'
    | 'two-addresses'
    | 'credentials';
}

export function noFaults(): CameraFaults {
  return {
    haste: undefined,
    after: 'kept',
    nonceOnce: false,
    hang: false,
    cut: false,
    slowMs: 0,
    garbage: false,
    drip: false,
    hugeBytes: 0,
    html401: false,
    htmlOk: false,
    faultStatus: 400,
    clockOffsetMs: 0,
    clockBy: 'manual',
    clockNeedsAuth: false,
    noServices: false,
    foreignServices: undefined,
    address: 'normal',
    foreignHost: '192.0.2.99:8999',
    expiresNow: false,
    lifetimeMs: undefined,
    pullDoesNotExtend: false,
    renewFails: false,
    wantsMessageId: [],
    without: [],
    open: [],
    forbidden: [],
    tokenRefused: false,
    refusesMute: false,
    endsAll: false,
    noSynchronizationPoint: false,
    mute: false,
    noInitialized: false,
    blocked: 0,
    slots: 8,
    noLongPoll: false,
    topicTail: '',
    snapshot: 'ok',
    snapshotAuth: 'digest',
    snapshotAt: undefined,
    naming: 'source',
    media2: 'absent',
    stream: 'ok',
    streamAt: undefined,
    answers: {},
    discovery: 'ok',
  };
}
