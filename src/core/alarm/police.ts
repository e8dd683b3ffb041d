/**
 * The one-key police alarm: its contact beside the certified line is heard, a press in an announced window is a test and closes it, and
 * what the line says of the answer is kept. It must never delay, hold back or take back a call: nothing here is in its path.
 */
import type { Draft } from '../draft.ts';
import { lookup } from '../site/lookup.ts';
import type { Device, Event, PoliceCall, ReadOnly, Site, State, Time, Value } from '../types.ts';
import { replaceAlarm } from './evolve-alarm.ts';

/** A quarter of a year, days; so often the rules of campus security want the button tried. */
export const policeTestDays = 92;
const dayMs = 86_400_000;

/** The devices that hear such a line. */
export function policeLines(site: Site): readonly Device[] {
  return Object.values(site.devices).filter(({ points }) =>
    Object.values(points).some(({ alarm }) => alarm?.kind === 'police'),
  );
}

/** Takes a press for a test, where one was announced. Whether it was. */
export function isPoliceTest(draft: Draft, device: string): boolean {
  const announced = draft.state.policeLines.get(device)?.announced;
  const already = draft.events.some((event) => event.kind === 'police-tested' && event.device === device);
  if (!announced || already || draft.at >= announced.until) return false;
  draft.add({ kind: 'police-tested', device, heard: true, by: announced.by });
  return true;
}

/** The line says that the police answered: of the call that is open. */
export function heardAnswer(draft: Draft, device: Device, value: Value): void {
  if (value !== true) return;
  const id = draft.state.keys.get(`${device.id}/police`);
  const alarm = id === undefined ? undefined : draft.state.alarms.get(id);
  if (alarm && !alarm.police?.answered) draft.add({ kind: 'police-step', alarm: alarm.id, step: 'answered' });
}

/** Windows that pass without a press are tests that failed. */
export function keepPoliceTests(draft: Draft): void {
  for (const [device, { announced }] of draft.state.policeLines) {
    if (!announced || draft.at < announced.until) continue;
    draft.add({ kind: 'police-tested', device, heard: false, by: announced.by });
  }
}

/** A line that was not heard at its last test, or was not tested for longer than a quarter: since when, days. */
export interface PoliceDue {
  readonly device: Device;
  readonly why: 'not-heard' | 'overdue';
  readonly days: number;
}

/** The lines somebody has to see to. A school that has just begun has a quarter. */
export function policeDue(site: Site, state: ReadOnly<State>, at: Time): readonly PoliceDue[] {
  return policeLines(site).flatMap((device): PoliceDue[] => {
    const test = state.policeLines.get(device.id)?.test;
    const days = Math.floor((at - (test?.at ?? state.since)) / dayMs);
    if (test?.heard === false) return [{ device, why: 'not-heard', days }];
    return days > policeTestDays ? [{ device, why: 'overdue', days }] : [];
  });
}

type PoliceEvent = Extract<Event, { kind: 'police-announced' | 'police-tested' | 'police-step' }>;

/** Folds what is said of such a line. */
export function foldPolice(state: State, event: PoliceEvent): void {
  const { at } = event;
  if (event.kind === 'police-step') {
    const alarm = state.alarms.get(event.alarm);
    const said = { at, ...(event.by !== undefined && { by: event.by }) };
    const police: PoliceCall = { ...alarm?.police, [event.step]: said };
    if (alarm) replaceAlarm(state, { ...alarm, police });
    return;
  }
  const { device, by } = event;
  const { announced: _over, ...line } = state.policeLines.get(device) ?? {};
  if (event.kind === 'police-tested') state.policeLines.set(device, { ...line, test: { by, at, heard: event.heard } });
  else {
    const { until, reason } = event;
    state.policeLines.set(device, { ...line, announced: { by, at, until, reason } });
  }
}

/** Whether the site hears such a line by this device. */
export const isPoliceLine = (site: Site, device: string): boolean =>
  Object.values(lookup(site.devices, device)?.points ?? {}).some(({ alarm }) => alarm?.kind === 'police');
