/**
 * Who sees the facts of the duty roster: guards, for a shift is theirs; whoever set the school up, none of them, because they name
 * people. Addresses of calendars are for the desk alone.
 */
const ofStaff = { guard: true, integrator: 'hidden' } as const;
const ofDesk = { guard: false, integrator: 'hidden' } as const;

export const dutySight = {
  'shift-changed': ofStaff,
  'shift-change-withdrawn': ofStaff,
  'signed-on': ofStaff,
  'handed-over': ofStaff,
  'calendar-given': ofDesk,
  'calendar-withdrawn': ofDesk,
} as const;
