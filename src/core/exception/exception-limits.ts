/**
 * The usual limits of patrol exceptions. Where a number comes from patrol software in the field it says so; the others are ours,
 * chosen on the tuning seeds of `npm run bench:patrol` and reported on others.
 */
import type { ExceptionLimits } from '../types.ts';

export const usualLimits: Required<ExceptionLimits> = {
  // Ours. A plan allows for looking round: walking briskly takes half of it, hurrying a third, and who rides takes a seventh.
  'too-fast': { share: 0.21, legs: 3 },
  // 60 s is what tour software calls suspicious (OfficerReports). Once again within 15 s is a beep that was not heard; ours.
  'same-point': { withinMs: 60_000, bounceMs: 15_000, points: 3 },
  // Ours: walls stand between, so the straight line is never walked.
  'two-places': { share: 0.5, hops: 2 },
  // 5 s: as it is commonly asked for. A pair that walks together needs a longer look.
  together: { withinMs: 5_000, points: 5, pairPoints: 16, share: 0.9 },
  // Five rounds: as it is commonly asked for. Minutes alone would accuse whoever waits for the planned minute; 4.5 s is ours.
  'same-pattern': { rounds: 5, spreadMs: 4_500 },
  // Ours. A card lent for one day is no habit.
  'off-duty': { graceMs: 3_600_000, points: 3, days: 2 },
  // Ours: beyond what a clock that is set right by its network moves.
  'clock-jump': { backMs: 60_000 },
  // 30 min: as it is commonly asked for. Five minutes: until a silent reader is noticed, ours.
  'late-batch': { afterMs: 1_800_000, slackMs: 300_000 },
  // Two a week: as it is commonly asked for.
  'by-hand': { perWeek: 2 },
  // Ours: two points are never ten seconds apart.
  'one-place': { points: 3, hopMs: 15_000 },
  'one-address': { readers: 3, withinMs: 60_000 },
};
