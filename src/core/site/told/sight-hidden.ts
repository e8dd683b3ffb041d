/**
 * Tables of State that whole roles do not see: what speaks of the school's people, and of what is amiss in its kitchen, is for those who
 * answer for the school. It must never hide a table that a shown fact changes.
 */

const none = () => [];

/** What whoever set the school up sees nothing of. */
export const hiddenOfIntegrators = {
  pastRounds: none,
  pastPosts: none,
  touches: none,
  readerTouches: none,
  suspicions: none,
  // What people called a file is theirs.
  imports: none,
  rectifications: none,
  listDays: none,
  menus: none,
  drills: none,
  orders: none,
  district: () => undefined,
  // Who has which shift is nobody's business who set the school up.
  shiftChanges: none,
  signOns: none,
  handovers: none,
  calendars: none,
  recentIds: none,
  usedKeys: none,
  // Which incidents somebody took a file of, and who may come in.
  held: none,
  accounts: none,
  phones: none,
  // Who can be reached by what is the school's.
  reminders: none,
  replyBooks: none,
  policeLines: none,
} as const;

/** What a guard's phone has nothing of. */
export const hiddenOfGuards = {
  accounts: [],
  phones: [],
  held: [],
  imports: [],
  suspicions: [],
  calendars: [],
  rectifications: [],
  listDays: [],
  menus: [],
  orders: [],
  district: undefined,
} as const;
