/** Who sees what facts say of devices themselves. No person is in them, so whoever sees the devices sees all of it. */
export const deviceSight = {
  'device-identified': {
    guard: true,
    integrator: { device: 'shown', identity: 'shown', was: 'shown', swapped: 'shown' },
  },
  'device-clock-set': { guard: true, integrator: { device: 'shown', from: 'shown', to: 'shown' } },
} as const;
