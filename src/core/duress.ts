/**
 * The code under force: the command does exactly what it always does, and beside it a silent alarm calls those who can
 * help. Nothing that whoever stands beside the operator may see tells of it: the fact of the command does not carry it,
 * and the alarm is for heads, auditors and administrators alone.
 */
import { trigger } from './alarms.ts';
import type { Draft } from './draft.ts';
import { desk } from './naming.ts';
import { own } from './own.ts';
import type { Command, User } from './types.ts';

type Forced = Extract<Command, { do: 'arm' | 'set' }>;

/** The command as it may be written down, whatever code it was given with. */
export function unforced<C extends Command>(command: C): C {
  if (!('duress' in command)) return command;
  const { duress: _duress, ...rest } = command;
  return rest as C;
}

/** Calls for help, when the command was given under force; also when it was refused. */
export function callForHelp(draft: Draft, by: User, command: Forced): void {
  if (command.duress !== true) return;
  const [table, name] =
    command.do === 'arm' ? ([draft.site.zones, command.zone] as const) : ([draft.site.areas, command.area] as const);
  const place = own<object>(table, name) ? name : 'unknown';
  trigger(draft, {
    key: `duress/${place}`,
    alarm: 'duress',
    priority: 1,
    device: desk,
    cause: `duress/${by.name}`,
    standing: false,
    why: `${by.name} 输入了胁迫密码 / ${by.name} gave the code under force`,
    quiet: true,
    ...(command.do === 'arm' && place === name && { zone: name }),
  });
}
