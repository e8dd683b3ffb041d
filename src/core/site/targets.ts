/**
 * How soon an alarm should be acknowledged, by priority: what operators are trained to, what the figures are held against,
 * and when others are told. Maintenance (4) waits for nobody.
 */

/** ms from when an alarm began to wait. */
export const ackTargetMs: Readonly<Record<1 | 2 | 3, number>> = { 1: 30_000, 2: 120_000, 3: 900_000 };
