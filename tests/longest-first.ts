/**
 * Which tests begin first: those that take longest, so that none of them is left to run alone on one core while the other rests.
 * The list comes first; the others go by what a former run measured, and in a fresh clone, which remembers nothing, by size. It
 * must decide nothing but the order.
 */
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Longest first, by work and waiting together as they were measured: the first some minutes, the last a quarter of one. */
export const LONGEST: readonly string[] = [
  'tests/simulation/planted.test.ts',
  'tests/simulation/nights.test.ts',
  'tests/drivers/onvif-faults.test.ts',
  'tests/drivers/onvif-haste.test.ts',
  'tests/drivers/onvif.test.ts',
  'tests/drivers/onvif-supervised.test.ts',
  'tests/wire/whole-crash.test.ts',
  'tests/outward/gb28181.test.ts',
  'tests/ui/rounds.test.ts',
  'tests/wire/whole-trouble.test.ts',
  'tests/wire/whole-run.test.ts',
  'tests/ui/wall.test.ts',
  'tests/ui/wall-life.test.ts',
  'tests/ui/district-wall.test.ts',
  'tests/ui/district-morning.test.ts',
  'tests/ui/desk.test.ts',
  'tests/ui/drill.test.ts',
  'tests/ui/guards-night.test.ts',
  'tests/ui/pages.test.ts',
  'tests/ui/phone.test.ts',
  'tests/video/whole-pictures.test.ts',
  'tests/wire/whole-built.test.ts',
  'tests/wire/whole-disk.test.ts',
  'tests/wire/whole-district.test.ts',
  'tests/wire/district-certificate.test.ts',
  'tests/uplink/real-district.test.ts',
  'tests/uplink/uplink-faults.test.ts',
  'tests/simulation/frozen.test.ts',
  'tests/house/command.test.ts',
  'tests/core/signal-still.test.ts',
  'tests/store/snapshots.test.ts',
  'tests/core/signal.test.ts',
  'tests/term/term.test.ts',
  'tests/district/district-login.test.ts',
  'tests/district/district-door.test.ts',
  'tests/district/fold-night.test.ts',
  'tests/ui/district-look.test.ts',
  'tests/ui/district-settle.test.ts',
  'tests/district/look.test.ts',
  'tests/district/epochs.test.ts',
  'tests/district/retention.test.ts',
  'tests/district/lists.test.ts',
  'tests/ui/district-lists.test.ts',
  'tests/district/live-board.test.ts',
  'tests/district/live-district.test.ts',
  'tests/server/audit.test.ts',
];

const placeOf = (one: TestSpecification): number => {
  const place = LONGEST.findIndex((path) => one.moduleId.endsWith(`/${path}`));
  return place < 0 ? LONGEST.length : place;
};

/** The order of a run. */
export default class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const others = await super.sort(files);
    return others.sort((a, b) => placeOf(a) - placeOf(b));
  }
}
