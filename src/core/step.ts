/**
 * The gateway as a pure function: what may have happened, held against what is so, gives what did happen.
 * No clock, no chance, no waiting. State is read, never written; the gateway folds the returned events with `evolve`.
 */
import { admit, link } from './admit.ts';
import { handle, settle } from './alarms.ts';
import { Draft } from './draft.ts';
import { keepRounds } from './patrol.ts';
import { may } from './rights.ts';
import type { Command, Event, Input, Refusal, Site, State, Time, User } from './types.ts';
import { arm, keepSchedules } from './zones.ts';

function order(draft: Draft, by: User, command: Extract<Command, { do: 'write' }>): void {
  const point = draft.site.devices[command.device]?.points[command.point];
  let why: Refusal | undefined;
  if (!may(by.role, 'write')) why = 'no-right';
  else if (!point || typeof command.value !== point.type) why = 'unknown-point';
  else if (!point.writable) why = 'not-writable';
  if (why) draft.add({ kind: 'refused', by: by.name, command, why });
  else {
    const { device, point: key, value } = command;
    draft.add({ kind: 'ordered', device, point: key, value, by: by.name });
  }
}

function command(draft: Draft, by: User, asked: Command): void {
  switch (asked.do) {
    case 'acknowledge':
    case 'close':
      return handle(draft, by, asked);
    case 'arm':
      return arm(draft, by, asked);
    case 'write':
      return order(draft, by, asked);
  }
}

/** Conditions of devices and points that the site no longer has are over: nobody is left who could say so. */
function settleRemoved(draft: Draft): void {
  for (const alarm of draft.state.alarms.values()) {
    for (const cause of alarm.causes) {
      const [device = '', point = ''] = cause.split('/');
      const known = draft.site.devices[device];
      if (known && (point === 'link' || known.points[point]?.alarm)) continue;
      settle(draft, alarm.key, cause, '已从配置中移除 / removed from the configuration');
    }
  }
}

/** The events an input causes, numbered after `state.seq`. An input that says nothing new causes none. */
export function step(site: Site, state: State, input: Input, now: Time): Event[] {
  const draft = new Draft(site, state, now);
  switch (input.kind) {
    case 'reading':
      admit(draft, input);
      break;
    case 'link': {
      const device = site.devices[input.device];
      if (device) link(draft, device, input.up, input.why);
      break;
    }
    case 'command':
      command(draft, input.by, input.command);
      break;
    case 'outcome': {
      const { duty, ok, why, brought, wrote } = input;
      draft.add({
        kind: 'done',
        duty,
        ok,
        ...(why !== undefined && { why }),
        ...(brought !== undefined && { brought }),
        ...(wrote !== undefined && { wrote }),
      });
      break;
    }
    case 'lost':
      draft.add(input);
      break;
    case 'started':
      draft.add({ ...input, utcOffsetMin: site.utcOffsetMin });
      settleRemoved(draft);
      break;
    case 'configured':
      draft.add(input);
      settleRemoved(draft);
      break;
    case 'tick':
      keepSchedules(draft);
      keepRounds(draft);
      break;
  }
  return draft.events;
}
