/**
 * Answers by the way a message came: the number an alarm has for a person, what an answer does and does not do, and the end of a
 * conversation between two machines.
 */
import { describe, expect, test } from 'vitest';
import { answeredMax } from '../../src/core/act/reach/reply-act.ts';
import { owed } from '../../src/core/alarm/duties.ts';
import { foldNumbers, numbersFor } from '../../src/core/tell/reply-book.ts';
import type { Duty, Live, ReplyCame, ReplyHeard, Site } from '../../src/core/types.ts';
import { answerMessage } from '../../src/perform/sending/message.ts';
import { minute, monday, operator, Story, school } from './school.ts';

const second = 1_000;
const live: Live = { gauges: new Map(), heard: new Map(), listeningSince: 0 };
const words = (zh: string) => ({ zh, en: zh });

const chain = { steps: [{ afterMs: 0, roles: [], channels: [], people: ['li', 'old'] }], repeatMs: 2 * minute };
const site: Site = {
  ...school,
  people: {
    li: { id: 'li', name: '李强', account: 'li.q', ways: ['phone'] },
    old: { id: 'old', name: '老王', ways: ['phone'] },
  },
  ladder: [{ channel: 'sms', afterMs: 0 }],
  channels: {
    sms: { id: 'sms', title: words('短信'), each: 'phone', replies: true },
    call: { id: 'call', title: words('电话'), each: 'phone', alarmsOnly: true },
  },
  escalation: { ...school.escalation, 1: chain, 2: chain },
};

class ReplyNight extends Story {
  readonly out: string[] = [];

  constructor(role: 'guard' | 'auditor' = 'guard') {
    super(monday + 19 * 60 * minute + 10 * minute);
    this.site = site;
    this.tell({ kind: 'door', fact: { kind: 'account-changed', name: 'li.q', role, change: 'added', mark: 'a' } });
  }

  duties(): Duty[] {
    return owed(this.site, { state: this.state, live }, this.now);
  }

  passes(seconds: number): void {
    for (let i = 0; i < seconds; i++) {
      this.now += second;
      this.tell({ kind: 'tick' });
      for (const duty of this.duties()) {
        if (duty.do === 'notify') {
          const numbers = duty.to?.map((person) => `${person}=${duty.numbers?.[person] ?? '-'}`) ?? [];
          this.out.push([duty.channel, ...numbers, ...(duty.taken ? ['taken'] : [])].join(' '));
        } else if (duty.do === 'answer') this.out.push(`${duty.person}: ${answerMessage(this.site, duty).text.zh}`);
        else continue;
        this.tell({ kind: 'outcome', duty: duty.id, ok: true });
      }
    }
  }

  climbs(): number {
    this.reads('fence', { climb: true });
    return this.only('raised').at(-1)!.seq;
  }

  replies(heard: Partial<ReplyHeard>): ReplyCame | undefined {
    const before = this.events.length;
    this.tell({ kind: 'reply', channel: 'sms', person: 'li', said: 'acknowledge', ...heard });
    const said = this.events.slice(before).find((event) => event.kind === 'replied');
    return said?.kind === 'replied' ? said.came : undefined;
  }
}

/** A night with one alarm, or two, that both persons were told of. */
function told(alarms: 1 | 2 = 1): { night: ReplyNight; first: number } {
  const night = new ReplyNight();
  const first = night.climbs();
  night.passes(2);
  if (alarms === 1) return { night, first };
  // Later than what one cause may set off.
  night.passes(63);
  night.reads('fence', { tamper: true });
  night.passes(2);
  return { night, first };
}

