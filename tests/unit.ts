/**
 * Which tests are quick ones, run by `npm run unit`: all but those named here. Named is what talks to a program that is not
 * ours, looks through a browser, starts a process or simulates for minutes. A test of the house holds the list both ways, so
 * that nothing slow slips in and nothing quick is left out. A new test is a quick one until it needs more.
 */

/** Tests that need another process. */
export const PEERED: readonly string[] = [
  'tests/authority/command-certificates.test.ts',
  'tests/authority/trusted.test.ts',
  'tests/drivers/modbus-faults.test.ts',
  'tests/drivers/mqtt-broker.test.ts',
  'tests/drivers/mqtt-client.test.ts',
  'tests/drivers/onvif.test.ts',
  'tests/heartbeat/beat-mqtt.test.ts',
  'tests/house/command.test.ts',
  'tests/house/install.test.ts',
  'tests/house/start.test.ts',
  'tests/kpi/kpi.test.ts',
  'tests/retention/cut-bundle.test.ts',
  'tests/retention/cut-killed.test.ts',
  'tests/server/case.test.ts',
  'tests/server/tls.test.ts',
  'tests/store/durable-file.test.ts',
  'tests/store/full-disk-start.test.ts',
  'tests/store/influx-refusal.test.ts',
  'tests/store/influx-rights.test.ts',
  'tests/store/influx.test.ts',
  'tests/store/journal-gone.test.ts',
  'tests/store/series.test.ts',
  'tests/store/snapshot-killed.test.ts',
  'tests/store/trouble.test.ts',
  'tests/store/verify-copy.test.ts',
  'tests/store/witness-hangs.test.ts',
  'tests/term/term.test.ts',
  'tests/ui/arming.test.ts',
  'tests/ui/audit.test.ts',
  'tests/ui/bundle.test.ts',
  'tests/ui/channels.test.ts',
  'tests/ui/commission.test.ts',
  'tests/outward/mosquitto-out.test.ts',
  'tests/ui/duty.test.ts',
  'tests/perform/email-tls.test.ts',
  'tests/proof/bundle.test.ts',
  'tests/proof/check-page.test.ts',
  'tests/proof/export-beside.test.ts',
  'tests/proof/judge.test.ts',
  'tests/ui/desk.test.ts',
  'tests/ui/exceptions.test.ts',
  'tests/ui/hand-touches.test.ts',
  'tests/ui/history.test.ts',
  'tests/ui/import.test.ts',
  'tests/ui/kpi.test.ts',
  'tests/ui/live.test.ts',
  'tests/ui/outbox.test.ts',
  'tests/ui/pages.test.ts',
  'tests/ui/pairing.test.ts',
  'tests/ui/phone.test.ts',
  'tests/ui/point.test.ts',
  'tests/ui/posts.test.ts',
  'tests/ui/race.test.ts',
  'tests/ui/rounds.test.ts',
  'tests/ui/shell.test.ts',
  'tests/ui/sos.test.ts',
  'tests/ui/wall-life.test.ts',
  'tests/ui/wall.test.ts',
  'tests/ui/ways.test.ts',
];

/** Tests that need nothing but time, more than ten seconds each: waits of a camera, of a page and of a log-in, hours of a fence, a journal broken at every place. */
export const LONG: readonly string[] = [
  'tests/core/signal-acts.test.ts',
  'tests/core/signal-passed.test.ts',
  'tests/core/signal-still.test.ts',
  'tests/core/signal.test.ts',
  'tests/devices/onvif-captures.test.ts',
  'tests/drivers/onvif-faults.test.ts',
  'tests/drivers/onvif-supervised.test.ts',
  'tests/house/change.test.ts',
  'tests/house/told.test.ts',
  'tests/proof/changes.test.ts',
  'tests/server/api.test.ts',
  'tests/server/audit.test.ts',
  'tests/server/door-facts.test.ts',
  'tests/server/door.test.ts',
  'tests/server/feed.test.ts',
  'tests/server/login.test.ts',
  'tests/server/pins.test.ts',
  'tests/server/sight.test.ts',
  'tests/server/wrong.test.ts',
  'tests/retention/altered-cut.test.ts',
  'tests/retention/cutting.test.ts',
  'tests/store/chain.test.ts',
  'tests/store/snapshots.test.ts',
];

/** Folders whose tests all need another process, or simulate for minutes. */
export const HEAVY: readonly string[] = ['tests/wire/', 'tests/simulation/', 'tests/bench/'];

/** Whether a test file, as a path from the root, is a quick one. */
export function isUnit(path: string): boolean {
  return ![...PEERED, ...LONG].includes(path) && !HEAVY.some((folder) => path.startsWith(folder));
}
