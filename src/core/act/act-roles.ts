/**
 * Who may ask for what: one line for every command, read by core, server and pages. It stands apart from the rules, so that a page
 * that hides a button does not bring along everything that the gateway decides. A command without a line does not compile.
 */
import { lookup } from '../site/lookup.ts';
import { handlers } from '../site/rights.ts';
import type { Command, Role } from '../types.ts';

/** Those who sit at the desk. */
const desk = ['operator', 'head', 'admin'] as const satisfies readonly Role[];
/** Those who answer for the guards. */
const heads = ['head', 'admin'] as const satisfies readonly Role[];
/** Those who put right what was found in the canteen, and whoever sees to it with them. */
const kitchen = [...desk, 'canteen'] as const satisfies readonly Role[];
/** Those who set zones up and try them out. */
const testers = [...heads, 'integrator'] as const satisfies readonly Role[];

export const actRoles: { readonly [K in Command['do']]: readonly Role[] } = {
  acknowledge: handlers,
  silence: handlers,
  dispatch: desk,
  accept: handlers,
  arrive: handlers,
  renew: handlers,
  look: handlers,
  dispose: handlers,
  close: [...desk, 'integrator'],
  note: [...handlers, 'integrator'],
  shelve: desk,
  unshelve: desk,
  answer: handlers,
  'arm-zone': [...desk, 'integrator'],
  // An installer takes single zones out by name, which the map shows; whole areas are the school's to disarm.
  'arm-area': desk,
  walk: testers,
  'end-walk': testers,
  tune: ['admin', 'integrator'],
  vouch: heads,
  'confirm-base': testers,
  'dismiss-picture': testers,
  'import-touches': desk,
  'undo-import': desk,
  'write-touch': ['operator', 'head'],
  'withdraw-touch': ['operator', 'head'],
  'touch-by-phone': ['guard'],
  'check-item': ['guard'],
  // Whoever answers for alarms may be in need, and by a phone.
  'call-help': handlers,
  'by-phone': handlers,
  'cancel-round': desk,
  'reinstate-round': desk,
  'extend-round': desk,
  'pause-round': desk,
  'resume-round': desk,
  'cover-round': desk,
  'review-round': heads,
  'dispose-exception': heads,
  'open-rectification': kitchen,
  'take-rectification': kitchen,
  'dismiss-rectification': kitchen,
  'move-rectification': kitchen,
  'report-rectification': ['guard'],
  // A guard what was given to him; the act asks.
  'answer-rectification': [...kitchen, 'guard'],
  // Of these the canteen's own judge what belongs to the canteen; the act asks.
  'countersign-rectification': [...heads, 'canteen'],
  'return-rectification': [...heads, 'canteen'],
  'withdraw-rectification': kitchen,
  'answer-list': ['canteen', ...heads],
  'set-menu': ['canteen', ...heads],
  'undo-menu': ['canteen', ...heads],
  'start-drill': desk,
  'count-class': desk,
  'uncount-class': desk,
  'end-drill': desk,
  'answer-order': desk,
  'announce-police-test': heads,
  'police-step': handlers,
  'test-channel': [...desk, 'integrator'],
  'confirm-test': handlers,
  'start-canary': [...desk, 'integrator'],
  resubscribe: desk,
  'cover-shift': desk,
  'swap-shifts': desk,
  'withdraw-shift-change': desk,
  'sign-on': desk,
  'hand-over': desk,
  'give-calendar': desk,
  'withdraw-calendar': desk,
  'release-case': heads,
  'trust-clock': desk,
  write: ['operator', 'admin', 'integrator'],
};

/** Whether a role may give this command at all; its rule still judges the command itself. */
export function may(role: Role, act: Command['do']): boolean {
  return lookup(actRoles, act)?.includes(role) ?? false;
}