describe('an answer by SMS', () => {
  test('has a small number of each person for each alarm, the same in every message of it', () => {
    const { night } = told(2);
    expect(night.out).toEqual(['sms li=1', 'sms old=1', 'sms li=2', 'sms old=2']);
    night.passes(121);
    expect(night.out.slice(4, 6)).toEqual(['sms li=1', 'sms old=1']);
  });

  test('acknowledges as the person, with his account, and he is told so', () => {
    const { night, first } = told();
    night.out.length = 0;
    expect(night.replies({ number: 1 })).toBe('acknowledged');
    expect(night.state.alarms.get(first)?.acked?.by).toBe('li.q');
    night.passes(2);
    expect(night.out.find((one) => one.startsWith('li:'))).toMatch(/^li: .*已由 李强 于 .* 确认$/);
  });

  test('that names no alarm counts where one waits, and is ambiguous where two do', () => {
    const { night, first } = told(2);
    expect(night.replies({})).toBe('ambiguous');
    expect(night.replies({ number: 1, bare: true })).toBe('ambiguous');
    expect([...night.state.alarms.values()].filter(({ acked }) => acked)).toEqual([]);
    night.passes(2);
    expect(night.out.at(-1)).toMatch(/没有确认任何报警。待确认：1 .*；2 .*。请回“编号\+确认”/);
    night.asks(operator, { do: 'acknowledge', alarm: first });
    // He may have meant the one that was taken while he typed.
    expect(night.replies({})).toBe('ambiguous');
    night.reads('fence', { climb: false });
    night.asks(operator, { do: 'close', alarm: first, reason: 'F8' });
    expect(night.replies({})).toBe('acknowledged');
  });

  test('that names no alarm does not take one whose message never left', () => {
    const { night, first } = told();
    night.reads('fence', { tamper: true });
    const second = night.only('raised').at(-1)!.seq;
    night.state.alarms.set(second, { ...night.state.alarms.get(second)!, numbers: { li: 2 }, notices: [] });
    night.state.alarms.set(first, { ...night.state.alarms.get(first)!, acked: { by: operator.name, at: monday } });
    expect(night.replies({})).toBe('nothing-waits');
    expect(night.only('acknowledged')).toEqual([]);
  });

  test('has a number that no other alarm has for the person, also by another channel', () => {
    const { night, first } = told();
    const two = { ...site.channels.sms!, id: 'two' };
    const channels = { ...site.channels, two };
    const { numbers = {} } = night.state.alarms.get(first)!;
    expect(numbers.li).toBe(1);
    expect(numbersFor({ ...site, channels }, night.state, { channel: 'two', people: ['li'] })).toEqual({ li: 2 });
  });

  test('is for the alarm of then and no later one, though its next message goes by another channel', () => {
    const { night, first } = told();
    const two = { ...site.channels.sms!, id: 'two' };
    night.site = { ...site, channels: { ...site.channels, two } };
    night.reads('fence', { climb: false });
    night.asks(operator, { do: 'acknowledge', alarm: first });
    night.asks(operator, { do: 'close', alarm: first, reason: 'F8' });
    const next = (channel: string) => numbersFor(night.site, night.state, { channel, people: ['li'] });
    expect(next('two')).toEqual({ li: 2 });
    foldNumbers(night.state, 'two', { li: 2 });
    expect(next('sms')).toEqual({ li: 3 });
    foldNumbers(night.state, 'sms', { li: 99 });
    expect(next('two')).toEqual({ li: 1 });
  });

  test('of a person whose only account is disabled acknowledges nothing, also where a phone of that name is paired', () => {
    const { night } = told();
    night.state.accounts.set('li.q', { role: 'guard', disabled: true });
    night.state.phones.set('p1', { name: 'li.q', until: night.now + 3_600_000 });
    expect(night.replies({ number: 1 })).toBe('no-account');
    expect(night.only('acknowledged')).toEqual([]);
  });

  test('that comes twice does nothing the second time, but is a fact and is answered', () => {
    const { night } = told();
    night.replies({ number: 1 });
    expect(night.replies({ number: 1 })).toBe('already');
    expect(night.only('acknowledged')).toHaveLength(1);
    expect(night.only('replied')).toHaveLength(2);
  });

  test('that comes when its alarm is over meets no other alarm', () => {
    const { night, first } = told();
    night.asks(operator, { do: 'acknowledge', alarm: first });
    night.reads('fence', { climb: false });
    night.asks(operator, { do: 'close', alarm: first, reason: 'F8' });
    expect(night.only('refused')).toEqual([]);
    expect(night.state.alarms.has(first)).toBe(false);
    night.climbs();
    night.passes(2);
    expect(night.replies({ number: 1 })).toBe('no-such');
    expect(night.only('acknowledged')).toHaveLength(1);
  });

  test('from a number of nobody does nothing, is a fact, and is never answered', () => {
    const { night } = told();
    const before = night.events.length;
    night.tell({ kind: 'reply', channel: 'sms', said: 'other' });
    expect(night.events.slice(before).map(({ kind }) => kind)).toEqual(['replied']);
    expect(night.duties().filter((duty) => duty.do === 'answer')).toEqual([]);
    for (let i = 0; i < 30; i++) night.tell({ kind: 'reply', channel: 'sms', said: 'other' });
    expect(night.only('replied')).toHaveLength(10);
  });

  test('of somebody without an account, or whose account may not, acknowledges nothing and says so', () => {
    const { night } = told();
    expect(night.replies({ person: 'old', number: 1 })).toBe('no-account');
    night.passes(2);
    expect(night.out.at(-1)).toMatch(/^old: .*您的账号不能确认，未确认/);
    const other = new ReplyNight('auditor');
    other.climbs();
    other.passes(2);
    expect(other.replies({ number: 1 })).toBe('refused');
    expect(other.only('acknowledged')).toEqual([]);
  });

  test('is taken by a channel only where the configuration says so', () => {
    const { night } = told();
    expect(night.replies({ channel: 'call', number: 1 })).toBeUndefined();
    expect(night.only('replied')).toEqual([]);
  });

  test('ends: whoever answers each answer is answered a few times an hour', () => {
    const { night } = told();
    night.out.length = 0;
    for (let i = 0; i < 80; i++) {
      night.replies({ said: 'other' });
      night.passes(1);
    }
    expect(night.out.filter((one) => one.startsWith('li:'))).toHaveLength(answeredMax);
    expect(night.only('replied').length).toBe(60);
    night.passes(3_600);
    night.out.length = 0;
    night.replies({ said: 'other' });
    night.passes(1);
    expect(night.out.filter((one) => one.startsWith('li:'))).toHaveLength(1);
  });
});

