/**
 * The test of each channel once a day, so that it is found out by day that one is down, and not by night. What only alarms go out by
 * (a call, a horn) is tried by hand alone; one to single persons only where the configuration names who gets the test.
 */
import type { Draft } from '../draft.ts';
import { localDay, timeOf } from '../site/calendar.ts';
import { lookup } from '../site/lookup.ts';
import { testKey } from './evolve-message.ts';

/** A gateway that was away at the hour tries them when it is back, if that is soon enough; else tomorrow. */
const lateByMs = 3 * 3_600_000;

/** Asks for the tests of the day once their hour has come. */
export function keepTests(draft: Draft): void {
  const { site, state, now } = draft;
  const { channelTests } = site;
  if (!channelTests) return;
  const due = timeOf(localDay(now, site.utcOffsetMin), channelTests.minute, site.utcOffsetMin);
  if (now < due || now >= due + lateByMs) return;
  for (const { id, each, alarmsOnly } of Object.values(site.channels)) {
    const person = each === undefined ? undefined : lookup(channelTests.to, id);
    if (alarmsOnly || (each !== undefined && person === undefined)) continue;
    const last = state.channelTests.get(testKey(id, person));
    // One that somebody asked for today says as much.
    if (last !== undefined && last.at >= due) continue;
    draft.add({ kind: 'channel-tried', channel: id, ...(person !== undefined && { person }) });
  }
}
