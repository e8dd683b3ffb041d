/**
 * The code under force: the command does exactly what it always does, and beside it a silent alarm calls those who can
 * help. Nothing that whoever stands beside the operator may see tells of it: the fact of the command does not carry it,
 * and the alarm is for heads, auditors and administrators alone.
 */

import { codeUnderForce, unknownPlace } from '../../words/link-words.ts';
import { controlDesk } from '../../words/trade-words.ts';
import type { Draft } from '../draft.ts';
import { lookup } from '../site/lookup.ts';
import { desk } from '../site/naming.ts';
import type { CodeGiven, Command, User, Words } from '../types.ts';
import { trigger } from './alarms.ts';

/** What a code may come with. */
export const codedActs = [
  ...(['arm-zone', 'arm-area', 'walk', 'tune', 'vouch', 'confirm-base', 'dismiss-picture', 'write'] as const),
  ...(['sign-on', 'hand-over', 'announce-police-test'] as const),
];
/** A command that a code may come with. */
export type CodedAct = Extract<Command, { do: (typeof codedActs)[number] }>;

/** Where it is about, as the place calls it. */
function placeOf({ site }: Draft, command: CodedAct): { readonly id: string; readonly title: Words } | undefined {
  switch (command.do) {
    case 'arm-area':
      return lookup(site.areas, command.area);
    case 'walk':
      return lookup(site.zones, command.zones[0] ?? '');
    case 'write':
    case 'announce-police-test':
      return lookup(site.devices, command.device);
    case 'dismiss-picture':
      return lookup(site.devices, command.camera);
    case 'sign-on':
    case 'hand-over':
      return { id: desk, title: controlDesk };
    default:
      return lookup(site.zones, command.zone);
  }
}

/** The command as it may be written down, whatever code it was given with. */
export function uncoded<C extends Command>(command: C): C {
  if (!('duress' in command || 'wrongPin' in command)) return command;
  const { duress: _duress, wrongPin: _wrongPin, ...rest } = command as C & CodeGiven;
  return rest as unknown as C;
}

/** Whose code it was: at the desk each signs with his own, whoever is logged in there. Of two, either may have been forced. */
function giverOf({ site }: Draft, by: User, command: CodedAct): string {
  const nameOf = (person: string) => lookup(site.people, person)?.name ?? person;
  if (command.do === 'sign-on') return nameOf(command.person);
  if (command.do === 'hand-over') return `${nameOf(command.outgoing)} / ${nameOf(command.person)}`;
  return by.name;
}

/** Calls for help, when the command was given under force; also when it was refused. */
export function callForHelp(draft: Draft, by: User, command: CodedAct): void {
  if (command.duress !== true) return;
  const place = placeOf(draft, command);
  trigger(draft, {
    key: `duress/${place?.id ?? 'unknown'}`,
    alarm: 'duress',
    priority: 1,
    device: desk,
    cause: `duress/${by.name}`,
    active: false,
    why: codeUnderForce(giverOf(draft, by, command), place?.title ?? unknownPlace),
    covert: true,
  });
}
