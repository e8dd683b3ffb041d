/**
 * The code under force: the command does exactly what it always does, and beside it a silent alarm calls those who can
 * help. Nothing that whoever stands beside the operator may see tells of it: the fact of the command does not carry it,
 * and the alarm is for heads, auditors and administrators alone.
 */

import { codeUnderForce, unknownPlace } from '../../words/link-words.ts';
import type { Draft } from '../draft.ts';
import { lookup } from '../site/lookup.ts';
import { desk } from '../site/naming.ts';
import type { CodeGiven, Command, User } from '../types.ts';
import { trigger } from './alarms.ts';

type Forced = Extract<Command, { do: 'arm-zone' | 'arm-area' }>;

/** The command as it may be written down, whatever code it was given with. */
export function uncoded<C extends Command>(command: C): C {
  if (!('duress' in command || 'wrongPin' in command)) return command;
  const { duress: _duress, wrongPin: _wrongPin, ...rest } = command as C & CodeGiven;
  return rest as unknown as C;
}

/** Calls for help, when the command was given under force; also when it was refused. */
export function callForHelp(draft: Draft, by: User, command: Forced): void {
  if (command.duress !== true) return;
  const place =
    command.do === 'arm-zone' ? lookup(draft.site.zones, command.zone) : lookup(draft.site.areas, command.area);
  trigger(draft, {
    key: `duress/${place?.id ?? 'unknown'}`,
    alarm: 'duress',
    priority: 1,
    device: desk,
    cause: `duress/${by.name}`,
    active: false,
    why: codeUnderForce(by.name, place?.title ?? unknownPlace),
    covert: true,
  });
}
