/**
 * The part of the alarm figures that tells what was made quiet, by whom with what right: alarms put aside, zones left out,
 * and what was refused. The target of what had no ground is none at all.
 */

import type { Command, Event } from '../types.ts';
import type { Kpi } from './kpi-types.ts';

/** Whether a command would have made something quieter. */
function quietens(command: Command): boolean {
  if (command.do === 'arm-zone') return command.mode !== 'armed';
  if (command.do === 'arm-area') return command.mode !== 'away';
  return command.do === 'shelve' || command.do === 'silence';
}

export class Quieting {
  readonly #sum = { unauthorised: 0, refused: 0, shelved: 0, inhibited: 0, outOfService: 0 };

  take(event: Extract<Event, { kind: 'shelved' | 'zone-armed' | 'refused' }>): void {
    const sum = this.#sum;
    if (event.kind === 'refused') {
      if (event.why === 'no-right' && quietens(event.command)) sum.refused += 1;
      return;
    }
    let endless = false;
    if (event.kind === 'shelved') sum.shelved += 1;
    else if (event.mode === 'out-of-service') sum.outOfService += 1;
    else if (event.mode === 'inhibited') {
      sum.inhibited += 1;
      endless = event.until === undefined;
    } else return;
    if (endless || !event.reason?.trim()) sum.unauthorised += 1;
  }

  result(): Kpi['suppression'] {
    return this.#sum;
  }
}
