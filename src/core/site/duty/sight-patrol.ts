/**
 * Who sees the facts of patrol and posts, and how much of them: whoever set the readers up sees that they work, and not who touched them.
 */
const by = { by: 'name' } as const;

export const patrolSight = {
  // Where everybody went is for those who answer for the school; no screen of State shows it.
  touched: { guard: false, integrator: 'hidden' },
  'touch-withdrawn': { guard: false, integrator: 'hidden' },
  imported: { guard: false, integrator: 'hidden' },
  'import-undone': { guard: false, integrator: 'hidden' },
  'item-checked': {
    guard: true,
    integrator: {
      reader: 'shown',
      checkpoint: 'shown',
      item: 'shown',
      round: 'shown',
      before: 'shown',
      ...by,
      person: 'name',
      value: 'shown',
      right: 'shown',
      note: 'left-out',
      picture: 'left-out',
      sha256: 'left-out',
    },
  },
  // Who is asked about is for those who ask: not for colleagues, and not for whoever set the readers up.
  suspected: { guard: false, integrator: 'hidden' },
  'exception-disposed': { guard: false, integrator: 'hidden' },
  opened: {
    guard: true,
    integrator: {
      round: 'shown',
      route: 'shown',
      start: 'shown',
      person: 'left-out',
      second: 'left-out',
      items: 'shown',
    },
  },
  checked: {
    guard: true,
    integrator: {
      round: 'shown',
      checkpoint: 'shown',
      verdict: 'shown',
      before: 'shown',
      source: 'shown',
      sourceTime: 'shown',
      offMs: 'shown',
      uploaded: 'shown',
      card: 'left-out',
      person: 'left-out',
      planned: 'left-out',
    },
  },
  unchecked: { guard: true, integrator: { round: 'shown', checkpoint: 'shown', before: 'shown' } },
  'post-opened': {
    guard: true,
    integrator: {
      watch: 'shown',
      post: 'shown',
      reader: 'shown',
      from: 'shown',
      until: 'shown',
      persons: 'shown',
      earlyMs: 'shown',
      everyMs: 'shown',
      graceMs: 'shown',
      due: 'shown',
    },
  },
  'post-unheard': { guard: true, integrator: { watch: 'shown', from: 'shown' } },
  'post-heard': { guard: true, integrator: { watch: 'shown', until: 'shown' } },
  'post-counted': { guard: true, integrator: { watch: 'shown', standing: 'shown', people: () => [] } },
  'post-completed': {
    guard: true,
    integrator: {
      watch: 'shown',
      result: 'shown',
      fewest: 'shown',
      shortMs: 'shown',
      people: () => [],
      before: 'shown',
    },
  },
  completed: { guard: true, integrator: { round: 'shown', counts: 'shown', brokenAt: 'shown' } },
  'round-changed': {
    guard: true,
    integrator: {
      round: 'shown',
      route: 'shown',
      start: 'shown',
      how: 'shown',
      minutes: 'shown',
      review: 'shown',
      by: 'name',
      reason: 'text',
      person: 'left-out',
      of: 'left-out',
    },
  },
} as const;
