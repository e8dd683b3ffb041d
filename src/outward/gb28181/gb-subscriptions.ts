/**
 * Who has asked to be told of alarms, and which: dialogs that a platform begins with SUBSCRIBE and ends with Expires 0 or by not asking
 * again. It sends nothing itself. An alarm that nobody here has asked for goes its other way.
 */
import type { GbAsked } from './gb-body.ts';
import type { GbLetter } from './gb-options.ts';
import { header, type SipMessage } from './sip-message.ts';
import { type SipAnswer, token } from './sip-talk.ts';
import type { WireFrom } from './sip-wire.ts';

export interface GbSubscription {
  readonly callId: string;
  readonly cmd: string;
  /** Theirs and ours as in every message of the dialog, with tags. */
  readonly them: string;
  readonly us: string;
  readonly event: string;
  readonly uri: string;
  readonly to: WireFrom;
  /** By the clock of deadlines, ms. */
  readonly until: number;
  readonly asked: ReadonlyMap<string, string>;
  seq: number;
}

/** More dialogs are not kept; ours. A platform needs one. */
const dialogsMax = 8;
const longestSec = 86_400;
/** What a platform may subscribe to; of the catalogue there is nothing to tell until the next start. */
const kept = new Set(['Alarm', 'Catalog']);

const bad = (code: number, reason: string): SipAnswer => ({ code, reason });

export class GbSubscriptions {
  readonly #all = new Map<string, GbSubscription>();

  /** What is answered to a SUBSCRIBE. `body`: what it asks for, where it says it. */
  take(request: SipMessage, from: WireFrom, body: GbAsked | undefined, contact: string, now: number): SipAnswer {
    const callId = header(request, 'call-id');
    const said = header(request, 'expires') ?? '3600';
    if (callId === undefined || callId.length > 200 || !/^\d{1,9}$/.test(said)) return bad(400, 'Bad Request');
    const known = this.#all.get(callId);
    const cmd = body?.fields.get('CmdType') ?? known?.cmd;
    if (cmd === undefined || !kept.has(cmd)) return bad(489, 'Bad Event');
    const seconds = Math.min(Number(said), longestSec);
    const tag = token(4);
    const to = header(request, 'to') ?? '';
    const us = known?.us ?? `${to.replace(/;\s*tag=[^;]*/i, '')};tag=${tag}`;
    this.#forgetOld(now);
    if (seconds === 0) this.#all.delete(callId);
    else if (!known && this.#all.size >= dialogsMax) return bad(503, 'Service Unavailable');
    else
      this.#all.set(callId, {
        ...{ callId, cmd, us, to: from, until: now + seconds * 1_000, seq: known?.seq ?? 0 },
        them: header(request, 'from') ?? '',
        event: header(request, 'event') ?? 'presence',
        uri: /<([^>\s]{1,300})>/.exec(header(request, 'contact') ?? '')?.[1] ?? known?.uri ?? request.uri ?? '',
        asked: body?.fields ?? known?.asked ?? new Map(),
      });
    return {
      code: 200,
      reason: 'OK',
      tag,
      headers: [
        ['Expires', String(seconds)],
        ['Contact', contact],
      ],
    };
  }

  /** Who has asked for such an alarm. */
  wantedBy(letter: GbLetter, now: number): GbSubscription | undefined {
    this.#forgetOld(now);
    return [...this.#all.values()].find((one) => one.cmd === 'Alarm' && wants(one.asked, letter));
  }

  /** It said that it knows of no such dialog. */
  drop({ callId }: GbSubscription): void {
    this.#all.delete(callId);
  }

  #forgetOld(now: number): void {
    for (const [callId, { until }] of this.#all) if (until <= now) this.#all.delete(callId);
  }
}

/** Whether an alarm is among those asked for: 0 and what is not said are all; methods as `2/5` or as `25`. */
export function wants(asked: ReadonlyMap<string, string>, { priority, kind }: GbLetter): boolean {
  const number = (name: string) => Number(asked.get(name) ?? 0) || 0;
  const [from, to] = [number('StartAlarmPriority'), number('EndAlarmPriority')];
  const methods = (asked.get('AlarmMethod') ?? '0').replace(/[^0-9]/g, '');
  const inMethods = methods === '' || methods.includes('0') || methods.includes(String(kind.method));
  return (from === 0 || priority >= from) && (to === 0 || priority <= to) && inMethods;
}
