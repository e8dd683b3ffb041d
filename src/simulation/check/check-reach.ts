/**
 * Steps that reach nobody: none is waited at, none is said to be empty that is not, and the last resort is really told. Worked out
 * again from who may log in, from what pages said they painted, and from what channels really took.
 */
import { handlers } from '../../core/site/rights.ts';
import type { AccountState, Alarm, Role, Site, Time } from '../../core/types.ts';
import { lastResortUntold, saidNobodyFalsely, waitsAtNobody } from '../../words/check-desk-words.ts';
import { promises } from '../../words/night-words.ts';
import { checker } from './check.ts';
import { chainOf, type EscalatedEvent } from './check-escalation.ts';
import type { Evidence } from './evidence.ts';

/** So many messages in a row that nobody took. */
const failsMax = 3;
/** Pages say again what they show every ten seconds, and come back after a restart. */
const seenWithinMs = 45_000;
/** Two moments, a tick and a commit. */
const graceMs = 15_000;

const acting: ReadonlySet<Role> = new Set(handlers);

/** Since when something has been so; nothing when it is not. */
class Since {
  readonly #from = new Map<string, Time>();

  mark(key: string, so: boolean, at: Time): void {
    if (!so) this.#from.delete(key);
    else if (!this.#from.has(key)) this.#from.set(key, at);
  }

  longer(key: string, ms: number, at: Time): boolean {
    const from = this.#from.get(key);
    return from !== undefined && at - from >= ms;
  }

  since(key: string): Time {
    return this.#from.get(key) ?? 0;
  }
}

/** Whether anybody of these roles may come in, acknowledge, and has the alarm before him. */
function somebodyThere(
  accounts: ReadonlyMap<string, AccountState>,
  alarm: Alarm,
  roles: readonly Role[],
  before: Time,
): boolean {
  const people = [...accounts.values()].filter(({ wall, disabled }) => !wall && !disabled);
  const open = (role: Role) => acting.has(role) && roles.includes(role) && people.some((one) => one.role === role);
  return alarm.displayed.some(({ by, at }) => {
    const account = accounts.get(by);
    return account !== undefined && !account.disabled && at >= alarm.waitingSince && at < before && open(account.role);
  });
}

const chainFor = (evidence: Evidence, { priority, covert, kind }: Alarm) =>
  chainOf(evidence, { priority, quiet: covert === true, kind });

export const nobodySaid = checker(() => {
  const fails = new Map<string, number>();
  /** By alarm and channel. */
  const ownFails = new Map<string, number>();
  const empty = new Since();
  const speaks: { event: EscalatedEvent; at: Time; flood: boolean; joined: boolean }[] = [];
  const works = (channel: string) => (fails.get(channel) ?? 0) < failsMax;
  const gives = (channel: string, { channels }: Site) => {
    const next = channels[channel]?.instead;
    return next !== undefined && works(next);
  };
  return {
    name: 'nobody-said',
    title: promises.nobodySaid,
    see(seen, { evidence, test }) {
      const { state, site } = evidence;
      if (seen.what === 'kept') {
        for (const event of seen.events) {
          if (event.kind === 'done' && event.duty.startsWith('notify/') && !event.covert) {
            const [own = '', by] = event.duty.split('~');
            const channel = by ?? own.split('/')[3] ?? '';
            fails.set(channel, event.ok ? 0 : (fails.get(channel) ?? 0) + 1);
          }
          if (event.kind === 'done') {
            const own = event.duty.split('/');
            const key = `${own[1]}/${own[3]}`;
            ownFails.set(key, event.ok ? 0 : (ownFails.get(key) ?? 0) + 1);
          }
          if (event.kind !== 'escalated') continue;
          const alarm = state.alarms.get(event.alarm);
          const chain = alarm && chainFor(evidence, alarm);
          for (const { level } of event.nobody ?? []) {
            const step = chain?.steps[level - 1];
            if (!alarm || !step) continue;
            const took = step.channels.some(
              (channel) => works(channel) && (ownFails.get(`${alarm.id}/${channel}`) ?? 0) < failsMax,
            );
            const there = somebodyThere(state.accounts, alarm, step.roles, event.at);
            test(!took && !there, seen.at, saidNobodyFalsely(event.alarm, level));
          }
          const joined = alarm?.incident !== undefined;
          if (event.lastResort) speaks.push({ event, at: seen.at, flood: state.flood !== undefined, joined });
        }
      }
      if (seen.what !== 'moment' || evidence.clockSetAt > 0) return;
      for (const alarm of state.alarms.values()) {
        const chain = chainFor(evidence, alarm);
        const { escalated } = alarm;
        const step = chain?.steps[(escalated?.level ?? 0) - 1];
        const key = `${alarm.id}`;
        const waits = !alarm.acked && !state.shelves.has(alarm.key) && !(state.flood && alarm.priority > 2);
        const nobody =
          step !== undefined &&
          waits &&
          !escalated?.lastResort &&
          !step.channels.some((channel) => site.channels[channel] && (works(channel) || gives(channel, site))) &&
          seen.wall - alarm.waitingSince > seenWithinMs &&
          !somebodyThere(state.accounts, alarm, step.roles, Number.POSITIVE_INFINITY);
        empty.mark(key, nobody && !evidence.disturbed(seen.at - seenWithinMs, seen.at), seen.at);
        if (step)
          test(!empty.longer(key, graceMs, seen.at), empty.since(key), waitsAtNobody(alarm.id, escalated?.level ?? 0));
      }
    },
    end({ evidence, test }) {
      const { lastResort } = evidence.site.escalation;
      for (const { event, at, flood, joined } of speaks) {
        // One message speaks for what belongs together, and in a flood for more than that.
        if (joined || flood || event.covert) continue;
        const all = lastResort?.channels.every((channel) => event.channels.includes(channel)) ?? false;
        test(all, at, lastResortUntold(event.alarm));
      }
    },
  };
});