describe('退订', () => {
  test('ends all messages by that way to that person, at once, and 恢复 begins them again', () => {
    const { night } = told();
    night.out.length = 0;
    expect(night.replies({ said: 'stop' })).toBe('stopped');
    night.passes(240);
    expect(night.out.filter((one) => one.startsWith('sms li'))).toEqual([]);
    expect(night.out.filter((one) => one.startsWith('sms old')).length).toBeGreaterThan(0);
    expect(night.replies({ said: 'start' })).toBe('started');
    night.passes(130);
    expect(night.out.filter((one) => one.startsWith('sms li')).length).toBeGreaterThan(0);
  });
  test('is taken back by the desk alone, with a word on how the person agreed; whoever gets messages is not put back', () => {
    const { night } = told();
    const back = { do: 'resubscribe', channel: 'sms', person: 'li', consent: '电话里说要收' } as const;
    expect(night.asks(operator, back)).toMatchObject([{ kind: 'refused', why: 'not-unsubscribed' }]);
    night.replies({ said: 'stop' });
    expect(night.asks({ name: 'li.q', role: 'guard' }, back)).toMatchObject([{ kind: 'refused', why: 'no-right' }]);
    expect(night.asks(operator, { ...back, consent: '' })).toMatchObject([{ kind: 'refused', why: 'reason-missing' }]);
    expect(night.asks(operator, { ...back, person: 'nobody' })).toMatchObject([{ why: 'unknown-person' }]);
    expect(night.asks(operator, back)).toMatchObject([
      { kind: 'resubscribed', channel: 'sms', person: 'li', by: 'wang', consent: '电话里说要收' },
    ]);
    night.out.length = 0;
    night.passes(130);
    expect(night.out.filter((one) => one.startsWith('sms li')).length).toBeGreaterThan(0);
  });
});
